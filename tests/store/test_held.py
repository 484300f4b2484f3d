"""What is counted in memory is what the statements count, to the row."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.web import make
from communique.errors import BadQuestion
from communique.store import Store, open_store, questions
from communique.store.held import held
from communique.store.held_columns import Joined
from communique.store.questions import Answer, Filters
from communique.store.questions.actors import actors
from communique.store.questions.around import around
from communique.store.questions.articles import articles
from communique.store.questions.dealings import dealings
from communique.store.questions.density import density, kinds
from communique.store.questions.mapping import by_country, by_place
from communique.store.questions.network import network
from communique.store.questions.profile import introduced, keys_named, partners, roles
from communique.store.questions.telling import coverage, differing, silent, telling
from communique.store.questions.voices import shares
from tests.store.whole import whole

Ask = Callable[[Store, Filters], Answer]

WINDOWS: list[dict[str, Any]] = [
    {},
    {"since": "2017-03", "until": "2020"},
    {"until": "2018-06"},
    {"since": "2030"},
]

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

# Questions on what is no event, and what they are asked for.
OTHERS: dict[str, tuple[Callable[..., Any], list[dict[str, Any]]]] = {
    "said": (
        questions.said,
        [
            {},
            {"who": "USA", "act": "deny"},
            {"who": "China", "offset": 2},
            {"who": "iso:JPN", "since": "2017", "until": "2019-05"},
            {"who": "~they"},
            {"who": "UN"},
            {"who": "dock"},
            {"who": "elan", "limit": 0},
            {"about": "pier", "who": "USA"},
            {"offset": 100_000},
            {"who": "nobody of this name"},
        ],
    ),
    "introduced": (introduced, [{"key": key} for key in ("USA", "iso:CHN", "~élan", "~they", "ZZZ", "~no")]),
    "roles": (roles, [{"key": "CHN", "limit": limit} for limit in (0, 2)]),
    "keys_named": (
        keys_named,
        [{"name": name} for name in ("They", "the ÉLAN", "Minister 3 of China", "China")],
    ),
    "actors": (
        actors,
        [
            {"limit": 0},
            {"name": "minister", "limit": 9, "offset": 2},
            {"name": "China"},
            {"name": "~élan"},
            {"kind": ("person", "state"), "country": "JPN"},
            {"name": "UN"},
            {"name": "elan"},
            {"name": "nobody of this name"},
        ],
    ),
    "shares": (shares, WINDOWS),
    "coverage": (coverage, [{**window, "limit": 9, "offset": n} for n in (0, 5) for window in WINDOWS]),
    "articles": (
        articles,
        [
            *WINDOWS,
            {"publisher": ("wire 1", "NEWS 2"), "actor": ("USA", "elan"), "limit": 0},
            {"actor": "UN", "offset": 3},
            {"text": "pier"},
            {"order": "added"},
            {"offset": 10_000},
        ],
    ),
    "disputes": (
        questions.disputes,
        [
            {"limit": 9, "offset": 4},
            {"kind": ("number", "denial"), **WINDOWS[1]},
            {"about": "a", "limit": 5},
            WINDOWS[2],
            {"offset": 10_000},
        ],
    ),
    "telling": (telling, [{"happening": n} for n in (1, 2, 3, 5, 8, 13, 100_000)]),
    "differing": (differing, [{"happening": n} for n in range(1, 40)]),
    "silent": (silent, [{"happening": n} for n in range(1, 300)]),
    "upcoming": (
        questions.upcoming,
        [
            {"start": "2014"},
            {"start": "2018-05-03", "limit": 7, "offset": 5},
            {"start": "2016", "until": "2017-02", "status": "expected", "limit": 0},
            {"start": "2015", "actor": "USA"},
            {"start": "2015", "actor": ("elan", "~they"), "limit": 9},
            {"start": "2015", "actor": "UN"},
            {"start": "2040"},
        ],
    ),
    "search": (
        questions.search,
        [
            {"words": "nothing"},
            {"words": "pier OR report", "order": "published", **WINDOWS[1]},
            {"words": "nothing", "actor": "CHN", "publisher": "e", "limit": 5, "offset": 3},
            {"words": "nothing", "type": "AID", "status": "occurred", "order": "published"},
            {"words": "nothing", "actor": "UN"},
        ],
    ),
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
        # Sources of no entity, known by words or not at all; claims within claims; articles of no publisher.
        run("UPDATE claims SET source = NULL WHERE n % 4 = 0")
        run("UPDATE claims SET source_spans = [], anonymous = true WHERE n % 8 = 0")
        run("UPDATE claims SET within = n + 1 WHERE n % 3 = 0")
        run("UPDATE claims SET content = [40, 50, 60, 72], number = 3, act = 'deny' WHERE n % 5 = 0")
        run("UPDATE claims SET time = 1 WHERE n % 2 = 0")
        run("UPDATE articles SET text = 'At the dock' || text[12:] WHERE article % 6 = 0")
        run("UPDATE claims SET source_spans = [0, 11] WHERE source IS NULL AND article % 6 = 0 AND n % 8 = 4")
        run("UPDATE articles SET publisher = NULL WHERE article % 11 = 0")
        run("UPDATE entities SET name = 'They', country = NULL, kb = NULL WHERE n = 7 AND article % 3 = 0")
        run("UPDATE entities SET sectors = ['MIL', 'GOV'], role = 'Envoy' WHERE n = 5 AND article % 2 = 0")
        run("UPDATE schedule SET event = NULL WHERE n % 2 = 0")
        run("UPDATE schedule SET to_day = NULL WHERE article % 10 = 0")
        run(
            "UPDATE disputes SET claims = [1, NULL, 3], spans = [0, 30, 84, 120, 130, 140] "
            "WHERE article % 2 = 0"
        )
        run("UPDATE quantities SET unit = NULL WHERE n = 2")
        run("UPDATE events SET contexts = ['election', 'treaty'] WHERE n % 3 = 0")
        run("INSERT INTO entities SELECT article, 99, 'Élan', 'group', 'FRA', [], NULL, NULL FROM articles "
            "WHERE article % 4 = 0")  # fmt: skip
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


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_event_is_that_of_the_statement_too(name: str, store: Store) -> None:
    columns = held(store)
    ask, some = OTHERS[name]
    seen = 0
    for given in some:
        store.held = None
        by_statement = ask(store, **given)
        store.held = columns
        in_memory = ask(store, **given)
        store.held = None
        pairs = (
            [(in_memory, by_statement)] if isinstance(in_memory, Answer) else _paired(in_memory, by_statement)
        )
        for one, other in pairs:
            assert one.columns == other.columns
            assert one.rows == other.rows if name != "actors" else _counts(one) == _counts(other)
            assert one.total == other.total
            seen += len(other.rows)
    assert seen > 1


def _paired(one: tuple[Answer, ...], other: tuple[Answer, ...]) -> list[tuple[Answer, Answer]]:
    return list(zip(one, other, strict=True))


@pytest.mark.parametrize(
    ("ask", "given"),
    [
        (questions.events, {"actor": "USA", "happenings": True, "limit": 7, "offset": 2}),
        (questions.timeline, {"by": "month", "limit": 5}),
        (questions.said, {"who": "CHN", "limit": 7, "offset": 1}),
        (coverage, {"since": "2017", "limit": 5}),
    ],
)
def test_the_statement_that_is_shown_gives_the_rows(ask: Any, given: dict[str, Any], store: Store) -> None:
    store.held = held(store)
    answer = ask(store, **given)
    store.held = None
    found = store.connection.execute(answer.sql, answer.parameters)
    names = [column[0] for column in found.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    assert [{name: row[name] for name in answer.columns} for row in rows] == answer.rows
    assert answer.rows


def test_what_stands_around_an_article_is_the_same(store: Store) -> None:
    columns = held(store)
    several = 0
    for number in (1, 2, 9, 33, 100, 249, 250, 251):
        store.held = None
        by_statement = around(store, number)
        store.held = columns
        assert around(store, number) == by_statement
        store.held = None
        several += bool(by_statement and by_statement.tellings)
    assert several > 2


def test_a_reading_is_the_same_to_the_byte(store: Store) -> None:
    columns = held(store)
    for number in range(1, 251):
        store.held = None
        by_statement = json.dumps(store.reading(number).to_dict())
        store.held = columns
        assert json.dumps(store.reading(number).to_dict()) == by_statement
        store.held = None


def test_a_real_reading_is_the_same_and_its_own(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.duckdb") as store:
        given = whole()
        number = store.add(given, "a.txt")
        store.held = held(store)
        one = store.reading(number)
        assert one.to_dict() == given.to_dict()
        one.entities[0].sectors.append("GOV")
        assert store.reading(number).to_dict() == given.to_dict()


def _counts(answer: Answer) -> list[Any]:
    """What is counted of actors; of equally common names and roles DuckDB takes any."""
    return [[row[name] for name in ("key", "articles", "events", "claims")] for row in answer.rows]


def test_a_page_of_events_or_claims_needs_the_texts_alone(store: Store) -> None:
    class Watched:
        """A connection that notes what it is asked."""

        def __init__(self, connection: Any) -> None:
            self.connection = connection
            self.asked: list[str] = []

        def execute(self, sql: str, *values: Any) -> Any:
            self.asked.append(sql)
            return self.connection.execute(sql, *values)

    columns, connection = held(store), store.connection
    watched = Watched(connection)
    store.held, store.connection = columns, watched  # type: ignore[assignment]
    try:
        questions.events(store, actor="USA", happenings=True, limit=6)
        questions.said(store, "USA", limit=6)
        coverage(store, limit=6)
        introduced(store, "USA")
    finally:
        store.held, store.connection = None, connection
    assert [sql.split(" FROM ")[0] for sql in watched.asked[:2]] == ["SELECT article, text"] * 2
    assert len(watched.asked) == 4


@pytest.mark.parametrize("part", ["an", "o", "", "a\nb", "n\n", "zz", "é"])
def test_texts_joined_are_looked_through_one_by_one(part: str) -> None:
    texts = ["banana", "", "no", "a\nb", "élan", "b"]
    assert Joined.of(texts).containing(part).tolist() == [part in text for text in texts]


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
    sql = """SELECT coalesce(kb, '~' || lower(name)) AS key, any_value(name) FROM parties GROUP BY key
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
        for question, some in OTHERS.values():
            for given in some:
                found = question(empty, **given)
                assert all(not one.rows for one in (found if isinstance(found, tuple) else (found,)))


def test_an_event_in_two_happenings_is_left_to_the_statements(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    make(path, 20)
    with open_store(path) as store:
        assert held(store) is not None
        store.connection.execute("INSERT INTO tellings SELECT 9999, article, event FROM tellings LIMIT 1")
        assert held(store) is None


def test_two_claims_of_one_number_are_left_to_the_statements(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    make(path, 20)
    with open_store(path) as store:
        store.connection.execute("INSERT INTO claims FROM claims LIMIT 1")
        assert held(store) is None
