"""Who is one actor: names in any spelling, and who is nobody beyond his article."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from communique.errors import BadQuestion
from communique.store import Store, open_store, questions
from communique.store.held import held
from communique.store.questions.actors import actors
from communique.store.questions.network import network
from communique.store.questions.parties import KEY, NAMED, folded, is_named, wanted
from communique.store.questions.profile import keys_named, partners, profile
from communique.store.questions.standing import opponents, voices


@pytest.fixture(params=["statements", "memory"])
def spelled(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[str], Store]]:
    """Gives the small store with SQL run in it; asked by its statements, and from its columns."""
    opened: list[Store] = []

    def make(sql: str) -> Store:
        copy = tmp_path / "copy.duckdb"
        shutil.copy(path, copy)
        with open_store(copy) as store:
            for statement in sql.split(";"):
                store.connection.execute(statement)
        opened.append(open_store(copy, read_only=True))
        opened[0].held = held(opened[0]) if request.param == "memory" else None
        return opened[0]

    yield make
    for store in opened:
        store.close()


def _everywhere(sql: str) -> str:
    return f"UPDATE entities {sql}; UPDATE parties {sql}"


SPELLED = _everywhere("SET name = 'The ivo BRANDT' WHERE name = 'Ivo Brandt' AND article = 3")


def test_names_that_differ_in_capitals_and_the_are_one_actor(spelled: Callable[[str], Store]) -> None:
    store = spelled(SPELLED)
    rows = [r for r in actors(store).rows if "brandt" in r["key"]]
    assert [(r["key"], r["name"], r["articles"]) for r in rows] == [("~ivo brandt", "Ivo Brandt", 3)]
    assert {r["key"] for r in partners(store, "~ada holm").rows} == {"~ivo brandt"}


@pytest.mark.parametrize("key", ["~Ivo Brandt", "~ivo brandt", "~the IVO brandt", "~The Ivo Brandt"])
def test_a_key_in_any_spelling_means_the_same(spelled: Callable[[str], Store], key: str) -> None:
    store = spelled(SPELLED)
    assert profile(store, key).rows == profile(store, "~ivo brandt").rows
    assert profile(store, key).rows[0]["articles"] == 3
    assert len(questions.events(store, actor=key)) == len(questions.events(store, actor="~ivo brandt")) > 0
    assert [r["key"] for r in keys_named(store, key[1:]).rows] == ["~ivo brandt"]
    assert wanted(key) == wanted("~ivo brandt")


def test_the_same_in_another_spelling_is_no_pair(spelled: Callable[[str], Store]) -> None:
    with pytest.raises(BadQuestion, match="the same"):
        questions.dyad(spelled(SPELLED), "~Ivo Brandt", "~the ivo brandt")


ASKED: dict[str, Callable[[Store], list[Any]]] = {
    "actors": lambda s: [r["key"] for r in actors(s).rows],
    "actors by name": lambda s: [r["key"] for r in actors(s, name="they").rows],
    "pairs": lambda s: [k for r in questions.pairs(s, of="actors").rows for k in (r["a"], r["b"])],
    "network": lambda s: [k for r in network(s).rows for k in (r["actor"], r["recipient"])],
    "partners": lambda s: [r["key"] for r in partners(s, "~ada holm").rows],
    "voices": lambda s: [r["key"] for r in voices(s).rows],
    "opponents": lambda s: [n.lower() for r in opponents(s).rows for n in (r["a"], r["b"])],
}


@pytest.mark.parametrize("name", ASKED)
def test_a_pronoun_is_nobody(spelled: Callable[[str], Store], name: str) -> None:
    store = spelled(_everywhere("SET name = 'They', kb = NULL WHERE name = 'Ivo Brandt'"))
    assert not {"~they", "they"} & set(ASKED[name](store))


def test_who_is_named_is_who_the_statement_says(store: Store) -> None:
    names = [
        "They",
        "we",
        "IT",
        "it",
        "I",
        "WHO",
        "who",
        "Those",
        "said",
        "İt",
        "Theyne",
        "themselves",
        "Ada",
    ]
    sql = f"SELECT o.name, {NAMED.format('o')} FROM (SELECT unnest($v) AS name, NULL::VARCHAR AS kb) o"
    found = dict(store.connection.execute(sql, {"v": names}).fetchall())
    assert found == {name: is_named(name) for name in names}
    assert [n for n in names if is_named(n)] == ["IT", "WHO", "Theyne", "Ada"]
    assert is_named("they", "person:x")


def test_a_name_is_folded_as_the_statement_folds_it() -> None:
    letters = [chr(c) for c in range(0x20, 0x2FFFF) if not 0xD800 <= c < 0xE000]
    names = ["The Rebels", "the the", "The The Band", "theatre", "İzmir", "ΟΔΟΣ", "the ", *letters]
    sql = f"SELECT o.name, {KEY.format('o')} FROM (SELECT unnest($v) AS name, NULL::VARCHAR AS kb) o"
    found = dict(duckdb.connect().execute(sql, {"v": names}).fetchall())
    assert {name for name in names if found[name] != "~" + folded(name)} == set()
    assert all(folded(folded(name)) == folded(name) for name in names)


@pytest.mark.parametrize("name", ["İlk İs", "Rebels", "the Rebels", "ΟΔΟΣ", "The The Band"])
def test_a_name_is_found_by_its_key(spelled: Callable[[str], Store], name: str) -> None:
    store = spelled(_everywhere(f"SET name = '{name}' WHERE name = 'Ivo Brandt'"))
    key = next(r["key"] for r in actors(store).rows if r["name"] == name)
    assert profile(store, key).rows[0]["names"] == [name]
