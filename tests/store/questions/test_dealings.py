"""What an actor did and had done to it: the same as the questions that ask for each, in one statement."""

from __future__ import annotations

from typing import Any

import pytest

from communique.errors import BadQuestion
from communique.store import Store
from communique.store.questions.dealings import dealings
from communique.store.questions.density import density, kinds
from communique.store.questions.dyads import dyad

HOLM = "person:jpn-ada-holm"
COUNTED = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "happenings")


def counts(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in COUNTED)


@pytest.mark.parametrize("key", ["JPN", "PRK", HOLM, "~Ada Holm", "~Ivo Brandt", "nobody"])
@pytest.mark.parametrize("given", [{}, {"since": "2024-03"}, {"type": "CONSULT"}, {"status": "planned"}])
def test_days_and_types_are_those_of_density_and_kinds(key: str, given: dict[str, Any], store: Store) -> None:
    rows = dealings(store, key, **given).rows
    for way, side in (("there", "actor"), ("back", "recipient")):
        mine = [r for r in rows if r["way"] == way]
        by_day = density(store, by="day", **{side: key}, **given).rows
        assert [(r["day"], *counts(r), r["score"]) for r in mine if r["type"] is None] == [
            (r["period"], *counts(r), r["score"]) for r in by_day
        ]
        by_type = kinds(store, **{side: key}, **given).rows
        assert [(r["type"], r["happenings"], r["quad_code"]) for r in mine if r["type"]] == [
            (r["type"], r["happenings"], r["quad_code"]) for r in by_type
        ]


def test_two_parties_are_as_the_dyad_has_them(store: Store) -> None:
    rows = dealings(store, "JPN", "PRK").rows
    assert len(rows) == 6
    for way, who in (("there", "JPN"), ("back", "PRK")):
        mine = {r["day"]: counts(r) for r in rows if r["way"] == way and r["type"] is None}
        series = [r for r in dyad(store, "JPN", "PRK", by="day").rows if r["actor"] == who]
        assert mine == {r["period"]: counts(r) for r in series if r["happenings"]}


def test_the_same_two_are_refused(store: Store) -> None:
    with pytest.raises(BadQuestion, match="the same"):
        dealings(store, "JPN", "Japan")
