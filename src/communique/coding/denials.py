"""Who denies what another asserts: "the army denied it", "a charge he rejects", "has done nothing wrong".

A denial tells that somebody asserts what is denied; a dispute is shown only where the article has that other
side: the statement just before, an accusation of the one who denies, or the same words told by another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from communique.coding.charged import clause_of, denier_of, told_there
from communique.coding.charges import (
    STATING,
    Denial,
    accusation,
    just_said,
    laid_before,
    main_clause,
    own_clause,
)
from communique.coding.clauses import base
from communique.coding.disputing import (
    LONG,
    Room,
    Side,
    accusing_in,
    lemmas,
    longest,
    open_words,
    same_deed,
    same_words,
    words_in,
    words_of_deed,
)
from communique.coding.disputing import lists as word_lists
from communique.language.analysis import Parsed, Word
from communique.reading import Claim, Span

__all__ = ["find_denials"]

POINTING = frozenset({"it", "this", "that", "which", "everything"})
DEFINITE = frozenset(
    {"the", "that", "this", "these", "those", "such", "his", "her", "their", "its", "all", "any"}
)
SUPPOSING = ("if", "whether", "unless")
# Nouns and pronouns that tell nothing of what is denied.
EMPTY = frozenset({"any", "all", "such", "anything"})
DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})


def find_denials(room: Room) -> None:
    """Add the denials of an article to its disputes."""
    for denial, verb in _verbs(room):
        side = _denied(room, denial, verb)
        if side is not None:
            _add(room, side, denial)
    for denial, about in _answers(room):
        side = laid_before(room, denial, about)
        if side is None and not about and lemmas(denial.content[:4]) & word_lists().laid:
            side = just_said(room, denial, passing=False, only_here=False, outright=True)
        if side is not None:
            _add(room, side, denial)


def _add(room: Room, side: Side, denial: Denial) -> None:
    if denial.claim is not None and any(denial.claim.id in d.claims for d in room.found):
        return
    if len(open_words(words_in(room, side[1])) - DAYS) < 2:
        return  # "after being charged Thursday"
    about = room.reading.evidence((denial.content[0].start, denial.content[-1].end))
    room.add("denial", about, [side[0], denial.claim], [side[1], denial.span])


def _verbs(room: Room) -> Iterator[tuple[Denial, Word]]:
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
            if any(base(c.deprel) == "mark" and c.lemma.lower() in SUPPOSING for c in children):
                continue  # "if he denies this"
            what = _what(sentence, verb)
            subject = denier_of(sentence, verb)
            if what is None or subject is None or subject.text.lower() in ("i", "we"):
                continue  # "I have been told to deny that": whoever speaks is another claim's source
            if subject.lemma.lower() in lists.faceless and len(sentence.subtree(subject.index)) == 1:
                continue  # "others deny it": against whom cannot be told
            if subject.lemma.lower() in lists.courts:
                continue  # a court that dismisses a charge decides, it does not answer
            if what.text.lower() == "it" and verb.lemma == "dispute":
                continue  # a matter is disputed, "the union disputed it in court"
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
            if claim is not None and not _speaks_it(sentence, subject, claim):
                claim = None
            begins = _begins(sentence, subject)
            first = min(what.start, begins, verb.start)
            if verb.deprel == "acl:relcl" and verb.head >= 0:
                # "…, a charge which it denies"
                head = sentence.words[verb.head]
                if head.lemma.lower() in lists.laying:
                    first = min(first, *(sentence.words[i].start for i in sentence.subtree(head.index)))
            span = (min(begins, verb.start), max(content[-1].end, verb.end))
            if claim is not None and what.index > verb.index:
                said = longest(claim)
                span = said if claim.act == "deny" and room.number(said[0]) == number else span
            yield (
                Denial(number, first, span, claim, _mine(room, number, subject, claim), content),
                verb,
            )


def _begins(sentence: Parsed, subject: Word) -> int:
    """Where the phrase of a subject begins: "their" of "their parents"."""
    return sentence.words[min(subject.index, *sentence.subtree(subject.index))].start


def _speaks_it(sentence: Parsed, subject: Word, claim: Claim) -> bool:
    """Is the claim's source the verb's subject, not that of another verb joined to it?"""
    phrase = [sentence.words[i] for i in sentence.subtree(subject.index)]
    return any(a < w.end and b > w.start for w in phrase for a, b in claim.source.spans)


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


def _denied(room: Room, denial: Denial, verb: Word) -> Side | None:
    lists = word_lists()
    top = denial.content[0] if len(denial.content) == 1 else _top(denial.content)
    lemma = top.lemma.lower()
    outright = verb.lemma.lower() in lists.denying
    before = top.index < verb.index
    passing = _in_passing(room.sentences[denial.number], verb)
    if top.text.lower() in POINTING or (before and lemma in lists.laying):
        if not outright and lemma not in lists.laying and not _called(room, denial, verb):
            return None
        if not before and base(verb.deprel) == "advcl" and verb.head < verb.index:
            return main_clause(room, denial, verb)
        return own_clause(room, denial, verb) or just_said(room, denial, passing, before, outright)
    if lemma in lists.charges:
        clause = clause_of(room.sentences[denial.number], top)
        if clause is not None:
            return told_there(room, denial, verb, top, clause)
        definite = denial.content[0].text.lower() in DEFINITE or len(denial.content) == 1
        if lemma == "suggestion" and not outright and denial.content[0].lemma.lower() not in ("that", "this"):
            return None  # what is rejected may be a wish
        about = open_words(denial.content) - lists.charges - lists.wrongs - EMPTY
        about = about if len(denial.content) > 3 and "as" not in {w.lemma for w in denial.content} else set()
        found = accusation(room, denial, kin=True, about=about)
        if found is None and definite and len(denial.content) <= 8 and lemma in lists.laying:
            found = just_said(room, denial, passing, False, outright)
        return found or (laid_before(room, denial, about) if lemma in lists.laying else None)
    if outright and lemma in lists.wrongs and len(denial.content) <= 6:
        about = open_words(denial.content) - lists.wrongs - EMPTY
        return accusation(room, denial, kin=False, about=about) or laid_before(room, denial, about)
    if not outright or top.upos not in ("VERB", "AUX", "ADJ"):
        return None
    found = same_deed(room, denial.claim, denial.number, top) if denial.claim else None
    if found is None and denial.claim is not None:
        found = same_words(room, denial.claim, denial.number, top, open_words(denial.content))
    # Just before, an accusation is what is denied; farther off it must have a word of it.
    found = found or accusation(room, denial, kin=True, near=1)
    return found or accusation(room, denial, kin=True, about=words_of_deed(room, top))


def _called(room: Room, denial: Denial, verb: Word) -> bool:
    """ "dismissed it as nonsense"?"""
    after = room.sentences[denial.number].words[verb.index : verb.index + 5]
    return any(a.text.lower() == "as" and b.text.lower() != "well" for a, b in pairwise(after))


def _top(words: Sequence[Word]) -> Word:
    inside = {w.index for w in words}
    return next((w for w in words if w.head not in inside), words[0])


def _in_passing(sentence: Parsed, verb: Word) -> bool:
    """ "Who backs him, but has dismissed it"?"""
    at = verb
    while base(at.deprel) == "conj" and at.head >= 0:
        at = sentence.words[at.head]
    return at.deprel == "acl:relcl"


def _answers(room: Room) -> Iterator[tuple[Denial, set[str]]]:
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
            if lemmas(words) & set(SUPPOSING) or any(_blaming(room, s) for s in claim.cue):
                continue
            untrue = [w for w in words if w.lemma.lower() in lists.untrue]
            laid = [w for w in words if w.lemma.lower() in lists.laying]
            called = [abs(i.index - k.index) for i in untrue for k in laid if _said_of(room, i, k)]
            if min(called, default=99) <= 2 or any(f" {phrase} " in text for phrase in lists.nothing):
                about = set()
            elif not called:
                continue
            mine = {claim.source.entity} if claim.source.entity else set()
            mine |= {
                e.id
                for e in room.reading.entities
                if any(m.start < b and m.end > a for m in e.mentions for a, b in claim.source.spans)
            }
            begins = min(span[0], claim.cue[0][0], *(s[0] for s in claim.source.spans))
            yield Denial(number, begins, span, claim, mine, words), about
            break


def _blaming(room: Room, span: Span) -> bool:
    """Is it the cue of one who himself accuses ("accused them of spreading false reports")?"""
    return accusing_in(words_in(room, span))


def _said_of(room: Room, untrue: Word, noun: Word) -> bool:
    """ "The charge is false", "called the claims a lie", "these false charges"; not "with false papers"."""
    sentence = room.sentences[room.number(noun.start)]
    if room.number(untrue.start) != room.number(noun.start):
        return False
    if base(noun.deprel) in ("nsubj", "csubj"):
        return noun.head == untrue.index or untrue.index in sentence.subtree(noun.head)
    if untrue.head == noun.index and base(untrue.deprel) == "amod":
        own = (sentence.words[i] for i in sentence.children(noun.index))
        return any(w.lemma.lower() in ("this", "such", "all") or w.text.lower() == "these" for w in own)
    # "called the charges baseless": both hang on one verb, or the one on the other.
    return noun.index < untrue.index and untrue.head in (noun.head, noun.index)
