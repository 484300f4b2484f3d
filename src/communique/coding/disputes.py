"""Disputes inside an article: two statements that cannot both hold.

Four kinds: one denies what the other asserts; a thing happened, and did not; different numbers of the same
thing; who did it. A dispute that is shown must be one, so each kind asks for two different sources (or a
source and the article itself) and for the same happening, by its type and parties or by its words.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from communique.coding.counts import Counted, counts_in, happening
from communique.coding.lexicons import DATA, load_yaml
from communique.coding.mentions import head_of
from communique.language.analysis import Parsed, Word
from communique.reading import Claim, Dispute, Event, Reading, Span

__all__ = ["Disputes"]

DONE = ("occurred", "ongoing")
NEAR = 3  # sentences between an accusation and its denial
NEXT = 2  # sentences between two counts of one thing
LONG = 60  # words of a sentence that is more likely a run of headlines
NOBODY = frozenset(
    {"i", "we", "you", "one", "no one", "nobody", "anyone", "everyone", "who", "which", "that"}
)
STEM = 5  # letters that "abduction" and "abducted" share
SHARED = 0.5  # of the words of what is denied that must stand in what is asserted
OPEN = ("NOUN", "VERB", "PROPN", "ADJ", "NUM")
POINTING = frozenset({"the", "that", "this", "these", "those", "such", "his", "her", "their", "its"})
LIGHT = frozenset({"be", "have", "do", "make", "take", "say", "get", "go", "there"})


@dataclass(frozen=True, slots=True)
class _Words:
    charges: frozenset[str]
    wrongs: frozenset[str]
    denying: frozenset[str]
    contrast: frozenset[str]


@cache
def _words() -> _Words:
    raw: dict[str, Any] = load_yaml(DATA / "disputes.yaml")

    def split(text: str) -> frozenset[str]:
        return frozenset(w.strip() for w in text.split(","))

    return _Words(*(split(raw[key]) for key in ("charges", "wrongs", "denying", "contrast")))


@dataclass(slots=True)
class _Room:
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
        return 0 < len(claim.source.spans) <= 2 and words not in NOBODY and claim.cue != []

    def add(self, kind: str, about: str, claims: list[Claim | None], spans: list[Span]) -> None:
        """Keep a dispute, once for each pair of sides."""
        ids = [c.id if c else None for c in claims]
        if any(d.claims == ids and d.spans == spans for d in self.found) or spans[0] == spans[1]:
            return
        if any(set(d.spans) == set(spans) for d in self.found):
            return
        self.found.append(Dispute("", ids, kind, about, spans))


class Disputes:
    """Finds the disputes of an article."""

    reads = frozenset({"sentences", "entities", "claims", "events"})
    writes = frozenset({"disputes"})

    def prepare(self) -> None:
        """Load the word lists."""
        _words()

    def __call__(self, reading: Reading) -> Reading:
        """Fill ``reading.disputes``, in text order."""
        assert reading.analysis is not None
        claims = {c.id: c for c in reading.claims}
        room = _Room(reading, reading.analysis.sentences, claims, counts_in(reading))
        _done_and_not(room)
        _never_done(room)
        _denied(room)
        _counted_differently(room)
        _who_did_it(room)
        room.found.sort(key=lambda d: (min(d.spans), max(d.spans)))
        for i, dispute in enumerate(room.found, start=1):
            dispute.id = f"d{i}"
        reading.disputes = room.found
        return reading


def _longest(claim: Claim) -> Span:
    return max(claim.content, key=lambda s: (s[1] - s[0], -s[0]))


def _claim_of(room: _Room, event: Event) -> Claim | None:
    return room.claims.get(event.claim or "")


def _told(room: _Room, event: Event) -> Span:
    """The words of an event's statement: the stretch of its claim that holds it, else its sentence."""
    claim = _claim_of(room, event)
    if claim is not None:
        for a, b in claim.content:
            if a <= event.start < b:
                return (a, b)
    sentence = next((s for s in room.reading.sentences if s.id == event.sentence), None)
    return (sentence.start, sentence.end) if sentence else (event.start, event.end)


def _opposed(room: _Room, one: Claim | None, other: Claim | None) -> bool:
    """Do two different voices speak?"""
    return (one is not None or other is not None) and room.source(one) != room.source(other)


def _done_and_not(room: _Room) -> None:
    """The same deed told as done by one, as not done by another."""
    events = room.reading.events
    for no in events:
        if no.status != "negated":
            continue
        for yes in events:
            if yes.status not in DONE or yes.type != no.type or yes.historical != no.historical:
                continue
            if not set(yes.actors) & set(no.actors) or (yes.time and no.time and yes.time != no.time):
                continue
            if yes.recipients and no.recipients and not set(yes.recipients) & set(no.recipients):
                continue
            if _lemma(room, yes) != _lemma(room, no):
                continue
            claims = (_claim_of(room, yes), _claim_of(room, no))
            if not _opposed(room, *claims) or yes.type == "RETREAT":
                continue
            if abs(room.number(yes.start) - room.number(no.start)) > NEAR:
                continue
            if any(c is not None and not room.speaks(c) for c in claims):
                continue
            kind = "denial" if claims[1] is not None and claims[1].act == "deny" else "status"
            about = room.reading.evidence(yes)
            room.add(kind, about, [*claims], [_told(room, yes), _told(room, no)])


def _never_done(room: _Room) -> None:
    """Who is said to have done it says that it was never done ("nobody was shot"), against those whom
    another counts, or against the deed as another tells it."""
    counts = [c for c in room.counts if c.claim is not None]
    for no in room.reading.events:
        claim = _claim_of(room, no)
        if (
            no.status != "negated"
            or claim is None
            or not room.speaks(claim)
            or claim.act not in ("assert", "deny")
        ):
            continue
        if claim.source.entity not in no.actors:
            continue
        at, name = room.number(no.start), happening(_lemma(room, no))
        near = [
            c
            for c in counts
            if name in c.things and abs(at - c.sentence) <= 2 * NEAR and _opposed(room, c.claim, claim)
            if c.claim is not None and room.speaks(c.claim)
        ]
        if near:
            one = min(near, key=lambda c: (abs(at - c.sentence), c.span))
            mine = [c for c in counts if c.sentence == at and c.claim is claim and name in c.things]
            span = mine[-1].span if mine else _told(room, no)
            room.add("number", room.reading.evidence(one.span), [one.claim, claim], [one.span, span])
            continue
        told = [
            yes
            for yes in room.reading.events
            if yes.status in DONE
            and (yes.type, yes.mode) == (no.type, no.mode)
            and yes.mode is not None
            and _lemma(room, yes)[:STEM] == _lemma(room, no)[:STEM]
            and set(yes.actors) & set(no.actors)
            and abs(room.number(yes.start) - at) <= 2 * NEAR
            and _opposed(room, _claim_of(room, yes), claim)
        ]
        if told:
            yes = min(told, key=lambda e: (abs(room.number(e.start) - at), e.start))
            spans = [_told(room, yes), _told(room, no)]
            room.add("status", room.reading.evidence(yes), [_claim_of(room, yes), claim], spans)


def _lemma(room: _Room, event: Event) -> str:
    sentence = room.sentences[room.number(event.start)]
    return next((w.lemma.lower() for w in sentence.words if w.start == event.start), "")


def _denied(room: _Room) -> None:
    """What somebody denies, and who asserts it."""
    for claim in room.reading.claims:
        if claim.act != "deny" or not claim.cue:
            continue
        at = room.number(claim.content[0][0])
        sentence = room.sentences[at]
        inside = [w for w in sentence.words if any(a <= w.start < b for a, b in claim.content)]
        inside = [w for w in inside if w.upos != "PUNCT"]
        cue = next((w for w in sentence.words if w.start <= claim.cue[-1][1] - 1 < w.end), None)
        if not inside or cue is None or len(sentence.words) > LONG or not room.speaks(claim):
            continue
        other = _other_side(room, claim, at, inside, cue)
        if other is not None:
            about = room.reading.evidence((inside[0].start, inside[-1].end))
            room.add("denial", about, [other[0], claim], [other[1], claim.content[0]])


Side = tuple[Claim | None, Span]


def _other_side(room: _Room, claim: Claim, at: int, inside: list[Word], cue: Word) -> Side | None:
    lists = _words()
    top = head_of(room.sentences[at], inside[0].index, inside[-1].index)
    lemma = top.lemma.lower()
    if top.xpos == "DT" and len(inside) <= 4:
        return _pointed_at(room, claim, at)
    if lemma in lists.charges:
        inner = [c for c in room.reading.claims if c.within == claim.id and room.speaks(c)]
        if inner:
            return inner[0], _longest(inner[0])
        points = inside[0].text.lower() in POINTING and len(inside) <= 8
        return _accusation(room, claim, at) or (_pointed_at(room, claim, at) if points else None)
    if lemma in lists.wrongs and len(inside) <= 6:
        return _accusation(room, claim, at)
    if cue.lemma.lower() in lists.denying and top.upos in ("VERB", "AUX", "ADJ"):
        return _same_deed(room, claim, at) or _asserted(room, claim, at, top, _open(inside))
    return None


def _open(words: list[Word]) -> set[str]:
    return {w.lemma.lower() for w in words if w.upos in OPEN and w.lemma.lower() not in LIGHT}


def _accusation(room: _Room, denial: Claim, at: int) -> Side | None:
    """The accusation nearest before a denial, against the one who denies."""
    denier = denial.source.entity
    best: tuple[int, int, Side] | None = None
    for event in room.reading.events:
        far = at - room.number(event.start)
        if event.type != "ACCUSE" or denier is None or denier not in event.recipients:
            continue
        if not 0 <= far <= NEAR or event.status not in DONE or denier in event.actors:
            continue
        if event.start >= denial.content[0][0]:
            continue
        inside = _claim_of(room, event)
        own = next((c for c in room.reading.claims if _heads(c, event) and c is not denial), inside)
        if own is denial or room.source(own) == room.source(denial):
            continue
        span = _longest(own) if own is not None else _told(room, event)
        if best is None or (far, -event.start) < best[:2]:
            best = (far, -event.start, (own, span))
    return best[2] if best else None


def _heads(claim: Claim, event: Event) -> bool:
    return any(a <= event.start < b for a, b in claim.cue)


def _pointed_at(room: _Room, denial: Claim, at: int) -> Side | None:
    """What "the charge", "her complaint" or "this" points back at: the statement told last, by somebody
    else, in this sentence or the one before."""
    before = [
        c
        for c in room.reading.claims
        if c is not denial
        and room.speaks(c)
        and _states(room, c)
        and c.act in ("assert", "believe")
        and c.cue[0][0] < denial.cue[0][0]
        and 0 <= at - room.number(c.cue[0][0]) <= 1
        and c.id != denial.within
    ]
    if not before:
        return None
    last = max(before, key=lambda c: (c.within is None, c.cue[0][0]))
    return (last, _longest(last)) if _opposed(room, last, denial) else None


def _states(room: _Room, claim: Claim) -> bool:
    """Does it say a whole thing, with a verb, in a sentence of common length?"""
    a, b = _longest(claim)
    sentence = room.sentences[room.number(a)]
    words = [w for w in sentence.words if a <= w.start < b]
    return (
        len(sentence.words) <= LONG
        and any(w.upos in ("VERB", "AUX", "ADJ") for w in words)
        and len(words) >= 4
    )


def _same_deed(room: _Room, denial: Claim, at: int) -> Side | None:
    """A deed of the same type by the same actor, told as done in this sentence or the one before."""
    events = room.reading.events
    denied = [e for e in events if any(a <= e.start < b for a, b in denial.content) and e.claim == denial.id]
    for no in denied:
        for yes in events:
            far = at - room.number(yes.start)
            if yes.type != no.type or yes.status not in DONE or not 0 <= far <= 1 or yes is no:
                continue
            if not set(yes.actors) & set(no.actors) or yes.start >= denial.content[0][0]:
                continue
            if _opposed(room, _claim_of(room, yes), denial):
                return _claim_of(room, yes), _told(room, yes)
    return None


def _asserted(room: _Room, denial: Claim, at: int, top: Word, words: set[str]) -> Side | None:
    """A statement of the same, by its words and by the one that heads them, from another source."""
    if len(words) < 2:
        return None
    head = top.lemma.lower()
    best: tuple[float, int, Side] | None = None
    for other in room.reading.claims:
        if other is denial or other.act not in ("assert", "believe") or other.within == denial.id:
            continue
        if denial.within == other.id or not room.speaks(other) or not _opposed(room, other, denial):
            continue
        if not _states(room, other):
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
            mine = _open(said)
            share = len(words & mine) / len(words)
            same = share >= (0.8 if head in LIGHT else SHARED) and (head in mine or head in LIGHT)
            if same and len(words & mine) >= 2 and (best is None or (-share, far) < best[:2]):
                best = (-share, far, (other, (a, b)))
    return best[2] if best else None


def _counted_differently(room: _Room) -> None:
    """Two numbers of one thing, by two sources, close to each other or set against each other."""
    for k, one in enumerate(room.counts):
        for other in room.counts[k + 1 :]:
            if one.value == other.value or not one.things & other.things or one.noun != other.noun:
                continue
            if other.sentence - one.sentence > NEXT or one.claim is None or other.claim is None:
                continue
            if not _opposed(room, one.claim, other.claim):
                continue
            if not room.speaks(one.claim) or not room.speaks(other.claim):
                continue
            if not _contrasted(room, one.span[0], other.span[0]):
                continue
            about = sorted(one.things & other.things)[0]
            room.add("number", about, [one.claim, other.claim], [one.span, other.span])


def _contrasted(room: _Room, low: int, high: int) -> bool:
    """Do the words between two places, or before the second in its sentence, set them against each other?"""
    last = room.sentences[room.number(high)]
    between = [
        w.lemma.lower()
        for s in room.sentences[room.number(low) : room.number(high) + 1]
        for w in s.words
        if low < w.start < high or (s is last and w.start < high)
    ]
    return bool(set(between) & _words().contrast)


def _who_did_it(room: _Room) -> None:
    """Two who blame each other."""
    blames = [
        e
        for e in room.reading.events
        if e.status in DONE and e.type == "ACCUSE" and _lemma(room, e) == "blame"
    ]
    for k, one in enumerate(blames):
        for other in blames[k + 1 :]:
            crossed = set(one.actors) & set(other.recipients) and set(one.recipients) & set(other.actors)
            if crossed and abs(room.number(one.start) - room.number(other.start)) <= NEAR:
                claims = [_claim_of(room, one), _claim_of(room, other)]
                spans = [_told(room, one), _told(room, other)]
                room.add("attribution", room.reading.evidence(one), claims, spans)
