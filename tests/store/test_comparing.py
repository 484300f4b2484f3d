"""What two readings of an article do not have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from communique.reading import Entity, Event, Reading
from communique.store.comparing import KINDS, Change, Tally, changes
from tests.store.whole import at, whole


def found(spoil: Callable[[Reading], object]) -> list[Change]:
    new = whole()
    spoil(new)
    return list(changes(whole(), new))


def test_the_same_reading_has_no_changes() -> None:
    assert found(lambda r: None) == []


def test_every_list_of_a_reading_is_compared() -> None:
    new = whole()
    for kind in KINDS:
        setattr(new, kind, [])
    dropped = {c.kind for c in changes(whole(), new) if c.how == "dropped"}
    assert dropped == set(KINDS) == set(whole().to_dict()) - {"format", "producer", "article"}


def test_new_numbers_and_new_confidence_are_no_change() -> None:
    def renumber(reading: Reading) -> None:
        text = reading.to_json()
        for letter in "netcp":
            for n in range(9, 0, -1):
                text = text.replace(f'"{letter}{n}"', f'"{letter}{n + 20}"')
        other = Reading.from_json(text)
        for part in KINDS:
            setattr(reading, part, getattr(other, part))
        for event in reading.events:
            event.confidence /= 2

    assert found(renumber) == []


def test_an_event_that_is_told_otherwise() -> None:
    def spoil(reading: Reading) -> None:
        reading.events[0] = replace(reading.events[0], status="negated", actors=["n2"], recipients=["n1"])

    (change,) = found(spoil)
    assert (change.kind, change.how) == ("events", "changed")
    assert change.fields == ("status", "actors", "recipients")
    assert change.before is not None and change.after is not None
    assert (change.before["actors"], change.after["actors"]) == (["Envoys", "Norvania"], ["Ostria"])
    assert change.after["words"] == "met"


def test_an_event_with_other_words_is_another() -> None:
    def spoil(reading: Reading) -> None:
        event = reading.events[0]
        reading.events[0] = replace(event, start=event.start - 1)

    assert [(c.kind, c.how) for c in found(spoil)] == [("events", "dropped"), ("events", "added")]


def test_what_refers_to_an_event_changes_with_its_words() -> None:
    def spoil(reading: Reading) -> None:
        event = reading.events[1]
        reading.events[1] = replace(event, start=event.start - 1)

    assert [(c.kind, c.how) for c in found(spoil)] == [
        ("events", "dropped"),
        ("events", "added"),
        ("schedule", "changed"),
    ]


def test_of_two_events_at_one_place_each_finds_its_like() -> None:
    old, new = whole(), whole()
    twin = Event("e9", "AID", None, [], 2, 1.0, None, *at("met"), "s1", [], [], "occurred")
    old.events.append(twin)
    new.events.insert(0, replace(twin, id="e7"))
    assert list(changes(old, new)) == []
    new.events.pop(0)
    assert [(c.how, c.before and c.before["type"]) for c in changes(old, new)] == [("dropped", "AID")]


@pytest.mark.parametrize(
    ("spoil", "kind", "fields"),
    [
        (lambda r: setattr(r.entities[0], "role", "host"), "entities", ("role",)),
        (lambda r: r.entities[1].mentions.clear(), "entities", ("mentions",)),
        (lambda r: setattr(r.times[2], "value", "P1D"), "times", ("value",)),
        (lambda r: setattr(r.places[1], "country", "SWE"), "places", ("country",)),
        (lambda r: setattr(r.claims[2].source, "entity", "n2"), "claims", ("source",)),
        (lambda r: setattr(r.claims[1], "within", None), "claims", ("within",)),
        (lambda r: setattr(r.disputes[0], "kind", "denial"), "disputes", ("kind",)),
        (lambda r: setattr(r.schedule[0], "event", None), "schedule", ("event",)),
        (lambda r: setattr(r.quantities[0], "value", 41), "quantities", ("value",)),
        (lambda r: setattr(r.language[0], "kind", "hedge"), "language", ("kind",)),
    ],
)
def test_each_kind_by_its_fields(
    spoil: Callable[[Reading], object], kind: str, fields: tuple[str, ...]
) -> None:
    assert [(c.kind, c.how, c.fields) for c in found(spoil)] == [(kind, "changed", fields)]


def test_a_name_that_changes_shows_in_what_refers_to_it() -> None:
    def spoil(reading: Reading) -> None:
        entity: Entity = reading.entities[1]
        entity.name = "Kingdom of Ostria"

    assert [(c.kind, c.how, c.fields) for c in found(spoil)] == [
        ("events", "changed", ("recipients",)),
        ("events", "changed", ("recipients",)),
        ("entities", "dropped", ()),
        ("entities", "added", ()),
    ]


def test_changes_are_counted_over_articles() -> None:
    tally = Tally()
    other = whole()
    other.events = [replace(other.events[0], type="AID", mode=None)]
    for new in (whole(), other):
        tally.add(whole(), new, changes(whole(), new))
    assert (tally.articles, tally.alike) == (2, 1)
    assert (tally.before["events"], tally.after["events"]) == (4, 3)
    counted = {key: count for key, count in tally.counts.items() if key[0] == "events"}
    assert counted == {("events", "changed"): 1, ("events", "dropped"): 1}
    assert tally.fields == {"type": 1, "mode": 1}
