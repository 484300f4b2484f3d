"""The views, on a few articles whose answers can be written down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from communique.store import Store, open_store
from tests.store.whole import TEXT, whole

_DOCS = Path(__file__).parents[2] / "docs" / "store.md"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s.duckdb") as opened:
        opened.add(whole(), place="a")
        yield opened


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    return store.connection.execute(sql).fetchall()


def test_who_did_what(store: Store) -> None:
    found = rows(
        store,
        "SELECT event, day, actors, type, mode, status, recipients, place, place_country, said_by, words, "
        "published, publisher FROM who_did_what ORDER BY event",
    )
    published = (date(2031, 2, 18), "Port Gazette")
    assert found == [
        (
            *(1, date(2031, 2, 17), ["Norvania", "Envoys"], "CONSULT", "visit", "occurred", ["Ostria"]),
            *("Harbourtown", None, None, "met", *published),
        ),
        (
            # Its time has no days, so that the day is that of publication; nobody is known to have done it.
            *(2, date(2031, 2, 18), None, "AGREE", None, "planned", ["Ostria", "Norvania"]),
            *(None, None, "aides, [odd]", "signed", *published),
        ),
    ]


def test_words_are_cut_by_code_points(store: Store) -> None:
    reading = whole("🕊️é " + TEXT)
    store.add(reading, place="b")
    found = rows(store, "SELECT words FROM who_did_what WHERE article = 2 ORDER BY event")
    assert found == [("met",), ("signed",)]


def test_who_says_an_event_is_told_in_words_where_no_entity_is_known(store: Store) -> None:
    reading = whole("Again. " + TEXT)
    reading.claims[1].source.entity = None
    store.add(reading, place="b")
    assert rows(store, "SELECT said_by FROM who_did_what WHERE article = 2 AND event = 2") == [("two aides",)]


def test_said(store: Store) -> None:
    found = rows(
        store,
        "SELECT claim, who, role, source_words, anonymous, number, act, words, said.within FROM said "
        "ORDER BY claim",
    )
    quoted = "We shamefully lost about 40 boats"
    assert found == [
        (1, None, None, "12", False, None, "deny", f"12 … {quoted}", None),
        (2, "aides, [odd]", "aide", "two aides", True, 2, "assert", quoted, 1),
        (3, None, None, None, False, None, "assert", None, None),
    ]


def test_upcoming_leaves_out_what_was_before_publication(store: Store) -> None:
    found = rows(store, "SELECT from_day, to_day, status, what, words, event FROM upcoming")
    assert found == [(date(2031, 3, 4), date(2031, 3, 4), "scheduled", "treaty", "signed", 2)]


def test_dyad_days_count_an_event_once_for_two_countries(store: Store) -> None:
    found = rows(store, "SELECT day, actor, recipient, quad_code, happenings, events, score FROM dyad_days")
    # Norvania and its envoys are two actors of one country; the planned event is none.
    assert found == [(date(2031, 2, 17), "NOR", "AUT", 1, 1, 1, 1.5)]


def test_dyad_days_count_a_happening_once(store: Store) -> None:
    store.add(whole("Again. " + TEXT), place="b")
    assert rows(store, "SELECT happenings, events FROM dyad_days") == [(2, 2)]
    store.connection.execute("INSERT INTO tellings VALUES (1, 1, 1), (1, 2, 1)")
    assert rows(store, "SELECT happenings, events FROM dyad_days") == [(1, 2)]


def test_every_table_and_view_and_column_is_in_the_docs(store: Store) -> None:
    text = _DOCS.read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### `(\w+)`(.*?)(?=^#|\Z)", text, re.M | re.S))
    schema = files("communique.store").joinpath("schema.sql").read_text(encoding="utf-8")
    named = set(re.findall(r"^CREATE (?:TABLE|VIEW) (\w+)", schema, re.M))
    assert set(sections) == named
    columns = rows(store, "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal")
    assert {table for table, _ in columns} == named
    missing = [f"{table}.{name}" for table, name in columns if f"`{name}`" not in sections[table]]
    assert missing == []
