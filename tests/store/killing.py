"""Ingest in a process of its own, which is killed; and what a store holds then."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from itertools import takewhile
from pathlib import Path
from typing import Any

from communique.store import open_store
from tests.store.invented import story

NEVER = 10**9
_ROOT = Path(__file__).parents[2]


def started(store: Path, paths: list[str], errors: int = subprocess.PIPE) -> subprocess.Popen[str]:
    """A process that ingests, and tells on stdout what it does."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.ingesting_child", str(store), *paths],
        stdout=subprocess.PIPE,
        stderr=errors,
        cwd=_ROOT,
        text=True,
    )


def news(folder: Path) -> list[str]:
    """Some 60 articles, with copies, cut ones, a fuller one and faults among them; rows and files."""
    rows: list[dict[str, Any] | str] = [
        {"text": story(n), "url": f"https://a.example/{n}"} for n in range(30)
    ]
    rows[5:5] = [{"text": story(1)}, {"text": story(2, 9)}, {"text": story(3, 24)}, "no row"]
    rows += [{"text": story(n % 30, 12 - n % 3), "url": f"https://b.example/{n}"} for n in range(12)]
    path = folder / "rows.jsonl"
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows), encoding="utf-8")
    files = folder / "files"
    files.mkdir()
    for n in range(15):
        text = story(1) if n == 7 else story(100 + n) + (" UNREADABLE." if n == 3 else "")
        (files / f"{n:02}.txt").write_text(text, encoding="utf-8")
    return [str(path), str(files)]


def run(store: Path, paths: list[str], lines: int, in_a_batch: bool = False) -> bool:
    """Ingest, and kill it when it has told so many lines; says whether it came to its end.

    Args:
        store: the file.
        paths: what is ingested.
        lines: after which it is killed.
        in_a_batch: wait for the next article that is being written, so that the kill comes amid a batch.
    """
    child = started(store, paths)
    assert child.stdout is not None and child.stderr is not None
    with child, child.stdout, child.stderr:
        said = [line for _, line in zip(range(lines), child.stdout, strict=False)]
        if in_a_batch:
            said += takewhile(lambda line: not line.startswith("add"), child.stdout)
        if "end\n" not in said:
            child.kill()
            child.wait()
            assert child.returncode == -signal.SIGKILL, child.stderr.read()
            return False
        return child.wait() == 0


def held(store: Path) -> dict[str, Any]:
    """What a store holds, without numbers and hours."""
    with open_store(store) as opened:

        def asked(sql: str) -> list[tuple[Any, ...]]:
            return opened.connection.execute(sql).fetchall()

        return {
            "articles": asked("SELECT hash, id, url, text FROM articles ORDER BY ALL"),
            "sources": asked(
                "SELECT a.hash, s.place, s.url, s.likeness, s.shared "
                "FROM sources s JOIN articles a USING (article) ORDER BY ALL"
            ),
            "alone": asked("SELECT * FROM sources WHERE article NOT IN (SELECT article FROM articles)"),
            "readings": asked("SELECT a.hash FROM readings r JOIN articles a USING (article) ORDER BY ALL"),
            "sentences": asked(
                "SELECT a.hash, n FROM sentences JOIN articles a USING (article) ORDER BY ALL"
            ),
            "fingerprints": asked(
                "SELECT a.hash, band, value FROM fingerprints JOIN articles a USING (article) ORDER BY ALL"
            ),
            "inputs": asked("SELECT place, mark, articles, faults FROM inputs ORDER BY ALL"),
            "faults": asked("SELECT place, message FROM faults ORDER BY ALL"),
        }
