"""Corrections put into effect: what holds, what is outvoted, what is found again."""

from __future__ import annotations

import random
from datetime import datetime

from communique.errors import BadCorrection
from communique.reading import Claim, Reading, Source
from communique.store.corrections import Correction, apply, live, placed, undoing
from communique.store.rows import reading_rows
from tests.store.asked import FIRST, at
from tests.store.correcting import article, event, say


def states(reading: Reading, said: list[Correction]) -> list[tuple[str | None, str]]:
    return [(p.of, p.state) for p in placed(reading, said)]


def names(reading: Reading, ids: list[str]) -> list[str]:
    return [e.name for n in ids for e in reading.entities if e.id == n]


def test_without_corrections_the_very_same_reading_comes_back() -> None:
    reading = article()
    assert apply(reading, []) is reading
    other = article()
    other.article = type(other.article)("Another text.")
    assert apply(other, [say(0, "Ada", "event", "reject", of="e1")]) is other


def test_the_machines_reading_is_not_touched() -> None:
    reading, before = article(), article().to_json()
    said = [
        say(0, "Ada", "event", "reject", of="e1"),
        say(1, "Ada", "actor", "mend", of="e2", party="n1", value="n3"),
        say(2, "Ada", "party", "mend", of="n2", value={"country": "China"}),
    ]
    assert apply(reading, said).to_json() != before
    assert reading.to_json() == before


def test_a_rejected_event_goes_and_nothing_points_at_it() -> None:
    mended = apply(article(), [say(0, "Ada", "event", "reject", of="e2")])
    assert [e.id for e in mended.events] == ["e1"]
    assert [(k.id, k.event) for k in mended.schedule] == [("k1", None)]
    assert mended.producer.model == "by hand + 1 correction"


def test_a_mended_type_takes_its_scores_and_code_along() -> None:
    mended = apply(article(), [say(0, "Ada", "type", "mend", of="e1", value="sanction/Expel")])
    told = event(mended, "e1")
    assert (told.type, told.mode, told.quad_code, told.intensity, told.cameo) == (
        *("SANCTION", "expel", 4, -5.5, "166"),
    )
    assert told.confidence == 1.0


def test_a_mended_status_changes_the_code_and_not_the_confidence() -> None:
    planned = apply(article(), [say(0, "Ada", "status", "mend", of="e1", value="planned")])
    assert (event(planned, "e1").status, event(planned, "e1").confidence) == ("planned", 0.9)
    assert event(planned, "e1").cameo != event(article(), "e1").cameo


def test_the_time_is_one_of_the_article_or_a_new_one_with_its_days() -> None:
    start, end = at("5 February", FIRST)
    said = [
        say(0, "Ada", "time", "mend", of="e2", value="t1"),
        say(1, "Ada", "time", "mend", of="e1", value={"start": start, "end": end, "value": "2023-02"}),
    ]
    mended = apply(article(), said)
    assert event(mended, "e2").time == "t1"
    new = next(t for t in mended.times if t.id == event(mended, "e1").time)
    assert (new.id, new.start_day, new.end_day) == ("t3", "2023-02-01", "2023-02-28")
    assert event(apply(article(), [say(0, "Ada", "time", "reject", of="e1")]), "e1").time is None


def test_parties_are_replaced_added_and_taken_out() -> None:
    said = [
        say(0, "Ada", "actor", "mend", of="e1", party="n1", value="n2"),
        say(1, "Ada", "recipient", "reject", of="e1", party="n2"),
        say(2, "Ada", "recipient", "add", of="e1", value=span_of("the Daily Wire")),
        say(
            3,
            "Ada",
            "recipient",
            "add",
            of="e1",
            value={**span_of("12 ferries"), "kind": "group", "country": "jpn"},
        ),
    ]
    mended = apply(article(), said)
    told = event(mended, "e1")
    assert names(mended, told.actors) == ["Ivo Brandt"]
    assert names(mended, told.recipients) == ["Daily Wire", "12 ferries"]
    new = mended.entities[-1]
    assert (new.id, new.kind, new.country, mended.evidence(new.mentions[0])) == (
        "n4",
        "group",
        "JPN",
        "12 ferries",
    )


def span_of(words: str) -> dict[str, int]:
    start, end = at(words, FIRST)
    return {"start": start, "end": end}


def test_of_one_thing_the_latest_word_holds_whatever_the_order() -> None:
    said = [
        say(0, "Ada", "status", "mend", of="e1", value="planned"),
        say(1, "Bo", "status", "mend", of="e1", value="negated"),
        say(2, "Cy", "time", "reject", of="e1"),
    ]
    assert event(apply(article(), said), "e1").status == "negated"
    assert states(article(), said) == [("e1", "outvoted"), ("e1", "holds"), ("e1", "holds")]
    one = apply(article(), said).to_json()
    for seed in range(5):
        random.Random(seed).shuffle(said)
        assert apply(article(), said).to_json() == one


def test_people_who_differ_leave_the_confidence_to_the_machine() -> None:
    ada, bo = say(0, "Ada", "event", "reject", of="e1"), say(1, "Bo", "event", "confirm", of="e1")
    assert event(apply(article(), [bo]), "e1").confidence == 1.0
    assert event(apply(article(), [ada, bo]), "e1").confidence == 0.9
    changed_mind = say(2, "Ada", "event", "confirm", of="e1")
    assert event(apply(article(), [ada, bo, changed_mind]), "e1").confidence == 1.0


def test_who_corrects_a_part_of_a_rejected_event_takes_it_to_be_told() -> None:
    reject = say(0, "Ada", "event", "reject", of="e1")
    part = say(1, "Bo", "status", "mend", of="e1", value="planned")
    mended = apply(article(), [reject, part])
    assert (event(mended, "e1").status, states(article(), [reject, part])) == (
        "planned",
        [("e1", "outvoted"), ("e1", "holds")],
    )
    again = say(2, "Ada", "event", "reject", of="e1")
    assert event(apply(article(), [reject, part, again]), "e1") is None
    assert states(article(), [reject, part, again])[1] == ("e1", "outvoted")


def test_what_is_undone_has_no_effect() -> None:
    one = say(0, "Ada", "event", "reject", of="e1")
    undo = undoing(one, "Bo", "it is told")
    assert live([undo, one]) == []
    assert apply(article(), [one, undo]) == article()


def test_an_event_is_added_with_its_parties_time_and_claim() -> None:
    value = {
        **span_of("sank"),
        "type": "ASSAULT",
        "actors": [span_of("the Daily Wire")],
        "recipients": ["n1"],
    }
    mended = apply(article(), [say(0, "Ada", "event", "add", value={**value, "time": "t1", "place": "p1"})])
    told = event(mended, "e3")
    assert (told.type, told.status, told.sentence, told.time, told.place, told.claim, told.confidence) == (
        *("ASSAULT", "occurred", "s2", "t1", "p1", "c2", 1.0),
    )
    assert told.cameo == "180"
    assert (names(mended, told.actors), names(mended, told.recipients)) == (["Daily Wire"], ["Ada Holm"])


def test_an_added_event_that_the_machine_finds_later_is_not_there_twice() -> None:
    add = say(0, "Ada", "event", "add", value={**span_of("met"), "type": "CONSULT", "actors": ["n2"]})
    without = article()
    without.events.pop(0)
    assert [e.type for e in apply(without, [add]).events] == ["AGREE", "CONSULT"]
    both = apply(article(), [add])
    assert [(e.id, e.type, e.actors) for e in both.events] == [
        ("e1", "CONSULT", ["n2"]),
        ("e2", "AGREE", ["n1"]),
    ]


def test_what_was_added_can_be_corrected_and_rejected() -> None:
    add = say(0, "Ada", "event", "add", value={**span_of("sank"), "type": "ASSAULT", "actors": ["n1"]})
    mended = apply(article(), [add])
    part = say(1, "Bo", "status", "mend", mended, of="e3", value="negated")
    party = say(2, "Bo", "actor", "reject", mended, of="e3", party="n1")
    told = event(apply(article(), [add, part, party]), "e3")
    assert (told.status, told.actors) == ("negated", [])
    gone = say(3, "Bo", "event", "reject", mended, of="e3")
    assert event(apply(article(), [add, gone]), "e3") is None
    assert states(article(), [add, gone]) == [("e3", "outvoted"), ("e3", "holds")]


def test_a_rejected_claim_hands_what_stood_in_it_to_the_claim_around_it() -> None:
    reading = article()
    reading.events[0].claim = "c2"
    mended = apply(reading, [say(0, "Ada", "claim", "reject", of="c2")])
    assert [c.id for c in mended.claims] == ["c1"]
    assert event(mended, "e1").claim == "c1"
    assert mended.disputes == []


def test_source_and_act_of_a_claim() -> None:
    said = [
        say(0, "Ada", "source", "mend", of="c2", value="n2"),
        say(1, "Ada", "act", "mend", of="c2", value="Doubt"),
        say(2, "Ada", "source", "reject", of="c1"),
    ]
    one, two = apply(article(), said).claims
    assert (one.source, one.act) == (Source(None, [], True), "assert")
    assert (two.source, two.act) == (Source("n2", [at("Ivo Brandt", FIRST)]), "doubt")


def test_a_source_may_be_somebody_unnamed_by_the_words_that_are_there() -> None:
    claim = apply(article(), [say(0, "Ada", "source", "mend", of="c2", value={"anonymous": True})]).claims[1]
    assert claim.source == Source(None, article().claims[1].source.spans, True)


def test_a_claim_is_added_in_its_place_among_the_others() -> None:
    content = [list(at("12 ferries sank", FIRST))]
    value = {"source": "n1", "cue": [list(at("12", FIRST))], "content": content, "act": "believe"}
    mended = apply(article(), [say(0, "Ada", "claim", "add", value=value)])
    new = mended.claims[-1]
    assert (new.id, new.act, new.source.entity, new.within) == ("c3", "believe", "n1", "c2")


def test_a_party_is_mended_for_all_events() -> None:
    value = {"name": "Ivo Brand", "country": "South Korea", "sectors": ["mil"], "role": "envoy"}
    mended = apply(article(), [say(0, "Ada", "party", "mend", of="n2", value=value)])
    told = mended.entities[1]
    assert (told.name, told.country, told.sectors, told.role) == ("Ivo Brand", "KOR", ["MIL"], "envoy")


# After the article was read anew


def renumbered() -> Reading:
    """The same article, read by a version that finds another event first, and takes longer triggers."""
    reading = article()
    for told in reading.events:
        told.id = f"e{int(told.id[1:]) + 4}"
    reading.events[0].start -= 9
    return reading


def test_corrections_find_their_event_under_another_number_and_longer_words() -> None:
    said = [
        say(0, "Ada", "status", "mend", of="e1", value="planned"),
        say(1, "Ada", "recipient", "mend", of="e1", party="n2", value="n3"),
    ]
    told = event(apply(renumbered(), said), "e5")
    assert (told.status, told.recipients) == ("planned", ["n3"])
    assert states(renumbered(), said) == [("e5", "holds")] * 2


def test_an_event_of_another_type_is_another_event() -> None:
    said = [say(0, "Ada", "status", "mend", of="e1", value="planned")]
    reading = article()
    reading.events[0].type = "AID"
    assert states(reading, said) == [(None, "orphan")]
    assert apply(reading, said) is reading


def test_the_machine_that_learned_the_type_is_known_by_it_and_so_are_all_corrections() -> None:
    said = [
        say(0, "Ada", "type", "mend", of="e1", value="AID"),
        say(1, "Ada", "status", "mend", of="e1", value="planned"),
    ]
    reading = article()
    reading.events[0].type = "AID"
    assert states(reading, said) == [("e1", "holds")] * 2
    # On the page of corrected readings the type was AID already.
    later = say(2, "Bo", "time", "reject", apply(article(), said[:1]), of="e1")
    assert event(apply(article(), [*said, later]), "e1").time is None


def test_what_was_confirmed_is_put_back() -> None:
    said = [say(0, "Ada", "status", "confirm", of="e1"), say(1, "Ada", "act", "confirm", of="c2")]
    reading = article()
    reading.events[0].status, reading.claims[1].act = "hypothetical", "assert"
    mended = apply(reading, said)
    assert (mended.events[0].status, mended.claims[1].act) == ("occurred", "deny")


def test_a_confirmed_event_that_is_told_otherwise_keeps_what_the_machine_says() -> None:
    said = [say(0, "Ada", "event", "confirm", of="e1")]
    reading = article()
    reading.events[0].recipients = []
    assert states(reading, said) == [("e1", "changed")]
    assert apply(reading, said) is reading


def test_a_party_that_the_machine_has_dropped() -> None:
    reject = say(0, "Ada", "actor", "reject", of="e1", party="n1")
    mend = say(1, "Ada", "actor", "mend", of="e1", party="n1", value="n3")
    reading = article()
    reading.events[0].actors = []
    assert states(reading, [reject]) == [("e1", "holds")]
    assert states(reading, [mend]) == [(None, "orphan")]


def test_of_two_events_at_one_word_the_one_with_the_same_parties_is_meant() -> None:
    reading = article()
    twin = article().events[0]
    twin.id, twin.actors, twin.recipients = "e9", ["n2"], ["n3"]
    reading.events.insert(0, twin)
    assert states(reading, [say(0, "Ada", "event", "reject", of="e1")]) == [("e1", "holds")]


def test_a_claim_is_known_by_its_cue_and_without_one_by_its_content() -> None:
    reading = article()
    reading.claims.insert(
        0, Claim("c7", Source("n2"), [at("met", FIRST)], [at("Ivo Brandt", FIRST)], "indirect")
    )
    assert states(reading, [say(0, "Ada", "act", "mend", of="c2", value="doubt")]) == [("c2", "holds")]
    bare = article()
    bare.claims[1].cue = []
    said = [say(0, "Ada", "act", "mend", bare, of="c2", value="doubt")]
    bare.claims[0].cue = []
    assert states(bare, said) == [("c2", "holds")]
    bare.claims.pop()
    assert states(bare, said) == [(None, "orphan")]


def test_parties_and_times_of_corrections_that_do_not_hold_are_not_left_behind() -> None:
    ferries = {**span_of("12 ferries"), "kind": "group"}
    start, end = at("4 March", FIRST)
    said = [
        say(0, "Ada", "actor", "mend", of="e1", party="n1", value=ferries),
        say(1, "Bo", "actor", "mend", of="e1", party="n1", value="n2"),
        say(2, "Ada", "event", "add", value={**span_of("sank"), "type": "ASSAULT", "actors": [ferries]}),
        say(3, "Ada", "time", "mend", of="e2", value={"start": start, "end": end, "value": "2024-03-04"}),
        say(4, "Bo", "event", "reject", of="e2"),
    ]
    adds = apply(article(), said[2:3])
    said.append(say(5, "Bo", "event", "reject", adds, of="e3"))
    mended = apply(article(), said)
    assert [e.id for e in mended.events] == ["e1"]
    assert (mended.entities, mended.times) == (article().entities, article().times)


def test_whatever_people_say_the_reading_stays_of_the_format() -> None:
    chance = random.Random(7)
    for _ in range(150):
        said: list[Correction] = []
        for minute in range(chance.randint(1, 8)):
            shown = apply(article(), said)
            if (one := _something(chance, shown, minute)) is not None:
                said.append(one)
        mended = apply(article(), said)
        # A store refuses an id that is none, and a reference to nothing.
        rows = reading_rows(1, mended, datetime(2024, 1, 1))
        for table in ("events", "entities", "times", "claims"):
            numbers = [row[1] for row in rows[table]]
            assert len(numbers) == len(set(numbers))
        claims = {c.id for c in mended.claims} | {None}
        assert {e.claim for e in mended.events} | {c.within for c in mended.claims} <= claims
        assert len(placed(article(), said)) == len(said)
        moved = article()
        for event_ in moved.events:
            event_.id = f"e{int(event_.id[1:]) + 7}"
        told = [(e.type, e.status, e.start) for e in apply(moved, said).events]
        assert told == [(e.type, e.status, e.start) for e in mended.events]


def _something(chance: random.Random, reading: Reading, minute: int) -> Correction | None:
    """What somebody may say of a reading as it is shown."""
    who = chance.choice(["Ada", "Bo"])
    spans = [span_of(w) for w in ("12 ferries", "met", "sank", "a fishing treaty", "the Daily Wire", "Kobe")]
    entities = [e.id for e in reading.entities]
    parties = [*spans, *entities]
    if chance.random() < 0.25 or not reading.events:
        value = {**chance.choice(spans), "type": chance.choice(["AID", "ASSAULT", "CONSULT"])}
        return say(minute, who, "event", "add", value={**value, "actors": [chance.choice(spans)]})
    if chance.random() < 0.25 and reading.claims:
        of = chance.choice(reading.claims).id
        kind, verdict, given = chance.choice(
            [("claim", "reject", None), ("act", "mend", "doubt"), ("source", "mend", chance.choice(entities))]
        )
        return say(minute, who, kind, verdict, reading, of=of, value=given)
    event_ = chance.choice(reading.events)
    side = chance.choice(["actor", "recipient"])
    ids = getattr(event_, f"{side}s")
    choices: list[tuple[str, str, str | None, object]] = [
        ("event", "confirm", None, None),
        ("event", "reject", None, None),
        ("type", "mend", None, chance.choice(["AID", "AGREE", "CONSULT"])),
        ("status", "mend", None, chance.choice(["planned", "negated"])),
        ("time", "mend", None, chance.choice(["t1", {**span_of("5 February"), "value": "2023"}])),
        ("time", "reject", None, None),
        (side, "add", None, chance.choice(parties)),
    ]
    if ids:
        party = chance.choice(ids)
        choices += [(side, "reject", party, None), (side, "mend", party, chance.choice(parties))]
    kind, verdict, party_, value_ = chance.choice(choices)
    try:
        return say(minute, who, kind, verdict, reading, of=event_.id, party=party_, value=value_)
    except BadCorrection:
        return None
