"""``communique mcp``: a language model asks a store, by the Model Context Protocol."""

from __future__ import annotations

from pathlib import Path

import click

from communique.cli.reading_options import reading_options

__all__ = ["command"]

_EPILOG = """\b
It speaks on standard input and output, and is started by a client. Its configuration:
  {"mcpServers": {"communique": {"command": "communique", "args": ["mcp", "/path/to/news.duckdb"]}}}

\b
Tools: search, events, timeline, said, disputes, upcoming, who, article, evidence, read_text; docs/mcp.md
tells what each takes and gives. Nothing is written to the store, and nothing is sent anywhere else."""


@click.command(name="mcp", epilog=_EPILOG)
@click.argument("store", type=click.Path(dir_okay=False, path_type=Path), metavar="STORE")
@reading_options
def command(
    store: Path, min_confidence: float | None, codebook: str | None, actors: str | None, places: str | None
) -> int:
    """Let a language model ask STORE: it finds, reads and cites what articles say.

    The options are for the tool read_text, which reads a text that the model gives.
    """
    from importlib.util import find_spec

    from communique.errors import MissingExtra, StoreMissing
    from communique.options import Options

    if find_spec("mcp") is None:
        raise MissingExtra('mcp is not installed; it comes with: pip install "communique[mcp]"')
    if not store.exists():
        raise StoreMissing(f"{store}: there is no such store; make one with communique ingest")
    from communique.mcp.server import make_server

    make_server(store, Options(min_confidence, codebook, actors, places)).run("stdio")
    return 0
