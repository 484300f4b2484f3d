"""Ties between actors, and between countries."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from communique.errors import BadQuestion
from communique.store import Store, open_store
from communique.store.questions.network import network

HOLM = "person:jpn-ada-holm"


def test_ties_of_countries(store: Store) -> None:
    rows = network(store, of="countries").rows
    found = [(r["actor"], r["recipient"], r["happenings"]) for r in rows]
    assert found == [("PRK", "JPN", 2), ("JPN", "PRK", 1)]
    assert (rows[0]["verbal_conflict"], rows[0]["material_conflict"]) == (1, 1)


def test_ties_of_actors_have_keys_and_names(store: Store) -> None:
    rows = {(r["actor"], r["recipient"]): r for r in network(store).rows}
    assert set(rows) == {("~ivo brandt", "~ada holm"), (HOLM, "~ivo brandt"), ("~ada holm", "~ivo brandt")}
    assert rows[HOLM, "~ivo brandt"]["actor_name"] == "Ada Holm"


def test_pages_and_windows(store: Store) -> None:
    answer = network(store, limit=1)
    assert (len(answer), answer.total) == (1, 3)
    assert len(network(store, limit=5, offset=1)) == 2
    assert [r["happenings"] for r in network(store, since="2024-05").rows] == [1]
    with pytest.raises(BadQuestion, match="actors, countries"):
        network(store, of="cities")


def test_a_pronoun_is_nobody_beyond_its_article(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    shutil.copy(path, copy)
    with open_store(copy) as store:
        store.connection.execute("UPDATE parties SET name = 'They' WHERE name = 'Ivo Brandt'")
        assert network(store).rows == []
