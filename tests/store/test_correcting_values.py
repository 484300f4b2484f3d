"""What can be said of a thing, and what is refused, in one sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from communique.errors import BadCorrection
from communique.store.correcting.days import days_of
from communique.store.corrections import Correction, check, correction
from tests.store.asked import FIRST, at
from tests.store.correcting import article

SPAN = {"start": 0, "end": 8}
NEW: dict[str, Any] = {"kind": "event", "verdict": "add", "of": None}
CLAIM: dict[str, Any] = {"kind": "claim", "verdict": "add", "of": None}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"kind": "smell"}, "there is no kind “smell”, but event, type, status, time,"),
    ({"kind": "undo", "verdict": "undo"}, "there is no kind “undo”"),
    ({"verdict": "add"}, "of a status one can say confirm, mend, not “add”"),
    ({"kind": "act", "of": "c2", "verdict": "reject"}, "of an act one can say confirm, mend"),
    ({"of": None}, "say of what: give its id"),
    ({"of": "e9"}, "the article has no event 'e9'; it has e1 to e2"),
    ({"of": "x" * 10_000}, "the article has no event 'xxx"),
    ({"kind": "source", "of": "c7", "value": "n1"}, "the article has no claim 'c7'; it has c1 to c2"),
    ({"kind": "party", "of": "n9", "value": {"name": "x"}}, "the article has no party 'n9'"),
    ({"value": "done"}, "there is no status “done”, but occurred, ongoing, planned, hypothetical, negated"),
    ({"value": "planed"}, "did you mean planned?"),
    ({"value": None}, "the status is missing; choices: occurred"),
    ({"value": 7}, "the status is missing"),
    ({"value": {"status": "planned", "historical": "yes"}}, "historical is “yes”; it is true or false"),
    ({"verdict": "confirm", "value": "planned"}, "to confirm needs no value; to give another, mend it"),
    ({"kind": "type", "value": "HUG"}, "there is no type “HUG”, but AGREE, CONSULT, SUPPORT"),
    ({"kind": "type", "value": "SANCTION/visit"}, "there is no mode of SANCTION “visit”, but"),
    ({"kind": "type", "value": "SUPPORT/sign"}, "SUPPORT has no modes; leave “sign” out"),
    ({"kind": "type", "value": {"type": "HUG", "quad_code": 1, "intensity": 3.0}}, "there is no type “HUG”"),
    ({"kind": "time", "value": "t9"}, "the article has no time “t9”"),
    ({"kind": "time", "value": {**SPAN, "value": "2024-02-30"}}, "“2024-02-30” names no days; write 2024,"),
    ({"kind": "time", "value": {**SPAN, "value": 2024}}, "“2024” names no days"),
    ({"kind": "actor", "value": "n2"}, "say which actor: give the id of the party"),
    ({"kind": "actor", "party": "n2", "value": "n1"}, "'n2' is no actor of e1, which has n1"),
    ({"kind": "actor", "verdict": "add", "party": "n1", "value": "n2"}, "takes the place of nobody"),
    (
        {"kind": "party", "of": "n1", "value": {}},
        "give what is to be mended: name, kind, country, sectors, role",
    ),
    ({"kind": "party", "of": "n1", "value": {"kb": "Q1"}}, "there is no part of a party “kb”"),
    (
        {"kind": "party", "of": "n1", "value": {"name": "a\u202eb"}},
        "a character that no screen shows (U+202E)",
    ),
    ({"kind": "event", "verdict": "add"}, "a new event is of nothing that is there; leave out its id"),
    (NEW | {"value": "met"}, "an event is given as its parts"),
    (NEW | {"value": SPAN}, "the type is missing"),
    (
        NEW | {"value": {**SPAN, "type": "AID"}},
        "an event needs an actor or a recipient",
    ),
    (
        NEW | {"value": {**SPAN, "type": "AID", "actors": "n1"}},
        "actors is a list",
    ),
    (CLAIM | {"value": {}}, "a claim needs the words of what was said"),
    (
        CLAIM | {"value": {"content": [[0, 5, 9]]}},
        "where a span [start, end] is expected",
    ),
    ({"who": ""}, "who is empty; give a name"),
    ({"who": "  "}, "who is empty"),
    ({"who": None}, "who is empty"),
    ({"who": "x" * 101}, "who has 101 characters; 100 at most"),
    ({"who": "Ada\x00"}, "who has a character that no screen shows (U+0000); leave it out"),
    ({"who": "Ada\nBo"}, "who has a character that no screen shows (U+000A)"),
    ({"who": "\ud800"}, "(U+D800)"),
    ({"note": "x" * 2001}, "the note has 2001 characters; 2000 at most"),
    ({"note": "x" * 10_000_000}, "the note has 10000000 characters"),
    ({"note": "\x1b[2J"}, "the note has a character that no screen shows (U+001B)"),
    ({"note": "\u202egnp.exe"}, "(U+202E)"),
    ({"note": 7}, "the note is no text"),
]


ACTOR: list[tuple[Any, str]] = [
    ("n8", "the article has no party “n8”"),
    ({"start": 5, "end": 5}, "the end comes after the start"),
    ({"start": 9, "end": 10_000}, "ends at 10000, and the article has"),
    ({"start": -1, "end": 4}, "start is “-1”; it is a number, 0 or more"),
    ({"start": True, "end": 4}, "start is “True”"),
    ({"start": 0.5, "end": 4}, "start is “0.5”"),
    ({"start": "٣", "end": 4}, "start is “٣”"),
    ({"start": 1 << 80, "end": 4}, "it is a number, 0 or more"),
    ({"start": 46, "end": 47}, "has no words from 46 to 47"),
    ({}, "start is “None”"),
    ([1], "a party is given as its parts, not as “[1]”"),
    ({**SPAN, "country": "Atlantis"}, "there is no country “Atlantis”"),
    ({**SPAN, "country": {"a": 1}}, "there is no country"),
    ({**SPAN, "sectors": ["ZZZ"]}, "there is no sector “ZZZ”"),
    ({**SPAN, "sectors": ["GOV"] * 51}, "has 51 entries; 50 at most"),
    ({**SPAN, "kind": "robot"}, "there is no kind of party “robot”"),
    ({**SPAN, "name": "x" * 301}, "the name has 301 characters; 300 at most"),
]
WRONG += [({"kind": "actor", "party": "n1", "value": value}, told) for value, told in ACTOR]


@pytest.mark.parametrize(("changes", "told"), WRONG)
def test_what_cannot_be_is_refused_in_one_sentence(changes: dict[str, Any], told: str) -> None:
    given = {"kind": "status", "verdict": "mend", "of": "e1", "value": "planned", "who": "Ada", **changes}
    with pytest.raises(BadCorrection) as fault:
        correction(article(), given.pop("kind"), given.pop("verdict"), **given)
    message = str(fault.value)
    assert told in message
    assert len(message) < 400 and "\n" not in message


def test_every_value_is_in_a_form_that_it_keeps_and_that_stands_the_check_of_others() -> None:
    start, end = at("5 February", FIRST)
    good: list[dict[str, Any]] = [
        {"kind": "type", "value": "aid"},
        {"kind": "type", "value": {"type": "CONSULT", "mode": "visit"}},
        {"kind": "time", "value": {"start": str(start), "end": str(end), "value": "2024-02-03/2024-02-05"}},
        {"kind": "time", "value": "t2"},
        {"kind": "actor", "party": "n1", "value": "n2"},
        {
            "kind": "recipient",
            "verdict": "add",
            "value": {**SPAN, "country": "Japan", "sectors": ["gov", "GOV"]},
        },
        {"kind": "party", "of": "n1", "value": {"role": "", "country": None}},
        {"kind": "source", "of": "c1", "value": {**SPAN, "anonymous": True}},
        {"kind": "source", "of": "c1", "value": {"anonymous": True}},
        {"kind": "act", "of": "c1", "value": "ask"},
        NEW | {"value": {**SPAN, "type": "AID", "actors": ["n1"], "time": "t1"}},
        CLAIM | {"value": {"content": [[0, 5]], "source": "n2"}},
    ]
    for one in good:
        given = {"kind": "status", "verdict": "mend", "of": "e1", "who": "Ada", **one}
        made = correction(article(), given.pop("kind"), given.pop("verdict"), **given)
        check(made, article())
        check(made)
        assert Correction.from_dict(json.loads(made.to_json())) == made


def test_types_of_a_codebook_are_known_where_the_reading_or_the_caller_has_them() -> None:
    reading = article()
    reading.events[1].type, reading.events[1].quad_code, reading.events[1].intensity = "STRIKE", 4, -6.5
    own = {"type": "STRIKE", "mode": None, "quad_code": 4, "intensity": -6.5}
    assert correction(reading, "type", "mend", of="e1", value="strike", who="Ada").value == own
    made = correction(
        article(), "type", "mend", of="e1", value="STRIKE", who="Ada", types={"STRIKE": (4, -6.5)}
    )
    assert made.value == own
    check(made)


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024-W06", ("2024-02-05", "2024-02-11")),
        ("2024-02-05T15:30", ("2024-02-05", "2024-02-05")),
        ("1977/1983-04", ("1977-01-01", "1983-04-30")),
        ("P3D", None),
        ("2024-13", None),
        ("2024-W60", None),
        ("0000", None),
        ("2024/2023", None),
        ("2024/2025/2026", None),
        ("", None),
    ],
)
def test_days_of_values(value: str, days: tuple[str, str] | None) -> None:
    assert days_of(value) == days
