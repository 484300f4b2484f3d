"""``communique query``: a table of what was asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.cli.main import run
from tests.store.asked import make


def test_table(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = make(tmp_path / "s.duckdb")
    sql = "SELECT type, count(*) AS n, avg(intensity) AS s, NULL AS none FROM events GROUP BY 1 ORDER BY n, 1"
    assert run(["query", sql, "--store", str(path)]) == 0
    lines = [line.split() for line in capfd.readouterr().out.splitlines()]
    assert lines == [
        ["type", "n", "s", "none"],
        ["ACCUSE", "1", "-2", "–"],
        ["AGREE", "1", "6", "–"],
        ["ASSAULT", "1", "-9", "–"],
        ["CONSULT", "2", "3", "–"],
    ]
