"""The group of commands, and how each ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

__all__ = ["cli", "run"]

# name → module of communique.cli, and the line in the help; the module is imported when it is called
_COMMANDS = {
    "read": ("read", "Read articles and show what they say, with their own words."),
    "code": ("code", "Code many files into a folder of Parquet files, here or on a cluster."),
    "ingest": ("ingest", "Keep what articles say in a database, each article once."),
    "recode": ("recode", "Read the articles of a store again with this version, after showing what changes."),
    "export": ("export", "Write what was read in the formats of other tools."),
    "query": ("query", "Ask a store in SQL."),
    "events": ("events", "Show events of a store: who did what to whom, in which words."),
    "timeline": ("timeline", "Show what happened, day by day."),
    "dyad": ("dyad", "Show how two parties dealt with each other over time, as a chart."),
    "said": ("said", "Show what somebody said, and who passes it on."),
    "disputes": ("disputes", "Show statements that cannot both hold."),
    "upcoming": ("upcoming", "Show what will come, also as a calendar."),
    "serve": ("serve", "Look at a store in a browser, and ask it through an API."),
    "corrections": ("corrections", "Show, share and take back what people said of readings."),
    "mcp": ("mcp", "Let a language model ask a store, by the Model Context Protocol."),
    "who": ("who", "Print who is meant by a name, on a day, with offices and dates."),
    "codebook": ("codebook", "Make a coder for your own types of events."),
    "doctor": ("doctor", "Check that the installation is whole."),
    "completion": ("completion", "Print the completion script of a shell."),
}
_EPILOG = """\b
Examples:
  communique read article.txt --published 2024-02-15
  communique read page.html news/ --format jsonl --output readings.jsonl
  communique read rows.jsonl.gz --format jsonl --workers 4 | head
  cat article.txt | communique read - --format json
  communique doctor

\b
Exit status: 0 all well, 1 some or all articles could not be read,
2 wrong usage, 130 ended by Ctrl-C."""


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"communique.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            known = ", ".join(_COMMANDS)
            hint = f"; did you mean `communique read {args[0]}`?" if os.path.exists(args[0]) else "."
            ctx.fail(f"No such command {args[0]!r}. There are: {known}{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from communique import __version__

        click.echo(f"communique {__version__}")
        ctx.exit()


@click.group(cls=_Lazy, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version."
)
def cli() -> None:
    """Read political news offline: who did what to whom, who says so, and what comes next.

    Every value that is shown points at characters of the article.
    """


def run(arguments: Sequence[str]) -> int:
    """Run a command line.

    Args:
        arguments: the words after 'communique'.

    Returns:
        The exit status; a fault is told on stderr, in one sentence.
    """
    from communique.cli.output import ReaderGone
    from communique.errors import CommuniqueError

    try:
        status = cli.main(list(arguments), prog_name="communique", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.exceptions.NoArgsIsHelpError as asked:
        asked.show()
        return 2
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except click.Abort:
        return 130
    except CommuniqueError as fault:
        from communique.cli.visible import visible

        click.echo(f"Error: {visible(str(fault))}", err=True)
        return 1
    except ReaderGone:
        # What is still buffered has nowhere to go; without this the interpreter complains at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
