"""The small store of ``tests.store.asked``, with what charts need beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.store import Store, open_store
from tests.store.asked import FIRST, SECOND, at, make


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; Ada Holm is in the tables of who is who in the first article only."""
    path = make(tmp_path_factory.mktemp("charts") / "s.duckdb")
    with open_store(path) as store:
        run = store.connection.execute
        run(
            "INSERT INTO happenings VALUES (7, 'CONSULT', 'visit', 'occurred', DATE '2024-02-05', "
            "DATE '2024-02-05', 'JPN', 'Kobe', ['Ada Holm'], ['Ivo Brandt'], 2, 0.9)"
        )
        run("UPDATE entities SET kb = 'person:jpn-ada-holm', role = 'mayor' WHERE article = 1 AND n = 1")
        run("UPDATE parties SET kb = 'person:jpn-ada-holm' WHERE article = 1 AND name = 'Ada Holm'")
        run("UPDATE articles SET publisher = 'Third Wire' WHERE article = 3")
        run("INSERT INTO language VALUES (2, ?, ?, 'loaded')", list(at("delay", SECOND)))
        run("INSERT INTO language VALUES (1, ?, ?, 'hedge')", list(at("They", FIRST)))
        # Of the days on which the meeting was told first, with nothing of it.
        run(
            "INSERT INTO articles SELECT 4, 'a4', 'h4', 'Fog', NULL, 'Fourth Star', NULL, 'en', "
            "DATE '2024-02-08', 'text', 'Fog lies on the sea.', [0, 20], added FROM articles "
            "WHERE article = 1"
        )
        met = list(at("met", SECOND))
        run("INSERT INTO quantities VALUES (2, 9, ?, ?, 2, 'sides', NULL, false, NULL)", met)
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """Open for reading."""
    with open_store(path, read_only=True) as opened:
        yield opened
