"""Readings made by hand of a few sentences, for tests of what is compared across articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from communique.article import Article
from communique.reading import (
    Claim,
    Entity,
    Event,
    Mention,
    Producer,
    Quantity,
    Reading,
    Sentence,
    Source,
    Time,
)

KNOWN = {
    "Norvania": ("iso:NOR", "NOR"),
    "Ostria": ("iso:AUT", "AUT"),
    "Velland": ("iso:NLD", "NLD"),
    "Ada Holm": ("person:nor-ada-holm", "NOR"),
}


@dataclass
class Told:
    """One sentence, and the event that it tells.

    ``day`` is that of the event's own time, ``counts`` the numbers with their units, ``act`` that of a claim
    by the ``Daily Wire`` in which all of the sentence stands.
    """

    sentence: str
    cue: str
    type: str
    actors: Sequence[str] = ()
    recipients: Sequence[str] = ()
    day: str | None = None
    status: str = "occurred"
    mode: str | None = None
    counts: Sequence[tuple[str, float, str]] = ()
    act: str | None = None


def reading(id_: str, published: str | None, *told: Told, title: str | None = None) -> Reading:
    """A reading of the sentences; two that are the same sentence are one, with two events."""
    sentences = list(dict.fromkeys(t.sentence for t in told))
    text = "\n".join(sentences)
    day = date.fromisoformat(published) if published else None
    made = Reading(Producer("0", "by hand"), Article(text, id=id_, title=title, published=day))
    starts = {s: text.index(s) for s in sentences}
    made.sentences = [
        Sentence(f"s{i}", starts[s], starts[s] + len(s)) for i, s in enumerate(sentences, start=1)
    ]
    names: dict[str, str] = {}
    for n, one in enumerate(told, start=1):
        start = starts[one.sentence]
        stop = start + len(one.sentence)
        for name in (*one.actors, *one.recipients):
            if name not in names:
                names[name] = f"n{len(names) + 1}"
                kb, country = KNOWN.get(name, (None, None))
                entity = Entity(names[name], name, "other", country, kb=kb)
                entity.mentions = [Mention(start, start + 1, "name")]
                made.entities.append(entity)
        at = start + one.sentence.index(one.cue)
        time = claim = None
        if one.day is not None:
            time = f"t{len(made.times) + 1}"
            made.times.append(Time(time, start, start + 1, "date", one.day, one.day, one.day))
        if one.act is not None:
            claim = f"c{len(made.claims) + 1}"
            spans = [(start, stop)]
            made.claims.append(Claim(claim, Source(None, spans), [], spans, "indirect", act=one.act))
        for words, value, unit in one.counts:
            begin = start + one.sentence.index(words)
            quantity = Quantity(f"q{len(made.quantities) + 1}", begin, begin + len(words), value, unit)
            made.quantities.append(quantity)
        sides = [[names[x] for x in side] for side in (one.actors, one.recipients)]
        made.events.append(
            Event(
                *(f"e{n}", one.type, one.mode, [], 1, 1.0, None, at, at + len(one.cue)),
                *(f"s{sentences.index(one.sentence) + 1}", *sides, one.status),
                time=time,
                claim=claim,
                confidence=0.8,
            )
        )
    return made
