"""What is denied: the passage of an article that says what a denial says is not so.

It may be the sentence or the main clause just before, an accusation of the one who denies, or the passage
that lays it to him; what is told with the charge itself is read in ``coding/charged.py``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from communique.coding.clauses import base
from communique.coding.disputing import (
    DONE,
    LONG,
    NEAR,
    Room,
    Side,
    accusing_in,
    asks,
    lemma_of,
    lemmas,
    longest,
    opposed,
    states,
    told,
    words_in,
)
from communique.coding.disputing import lists as word_lists
from communique.language.analysis import Word
from communique.reading import Claim, Event, Span

__all__ = [
    "STATING",
    "Denial",
    "accusation",
    "just_said",
    "laid_before",
    "main_clause",
    "own_clause",
]

FAR = 6  # sentences between a charge and the answer that it is false
PURSUING = ("investigate", "prosecute")
WANTING = ("must", "should", "shall", "ought")
STATING = ("assert", "believe", "other")


@dataclass(slots=True)
class Denial:
    """A denial in its sentence.

    Attributes:
        number: the sentence.
        begins: where the denial begins; what is denied stands before it.
        span: its words.
        claim: the claim that it is, where there is one.
        mine: ids of those who deny, and for whom they speak.
        content: words of what is denied.
    """

    number: int
    begins: int
    span: Span
    claim: Claim | None
    mine: set[str]
    content: list[Word]


def own_clause(room: Room, denial: Denial, verb: Word) -> Side | None:
    """Of "allegations that he hit her, which he denied": that he hit her."""
    sentence = room.sentences[denial.number]
    if verb.deprel != "acl:relcl" or verb.head < 0:
        return None
    noun = sentence.words[verb.head]
    if noun.lemma.lower() not in word_lists().laying:
        return None
    for index in sentence.children(noun.index):
        clause = sentence.words[index]
        if base(clause.deprel) in ("acl", "ccomp") and noun.index < index < verb.index:
            there = [sentence.words[i] for i in sorted(sentence.subtree(index))]
            span = _before(room, (there[0].start, there[-1].end), verb.start)
            return (None, span) if span is not None else None
    return None


def main_clause(room: Room, denial: Denial, verb: Word) -> Side | None:
    """Of "the strip is occupied land, although Spain disputes this": what stands before."""
    sentence = room.sentences[denial.number]
    first = sentence.words[min(sentence.subtree(verb.index))]
    head = sentence.words[verb.head]
    told_by = next(
        (
            c
            for c in room.reading.claims
            if c is not denial.claim and any(a <= head.start < b for a, b in c.content)
        ),
        None,
    )
    if told_by is not None and _own(told_by, denial):
        return None
    span = longest(told_by) if told_by is not None else (sentence.start, sentence.end)
    span_before = _before(room, span, first.start)
    return (told_by, span_before) if span_before is not None and _tells(room, span_before) else None


def just_said(room: Room, denial: Denial, passing: bool, only_here: bool, outright: bool) -> Side | None:
    """What "it", "this" or "a charge" points back at: the statement told last, by somebody else, in this
    sentence or else in the one before; nothing for what is told in passing ("who had denied it")."""
    lists = word_lists()
    laid = bool(lemmas(denial.content[:4]) & lists.laid)
    if passing and not only_here:
        return None
    kin = _kin(room, denial.mine)
    # Who reports the denial does not assert what is denied.
    reporting = {
        room.source(c)
        for c in room.reading.claims
        if c is not denial.claim and any(a <= denial.span[0] < b for a, b in c.content)
    }
    for number in (denial.number,) if only_here else (denial.number, denial.number - 1):
        if number < 0:
            continue
        sentence = room.sentences[number]
        end = denial.begins if number == denial.number else sentence.end
        if len(sentence.words) > LONG:
            return None
        claims = [
            c
            for c in room.reading.claims
            if c is not denial.claim
            and room.speaks(c)
            and c.act in (STATING if outright else ("assert", "believe"))
            and sentence.start <= c.cue[0][0] < end
            and (denial.claim is None or opposed(room, c, denial.claim))
            and (number == denial.number or room.source(c) not in reporting)
            and (c.act != "other" or _accuses(room, c))
            and not _own(c, denial)
            and not _wants(room, c)
            and not asks(room, c)
            and (not laid or _accuses(room, c) or _names(room, c, kin) and not _clears(room, c))
        ]
        accused = _accusations(room, sentence.start, end)
        if claims:
            last = max(claims, key=lambda c: (c.within is None, c.cue[0][0]))
            span = _before(room, longest(last), end)
            if span is not None and _tells(room, span) and (states(room, last) or accused):
                return last, span
            if number == denial.number:
                return None  # what is denied was told here, in too few words to be pointed at
        if accused:
            span = _before(room, (sentence.start, sentence.end), end)
            if span is not None:
                return _of_event(room, accused[-1]), span
        own = any(sentence.start <= s[0] < end for c in room.reading.claims for s in c.cue if _own(c, denial))
        plain = number < denial.number and outright and not reporting and not own
        if plain and accusing_in(sentence.words) and _mentioned(room, kin, sentence.start, end):
            return None, (sentence.start, sentence.end)
    return None


def accusation(
    room: Room, denial: Denial, kin: bool, near: int = NEAR, about: Collection[str] = ()
) -> Side | None:
    """The accusation nearest before a denial, against the one who denies."""
    mine = _kin(room, denial.mine) if kin else denial.mine
    ours = denial.mine | _state(room, denial.mine)
    for number in range(denial.number, max(-1, denial.number - near - 1), -1):
        sentence = room.sentences[number]
        end = denial.begins if number == denial.number else sentence.end
        for event in reversed(_accusations(room, sentence.start, end)):
            if not set(event.recipients) & mine or set(event.actors) & ours:
                continue
            if about and not set(about) & lemmas(sentence.words):
                continue
            own = _of_event(room, event)
            if own is denial.claim and own is not None:
                own = None
            if own is not None and denial.claim is not None and not opposed(room, own, denial.claim):
                continue
            if own is not None and asks(room, own):
                continue
            span = _before(room, _words_of(room, own, event), end)
            if span is not None:
                return own, span
    return None


def _accusations(room: Room, start: int, end: int) -> list[Event]:
    """Deeds told there that lay something to somebody; not every rebuke does."""
    return [
        e
        for e in room.reading.events
        if e.type == "ACCUSE" and start <= e.start < end and e.status in DONE
        if lemma_of(room, e) in PURSUING or accusing_in(room.sentences[room.number(e.start)].words)
    ]


def _of_event(room: Room, event: Event) -> Claim | None:
    """The claim that an accusation is, or the one that it stands in."""
    own = next((c for c in room.reading.claims if any(a <= event.start < b for a, b in c.cue)), None)
    return own or room.claims.get(event.claim or "")


def _words_of(room: Room, claim: Claim | None, event: Event) -> Span:
    """What an accusation says: the stretch of its claim that follows it, where that tells something; else its
    sentence."""
    if claim is not None:
        after = [s for s in claim.content if s[0] >= event.start]
        span = after[0] if after else longest(claim)
        if _tells(room, span):
            return span
    return told(room, event) if claim is None else _sentence(room, event)


def _sentence(room: Room, event: Event) -> Span:
    sentence = room.sentences[room.number(event.start)]
    return sentence.start, sentence.end


def laid_before(room: Room, denial: Denial, about: set[str]) -> Side | None:
    """The passage nearest before that lays something to the one who answers, of the words of the answer."""
    lists = word_lists()
    people = {e.id for e in room.reading.entities if e.kind == "person"}
    kin = _kin(room, denial.mine)
    mine = denial.mine | (kin & people)
    speaker = denial.claim.source.entity if denial.claim is not None else None
    allied = _kin(room, {speaker}) & (people | _state(room, kin)) if speaker is not None else set()
    names = {w.lower() for e in room.reading.entities if e.id in mine for w in e.name.split()}
    about = about - names
    for number in range(denial.number, max(-1, denial.number - FAR - 1), -1):
        sentence = room.sentences[number]
        end = denial.begins if number == denial.number else sentence.end
        words = [w for w in sentence.words if w.end <= end]
        there = lemmas(words)
        if len(sentence.words) > LONG or not mine or not accusing_in(words) or there & lists.answering:
            continue
        if about and len(about & there) < min(2, len(about)):
            continue
        if not any(
            sentence.start <= m.start < end and m.form != "pronoun"
            for e in room.reading.entities
            if e.id in mine
            for m in e.mentions
        ):
            continue
        inside = [
            c
            for c in room.reading.claims
            if c is not denial.claim and any(sentence.start <= a < end for a, _ in c.content)
        ]
        if any(c.act == "deny" or room.source(c) == room.source(denial.claim) for c in inside):
            continue
        if any(c.source.entity in allied for c in inside):
            continue
        saying = [c for c in inside if _accuses(room, c)]
        span = _before(room, longest(saying[0]) if saying else (sentence.start, sentence.end), end)
        if span is not None:
            return (saying[0] if saying else None), span
    return None


def _kin(room: Room, mine: set[str]) -> set[str]:
    """Those of the same state as one who speaks for it: a person for the state and its bodies, the state for
    those who govern it, too."""
    out = set(mine)
    public = (["GOV"], ["MIL"], ["COP"], ["LEG"])
    for one in room.reading.entities:
        if one.id not in mine or not one.country or not (one.kind == "state" or one.sectors[:1] in public):
            continue
        out |= {
            e.id
            for e in room.reading.entities
            if e.country == one.country
            and (e.kind == "state" or e.kind == "group" and not e.sectors or e.sectors[:1] in public)
            and (e.kind != "person" or one.kind != "person")
        }
    return out


def _state(room: Room, mine: set[str]) -> set[str]:
    """The state and its government, where one of them denies: they are one side."""
    bodies = [e for e in room.reading.entities if e.kind == "state" or e.sectors[:1] == ["GOV"]]
    bodies = [e for e in bodies if e.country and e.kind != "person"]
    whose = {e.country for e in bodies if e.id in mine}
    return {e.id for e in bodies if e.country in whose}


def _own(claim: Claim, denial: Denial) -> bool:
    """Is it said by one who denies?"""
    return claim.source.entity is not None and claim.source.entity in denial.mine


def _accuses(room: Room, claim: Claim) -> bool:
    """Is there a word in it that lays something to somebody?"""
    return any(accusing_in(words_in(room, s)) for s in (*claim.content, *claim.cue))


def _names(room: Room, claim: Claim, them: set[str]) -> bool:
    """Does what it says name one of them?"""
    return any(_mentioned(room, them, a, b) for a, b in claim.content)


def _mentioned(room: Room, them: set[str], start: int, end: int) -> bool:
    """Is one of them named, or meant by a pronoun, in a stretch of the text?"""
    entities = (e for e in room.reading.entities if e.id in them)
    return any(start <= m.start < end for e in entities for m in e.mentions)


def _clears(room: Room, claim: Claim) -> bool:
    """Does it say that something was not so ("found that he had not lied")?"""
    return bool(lemmas(words_in(room, longest(claim))[:8]) & {"not", "n't", "never", "no"})


def _wants(room: Room, claim: Claim) -> bool:
    """Does it say what must be, rather than what is?"""
    return any(w.xpos == "MD" and w.lemma in WANTING for w in words_in(room, longest(claim)))


def _tells(room: Room, span: Span) -> bool:
    """Is there a verb in it?"""
    return any(w.upos in ("VERB", "AUX") for w in words_in(room, span))


def _before(room: Room, span: Span, end: int) -> Span | None:
    """A span cut where the denial begins, without the comma or the "but" before it; None where nothing is
    left of it."""
    words = [w for w in words_in(room, (span[0], min(span[1], end))) if w.end <= end]
    while words and _loose(words[-1]):
        words.pop()
    return (span[0], words[-1].end) if len([w for w in words if w.upos != "PUNCT"]) >= 3 else None


def _loose(word: Word) -> bool:
    """Does it lead in what follows: a comma, "but", "even"?"""
    if word.upos == "PUNCT":
        return word.text not in "”\"'’"
    return word.upos in ("CCONJ", "DET", "SCONJ") or word.lemma == "even"
