"""Who denies what another asserts: "the army denied it", "a charge he rejects", "has done nothing wrong".

A denial tells that somebody asserts what is denied; a dispute is shown only where the article has that other
side: the statement just before, an accusation of the one who denies, or the same words told by another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from communique.coding.clauses import base
from communique.coding.disputing import (
    DONE,
    LONG,
    NEAR,
    Room,
    Side,
    lemmas,
    longest,
    open_words,
    opposed,
    same_deed,
    same_words,
    states,
    told,
    words_in,
)
from communique.coding.disputing import lists as word_lists
from communique.language.analysis import Parsed, Word
from communique.reading import Claim, Event, Span

__all__ = ["find_denials"]

FAR = 6  # sentences between a charge and the answer that it is false
POINTING = frozenset({"it", "this", "that", "which", "everything"})
DEFINITE = frozenset(
    {"the", "that", "this", "these", "those", "such", "his", "her", "their", "its", "all", "any"}
)
# Nouns and pronouns that tell nothing of what is denied.
EMPTY = frozenset({"any", "all", "such", "anything"})
STATING = ("assert", "believe", "other")


@dataclass(slots=True)
class _Denial:
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


def find_denials(room: Room) -> None:
    """Add the denials of an article to its disputes."""
    for denial, verb in _verbs(room):
        side = _denied(room, denial, verb)
        if side is not None:
            _add(room, side, denial)
    for denial, about in _answers(room):
        side = _laid(room, denial, about)
        if side is not None:
            _add(room, side, denial)


def _add(room: Room, side: Side, denial: _Denial) -> None:
    if denial.claim is not None and any(denial.claim.id in d.claims for d in room.found):
        return
    about = room.reading.evidence((denial.content[0].start, denial.content[-1].end))
    room.add("denial", about, [side[0], denial.claim], [side[1], denial.span])


# -- verbs of denial ------------------------------------------------------------------------------


def _verbs(room: Room) -> Iterator[tuple[_Denial, Word]]:
    """The verbs of denial with who denies and what."""
    lists = word_lists()
    for number, sentence in enumerate(room.sentences):
        if len(sentence.words) > LONG:
            continue
        for verb in sentence.words:
            if verb.upos != "VERB" or verb.lemma.lower() not in lists.denying | lists.rejecting:
                continue
            children = [sentence.words[i] for i in sentence.children(verb.index)]
            if any(c.lemma.lower() in ("not", "n't", "never", "nor", "neither") for c in children):
                continue
            if any(c.deprel in ("aux:pass", "nsubj:pass", "cc:preconj") for c in children):
                continue
            if verb.xpos == "VBG" and any(base(c.deprel) in ("mark", "case") for c in children):
                continue  # "by denying that" tells how, not who denies what
            if verb.xpos == "VB" and any(c.text.lower() == "to" for c in children):
                continue  # "plans to bring witnesses to contradict her"
            what = _what(sentence, verb)
            subject = _subject(sentence, verb)
            if what is None or subject is None or subject.text.lower() in ("i", "we"):
                continue  # "I have been told to deny that": whoever speaks is another claim's source
            content = [what]
            if what.index > verb.index:
                below = (sentence.words[i] for i in sorted(sentence.subtree(what.index)) if i > verb.index)
                content = [w for w in below if w.upos != "PUNCT"]
            claim = next(
                (
                    c
                    for c in room.reading.claims
                    if any(a <= verb.start < b for a, b in c.cue) and room.speaks(c)
                ),
                None,
            )
            first = min(what.start, subject.start, verb.start)
            if verb.deprel == "acl:relcl" and verb.head >= 0:
                # "…, a charge which it denies"
                head = sentence.words[verb.head]
                if head.lemma.lower() in lists.laying:
                    first = min(first, *(sentence.words[i].start for i in sentence.subtree(head.index)))
            span = (min(subject.start, verb.start), max(content[-1].end, verb.end))
            if claim is not None and what.index > verb.index:
                span = longest(claim) if claim.act == "deny" else span
            yield (
                _Denial(number, first, span, claim, _mine(room, number, subject, claim), content),
                verb,
            )


def _what(sentence: Parsed, verb: Word) -> Word | None:
    """What is denied: the object or the clause; of "a charge that he denies" the charge."""
    children = [sentence.words[i] for i in sentence.children(verb.index)]
    for relation in ("obj", "ccomp", "xcomp"):
        found = next((c for c in children if base(c.deprel) == relation), None)
        if found is not None:
            return found
    if verb.deprel == "acl:relcl" and verb.head >= 0:
        return sentence.words[verb.head]
    return None


def _subject(sentence: Parsed, verb: Word) -> Word | None:
    """Who denies, also where the verb is the second of two or its subject is "who"."""
    at = verb
    for _ in range(3):
        found = sentence.child(at.index, "nsubj")
        if found is not None:
            if found.lemma.lower() in ("who", "which", "that") and at.deprel == "acl:relcl" and at.head >= 0:
                return sentence.words[at.head]
            return found
        if base(at.deprel) not in ("conj", "xcomp", "advcl") or at.head < 0:
            return None
        at = sentence.words[at.head]
    return None


def _mine(room: Room, number: int, subject: Word, claim: Claim | None) -> set[str]:
    """Who denies and for whom: all named in the subject's phrase; of a government, its state's."""
    sentence = room.sentences[number]
    inside = [sentence.words[i] for i in sentence.subtree(subject.index)]
    spans = [
        (w.start, w.end) for w in inside if w.index <= subject.index or base(w.deprel) in ("appos", "conj")
    ]
    if claim is not None:
        spans += claim.source.spans
    out = {
        e.id
        for e in room.reading.entities
        if any(m.start < b and m.end > a for m in e.mentions for a, b in spans)
    }
    return out | ({claim.source.entity} if claim is not None and claim.source.entity else set())


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
            and (e.kind in ("state", "group") or e.sectors[:1] in public)
            and (e.kind != "person" or one.kind != "person")
        }
    return out


def _denied(room: Room, denial: _Denial, verb: Word) -> Side | None:
    lists = word_lists()
    top = denial.content[0] if len(denial.content) == 1 else _top(denial.content)
    lemma = top.lemma.lower()
    outright = verb.lemma.lower() in lists.denying
    before = top.index < verb.index
    if top.text.lower() in POINTING or (before and lemma in lists.laying):
        if not outright and lemma not in lists.laying and not _called(room, denial, verb):
            return None
        return _own_clause(room, denial, verb) or _just_said(room, denial, verb, before, outright)
    if lemma in lists.charges:
        clause = _told_by(room, denial, top)
        if clause is not None:
            return clause
        definite = denial.content[0].text.lower() in DEFINITE or len(denial.content) == 1
        about = open_words(denial.content) - lists.charges - lists.wrongs - EMPTY
        about = about if len(denial.content) > 3 and "as" not in {w.lemma for w in denial.content} else set()
        found = _accusation(room, denial, kin=True, about=about)
        if found is None and definite and len(denial.content) <= 8 and lemma in lists.laying:
            found = _just_said(room, denial, verb, False, outright)
        return found or (_laid(room, denial, about) if lemma in lists.laying else None)
    if outright and lemma in lists.wrongs and len(denial.content) <= 6:
        return _accusation(room, denial, kin=False) or _laid(room, denial, set())
    if not outright or top.upos not in ("VERB", "AUX", "ADJ"):
        return None
    found = same_deed(room, denial.claim, denial.number) if denial.claim else None
    if found is None and denial.claim is not None:
        found = same_words(room, denial.claim, denial.number, top, open_words(denial.content))
    # Just before, an accusation is what is denied; farther off it must have a word of it.
    found = found or _accusation(room, denial, kin=True, near=1)
    return found or _accusation(room, denial, kin=True, about=open_words(denial.content))


def _called(room: Room, denial: _Denial, verb: Word) -> bool:
    """ "dismissed it as nonsense"?"""
    sentence = room.sentences[denial.number]
    return any(w.lemma.lower() == "as" for w in sentence.words[verb.index : verb.index + 4])


def _top(words: Sequence[Word]) -> Word:
    inside = {w.index for w in words}
    return next((w for w in words if w.head not in inside), words[0])


def _told_by(room: Room, denial: _Denial, noun: Word) -> Side | None:
    """What a charge says, where it is told whose it is: "accusations by two ministers that he lied"."""
    sentence = room.sentences[denial.number]
    inside = [sentence.words[i] for i in sentence.children(noun.index)]
    whose = next((w for w in inside if w.deprel == "nmod:poss" and w.upos != "PRON"), None)
    if whose is None:
        whose = next(
            (
                w
                for w in inside
                if base(w.deprel) in ("nmod", "obl") and (case := sentence.child(w.index, "case")) is not None
                if case.lemma.lower() in ("by", "from")
            ),
            None,
        )
    clause = next((w for w in inside if base(w.deprel) in ("acl", "ccomp") and w.index > noun.index), None)
    if whose is None or clause is None or clause.xpos == "VB":
        return None  # "suggestions that he travel" are wishes
    there = [sentence.words[i] for i in sorted(sentence.subtree(clause.index))]
    span = (there[0].start, there[-1].end)
    inner = next(
        (
            c
            for c in room.reading.claims
            if any(a < span[1] and b > span[0] for a, b in c.content) and c is not denial.claim
        ),
        None,
    )
    return inner, span


def _own_clause(room: Room, denial: _Denial, verb: Word) -> Side | None:
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


def _just_said(room: Room, denial: _Denial, verb: Word, only_here: bool, outright: bool) -> Side | None:
    """What "it", "this" or "a charge" points back at: the statement told last, by somebody else, in this
    sentence or else in the one before; nothing for what is told in passing ("who had denied it")."""
    lists = word_lists()
    if verb.deprel == "acl:relcl" and not only_here:
        return None
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
        ]
        accused = _accusations(room, sentence.start, end)
        if claims:
            last = max(claims, key=lambda c: (c.within is None, c.cue[0][0]))
            span = _before(room, longest(last), end)
            if span is not None and _tells(room, span) and (states(room, last) or accused):
                return last, span
        if accused:
            span = _before(room, (sentence.start, sentence.end), end)
            if span is not None:
                return _of_event(room, accused[-1]), span
        if number < denial.number and outright and not reporting and lemmas(sentence.words) & lists.accusing:
            return None, (sentence.start, sentence.end)
    return None


def _accuses(room: Room, claim: Claim) -> bool:
    """Is there a word in it that lays something to somebody?"""
    return any(lemmas(words_in(room, s)) & word_lists().accusing for s in (*claim.content, *claim.cue))


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


def _accusations(room: Room, start: int, end: int) -> list[Event]:
    return [
        e for e in room.reading.events if e.type == "ACCUSE" and start <= e.start < end and e.status in DONE
    ]


def _of_event(room: Room, event: Event) -> Claim | None:
    """The claim that an accusation is, or the one that it stands in."""
    own = next((c for c in room.reading.claims if any(a <= event.start < b for a, b in c.cue)), None)
    return own or room.claims.get(event.claim or "")


def _accusation(
    room: Room, denial: _Denial, kin: bool, near: int = NEAR, about: Collection[str] = ()
) -> Side | None:
    """The accusation nearest before a denial, against the one who denies."""
    mine = _kin(room, denial.mine) if kin else denial.mine
    for number in range(denial.number, max(-1, denial.number - near - 1), -1):
        sentence = room.sentences[number]
        end = denial.begins if number == denial.number else sentence.end
        for event in reversed(_accusations(room, sentence.start, end)):
            if not set(event.recipients) & mine or set(event.actors) & denial.mine:
                continue
            if about and not set(about) & lemmas(sentence.words):
                continue
            own = _of_event(room, event)
            if own is denial.claim and own is not None:
                own = None
            if own is not None and denial.claim is not None and not opposed(room, own, denial.claim):
                continue
            span = _before(room, _words_of(room, own, event), end)
            if span is not None:
                return own, span
    return None


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


# -- answers to a charge ---------------------------------------------------------------------------


def _answers(room: Room) -> Iterator[tuple[_Denial, set[str]]]:
    """Statements that a charge is false or that nothing of it was done, with the words that say of which;
    none where it is the charge as a whole."""
    lists = word_lists()
    for claim in room.reading.claims:
        if not claim.content or not claim.cue or not room.speaks(claim) or claim.act not in STATING:
            continue
        number = room.number(claim.content[0][0])
        if len(room.sentences[number].words) > LONG:
            continue
        for span in claim.content:
            words = words_in(room, span)
            text = f" {' '.join(w.text.lower() for w in words)} "
            about = open_words(words) - lists.charges - lists.wrongs - lists.untrue - EMPTY
            untrue = [i for i, w in enumerate(words) if w.lemma.lower() in lists.untrue]
            laid = [i for i, w in enumerate(words) if w.lemma.lower() in lists.laying]
            called = any(abs(i - k) <= 2 for i in untrue for k in laid)
            if called or any(f" {phrase} " in text for phrase in lists.nothing):
                about = set()
            elif not any(k < i and words[i].upos == "ADJ" and i - k <= 8 for i in untrue for k in laid):
                continue
            mine = {claim.source.entity} if claim.source.entity else set()
            mine |= {
                e.id
                for e in room.reading.entities
                if any(m.start < b and m.end > a for m in e.mentions for a, b in claim.source.spans)
            }
            begins = min(span[0], claim.cue[0][0], *(s[0] for s in claim.source.spans))
            yield _Denial(number, begins, span, claim, mine, words), about
            break


def _laid(room: Room, denial: _Denial, about: set[str]) -> Side | None:
    """The passage nearest before that lays something to the one who answers, of the words of the answer."""
    lists = word_lists()
    people = {e.id for e in room.reading.entities if e.kind == "person"}
    mine = denial.mine | (_kin(room, denial.mine) & people)
    names = {w.lower() for e in room.reading.entities if e.id in mine for w in e.name.split()}
    about = about - names
    for number in range(denial.number, max(-1, denial.number - FAR - 1), -1):
        sentence = room.sentences[number]
        end = denial.begins if number == denial.number else sentence.end
        words = [w for w in sentence.words if w.end <= end]
        there = lemmas(words)
        if len(sentence.words) > LONG or not mine or not there & lists.accusing or there & lists.answering:
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
        saying = [c for c in inside if _accuses(room, c)]
        span = _before(room, longest(saying[0]) if saying else (sentence.start, sentence.end), end)
        if span is not None:
            return (saying[0] if saying else None), span
    return None
