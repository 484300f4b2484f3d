"""A small store whose answers can be written down: three articles on two invented ministers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from communique.article import Article
from communique.reading import (
    Claim,
    Dispute,
    Entity,
    Event,
    Mention,
    Place,
    Producer,
    Reading,
    Schedule,
    Sentence,
    Source,
    Span,
    Time,
)
from communique.store import open_store

FIRST = (
    "Ada Holm met Ivo Brandt in Kobe on 5 February. "
    "Ada Holm denied that 12 ferries sank, the Daily Wire said. "
    "They will sign a fishing treaty on 4 March 2024."
)
SECOND = (
    "Ada Holm met Ivo Brandt, an aide said. "
    "Ivo Brandt accused Ada Holm of delay. "
    "Both plan to sign the fishing treaty on 4 March 2024."
)
THIRD = "Ivo Brandt attacked a port in May 2024. Voters of Kobe elect a council on 9 June 2024."


def make(path: Path) -> Path:
    """Make the store; the meeting is one happening that two articles tell."""
    with open_store(path) as store, store.transaction():
        for i, reading in enumerate((first(), second(), third()), start=1):
            assert store.add(reading, place=f"row {i}") == i
        store.flush()
        run = store.connection.execute
        run("INSERT INTO tellings VALUES (7, 1, 1), (7, 2, 1)")
        sank, met = at("12 ferries", FIRST), at("met", SECOND)
        run(
            "INSERT INTO differences VALUES (7, 'number', 'ferries', 1, ?, ?, 2, 2, ?, ?, NULL)",
            [*sank, *met],
        )
    return path


def at(words: str, text: str) -> Span:
    """Where the words stand."""
    start = text.index(words)
    return start, start + len(words)


def first() -> Reading:
    reading = _reading(FIRST, date(2024, 2, 6), "Harbour Gazette")
    reading.entities.append(Entity("n3", "Daily Wire", "media", mentions=[]))
    reading.times = [
        Time("t1", *at("5 February", FIRST), "date", "2024-02-05", "2024-02-05", "2024-02-05"),
        Time("t2", *at("4 March 2024", FIRST), "date", "2024-03-04T15:30", "2024-03-04", "2024-03-04"),
    ]
    reading.places = [Place("p1", *at("Kobe", FIRST), "Kobe", "JPN", 34.69, 135.19)]
    reading.claims = [
        Claim(
            "c1",
            Source("n3"),
            [at("said", FIRST)],
            [at("Ada Holm denied that 12 ferries sank", FIRST)],
            "indirect",
        ),
        Claim(
            *(
                "c2",
                Source("n1"),
                [at("denied", FIRST)],
                [at("that 12 ferries sank", FIRST)],
                "indirect",
                "deny",
            ),
            within="c1",
        ),
    ]
    reading.events = [
        _event("e1", "CONSULT", "visit", 1, 5.0, at("met", FIRST), "s1", "n1", "n2", time="t1", place="p1"),
        _event("e2", "AGREE", None, 1, 6.0, at("sign", FIRST), "s3", "n1", "n2", status="planned", time="t2"),
    ]
    reading.disputes = [
        Dispute("d1", [None, "c2"], "denial", "the ferries", [at("12 ferries sank", FIRST)] * 2),
    ]
    reading.schedule = [
        Schedule("k1", "t2", "e2", "sign a fishing treaty", *at("sign a fishing treaty", FIRST), "scheduled")
    ]
    return reading


def second() -> Reading:
    reading = _reading(SECOND, date(2024, 2, 20), "Évening Mail")
    reading.times = [
        Time("t1", *at("4 March 2024", SECOND), "date", "2024-03-04", "2024-03-04", "2024-03-04")
    ]
    reading.claims = [
        Claim(
            *("c1", Source(None, [at("an aide", SECOND)], True), [at("said", SECOND)]),
            *([at("Ada Holm met Ivo Brandt", SECOND)], "indirect"),
        )
    ]
    reading.events = [
        _event(
            "e1", "CONSULT", None, 1, 1.0, at("met", SECOND), "s1", "n1", "n2", claim="c1", confidence=0.6
        ),
        _event("e2", "ACCUSE", None, 3, -2.0, at("accused", SECOND), "s2", "n2", "n1"),
    ]
    reading.schedule = [
        Schedule("k1", "t1", None, "sign the fishing treaty", *at("sign the fishing", SECOND), "expected")
    ]
    return reading


def third() -> Reading:
    reading = _reading(THIRD, date(2024, 5, 20), None)
    reading.times = [
        Time("t1", *at("May 2024", THIRD), "date", "2024-05", "2024-05-01", "2024-05-31"),
        Time("t2", *at("9 June 2024", THIRD), "date", "2024-06-09", "2024-06-09", "2024-06-09"),
    ]
    reading.events = [
        _event(
            "e1", "ASSAULT", None, 4, -9.0, at("attacked", THIRD), "s1", "n2", "n1", time="t1", confidence=0.8
        )
    ]
    reading.schedule = [
        Schedule("k1", "t2", None, "elect a council", *at("elect a council", THIRD), "scheduled")
    ]
    return reading


def _reading(text: str, published: date, publisher: str | None) -> Reading:
    reading = Reading(
        Producer("0.0.9", "by hand"),
        Article(
            text, publisher=publisher, published=published, published_from="text", title=f"On {published}"
        ),
    )
    start = 0
    for i, words in enumerate(text.split(". "), start=1):
        stop = min(len(text), start + len(words) + 1)
        reading.sentences.append(Sentence(f"s{i}", start, stop))
        start = stop + 1
    for n, (name, country) in enumerate((("Ada Holm", "JPN"), ("Ivo Brandt", "PRK")), start=1):
        mentions = [Mention(*at(name, text), "name")] if name in text else []
        reading.entities.append(Entity(f"n{n}", name, "person", country, ["GOV"], mentions=mentions))
    return reading


def _event(
    id_: str,
    type_: str,
    mode: str | None,
    quad: int,
    score: float,
    words: Span,
    sentence: str,
    actor: str,
    recipient: str,
    status: str = "occurred",
    time: str | None = None,
    place: str | None = None,
    claim: str | None = None,
    confidence: float = 0.9,
) -> Event:
    what = (
        id_,
        type_,
        mode,
        ["diplomatic"],
        quad,
        score,
        None,
        *words,
        sentence,
        [actor],
        [recipient],
        status,
    )
    return Event(*what, False, time, place, claim, confidence)  # type: ignore[arg-type]
