"""The command ``communique``: one file a command.

Exit status: 0 all well; 1 some or all articles could not be read, or the installation is damaged;
2 wrong usage; 130 ended by Ctrl-C; 141 the reader of our output went away (``| head``).
"""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line of this process, and end it."""
    try:
        from communique.cli.main import run

        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)
