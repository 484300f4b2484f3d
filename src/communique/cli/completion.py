"""``communique completion``: the completion script of a shell."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command(name="completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    For this session:
      eval "$(communique completion bash)"
      eval "$(communique completion zsh)"
      communique completion fish | source
    """
    from click.shell_completion import get_completion_class

    from communique.cli.main import cli

    kind = get_completion_class(shell)
    if kind is None:  # pragma: no cover - click has all three
        raise click.UsageError(f"click knows no completion for {shell}")
    script = kind(cli, {}, "communique", "_COMMUNIQUE_COMPLETE")
    # Not script.source(): for bash that runs a bash, which need not be on the machine that writes the file.
    click.echo(script.source_template % script.source_vars())
