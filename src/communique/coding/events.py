"""Who did what to whom: events, their parties, status, time and place.

The network says of each word which type of event it tells of, if any, in which status, and which words name
the actors and recipients; here its scores become events. What is left without a party is dropped. We
would rather miss a marginal event than invent one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from communique import ontology
from communique.coding.clauses import base, span_of
from communique.coding.eventwords import event_words
from communique.coding.lexicons import DATA, load_yaml
from communique.coding.parties import MUTUAL, Who
from communique.language.analysis import Parsed, Word
from communique.reading import Claim, Event, Reading, Span, Time

__all__ = ["Events"]

# Types that need no second party: a crowd protests, an army mobilizes, a minister resigns.
ALONE = {"PROTEST", "MOBILIZE", "RETREAT", "CONCEDE"}
HISTORICAL_YEARS = 5


@dataclass(slots=True)
class Told:
    """A word that tells of an event, as the network sees it.

    Attributes:
        sentence: number of its sentence.
        word: the word.
        type: the likeliest type.
        chance: that type's probability.
        status: the likeliest status; ``historical`` as the network has it.
        parties: words that name the actors, words that name the recipients, each with its probability.
    """

    sentence: int
    word: Word
    type: str
    chance: float
    status: str
    historical: bool
    parties: tuple[list[tuple[Word, float]], list[tuple[Word, float]]]


class Events:
    """Codes events in PLOVER's terms.

    Args:
        min_confidence: events less sure are left out; None for the default of ``data/calibration.yaml``.
    """

    reads = frozenset({"sentences", "entities", "times", "places", "claims"})
    writes = frozenset({"events", "entities"})

    def __init__(self, min_confidence: float | None = None) -> None:
        self.min_confidence = min_confidence

    def prepare(self) -> None:
        """Load the tables."""
        event_words()
        load_settings()
        ontology.event_types()
        ontology.contexts()

    def __call__(self, reading: Reading) -> Reading:
        """Fill ``reading.events``, in text order of their triggers; parties that are no entity yet become one."""
        assert reading.analysis is not None
        settings = load_settings()
        least = settings["threshold"] if self.min_confidence is None else self.min_confidence
        who = Who(reading)
        events: list[Event] = []
        for number, sentence in enumerate(reading.analysis.sentences):
            for told in tellings(number, sentence, reading.analysis.labels, settings):
                event = _event(told, sentence, reading, who, settings, least)
                if event is not None:
                    event.sentence = reading.sentences[number].id
                    events.append(event)
        events = _without_retellings(_without_doubles(events))
        for i, event in enumerate(events, start=1):
            event.id = f"e{i}"
        reading.events = events
        _admit(reading, who)
        return reading


_SETTINGS: dict[str, Any] = {}


def load_settings() -> dict[str, Any]:
    """Thresholds and calibration, from ``data/calibration.yaml``."""
    if not _SETTINGS:
        _SETTINGS.update(load_yaml(DATA / "calibration.yaml"))
    return _SETTINGS


def tellings(
    number: int, sentence: Parsed, labels: dict[str, list[str]], settings: dict[str, Any]
) -> list[Told]:
    """The words of a sentence that tell of an event, in order."""
    scores = sentence.scores["event"]
    out = []
    for i in (scores[:, 0] < math.log(1 - settings["proposed"])).nonzero()[0].tolist():
        word = sentence.words[i]
        if word.upos == "PUNCT":
            continue
        best = int(scores[i, 1:].argmax()) + 1
        status = sentence.scores["status"][i]
        out.append(
            Told(
                number,
                word,
                labels["event"][best],
                math.exp(float(scores[i, best])),
                labels["status"][int(status[:-1].argmax())],
                bool(status[-1] > 0),
                (
                    _named(sentence, sentence.scores["actor"][i], i, settings["party"]),
                    _named(sentence, sentence.scores["recipient"][i], i, settings["party"]),
                ),
            )
        )
    return out


def _named(sentence: Parsed, row: Any, trigger: int, least: float) -> list[tuple[Word, float]]:
    """The words that name a party, surest first."""
    floor = math.log(least / (1 - least))
    found = [(i, 1 / (1 + math.exp(-float(row[i])))) for i in (row > floor).nonzero()[0].tolist()]
    return [(sentence.words[i], p) for i, p in sorted(found, key=lambda x: (-x[1], x[0])) if i != trigger]


def _event(
    told: Told, sentence: Parsed, reading: Reading, who: Who, settings: dict[str, Any], least: float
) -> Event | None:
    kind, word = told.type, told.word
    chances = [max((p for _, p in side), default=0.0) for side in told.parties]
    if not any(told.parties):
        return None
    confidence = calibrated(told, chances, settings)
    if confidence < least:
        return None
    actors, recipients = _parties(told, who)
    if not actors and not recipients:
        return None
    if not recipients and kind not in ALONE and not (kind in MUTUAL and len(actors) > 1):
        return None
    lemmas = [sentence.words[i].lemma.lower() for i in _clause(sentence, word)]
    mode = ontology.mode_of(kind, _own_lemmas(sentence, word))
    time = _time_of(sentence, word, reading.times)
    place = _place_of(sentence, word, reading)
    contexts = ontology.contexts_of(lemmas)
    return Event(
        id="",
        type=kind,
        mode=mode,
        contexts=contexts,
        quad_code=ontology.quad_code(kind),
        intensity=ontology.intensity(kind, mode),
        cameo=ontology.cameo(kind, mode, status=told.status, contexts=contexts),
        start=word.start,
        end=word.end,
        sentence="",
        actors=actors,
        recipients=recipients,
        status=told.status,
        historical=told.historical or _historical(time, reading),
        time=time.id if time else None,
        place=place,
        claim=_innermost((word.start, word.end), reading.claims),
        confidence=round(confidence, 3),
    )


def _parties(told: Told, who: Who) -> tuple[list[str], list[str]]:
    """Entities of the actors and of the recipients; one that stands on both sides is where it is surer."""
    sides: tuple[dict[str, float], dict[str, float]] = ({}, {})
    for side, named in zip(sides, told.parties, strict=True):
        for word, chance in named:
            entity = who.named_by(told.sentence, word)
            if entity is not None:
                side[entity] = max(chance, side.get(entity, 0.0))
    for entity in set(sides[0]) & set(sides[1]):
        del sides[0 if sides[0][entity] < sides[1][entity] else 1][entity]
    return list(sides[0]), list(sides[1])


def _admit(reading: Reading, who: Who) -> None:
    """Give the new entities that take part in an event their place among the others, and their ids."""
    used = {i for e in reading.events for i in (*e.actors, *e.recipients)}
    new = [e for e in who.new if e.id in used]
    if not new:
        return
    names = {}
    for i, entity in enumerate(new, start=len(reading.entities) + 1):
        names[entity.id] = f"n{i}"
        entity.id = f"n{i}"
    reading.entities = [*reading.entities, *new]
    for event in reading.events:
        event.actors = [names.get(i, i) for i in event.actors]
        event.recipients = [names.get(i, i) for i in event.recipients]


def calibrated(told: Told, chances: Sequence[float], settings: dict[str, Any]) -> float:
    """The probability that type and parties are right: a logistic on what the network says (Platt 1999)."""
    c = settings["calibration"]
    total = sum(w * x for w, x in zip(c["weights"], features(told, chances), strict=True))
    total += c["offset"] + c["types"].get(told.type, 0.0)
    return 1 / (1 + math.exp(-total))


def features(told: Told, chances: Sequence[float]) -> list[float]:
    """What the confidence stands on: log odds of the type, chances of the parties, whether it is a noun."""
    chance = min(max(told.chance, 1e-4), 1 - 1e-4)
    return [
        math.log(chance / (1 - chance)),
        chances[0],
        chances[1],
        float(told.word.upos != "VERB"),
        float(chances[1] == 0.0 and told.type not in ALONE),
    ]


def _own_lemmas(sentence: Parsed, word: Word) -> list[str]:
    """The trigger's phrase, and the light verb above it: the words that may tell the mode."""
    indices = set(span_of(sentence, word, without=("ccomp", "advcl", "parataxis", "conj", "nsubj")))
    if word.upos == "NOUN" and word.head >= 0 and sentence.words[word.head].lemma in event_words().light:
        indices.add(word.head)
    return [sentence.words[i].lemma.lower() for i in sorted(indices)]


def _clause(sentence: Parsed, word: Word) -> list[int]:
    """The words of the trigger's own clause: its phrase, and its verb's where it is a noun."""
    top = word
    while top.upos != "VERB" and top.head >= 0 and base(top.deprel) not in ("root", "parataxis"):
        top = sentence.words[top.head]
    out, stack = [], [top.index]
    while stack:
        i = stack.pop()
        out.append(i)
        stack.extend(
            k
            for k in sentence.children(i)
            if not (
                sentence.words[k].upos == "VERB"
                and base(sentence.words[k].deprel) in ("conj", "advcl", "ccomp", "parataxis", "acl")
            )
        )
    if word.index not in out:
        out.extend(sentence.subtree(word.index))
    return sorted(set(out))


def _time_of(sentence: Parsed, word: Word, times: list[Time]) -> Time | None:
    """The time told in the trigger's clause, the nearest where there are several."""
    clause = {sentence.words[i].start for i in _clause(sentence, word)}
    near = [
        (abs(t.start - word.start), t.start, t)
        for t in times
        if t.type in ("date", "time")
        and sentence.start <= t.start < sentence.end
        and any(t.start <= s < t.end for s in clause)
    ]
    near = [x for x in near if x[2].start_day]
    return min(near, key=lambda x: x[:2])[2] if near else None


def _place_of(sentence: Parsed, word: Word, reading: Reading) -> str | None:
    """The toponym of the trigger's clause that stands after "in", "at", "near"."""
    clause = {sentence.words[i].start: sentence.words[i] for i in _clause(sentence, word)}
    best: tuple[int, str] | None = None
    for place in reading.places:
        found = next((clause[s] for s in clause if place.start <= s < place.end), None)
        if found is None:
            continue
        head = found
        while head.head >= 0 and base(head.deprel) in ("compound", "flat", "appos"):
            head = sentence.words[head.head]
        case = sentence.child(head.index, "case")
        if case is not None and case.lemma in ("in", "at", "near", "outside", "around", "inside"):
            rank = (abs(place.start - word.start), place.id)
            best = min(best, rank) if best else rank
    return best[1] if best else None


def _historical(time: Time | None, reading: Reading) -> bool:
    published = reading.article.published
    if time is None or published is None or time.end_day is None:
        return False
    return int(time.end_day[:4]) < published.year - HISTORICAL_YEARS


def _innermost(span: Span, claims: list[Claim]) -> str | None:
    """The smallest claim in whose content the words stand."""
    inside = [
        (sum(b - a for a, b in c.content), i, c.id)
        for i, c in enumerate(claims)
        if any(a <= span[0] and span[1] <= b for a, b in c.content)
    ]
    return min(inside)[2] if inside else None


def _without_doubles(events: list[Event]) -> list[Event]:
    """In one sentence, the same thing told twice between the same parties ("met for talks") is one event."""
    best: dict[tuple[Any, ...], Event] = {}
    for event in events:
        key = (event.sentence, event.type, frozenset(event.actors + event.recipients), event.status)
        if key not in best or event.confidence > best[key].confidence:
            best[key] = event
    return sorted(best.values(), key=lambda e: (e.start, e.end))


def _without_retellings(events: list[Event]) -> list[Event]:
    """Told again in a later sentence, with the same parties in the same status and at no other time, it is
    the same event; the first telling stands."""
    kept: list[Event] = []
    seen: dict[tuple[Any, ...], set[str | None]] = {}
    for event in events:
        key = (event.type, tuple(sorted(event.actors)), tuple(sorted(event.recipients)), event.status)
        times = seen.get(key)
        if times is not None and (event.time is None or event.time in times or times == {None}):
            times.add(event.time)
            continue
        seen.setdefault(key, set()).add(event.time)
        kept.append(event)
    return kept
