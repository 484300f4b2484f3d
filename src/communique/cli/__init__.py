"""The command ``communique``: one file a command.

Exit status: 0 all well; 1 some or all articles could not be read, or the installation is damaged;
2 wrong usage; 130 ended by Ctrl-C; 141 the reader of our output went away (``| head``).
"""

from __future__ import annotations

import gc
import os
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line of this process, and end it."""
    # The tables make many objects that stay; looking through them for rubbish at every turn is a
    # twentieth of a cold start.
    gc.set_threshold(100_000, 20, 20)
    try:
        from communique.cli.main import run

        status = run(sys.argv[1:])
        sys.stdout.flush()
        sys.stderr.flush()
    except KeyboardInterrupt:
        status = 130
    except BrokenPipeError:
        status = 141
    if "onnxruntime" in sys.modules:
        # Everything is written and closed; taking the network apart piece by piece would only take time.
        os._exit(status)
    sys.exit(status)
