"""What disputes are found with: claims, events, counts and words of the article, and what compares them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from communique.coding.counts import Counted
from communique.coding.lexicons import DATA, load_yaml
from communique.language.analysis import Parsed, Word
from communique.reading import Claim, Dispute, Event, Reading, Span

__all__ = [
    "DONE",
    "LONG",
    "NEAR",
    "Room",
    "Side",
    "accusing_in",
    "asks",
    "claim_of",
    "lemma_of",
    "lemmas",
    "lists",
    "longest",
    "open_words",
    "opposed",
    "same_deed",
    "same_words",
    "states",
    "told",
    "words_in",
    "words_of_deed",
]

DONE = ("occurred", "ongoing")
NEAR = 3  # sentences between an accusation and its denial
LONG = 60  # words of a sentence that is more likely a run of headlines
NOBODY = frozenset(
    {"i", "we", "you", "one", "no one", "nobody", "anyone", "everyone", "who", "which", "that"}
)
RELATIVE = ("who", "which", "that")  # its source is who is meant by it
SHARED = 0.5  # of the words of what is denied that must stand in what is asserted
OPEN = ("NOUN", "VERB", "PROPN", "ADJ", "NUM")
LIGHT = frozenset({"be", "have", "do", "make", "take", "say", "get", "go", "there"})

Side = tuple[Claim | None, Span]


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of ``data/disputes.yaml``, which tells what each is."""

    charges: frozenset[str]
    wrongs: frozenset[str]
    denying: frozenset[str]
    rejecting: frozenset[str]
    contrast: frozenset[str]
    accusing: frozenset[str]
    untrue: frozenset[str]
    nothing: frozenset[str]
    answering: frozenset[str]
    avoiding: frozenset[str]
    laying: frozenset[str]
    courts: frozenset[str]
    laid: frozenset[str]
    performing: frozenset[str]
    meaning: frozenset[str]
    possible: frozenset[str]
    faceless: frozenset[str]


@cache
def lists() -> _Words:
    """The word lists, loaded once."""
    raw: dict[str, Any] = load_yaml(DATA / "disputes.yaml")

    def split(text: str) -> frozenset[str]:
        return frozenset(w.strip() for w in text.split(","))

    return _Words(*(split(raw[f.name]) for f in fields(_Words)))


@dataclass(slots=True)
class Room:
    """What is being read, and what was found in it."""

    reading: Reading
    sentences: list[Parsed]
    claims: dict[str, Claim]
    counts: list[Counted]
    found: list[Dispute] = field(default_factory=list)

    def number(self, at: int) -> int:
        """The number of the sentence that holds a place of the text."""
        return bisect_right(self.sentences, at, key=lambda s: s.start) - 1

    def source(self, claim: Claim | None) -> str:
        """Who says it, as something to compare; '' for the article."""
        if claim is None:
            return ""
        if claim.source.entity:
            return claim.source.entity
        return " ".join(self.reading.evidence(s).lower() for s in claim.source.spans) or "?"

    def speaks(self, claim: Claim) -> bool:
        """Is it one plain statement by one source, not a run of headlines, "I" or "nobody"?"""
        words = " ".join(self.reading.evidence(s).lower() for s in claim.source.spans)
        if words in RELATIVE and claim.source.entity is not None:
            return claim.cue != []
        return 0 < len(claim.source.spans) <= 2 and words not in NOBODY and claim.cue != []

    def add(self, kind: str, about: str, claims: list[Claim | None], spans: list[Span]) -> None:
        """Keep a dispute, once for each pair of sides."""
        ids = [c.id if c else None for c in claims]
        if any(d.claims == ids and d.spans == spans for d in self.found) or spans[0] == spans[1]:
            return
        if any(set(d.spans) == set(spans) for d in self.found):
            return
        self.found.append(Dispute("", ids, kind, about, spans))


def longest(claim: Claim) -> Span:
    return max(claim.content, key=lambda s: (s[1] - s[0], -s[0]))


def claim_of(room: Room, event: Event) -> Claim | None:
    return room.claims.get(event.claim or "")


def told(room: Room, event: Event) -> Span:
    """The words of an event's statement: the stretch of its claim that holds it, else its sentence."""
    claim = claim_of(room, event)
    if claim is not None:
        for a, b in claim.content:
            if a <= event.start < b:
                return (a, b)
    sentence = next((s for s in room.reading.sentences if s.id == event.sentence), None)
    return (sentence.start, sentence.end) if sentence else (event.start, event.end)


def opposed(room: Room, one: Claim | None, other: Claim | None) -> bool:
    """Do two different voices speak?"""
    return (one is not None or other is not None) and room.source(one) != room.source(other)


def words_in(room: Room, span: Span) -> list[Word]:
    some = room.sentences[room.number(span[0]) : room.number(span[1] - 1) + 1]
    return [w for s in some for w in s.words if span[0] <= w.start < span[1]]


def accusing_in(words: Sequence[Word]) -> bool:
    """Is there a word that lays something to somebody, other than "in charge"?"""
    return any(
        w.lemma.lower() in lists().accusing and not (before is not None and before.text.lower() == "in")
        for before, w in zip((None, *words), words, strict=False)
    )


def lemmas(words: Iterable[Word]) -> set[str]:
    """Their lemmas, lower case."""
    return {w.lemma.lower() for w in words}


def open_words(words: list[Word]) -> set[str]:
    return {w.lemma.lower() for w in words if w.upos in OPEN and w.lemma.lower() not in LIGHT}


def lemma_of(room: Room, event: Event) -> str:
    sentence = room.sentences[room.number(event.start)]
    return next((w.lemma.lower() for w in sentence.words if w.start == event.start), "")


def states(room: Room, claim: Claim) -> bool:
    """Does it say a whole thing, with a verb, in a sentence of common length?"""
    a, b = longest(claim)
    sentence = room.sentences[room.number(a)]
    words = [w for w in sentence.words if a <= w.start < b]
    return (
        len(sentence.words) <= LONG
        and any(w.upos in ("VERB", "AUX", "ADJ") for w in words)
        and len(words) >= 4
    )


def asks(room: Room, claim: Claim) -> bool:
    """Is what it says a question ("wondered whether the ship had sunk"), which asserts nothing?"""
    words = words_in(room, longest(claim))
    return bool(words) and words[0].lemma.lower() in ("whether", "if")


def same_deed(room: Room, denial: Claim, at: int, top: Word) -> Side | None:
    """The same deed, by its type, word and actor, told as done in this sentence or the one before. It must be
    the one denied, not one that the denial takes for granted ("that the strikes hurt anybody")."""
    events, deeds = room.reading.events, _done_by(room, top)
    denied = [e for e in events if e.start in deeds and e.claim == denial.id]
    for no in denied:
        for yes in events:
            far = at - room.number(yes.start)
            if yes.type != no.type or yes.status not in DONE or not 0 <= far <= 1 or yes is no:
                continue
            if not set(yes.actors) & set(no.actors) or yes.start >= denial.content[0][0]:
                continue
            if lemma_of(room, yes) == lemma_of(room, no) and opposed(room, claim_of(room, yes), denial):
                return claim_of(room, yes), told(room, yes)
    return None


def _done_by(room: Room, verb: Word) -> set[int]:
    """Where the words of a deed stand: its verb, and what was carried out where the verb says no more."""
    out = {verb.start}
    if verb.lemma.lower() in LIGHT | lists().performing:
        sentence = room.sentences[room.number(verb.start)]
        below = (sentence.words[i] for i in sentence.children(verb.index))
        out |= {w.start for w in below if w.deprel in ("obj", "nsubj:pass")}
    return out


def same_words(room: Room, denial: Claim, at: int, top: Word, words: set[str]) -> Side | None:
    """A statement of the same, by its words and by the one that heads them, from another source."""
    if len(words) < 2:
        return None
    head, parts, how = top.lemma.lower(), _parts(room, top), _manner(room, top)
    best: tuple[float, int, Side] | None = None
    for other in room.reading.claims:
        if other is denial or other.act not in ("assert", "believe") or other.within == denial.id:
            continue
        if denial.within == other.id or not room.speaks(other) or not opposed(room, other, denial):
            continue
        if not states(room, other):
            continue
        for a, b in other.content:
            far = abs(at - room.number(a))
            if far > 2 * NEAR:
                continue
            said = [
                w for s in room.sentences if s.start < b and s.end > a for w in s.words if a <= w.start < b
            ]
            if any(w.lemma.lower() in ("not", "n't", "never", "no") for w in said):
                continue
            if how - {w.lemma.lower() for w in said}:
                continue
            mine = open_words(said)
            share = len(words & mine) / len(words)
            same = share >= (0.8 if head in LIGHT else SHARED) and (
                head in LIGHT or any(w.lemma.lower() == head and parts & _parts(room, w) for w in said)
            )
            if same and len(words & mine) >= 2 and (best is None or (-share, far) < best[:2]):
                best = (-share, far, (other, (a, b)))
    return best[2] if best else None


def _manner(room: Room, verb: Word) -> set[str]:
    """How the deed was done, which is what is denied of it: "did not cut the water deliberately"."""
    sentence = room.sentences[room.number(verb.start)]
    below = (sentence.words[i] for i in sentence.children(verb.index))
    return {w.lemma.lower() for w in below} & lists().meaning


def words_of_deed(room: Room, verb: Word) -> set[str]:
    """Lemmas of a verb and of what stands under it, but for who does it."""
    return open_words([verb]) | _parts(room, verb)


def _parts(room: Room, verb: Word) -> set[str]:
    """Lemmas of what stands under a verb, but for who does it."""
    sentence = room.sentences[room.number(verb.start)]
    below = {i for i in sentence.subtree(verb.index) if i != verb.index}
    for i in sentence.children(verb.index):
        if sentence.words[i].deprel == "nsubj":
            below -= set(sentence.subtree(i))
    return open_words([sentence.words[i] for i in below])
