"""Who did what to whom: events, their parties, status, time and place.

A word that the lexicon lists, or that the network is sure of, proposes an event; the network's event
head and the lexicon together give the type and its probability; the tree gives the parties; what is
left without an actor is dropped. We would rather miss a marginal event than invent one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from communique import ontology
from communique.coding.clauses import base, span_of
from communique.coding.cues import status_cues
from communique.coding.eventwords import EventWords, event_words
from communique.coding.lexicons import DATA, load_yaml
from communique.coding.parties import MUTUAL, Who, parties_of
from communique.coding.status import plans, status_of
from communique.language.analysis import Parsed, Word
from communique.reading import Claim, Event, Reading, Span, Time

__all__ = ["Events"]

# Types that need no second party: a crowd protests, an army mobilizes.
ALONE = {"PROTEST", "MOBILIZE"}
# Types that are told without saying who did it: "ministers were arrested".
DONE_TO = {"COERCE", "ASSAULT", "ACCUSE"}
HISTORICAL_YEARS = 5


@dataclass(slots=True)
class Proposal:
    """A word that may tell of an event, with its likeliest type and that type's raw probability."""

    word: Word
    type: str
    raw: float
    strong: bool


class Events:
    """Codes events in PLOVER's terms."""

    reads = frozenset({"sentences", "entities", "times", "places", "claims"})
    writes = frozenset({"events"})

    def prepare(self) -> None:
        """Load the tables."""
        event_words()
        status_cues()
        load_settings()
        ontology.event_types()
        ontology.contexts()

    def __call__(self, reading: Reading) -> Reading:
        """Fill ``reading.events``, in text order of their triggers."""
        assert reading.analysis is not None
        who = Who(reading)
        settings = load_settings()
        events: list[Event] = []
        for number, sentence in enumerate(reading.analysis.sentences):
            for proposal in proposals(sentence, reading.analysis.labels, settings):
                event = _event(proposal, sentence, reading, who, settings)
                if event is not None:
                    event.sentence = reading.sentences[number].id
                    events.append(event)
        events = _without_doubles(events)
        for i, event in enumerate(events, start=1):
            event.id = f"e{i}"
        reading.events = events
        return reading


_SETTINGS: dict[str, Any] = {}


def load_settings() -> dict[str, Any]:
    """Weights of lexicon against network, threshold and calibration, from ``data/calibration.yaml``."""
    if not _SETTINGS:
        _SETTINGS.update(load_yaml(DATA / "calibration.yaml"))
    return _SETTINGS


def proposals(sentence: Parsed, labels: dict[str, list[str]], settings: dict[str, Any]) -> list[Proposal]:
    """The words of a sentence that may tell of an event."""
    lexicon = event_words()
    scores = sentence.scores["event"]
    out = []
    for word in sentence.words:
        if word.upos not in ("VERB", "NOUN"):
            continue
        types = lexicon.types_of(word.lemma, word.upos)
        if not types or (defers(word) and _has_eventive_object(sentence, word, lexicon)):
            continue
        if word.upos == "NOUN" and base(word.deprel) in ("compound", "flat"):
            continue  # "the peace talks team" tells of no talks
        if any(_lemma(sentence, i) in lexicon.misleading for i in sentence.children(word.index)):
            continue
        out.append(_weighed(word, types, scores[word.index], labels["event"], lexicon, settings))
    return out


def _lemma(sentence: Parsed, index: int) -> str:
    return sentence.words[index].lemma.lower() if sentence.words[index].deprel == "compound" else ""


def defers(word: Word) -> bool:
    """Does the verb leave the telling to an eventive object ("hold talks", "seek a summit")?"""
    lexicon = event_words()
    return word.lemma in lexicon.light or (word.lemma not in lexicon.strong and plans(word))


def _weighed(
    word: Word,
    types: tuple[str, ...],
    scores: Any,
    labels: Sequence[str],
    lexicon: EventWords,
    settings: dict[str, Any],
) -> Proposal:
    """The network's probabilities, weighed by what the lexicon allows."""
    strong = lexicon.surely(word.lemma, word.upos)
    weights = settings["weights"]
    total, best, best_value = 0.0, "NONE", 0.0
    listed = {_merged(t) for t in types}
    for label, score in zip(labels, scores.tolist(), strict=True):
        chance = math.exp(score)
        if label == "NONE":
            chance *= weights["none"]
        elif label == _merged(strong or ""):
            chance = (
                chance * weights["strong"] + weights["strong_floor" if word.upos == "VERB" else "noun_floor"]
            )
        elif label in listed:
            chance = chance * weights["listed"] + weights["listed_floor"]
        else:
            chance *= weights["unlisted"]
        total += chance
        if label != "NONE" and chance > best_value:
            best, best_value = label, chance
    if best == "YIELD":
        best = next((t for t in types if t in ("CONCEDE", "RETREAT")), "CONCEDE")
    return Proposal(word, best, best_value / total, strong is not None)


def _merged(kind: str) -> str:
    """The network learned CONCEDE and RETREAT as one, as its corpus has them."""
    return "YIELD" if kind in ("CONCEDE", "RETREAT") else kind


def _has_eventive_object(sentence: Parsed, verb: Word, lexicon: EventWords) -> bool:
    """Does its object, or what it works for, tell of the event itself ("send a message of sympathy")?"""
    for i in sentence.children(verb.index):
        child = sentence.words[i]
        case = sentence.child(i, "case")
        aims = base(child.deprel) == "obl" and case is not None and case.lemma in ("for", "toward", "towards")
        if child.deprel not in ("obj", "nsubj:pass") and not aims:
            continue
        while child.lemma in lexicon.containers:
            behind = sentence.child(child.index, "nmod")
            if behind is None:
                break
            child = behind
        if child.upos == "NOUN" and lexicon.types_of(child.lemma, "NOUN"):
            return True
    return False


def _event(
    proposal: Proposal, sentence: Parsed, reading: Reading, who: Who, settings: dict[str, Any]
) -> Event | None:
    kind, word = proposal.type, proposal.word
    actors, recipients = parties_of(sentence, word, kind, who)
    if not actors and not (
        recipients and proposal.strong and kind in DONE_TO and sentence.child(word.index, "nsubj:pass")
    ):
        return None
    both = bool(recipients) or (kind in MUTUAL and len(actors) > 1)
    if not both and kind not in ALONE:
        return None
    if (
        kind == "PROTEST"
        and word.upos == "VERB"
        and not recipients
        and {_kind(reading, a) for a in actors} == {"state"}
    ):
        return None  # governments protest by note; crowds, in the street
    confidence = calibrated(proposal.raw, word.upos == "NOUN", settings)
    if confidence < settings["threshold"]:
        return None
    lemmas = [sentence.words[i].lemma.lower() for i in _clause(sentence, word)]
    mode = ontology.mode_of(kind, _own_lemmas(sentence, word))
    time = _time_of(sentence, word, reading.times)
    place = _place_of(sentence, word, reading)
    status = status_of(sentence, word)
    contexts = ontology.contexts_of(lemmas)
    return Event(
        id="",
        type=kind,
        mode=mode,
        contexts=contexts,
        quad_code=ontology.quad_code(kind),
        intensity=ontology.intensity(kind, mode),
        cameo=ontology.cameo(kind, mode, status=status, contexts=contexts),
        start=word.start,
        end=word.end,
        sentence="",
        actors=actors,
        recipients=recipients,
        status=status,
        historical=_historical(time, reading),
        time=time.id if time else None,
        place=place,
        claim=_innermost((word.start, word.end), reading.claims),
        confidence=round(confidence, 3),
    )


def _kind(reading: Reading, entity_id: str) -> str:
    found = reading.entity(entity_id)
    return found.kind if found else "other"


def _own_lemmas(sentence: Parsed, word: Word) -> list[str]:
    """The trigger's phrase, and the light verb above it: the words that may tell the mode."""
    indices = set(span_of(sentence, word, without=("ccomp", "advcl", "parataxis", "conj", "nsubj")))
    if word.upos == "NOUN" and word.head >= 0 and sentence.words[word.head].lemma in event_words().light:
        indices.add(word.head)
    return [sentence.words[i].lemma.lower() for i in sorted(indices)]


def calibrated(raw: float, noun: bool, settings: dict[str, Any]) -> float:
    """The probability that the event is told as coded: a logistic on the raw one (Platt 1999)."""
    c = settings["calibration"]
    logit = math.log(max(raw, 1e-6) / max(1 - raw, 1e-6))
    return 1 / (1 + math.exp(-(c["slope"] * logit + c["noun"] * noun + c["offset"])))


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
