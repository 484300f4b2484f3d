"""Which sentences of a corrected article one may learn from."""

from __future__ import annotations

from collections import Counter
from typing import Any

from communique.reading import Reading
from communique.store.correcting.training import training_row
from communique.store.corrections import Correction, undoing
from tests.store.asked import FIRST, at
from tests.store.correcting import article, say


def row(said: list[Correction], reading: Reading | None = None, **more: Any) -> tuple[Any, Counter[str]]:
    left_out: Counter[str] = Counter()
    return training_row(reading or article(), said, left_out, **more), left_out


def crowded() -> Reading:
    """Both events in the first sentence."""
    reading = article()
    reading.events[1].start, reading.events[1].end = at("Brandt", FIRST)
    reading.events[1].sentence = "s1"
    return reading


def test_only_sentences_of_which_every_event_was_judged() -> None:
    said = [say(0, "Ada", "event", "confirm", of="e1")]
    made, left_out = row(said)
    assert [FIRST[a:b] for a, b in made["sentences"]] == ["Ada Holm met Ivo Brandt in Kobe on 5 February."]
    assert [e["sentence"] for e in made["events"]] == [1]
    assert not left_out
    made, left_out = row(said, crowded())
    assert (made, left_out) == (None, {"sentences of which not all events were judged": 1})
    made, _ = row(said, crowded(), partly=True)
    assert [e["type"] for e in made["events"]] == ["CONSULT", "AGREE"]


def test_a_rejected_event_leaves_its_sentence_without_one() -> None:
    made, _ = row([say(0, "Ada", "event", "reject", of="e2")])
    assert (len(made["sentences"]), made["events"], made["claims"], made["times"]) == (1, [], [], [])


def test_parties_time_and_place_stand_at_their_words() -> None:
    said = [
        say(0, "Ada", "event", "confirm", of="e1"),
        say(1, "Ada", "time", "confirm", of="e1"),
        say(2, "Ada", "actor", "mend", of="e1", party="n1", value="n2"),
    ]
    made, _ = row(said)
    (event,) = made["events"]
    words = [
        FIRST[a:b] for a, b in (event["trigger"], *event["actors"], *event["recipients"], event["place"])
    ]
    assert words == ["met", "Ivo Brandt", "Ivo Brandt", "Kobe"]
    span = list(at("5 February", FIRST))
    assert event["time"] == {"span": span, "value": "2024-02-05"}
    assert made["times"] == [{"sentence": 1, "type": "date", "span": span, "value": "2024-02-05"}]


def test_claims_go_with_sentences_whose_events_were_judged() -> None:
    said = [say(0, "Ada", "act", "mend", of="c2", value="doubt")]
    made, left_out = row(said)
    assert (made, left_out) == (None, {"claims in sentences whose events nobody judged": 1})
    value = {"start": at("sank", FIRST)[0], "end": at("sank", FIRST)[1], "type": "ASSAULT", "actors": ["n1"]}
    made, _ = row([*said, say(1, "Ada", "event", "add", value=value)])
    (claim,) = made["claims"]
    assert (claim["sentence"], claim["act"], claim["manner"]) == (1, "doubt", "indirect")
    assert [FIRST[a:b] for a, b in claim["cue"] + claim["content"]] == ["denied", "that 12 ferries sank"]


def test_what_is_undone_or_an_orphan_teaches_nothing() -> None:
    one = say(0, "Ada", "event", "reject", of="e1")
    assert row([one, undoing(one, "Ada")])[0] is None
    reading = article()
    reading.events.pop(0)
    assert row([one], reading)[0] is None


def test_a_codebooks_types_are_not_plovers_to_learn() -> None:
    reading = article()
    reading.events[0].type = "STRIKE"
    said = [say(0, "Ada", "event", "confirm", reading, of="e1")]
    assert row(said, reading) == (None, {"sentences with types that are not PLOVER's": 1})
