"""Rows of lists as people corrected them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communique.store import Store, open_store, questions
from communique.store.correcting.showing import (
    REJECTED,
    as_corrected,
    claim_rows,
    corrected_articles,
    dispute_rows,
    event_rows,
    kept,
    looking,
)
from communique.store.corrections import Corrections
from communique.store.questions.telling import telling
from tests.store.asked import FIRST, SECOND, at, make, second
from tests.store.correcting import say


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(make(tmp_path / "news.duckdb"), read_only=True) as opened:
        yield opened


@pytest.fixture
def said(store: Store) -> Corrections:
    """The file beside the store, with nothing in it yet."""
    return Corrections.beside(store.path)


def _events(store: Store, said: Corrections) -> dict[tuple[int, int], dict[str, Any]]:
    rows = questions.events(store, limit=0).rows
    mended = event_rows(rows, looking(store, said, rows))
    assert [(r["article"], r["event"]) for r in mended] == [(r["article"], r["event"]) for r in rows]
    return {(r["article"], r["event"]): r for r in mended}


def _claims(store: Store, said: Corrections) -> list[dict[str, Any]]:
    rows = questions.said(store, limit=0).rows
    return claim_rows(rows, looking(store, said, rows))


def test_nothing_is_changed_where_nobody_corrected(store: Store, said: Corrections) -> None:
    rows = {(r["article"], r["event"]): {**r, "corrected": []} for r in questions.events(store, limit=0).rows}
    assert _events(store, said) == rows
    said.add(say(1, "Ada", "status", "mend", of="e1", value="planned"))
    mended = _events(store, said)
    assert {key for key in rows if rows[key] != mended[key]} == {(1, 1)}
    said.undo(said.all()[0].id, who="Ada")
    assert _events(store, said) == rows
    assert corrected_articles(store, said) == frozenset()


MENDED: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("status", "mend", {"value": "planned"}, {"status": "planned"}),
    ("type", "mend", {"value": "AID"}, {"type": "AID", "mode": None, "quad_code": 2}),
    ("time", "mend", {"value": "t2"}, {"day": date(2024, 3, 4), "from_day": date(2024, 3, 4)}),
    ("time", "reject", {}, {"day": date(2024, 2, 6), "day_from": "published", "from_day": None}),
    ("actor", "reject", {"party": "n1"}, {"actors": []}),
    ("recipient", "add", {"value": "n3"}, {"recipients": ["Ivo Brandt", "Daily Wire"]}),
]


@pytest.mark.parametrize("kind, verdict, more, shown", MENDED)
def test_a_row_has_what_the_correction_says(
    store: Store, said: Corrections, kind: str, verdict: str, more: dict[str, Any], shown: dict[str, Any]
) -> None:
    before = _events(store, said)[1, 1]
    said.add(say(1, "Ada", kind, verdict, of="e1", **more))
    row = _events(store, said)[1, 1]
    assert {name: row[name] for name in shown} == shown
    changed = {name for name in before if row[name] != before[name] and name != "corrected"}
    assert set(row["corrected"]) == changed >= set(shown)


def test_a_party_that_got_another_name_has_it_in_all_rows(store: Store, said: Corrections) -> None:
    said.add(say(1, "Ada", "party", "mend", of="n1", value={"name": "Ada Holmberg"}))
    rows = _events(store, said)
    assert rows[1, 1]["actors"] == rows[1, 2]["actors"] == ["Ada Holmberg"]
    assert rows[2, 1]["actors"] == ["Ada Holm"], "another article"
    claims = _claims(store, said)
    assert {(r["claim"], r["who"]) for r in claims if r["article"] == 1} == {
        (1, "Daily Wire"),
        (2, "Ada Holmberg"),
    }


def test_a_confirmed_event_is_sure_and_not_called_corrected(store: Store, said: Corrections) -> None:
    said.add(say(1, "Ada", "event", "confirm", of="e1"))
    row = _events(store, said)[1, 1]
    assert (row["confidence"], row["corrected"]) == (1.0, ["confidence"])


def test_what_is_rejected_is_marked_or_left_out(store: Store, said: Corrections) -> None:
    before = _events(store, said)[1, 1]
    said.add(say(1, "Ada", "event", "reject", of="e1"), say(2, "Ada", "claim", "reject", of="c2"))
    rows = _events(store, said)
    assert rows[1, 1] == {**before, "corrected": [REJECTED]}
    assert (1, 1) not in {(r["article"], r["event"]) for r in kept(rows.values())}
    found = questions.events(store, limit=2)
    answer = as_corrected(store, questions.events(store, limit=0), event_rows)
    assert (len(answer.rows), answer.total) == (len(rows) - 1, len(rows) - 1)
    assert answer.columns["corrected"] == "VARCHAR[]" and answer.rows[0]["corrected"] == []
    assert "corrected" not in found.rows[0], "what was found stays"
    claims = _claims(store, said)
    assert [r["claim"] for r in claims if r["corrected"] == [REJECTED]] == [2]


def test_a_claim_has_its_new_source_and_so_have_events_and_disputes(store: Store, said: Corrections) -> None:
    start, end = at("an aide", SECOND)
    spoke = {"start": start, "end": end, "name": "Ines Vik", "kind": "person", "country": "NOR"}
    said.add(say(1, "Ada", "source", "mend", second(), of="c1", value=spoke))
    said.add(say(2, "Ada", "act", "mend", of="c2", value="assert"))
    rows = {(r["article"], r["claim"]): r for r in _claims(store, said)}
    assert (rows[2, 1]["who"], rows[2, 1]["country"]) == ("Ines Vik", "NOR")
    assert {"who", "country", "anonymous"} <= set(rows[2, 1]["corrected"])
    assert (rows[1, 2]["act"], rows[1, 2]["corrected"][0]) == ("assert", "act")
    event = _events(store, said)[2, 1]
    assert (event["said_by"], event["corrected"]) == (["Ines Vik"], ["said_by"])
    # The tellings of a happening have the name of the source alone.
    tellings = telling(store, 7).rows
    told = {r["article"]: r for r in event_rows(tellings, looking(store, said, tellings))}
    assert told[2]["said_by"] == "an aide"


def test_a_dispute_that_rests_on_what_is_rejected_is_marked(store: Store, said: Corrections) -> None:
    rows = questions.disputes(store, limit=0).rows
    within = next(r for r in rows if r["happening"] is None)
    between = next(r for r in rows if r["happening"] == 7)
    said.add(say(1, "Ada", "source", "mend", of="c1", value="n2"))
    mended = {r["happening"]: r for r in dispute_rows(rows, looking(store, said, rows))}
    assert mended[7]["said_by_a"] == ["Ada Holm", "Ivo Brandt"] != between["said_by_a"]
    assert mended[7]["corrected"] == ["said_by_a"]
    said.add(say(2, "Ada", "claim", "reject", of="c2"))
    mended = {r["happening"]: r for r in dispute_rows(rows, looking(store, said, rows))}
    assert all(r["corrected"] == [REJECTED] for r in mended.values())
    assert mended[None]["words_b"] == within["words_b"] == FIRST[slice(*at("12 ferries sank", FIRST))]


def test_an_event_that_is_rejected_and_corrected_later_is_told(store: Store, said: Corrections) -> None:
    said.add(say(1, "Ada", "event", "reject", of="e1"))
    said.add(say(2, "Bo", "status", "mend", of="e1", value="ongoing"))
    assert _events(store, said)[1, 1]["corrected"] == ["status"]
