"""Run the commands that the documents show, on the examples, and put what they print in its place.

    python tools/doc_examples.py            # writes README.md and docs/questions.md where they differ
    python tools/doc_examples.py --check    # writes nothing; status 1 where something differs

Blocks marked ``console`` whose lines begin with ``$ communique`` are answered from a store of ``examples/``,
read anew; the block of README.md after ``From `communique read …`:`` is the reading of that file.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
ASKED = ("docs/questions.md",)
WIDE = "100"  # columns of the answers, as wide as the documents are read
CONSOLE = re.compile(r"(?<=```console\n).*?(?=```)", re.S)
READ = re.compile(r"From `communique read (?P<path>\S+)`:\n\n```text\n(?P<shown>.*?)```", re.S)


def printed(command: str, folder: Path, columns: str | None = None) -> str:
    """What a command prints, with what it says on standard error at the end."""
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    if columns is not None:
        environment["COLUMNS"] = columns
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment.get('PATH', '')}"
    ran = subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    return ran.stdout + ran.stderr


def answered(block: str, folder: Path) -> str:
    """A block with the answers of today; what is no command of ours stays as it is."""
    parts = re.split(r"(?m)^(?=\$ )", block)
    out = []
    for part in parts:
        command = part.partition("\n")[0].removeprefix("$ ")
        ours = part.startswith("$ communique ")
        out.append(f"$ {command}\n{printed(command, folder, WIDE)}" if ours else part)
    return "".join(out)


def main() -> int:
    """Look at the documents; see above."""
    check = sys.argv[1:] == ["--check"]
    stale = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        printed(f"communique ingest {ROOT / 'examples'} --store communique.duckdb", folder)
        for path in ("README.md", *ASKED):
            file = ROOT / path
            before = file.read_text(encoding="utf-8")
            after = CONSOLE.sub(lambda found: answered(found.group(), folder), before)
            if path == "README.md" and (found := READ.search(after)):
                shown = printed(f"communique read {ROOT / found['path']}", folder)
                after = after[: found.start("shown")] + shown + after[found.end("shown") :]
            if after != before:
                stale.append(path)
                if not check:
                    file.write_text(after, encoding="utf-8")
    for path in stale:
        print(f"{path} {'differs' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
