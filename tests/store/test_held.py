"""What is counted in memory is what the statements count, to the row."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.web import make
from communique.errors import BadQuestion
from communique.store import Store, open_store, questions
from communique.store.held import held
from communique.store.questions import Answer, Filters
from communique.store.questions.dealings import dealings
from communique.store.questions.density import density, kinds
from communique.store.questions.mapping import by_country, by_place
from communique.store.questions.network import network
from communique.store.questions.profile import partners

Ask = Callable[[Store, Filters], Answer]

WHOLE: dict[str, Ask] = {
    "dealings": lambda s, f: dealings(s, "CHN", filters=f),
    "dealings of a name": lambda s, f: dealings(s, "Minister 7", filters=f),
    "dealings of two": lambda s, f: dealings(s, "USA", "RUS", filters=f),
    "density": lambda s, f: density(s, filters=f, by="week"),
    "kinds": lambda s, f: kinds(s, filters=f),
    "by_country": lambda s, f: by_country(s, filters=f),
    "by_place": lambda s, f: by_place(s, filters=f, limit=0),
    "network": lambda s, f: network(s, filters=f, limit=40, offset=3),
    "network of countries": lambda s, f: network(s, filters=f, of="countries", limit=0),
    "pairs": lambda s, f: questions.pairs(s, filters=f, limit=30),
    "pairs of actors": lambda s, f: questions.pairs(s, filters=f, of="actors", limit=0),
    "partners": lambda s, f: partners(s, "iso:USA", filters=f, limit=0),
    "partners of a country": lambda s, f: partners(s, "JPN", filters=f, limit=15),
    "events": lambda s, f: questions.events(s, filters=f, limit=25),
    "happenings": lambda s, f: questions.events(s, filters=f, happenings=True, limit=25, offset=4),
    "timeline": lambda s, f: questions.timeline(s, filters=f, by="month", limit=25),
}
# Of equally common names and codes DuckDB takes any, and equal places stand in any order.
_ANY = ("name", "actor_name", "recipient_name", "a_name", "b_name", "country_name")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("held") / "s.duckdb"
    make(path, 250)
    with open_store(path) as made:
        run = made.connection.execute
        # What the invented store lacks: no days, modes, pronouns, places of no country, several parties.
        run("UPDATE articles SET published = NULL WHERE article % 9 = 0")
        run("UPDATE events SET from_day = NULL, to_day = NULL WHERE article % 9 = 0 AND n % 2 = 0")
        run("UPDATE events SET mode = 'visit' WHERE n = 3")
        run("UPDATE parties SET name = 'they', country = NULL WHERE article % 7 = 0 AND side = 'actor'")
        run("UPDATE places SET country = NULL WHERE article % 5 = 0")
        run("UPDATE places SET geonames = 1000 + article % 40 WHERE article % 2 = 0")
        run("INSERT INTO parties SELECT article, event, side, 2, 99, 'Élan', 'FRA', NULL, NULL FROM parties "
            "WHERE article % 4 = 0")  # fmt: skip
    with open_store(path, read_only=True) as opened:
        yield opened


def _filters() -> list[Filters]:
    chance = random.Random(5)
    some: list[dict[str, Any]] = [
        {},
        {"actor": ("USA",), "historical": True},
        {"actor": ("Minister 7", "~they")},
        {"recipient": ("elan",)},
        {"between": ("USA", "iso:CHN")},
        {"actor": ("UN",)},
        {"since": "2017-03", "until": "2019"},
        {"until": "2018-06-30", "quad": (1, 3)},
        {"country": ("JPN", "FRA")},
        {"place": ("1004", "Japan")},
        {"min_confidence": 0.7, "status": ("planned",)},
        {"type": ("aid",), "mode": ("visit",)},
        {"text": "pier"},
        {"actor": ("nobody of this name",)},
    ]
    out = [Filters(**given) for given in some]
    for _ in range(6):
        one, two = chance.sample(some[1:], 2)
        out.append(Filters(**{**one, **two}))
    return out


@pytest.mark.parametrize("name", WHOLE)
def test_rows_are_those_of_the_statement(name: str, store: Store) -> None:
    columns = held(store)
    assert columns is not None
    seen = 0
    for filters in _filters():
        store.held = None
        by_statement = WHOLE[name](store, filters)
        store.held = columns
        in_memory = WHOLE[name](store, filters)
        store.held = None
        assert in_memory.columns == by_statement.columns
        assert list(map(list, in_memory.rows)) == list(map(list, by_statement.rows))
        if by_statement.rows:
            assert in_memory.total == by_statement.total
        assert _comparable(name, in_memory) == _comparable(name, by_statement)
        seen += len(by_statement.rows)
    assert seen > 20


def _comparable(name: str, answer: Answer) -> list[Any]:
    rows = [
        {k: round(v, 9) if isinstance(v, float) else v for k, v in row.items() if k not in _ANY}
        for row in answer.rows
    ]
    if name.startswith("dealings"):
        # A day has several codes that are equally common.
        rows = [{k: v for k, v in r.items() if k != "quad_code" or r["type"]} for r in rows]
    if name == "by_place":
        return sorted(rows, key=lambda r: (-r["happenings"], repr(r)))
    return rows


def test_who_has_one_name_is_called_by_it(store: Store) -> None:
    store.held = None
    sql = """SELECT coalesce(kb, '~' || name) AS key, any_value(name) FROM parties GROUP BY key
HAVING count(DISTINCT name) = 1"""
    alone = dict(store.connection.execute(sql).fetchall())
    store.held = held(store)
    rows = network(store, limit=0).rows
    store.held = None
    known = [r for r in rows if r["actor"] in alone]
    assert len(known) > 50
    assert all(r["actor_name"] == alone[r["actor"]] for r in known)


def test_a_type_that_is_none_is_refused(store: Store) -> None:
    store.held = held(store)
    with pytest.raises(BadQuestion, match="there is no type"):
        kinds(store, type="CONSLT")
    store.held = None


def test_an_empty_store_is_held(tmp_path: Path) -> None:
    with open_store(tmp_path / "empty.duckdb") as empty:
        empty.held = held(empty)
        assert empty.held is not None
        for ask in WHOLE.values():
            assert ask(empty, Filters()).rows == []


def test_an_event_in_two_happenings_is_left_to_the_statements(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    make(path, 20)
    with open_store(path) as store:
        assert held(store) is not None
        store.connection.execute("INSERT INTO tellings SELECT 9999, article, event FROM tellings LIMIT 1")
        assert held(store) is None
