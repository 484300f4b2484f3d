"""``communique codebook``: a coder for one's own types of events."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]

_EPILOG = """\b
Examples:
  communique codebook new labour
  communique codebook check labour.yaml
  communique codebook train labour.yaml
  communique read news/ --codebook labour.model --format jsonl"""


@click.group(name="codebook", epilog=_EPILOG)
def command() -> None:
    """Make a coder for your own types of events.

    A codebook is a YAML file of types, each with a definition and 8 to 64 example sentences. It is learned in
    seconds on the network's word vectors; the network itself stays as it is.
    """


@command.command()
@click.argument("name")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def new(name: str, force: bool) -> int:
    """Write NAME.yaml, a codebook to fill in."""
    from communique.codebook import template

    path = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    if path.exists() and not force:
        raise click.UsageError(f"{path} exists; name another, or give --force to write over it")
    try:
        path.write_text(template(path.stem), encoding="utf-8")
    except OSError as fault:
        raise click.UsageError(f"{path} cannot be written: {fault.strerror}") from None
    click.echo(f"{path} written; fill it in, then: communique codebook check {path}")
    return 0


@command.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def check(file: Path) -> int:
    """Say what FILE has, and what is wrong in it; status 1 where training must wait."""
    from communique.cli.visible import visible
    from communique.codebook import check as look

    book, problems = look(file)
    for kind in book.types:
        click.echo(f"{kind.name}: {len(kind.examples)} examples")
    for problem in problems:
        click.echo(visible(f"{'error' if problem.fatal else 'note'}: {problem.where}: {problem.what}"))
    fatal = any(p.fatal for p in problems)
    click.echo("not ready: mend the errors" if fatal else f"ready: communique codebook train {file}")
    return 1 if fatal else 0


@command.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="[default: FILE.model]")
def train(file: Path, output: Path | None) -> int:
    """Learn the types of FILE and write the coder."""
    from rich.console import Console
    from rich.table import Table

    from communique.cli.visible import visible
    from communique.codebook import learn, load
    from communique.language.analyse import shared_network

    book = load(file)
    model = learn(book, shared_network())
    place = output or file.with_suffix(".model")
    try:
        model.save(place)
    except OSError as fault:
        raise click.UsageError(f"{place} cannot be written: {fault.strerror}") from None
    table = Table("type", "examples", "F1 over the examples, in cross-validation", box=None)
    for kind in book.types:
        table.add_row(visible(kind.name), str(len(kind.examples)), f"{model.quality[kind.name]:.2f}")
    Console().print(table)
    click.echo(f"{place} written; use it with: communique read ARTICLE --codebook {place}")
    return 0
