"""Readings made by hand, for the exports: invented articles with all that is hard to write down.

``python -m tests.exports.made`` writes the golden files anew; look at what changed before keeping them.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

from communique.article import Article
from communique.exports.rows import Selection
from communique.exports.sources import Sourced
from communique.exports.writing import writer
from communique.reading import (
    Claim,
    Entity,
    Event,
    Mention,
    Place,
    Producer,
    Quantity,
    Reading,
    Sentence,
    Source,
    Time,
)

GOLDEN = Path(__file__).parent / "golden"
FILES = {
    "polecat": "polecat.txt",
    "plover-jsonl": "plover.jsonl",
    "gdelt-events": "gdelt.export.CSV",
    "gdelt-mentions": "gdelt.mentions.CSV",
    "icews": "icews.tab",
    "acled-like": "acled_like.csv",
    "citron-json": "citron.jsonl",
    "ftm-json": "ftm.jsonl",
}

TALKS = (
    "Minister Inés Łukasz of France met her Egyptian colleague Omar Nasr in Cairo on Tuesday.\n\n"
    "Police shot dead 7 protesters in Giza on Monday, the Daily Tide said, citing a doctor. "
    "Egypt will impose sanctions on Libya next week. "
    "Egypt did not expel the envoy. "
    "In 1990 France gave Egypt wheat."
)
ODD = (
    'A crowd of "Fox\tTail" supporters marched \U0001f600.\n'
    "The Guild\x00 of\r\nBakers; Millers was raided.\n"
    "Somebody did something."
)
PACT = (
    "Kenya, Uganda and Romania traded salt across the Blue Plain between 3 and 9 March 2024. "
    "The United Nations and the European Union thanked Kenya."
)


def made() -> list[Reading]:
    """The three readings."""
    return [_talks(), _odd(), _pact()]


def sourced() -> list[Sourced]:
    """The three readings, as they come from a file."""
    return [Sourced(reading) for reading in made()]


def exported(form: str, selection: Selection | None = None) -> str:
    """The whole text of an export of the three."""
    return "".join(writer(form, selection).texts(sourced(), []))


def evidence_of(form: str) -> str:
    """The whole sidecar of an export of the three."""
    made_by = writer(form)
    list(made_by.texts(sourced(), []))
    return "".join(made_by.evidence)


def _reading(text: str, **known: object) -> Reading:
    return Reading(Producer("0.1.0", "by hand"), Article(text, **known))  # type: ignore[arg-type]


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def _entity(text: str, n: str, words: str, kind: str, country: str | None, *sectors: str) -> Entity:
    return Entity(n, words, kind, country, list(sectors), mentions=[Mention(*_span(text, words), "name")])


def _event(text: str, n: str, kind: str, words: str, sentence: str, **more: object) -> Event:
    values: dict[str, object] = {
        "mode": None,
        "contexts": [],
        "quad_code": 4,
        "intensity": -5.0,
        "cameo": None,
        "actors": [],
        "recipients": [],
        "status": "occurred",
        "confidence": 0.9,
        **more,
    }
    start, end = _span(text, words)
    return Event(id=n, type=kind, start=start, end=end, sentence=sentence, **values)  # type: ignore[arg-type]


def _talks() -> Reading:
    text = TALKS
    reading = _reading(
        text,
        id="talks-1",
        title="Talks and shots",
        author="Ada Holm",
        publisher="Daily Tide",
        url="https://tide.example/talks",
        published=date(2024, 2, 15),
        published_from="metadata",
    )
    ends = [text.index(".") + 1]
    for mark in ("doctor.", "week.", "envoy.", "wheat."):
        ends.append(text.index(mark) + len(mark))
    starts = [0, text.index("Police"), *(e + 1 for e in ends[1:-1])]
    reading.sentences = [
        Sentence(f"s{i}", a, b) for i, (a, b) in enumerate(zip(starts, ends, strict=True), 1)
    ]
    reading.entities = [
        _entity(text, "n1", "Inés Łukasz", "person", "FRA", "GOV"),
        _entity(text, "n2", "Omar Nasr", "person", "EGY", "GOV", "MIL"),
        _entity(text, "n3", "Police", "organization", "EGY", "COP"),
        _entity(text, "n4", "7 protesters", "group", "EGY", "PRE"),
        _entity(text, "n5", "Daily Tide", "media", None, "JRN"),
        _entity(text, "n6", "Egypt will", "state", "EGY"),
        _entity(text, "n7", "Libya", "state", "LBY"),
        _entity(text, "n8", "France gave", "state", "FRA"),
    ]
    reading.entities[0].role = "Minister"
    reading.entities[5].name, reading.entities[5].kb = "Egypt", "iso:EGY"
    reading.entities[7].name, reading.entities[7].kb = "France", "iso:FRA"
    reading.times = [
        Time("t1", *_span(text, "Tuesday"), "date", "2024-02-13", "2024-02-13", "2024-02-13"),
        Time("t2", *_span(text, "Monday"), "date", "2024-02-12", "2024-02-12", "2024-02-12"),
        Time("t3", *_span(text, "next week"), "date", "2024-W08", "2024-02-19", "2024-02-25"),
        Time("t4", *_span(text, "1990"), "date", "1990", "1990-01-01", "1990-12-31"),
    ]
    reading.places = [
        Place("p1", *_span(text, "Cairo"), "Cairo", "EGY", 30.063, 31.25, 360630, 0.86),
        Place("p2", *_span(text, "Giza"), "Giza", "EGY", 30.01, 31.21, 360995, 0.9),
    ]
    reading.claims = [
        Claim("c1", Source("n5", [_span(text, "the Daily Tide")]), [_span(text, "said")],
              [_span(text, "Police shot dead 7 protesters in Giza on Monday")], "indirect", certainty=0.9),
        Claim("c2", Source(None, [_span(text, "a doctor")], anonymous=True), [_span(text, "citing")],
              [_span(text, "Police shot dead 7 protesters in Giza on Monday")], "indirect",
              certainty=0.8, within="c1"),
    ]  # fmt: skip
    reading.quantities = [Quantity("q1", *_span(text, "7 protesters"), 7.0, "dead", claim="c2")]
    reading.events = [
        _event(text, "e1", "CONSULT", "met", "s1", cameo="040", quad_code=1, intensity=2.5,
               contexts=["diplomatic", "economic"], actors=["n1"], recipients=["n2"], time="t1", place="p1"),
        _event(text, "e2", "ASSAULT", "shot dead", "s2", mode="firearms", cameo="193", intensity=-9.0,
               actors=["n3"], recipients=["n4"], time="t2", place="p2", claim="c2", confidence=0.74),
        _event(text, "e3", "SANCTION", "impose sanctions", "s3", cameo="160", intensity=-6.0,
               actors=["n6"], recipients=["n7"], time="t3", status="planned"),
        _event(text, "e4", "SANCTION", "expel", "s4", mode="expel", cameo="166", intensity=-5.5,
               actors=["n6"], status="negated"),
        _event(text, "e5", "AID", "gave", "s5", cameo="070", quad_code=2, intensity=10.0,
               actors=["n8"], recipients=["n6"], time="t4", historical=True),
        _event(text, "e6", "STRANGE", "wheat", "s5", cameo=None, actors=["n8"]),
    ]  # fmt: skip
    return reading


def _odd() -> Reading:
    text = ODD
    reading = _reading(text, id='odd\t"2"', url="https://bakers.example/a?b=1\t2")
    breaks = [0, text.index("The Guild"), text.index("Somebody"), len(text) + 1]
    reading.sentences = [Sentence(f"s{i}", a, b - 1) for i, (a, b) in enumerate(pairwise(breaks), 1)]
    reading.entities = [
        _entity(text, "n1", '"Fox\tTail" supporters', "group", None, "PRE"),
        _entity(text, "n2", "The Guild\x00 of\r\nBakers; Millers", "organization", "XXX"),
        Entity("n3", "ghost", "other"),
    ]
    reading.times = [Time("t1", *_span(text, "marched"), "date", None, "2024-03-31", "2024-03-31")]
    reading.places = [Place("p1", *_span(text, "\U0001f600"), "\U0001f600 Hill")]
    reading.events = [
        _event(text, "e1", "PROTEST", "marched", "s1", mode="demo", cameo="141", actors=["n1"], time="t1",
               place="p1", confidence=0.04),
        _event(text, "e2", "COERCE", "raided", "s2", mode="seize", cameo="171", recipients=["n2", "n3"],
               time="t1"),
        _event(text, "e3", "COERCE", "something", "s3", mode="arrest", cameo="173", time="t1"),
        _event(text, "e4", "COERCE", "did", "s3", mode="arrest", cameo="173", recipients=["n3"]),
    ]  # fmt: skip
    return reading


def _pact() -> Reading:
    text = PACT
    reading = _reading(text, id="pact-3", published=date(2024, 3, 10), publisher="Salt Post")
    first = text.index("2024.") + 5
    reading.sentences = [Sentence("s1", 0, first), Sentence("s2", first + 1, len(text))]
    reading.entities = [
        _entity(text, "n1", "Kenya", "state", "KEN"),
        _entity(text, "n2", "Uganda", "state", "UGA"),
        _entity(text, "n3", "Romania", "state", "ROU"),
        _entity(text, "n4", "United Nations", "organization", None, "UNO"),
        _entity(text, "n5", "European Union", "organization", None, "EUR"),
    ]
    reading.times = [
        Time("t1", *_span(text, "between 3 and 9 March 2024"), "date", "2024-03-03/2024-03-09",
             "2024-03-03", "2024-03-09"),
    ]  # fmt: skip
    reading.places = [Place("p1", *_span(text, "the Blue Plain"), "Blue Plain", "KEN", -1.5, 37.0)]
    reading.events = [
        _event(text, "e1", "COOPERATE", "traded", "s1", cameo="061", quad_code=2, intensity=9.5,
               contexts=["economic"], actors=["n1", "n2", "n3"], time="t1", place="p1", confidence=1.0),
        _event(text, "e2", "SUPPORT", "thanked", "s2", cameo="050", quad_code=1, intensity=5.0,
               actors=["n4", "n5"], recipients=["n1"], status="ongoing", confidence=0.5),
    ]  # fmt: skip
    return reading


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, file in FILES.items():
        (GOLDEN / file).write_bytes(exported(name).encode())
        if evidence_of(name):
            (GOLDEN / f"{file.rpartition('.')[0]}_evidence.tsv").write_bytes(evidence_of(name).encode())
