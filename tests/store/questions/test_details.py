"""A page of events, put together from small statements, is what one large statement gives."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import pytest

from communique.store import Store
from communique.store.questions import events, timeline
from communique.store.questions.details import details, period_of
from communique.store.questions.statements import Values


@pytest.mark.parametrize(
    ("given", "ordered"),
    [({}, events), ({"by": "week"}, timeline), ({"happenings": True}, events), ({"actor": "PRK"}, events)],
)
def test_both_ways_give_the_same(
    given: dict[str, Any], ordered: Any, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ordered(store, limit=50, **given)
    monkeypatch.setattr(sys.modules["communique.store.questions.events"], "_PAGE", 0)
    whole = ordered(store, limit=50, **given)
    assert page.rows == whole.rows
    assert page.total == whole.total
    assert list(page.columns) == list(whole.columns)
    assert page.sql != whole.sql


def test_statements_and_values_are_shown(store: Store) -> None:
    answer = events(store, actor="JPN", limit=1)
    assert answer.sql.count(";\n\n") >= 3
    assert "JPN" in answer.parameters.values()
    for part in answer.sql.split(";\n\n"):
        names = {name: value for name, value in answer.parameters.items() if f"${name}" in part}
        assert store.connection.execute(part, names).fetchall() is not None


def test_nothing_needs_no_statement(store: Store) -> None:
    assert details(store, [], None, Values()) == ([], "")


def test_periods() -> None:
    day = date(2024, 2, 29)
    assert [period_of(day, by).isoformat() for by in ("day", "week", "month", "year")] == [
        *("2024-02-29", "2024-02-26", "2024-02-01", "2024-01-01")
    ]
