"""Disputes inside an article: two statements that cannot both hold.

Four kinds: one denies what the other asserts; a thing happened, and did not; different numbers of the same
thing; who did it. A dispute that is shown must be one, so each kind asks for two different sources (or a
source and the article itself) and for the same happening, by its type and parties or by its words.
"""

from __future__ import annotations

from communique.coding.counts import counts_in, happening
from communique.coding.denials import find_denials
from communique.coding.disputing import DONE, NEAR, Room, claim_of, lemma_of, lists, opposed, told
from communique.reading import Event, Reading, Span

__all__ = ["Disputes"]

NEXT = 2  # sentences between two counts of one thing
STEM = 5  # letters that "abduction" and "abducted" share


class Disputes:
    """Finds the disputes of an article."""

    reads = frozenset({"sentences", "entities", "claims", "events"})
    writes = frozenset({"disputes"})

    def prepare(self) -> None:
        """Load the word lists."""
        lists()

    def __call__(self, reading: Reading) -> Reading:
        """Fill ``reading.disputes``, in text order."""
        assert reading.analysis is not None
        claims = {c.id: c for c in reading.claims}
        room = Room(reading, reading.analysis.sentences, claims, counts_in(reading))
        _done_and_not(room)
        _never_done(room)
        find_denials(room)
        _counted_differently(room)
        _who_did_it(room)
        room.found.sort(key=lambda d: (min(d.spans), max(d.spans)))
        for i, dispute in enumerate(room.found, start=1):
            dispute.id = f"d{i}"
        reading.disputes = room.found
        return reading


def _done_and_not(room: Room) -> None:
    """The same deed told as done by one, as not done by another."""
    events = room.reading.events
    for no in events:
        if no.status != "negated" or _wished_away(room, no):
            continue
        for yes in events:
            if yes.status not in DONE or yes.type != no.type or yes.historical != no.historical:
                continue
            if not set(yes.actors) & set(no.actors) or (yes.time and no.time and yes.time != no.time):
                continue
            if yes.recipients and no.recipients and not set(yes.recipients) & set(no.recipients):
                continue
            if lemma_of(room, yes) != lemma_of(room, no) or not _said_not_done(room, no):
                continue
            # Who has done it must be named where it is told that it was done.
            if not _named_in(room, set(yes.actors) & set(no.actors), told(room, yes)):
                continue
            claims = (claim_of(room, yes), claim_of(room, no))
            if not opposed(room, *claims) or yes.type == "RETREAT":
                continue
            if abs(room.number(yes.start) - room.number(no.start)) > NEAR:
                continue
            if any(c is not None and not room.speaks(c) for c in claims):
                continue
            kind = "denial" if claims[1] is not None and claims[1].act == "deny" else "status"
            about = room.reading.evidence(yes)
            room.add(kind, about, [*claims], [told(room, yes), told(room, no)])


def _said_not_done(room: Room, event: Event) -> bool:
    """ "Did not bomb", "never bombed", "denied an attack": no aim ("agreed not to"), nor a noun of which
    something else is said ("the probe took too long")."""
    claim = claim_of(room, event)
    if claim is not None and claim.act == "deny":
        return True
    sentence = room.sentences[room.number(event.start)]
    word = next((w for w in sentence.words if w.start == event.start), None)
    if word is None or word.upos != "VERB":
        return False
    return not any(sentence.words[i].xpos == "TO" for i in sentence.children(word.index))


def _named_in(room: Room, who: set[str], span: Span) -> bool:
    """Is one of them named within a span?"""
    entities = (e for e in room.reading.entities if e.id in who)
    return any(span[0] <= m.start < span[1] for e in entities for m in e.mentions)


def _never_done(room: Room) -> None:
    """Who is said to have done it says that it was never done ("nobody was shot"), against those whom
    another counts, or against the deed as another tells it."""
    counts = [c for c in room.counts if c.claim is not None]
    for no in room.reading.events:
        claim = claim_of(room, no)
        if (
            no.status != "negated"
            or claim is None
            or not room.speaks(claim)
            or claim.act not in ("assert", "deny")
        ):
            continue
        if claim.source.entity not in no.actors or _wished_away(room, no) or not _said_not_done(room, no):
            continue
        at, name = room.number(no.start), happening(lemma_of(room, no))
        near = [
            c
            for c in counts
            if name in c.things and abs(at - c.sentence) <= 2 * NEAR and opposed(room, c.claim, claim)
            if c.claim is not None and room.speaks(c.claim)
        ]
        if near:
            one = min(near, key=lambda c: (abs(at - c.sentence), c.span))
            mine = [c for c in counts if c.sentence == at and c.claim is claim and name in c.things]
            span = mine[-1].span if mine else told(room, no)
            room.add("number", room.reading.evidence(one.span), [one.claim, claim], [one.span, span])
            continue
        done = [
            yes
            for yes in room.reading.events
            if yes.status in DONE
            and (yes.type, yes.mode) == (no.type, no.mode)
            and yes.mode is not None
            and lemma_of(room, yes)[:STEM] == lemma_of(room, no)[:STEM]
            and set(yes.actors) & set(no.actors)
            and abs(room.number(yes.start) - at) <= 2 * NEAR
            and opposed(room, claim_of(room, yes), claim)
        ]
        if done:
            yes = min(done, key=lambda e: (abs(room.number(e.start) - at), e.start))
            spans = [told(room, yes), told(room, no)]
            room.add("status", room.reading.evidence(yes), [claim_of(room, yes), claim], spans)


def _wished_away(room: Room, event: Event) -> bool:
    """ "we cannot risk killing", "to avoid killing": no word on whether it was done."""
    sentence = room.sentences[room.number(event.start)]
    word = next((w for w in sentence.words if w.start == event.start), None)
    if word is None:
        return False
    above = [word, *sentence.ancestors(word.index)][:3]
    modal = any(sentence.words[i].xpos == "MD" for w in above for i in sentence.children(w.index))
    return modal or any(w.lemma.lower() in lists().avoiding for w in above)


def _counted_differently(room: Room) -> None:
    """Two numbers of one thing, by two sources, close to each other or set against each other."""
    for k, one in enumerate(room.counts):
        for other in room.counts[k + 1 :]:
            if one.value == other.value or not one.things & other.things or one.noun != other.noun:
                continue
            if other.sentence - one.sentence > NEXT or one.claim is None or other.claim is None:
                continue
            if not opposed(room, one.claim, other.claim):
                continue
            if not room.speaks(one.claim) or not room.speaks(other.claim):
                continue
            if _dates(room, one.sentence) and _dates(room, other.sentence) - _dates(room, one.sentence):
                continue
            if not _contrasted(room, one.span[0], other.span[0]):
                continue
            about = sorted(one.things & other.things)[0]
            room.add("number", about, [one.claim, other.claim], [one.span, other.span])


def _dates(room: Room, number: int) -> set[str]:
    """The days, months and years of a sentence: where those of two differ, two things may be counted."""
    sentence = room.sentences[number]
    times = (t for t in room.reading.times if t.type == "date" and t.value)
    return {str(t.value) for t in times if sentence.start <= t.start < sentence.end}


def _contrasted(room: Room, low: int, high: int) -> bool:
    """Do the words between two places, or before the second in its sentence, set them against each other?"""
    last = room.sentences[room.number(high)]
    between = [
        w.lemma.lower()
        for s in room.sentences[room.number(low) : room.number(high) + 1]
        for w in s.words
        if low < w.start < high or (s is last and w.start < high)
    ]
    return bool(set(between) & lists().contrast)


def _who_did_it(room: Room) -> None:
    """Two who blame each other."""
    blames = [
        e
        for e in room.reading.events
        if e.status in DONE and e.type == "ACCUSE" and lemma_of(room, e) == "blame"
    ]
    for k, one in enumerate(blames):
        for other in blames[k + 1 :]:
            crossed = set(one.actors) & set(other.recipients) and set(one.recipients) & set(other.actors)
            if crossed and abs(room.number(one.start) - room.number(other.start)) <= NEAR:
                claims = [claim_of(room, one), claim_of(room, other)]
                spans = [told(room, one), told(room, other)]
                room.add("attribution", room.reading.evidence(one), claims, spans)
