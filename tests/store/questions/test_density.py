"""How much happened when and of which types, each happening once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from communique.errors import BadQuestion
from communique.store import Store
from communique.store.questions.density import density, kinds
from communique.store.questions.dyads import dyad


def test_months_count_each_happening_once_and_leave_out_what_is_planned(store: Store) -> None:
    answer = density(store)
    assert [(r["period"], r["happenings"]) for r in answer.rows] == [
        (date(2024, 2, 1), 2),
        (date(2024, 5, 1), 1),
    ]
    first = answer.rows[0]
    # The meeting as the article has it that names the day, and the accusation.
    assert (first["verbal_cooperation"], first["verbal_conflict"]) == (1, 1)
    assert first["score"] == pytest.approx((5.0 - 2.0) / 2)
    assert answer.rows[1]["material_conflict"] == 1


@pytest.mark.parametrize(
    ("given", "periods"),
    [
        ({"by": "day"}, [date(2024, 2, 5), date(2024, 2, 20), date(2024, 5, 1)]),
        ({"by": "week"}, [date(2024, 2, 5), date(2024, 2, 19), date(2024, 4, 29)]),
        ({"by": "year"}, [date(2024, 1, 1)]),
        ({"status": "planned"}, [date(2024, 3, 1)]),
        ({"quad": 4}, [date(2024, 5, 1)]),
        ({"since": "2024-03"}, [date(2024, 5, 1)]),
        ({"historical": True}, []),
        ({"place": "Kobe"}, [date(2024, 2, 1)]),
        ({"place": "Osaka"}, []),
    ],
)
def test_filters_and_units(given: dict[str, Any], periods: list[date], store: Store) -> None:
    assert [r["period"] for r in density(store, **given).rows] == periods


def test_a_unit_that_is_none_is_refused(store: Store) -> None:
    with pytest.raises(BadQuestion, match="day, week, month, year"):
        density(store, by="hour")


def test_it_counts_as_the_dyad_does(store: Store) -> None:
    between = {r["period"]: r["happenings"] for r in density(store, between=("JPN", "PRK")).rows}
    both: dict[date, int] = {}
    for row in dyad(store, "JPN", "PRK").rows:
        if row["happenings"]:
            both[row["period"]] = both.get(row["period"], 0) + row["happenings"]
    assert between == both


def test_kinds_are_the_commonest_first(store: Store) -> None:
    rows = kinds(store, actor="PRK").rows
    found = [(r["type"], r["quad_code"], r["happenings"]) for r in rows]
    assert found == [("ACCUSE", 3, 1), ("ASSAULT", 4, 1)]
    assert rows[0]["first"] == rows[0]["last"] == date(2024, 2, 20)
