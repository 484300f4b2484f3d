"""Who did what to whom: events, their parties, status, time and place.

The network says of each word which type of event it tells of, if any, in which status, and which words name
the actors and recipients; here its scores become events. What is left without a party is dropped. We
would rather miss a marginal event than invent one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from communique import ontology
from communique.coding.choosing import Chooser
from communique.coding.clauses import base, own_clause, span_of
from communique.coding.eventfacts import facts
from communique.coding.eventwords import event_words
from communique.coding.layered import layered
from communique.coding.parties import MUTUAL, TOGETHER, Who, is_public
from communique.coding.tellings import (
    Around,
    PloverTypes,
    Told,
    Types,
    UserTypes,
    features,
    load_settings,
    tellings,
)
from communique.coding.when import time_of
from communique.language.analysis import Parsed, Word
from communique.reading import Event, Reading, Time

if TYPE_CHECKING:
    from communique.codebook import CodebookModel

__all__ = ["Events", "parties_of"]

HISTORICAL_YEARS = 5
REMEMBERED = 0.3  # the confidence of an event from which on it tells of the parties of later ones


class Events:
    """Codes events in PLOVER's terms.

    Args:
        min_confidence: events less sure are left out; None for the default of ``data/calibration.yaml``.
        codebook: a user's types, coded instead of PLOVER's.
        trace: where to put, by the start of each event considered, what its confidence stands on.
        known: where to put, likewise, what ``eventfacts`` sees.
        chooser: makes who chooses the recipients of an article's events.
    """

    reads = frozenset({"sentences", "entities", "times", "places", "claims"})
    writes = frozenset({"events", "entities"})

    def __init__(
        self,
        min_confidence: float | None = None,
        codebook: CodebookModel | None = None,
        trace: dict[int, list[float]] | None = None,
        known: dict[int, dict[str, float]] | None = None,
        chooser: Callable[[Reading, Who], Chooser] = Chooser,
    ) -> None:
        self.chooser = chooser
        self.min_confidence = min_confidence
        self.trace, self.known = trace, known
        self.types: Types = UserTypes(codebook) if codebook is not None else PloverTypes()
        self.ontology = codebook.name if codebook is not None else "plover"

    def prepare(self) -> None:
        """Load the tables."""
        event_words()
        load_settings()
        layered("event_facts")
        ontology.event_types()
        ontology.contexts()

    def __call__(self, reading: Reading) -> Reading:
        """Fill ``reading.events``, in text order; parties that are no entity yet become one."""
        assert reading.analysis is not None
        who = Who(reading)
        chooser = self.chooser(reading, who)
        politics = _politics(reading)
        least = self._least(reading, politics)
        events: list[Event] = []
        for number, sentence in enumerate(reading.analysis.sentences):
            found = tellings(number, sentence, reading.analysis.labels, self.types)
            for told in found:
                if not any(told.parties):
                    continue
                actors, recipients = parties_of(told, who)
                if self.ontology == "plover":
                    recipients = chooser.recipients(told, (actors, recipients))
                if told.type in TOGETHER and _alone(actors, recipients, who):
                    continue
                score = self._facts(told, reading, who, (actors, recipients), len(found) - 1)
                around = Around(who.public(actors), who.public(recipients), politics, score)
                if self.trace is not None:
                    self.trace[told.word.start] = features(told, around)
                confidence = self.types.confidence(told, around)
                if confidence >= REMEMBERED:
                    chooser.add(told, (actors, recipients))
                if confidence < least:
                    continue
                event = _event(told, sentence, reading, (actors, recipients), self.types)
                if event is not None:
                    event.confidence = round(confidence, 3)
                    event.sentence = reading.sentences[number].id
                    events.append(event)
        events = _without_retellings(_without_doubles(events))
        for i, event in enumerate(events, start=1):
            event.id = f"e{i}"
        reading.events = events
        _admit(reading, who)
        return reading

    def _facts(
        self, told: Told, reading: Reading, who: Who, parties: tuple[list[str], list[str]], beside: int
    ) -> float:
        """What is known of such tellings; of a user's own types nothing is."""
        if self.ontology != "plover":
            return 0.0
        found = facts(told, reading, who, parties, beside)
        if self.known is not None:
            self.known[told.word.start] = found
        return layered("event_facts").scores([found])[0]

    def _least(self, reading: Reading, politics: float) -> float:
        """The confidence below which no event of this article is shown."""
        if self.min_confidence is not None:
            return self.min_confidence
        settings = load_settings()
        quiet = settings["quiet"]
        if self.ontology == "plover" and sum(len(e.mentions) for e in reading.entities) >= quiet["mentions"]:
            for step in quiet["steps"]:
                if politics < step["politics"]:
                    return float(step["threshold"])
        return float(settings["threshold"])


def _event(
    told: Told, sentence: Parsed, reading: Reading, parties: tuple[list[str], list[str]], types: Types
) -> Event | None:
    kind, word = told.type, told.word
    actors, recipients = parties
    if not actors and not recipients:
        return None
    if not recipients and types.needs_recipient(kind) and not (kind in MUTUAL and len(actors) > 1):
        return None
    lemmas = [sentence.words[i].lemma.lower() for i in own_clause(sentence, word)]
    mode = types.mode_of(kind, _own_lemmas(sentence, word))
    time = time_of(sentence, word, told.status, reading.times, reading.article.published)
    old = told.historical and _tells_of_old(sentence, time, reading)
    place = _place_of(sentence, word, reading)
    contexts = ontology.contexts_of(lemmas)
    return Event(
        id="",
        type=kind,
        mode=mode,
        contexts=contexts,
        quad_code=types.quad_code(kind),
        intensity=types.intensity(kind, mode),
        cameo=types.cameo(kind, mode, told.status, contexts),
        start=word.start,
        end=word.end,
        sentence="",
        actors=actors,
        recipients=recipients,
        status=told.status,
        historical=old or _historical(time, reading),
        time=time.id if time else None,
        place=place,
        claim=claim.id if (claim := reading.innermost(word.start)) else None,
    )


def parties_of(told: Told, who: Who) -> tuple[list[str], list[str]]:
    """Entities of the actors and of the recipients; one that stands on both sides stays where nobody else is,
    or where it is surer; of several that with the clearest difference is put first."""
    sides: tuple[dict[str, float], dict[str, float]] = ({}, {})
    for side, named in zip(sides, told.parties, strict=True):
        for word, chance in named:
            entity = who.named_by(told.sentence, word)
            if entity is not None:
                side[entity] = max(chance, side.get(entity, 0.0))
    both = sorted((e for e in sides[0] if e in sides[1]), key=lambda e: -abs(sides[0][e] - sides[1][e]))
    for entity in both:
        alone = [len(side) == 1 for side in sides]
        leave = alone.index(False) if alone[0] != alone[1] else int(sides[0][entity] >= sides[1][entity])
        del sides[leave][entity]
    actors, recipients = list(sides[0]), list(sides[1])
    if told.type in MUTUAL and not actors:
        return recipients, []
    return actors, recipients


def _alone(actors: list[str], recipients: list[str], who: Who) -> bool:
    """Is but one named, who is no group ("the two leaders met")?"""
    named = [*actors, *recipients]
    return len(named) == 1 and who.kinds.get(named[0], "group") != "group"


def _politics(reading: Reading) -> float:
    """The share of the article's mentions that are of states, bodies, office-holders or forces."""
    public = sum(len(e.mentions) for e in reading.entities if is_public(e))
    return public / max(sum(len(e.mentions) for e in reading.entities), 1)


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


def _own_lemmas(sentence: Parsed, word: Word) -> list[str]:
    """The trigger's phrase, and the light verb above it: the words that may tell the mode."""
    indices = set(span_of(sentence, word, without=("ccomp", "advcl", "parataxis", "conj", "nsubj")))
    if word.upos == "NOUN" and word.head >= 0 and sentence.words[word.head].lemma in event_words().light:
        indices.add(word.head)
    return [sentence.words[i].lemma.lower() for i in sorted(indices)]


def _place_of(sentence: Parsed, word: Word, reading: Reading) -> str | None:
    """The toponym of the trigger's clause that stands after "in", "at", "near"."""
    clause = {sentence.words[i].start: sentence.words[i] for i in own_clause(sentence, word)}
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


def _historical(time: Time | None, reading: Reading, years: int = HISTORICAL_YEARS) -> bool:
    published = reading.article.published
    if time is None or published is None or time.end_day is None:
        return False
    return int(time.end_day[:4]) < published.year - years


def _tells_of_old(sentence: Parsed, time: Time | None, reading: Reading) -> bool:
    """Is the event's time over by more than a year or, where it has none, does its sentence or the one before
    name such a time? What the network takes for history is none without; where the day of publication is not
    known, nothing speaks against it."""
    if reading.article.published is None:
        return True
    before = max((s.start for s in reading.sentences if s.end <= sentence.start), default=sentence.start)
    near = [time] if time else [t for t in reading.times if before <= t.start < sentence.end]
    return any(_historical(t, reading, 1) for t in near)


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
