"""Inputs of a few rows, and a way to code them without the network."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from communique.scale import Coded, Failed, code_files
from tests.samples import TEXT
from tests.scale.readers import ReaderMaker


def row(number: int, more: str = "") -> str:
    """A row of JSON lines."""
    return json.dumps(
        {
            "id": f"r{number}",
            "title": f"Talks over the port, part {number}",
            "url": f"https://port.example/{number}",
            "published": "2031-02-18",
            "text": f"{TEXT} It was day {number} of the talks. {more}",
        }
    )


def write_rows(path: Path, rows: range, **more: str) -> Path:
    """A file of rows; ``more`` puts words at the end of a row: ``r3="DIE"``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(row(n, more.get(f"r{n}", "")) + "\n" for n in rows), encoding="utf-8")
    return path


def bytes_of(folder: Path) -> dict[str, str]:
    """The hash of each Parquet file below a folder, by path."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.parquet"))
    }


def ids(folder: Path) -> list[str]:
    """The ids of all articles in a coded folder, sorted, as DuckDB reads it."""
    import duckdb

    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT id FROM '{folder}/articles/*.parquet' ORDER BY id").fetchall()
    return [x[0] for x in found]


Coder = Callable[..., tuple[list[Coded], list[Failed]]]


@pytest.fixture
def code(tmp_path: Path) -> Coder:
    """Code paths into ``tmp_path / "out"`` (or ``out``) with two workers (or ``workers``)."""

    def run(*paths: Path, out: Path | None = None, lives: int = 0, **options: Any) -> Any:
        settings: dict[str, Any] = {"workers": 2, "model": "by hand", **options}
        found = list(
            code_files(paths, out or tmp_path / "out", make_reader=ReaderMaker(tmp_path, lives), **settings)
        )
        return [x for x in found if isinstance(x, Coded)], [x for x in found if isinstance(x, Failed)]

    return run
