"""A denial's own sentence: who denies, and what a charge says where it is told with it ("denied reports that
two ships collided").
"""

from __future__ import annotations

from communique.coding.charges import Denial
from communique.coding.clauses import base
from communique.coding.cues import report_cues
from communique.coding.disputing import Room, Side, lemmas
from communique.coding.disputing import lists as word_lists
from communique.language.analysis import Parsed, Word

__all__ = ["clause_of", "denier_of", "told_there"]

REACH = 14  # words between a charge and what it says


def denier_of(sentence: Parsed, verb: Word) -> Word | None:
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


def clause_of(sentence: Parsed, noun: Word) -> Word | None:
    """The verb of what a charge says: "claims *that he lied*", "allegations of *stealing* ships"."""
    for index in sentence.children(noun.index):
        clause = sentence.words[index]
        if index < noun.index or base(clause.deprel) not in ("acl", "ccomp") or clause.deprel == "acl:relcl":
            continue
        below = [sentence.words[i] for i in sentence.children(index)]
        if clause.xpos == "VBN" and not any(base(w.deprel) in ("aux", "mark", "nsubj") for w in below):
            continue  # "claims made by his aide"
        if any(w.lemma == "as" and base(w.deprel) in ("mark", "case") for w in below):
            continue  # "rejected the claims as invented"
        if sentence.words[min(sentence.subtree(index))].text == ",":
            continue  # "rejected the claims, saying …"
        return clause
    for word in sentence.words[noun.index + 1 : noun.index + REACH]:
        if word.lemma == "that" and word.deprel == "mark" and word.head > word.index:
            return sentence.words[word.head]  # "accusations by the league (DPL) that …", hung elsewhere
        if word.upos in ("VERB", "AUX") or word.text in (",", ";", ":"):
            break
    return None


def told_there(room: Room, denial: Denial, verb: Word, noun: Word, clause: Word) -> Side | None:
    """What a charge says, where it is told with it: "denied reports that he lied". The denial then ends where
    that begins. Nothing for wishes ("suggestions that he travel"), nor for what nobody need have said."""
    sentence = room.sentences[denial.number]
    below = [sentence.words[i] for i in sentence.children(clause.index)]
    plain = clause.xpos in ("VB", "VBP") and not any(base(w.deprel) in ("aux", "cop") for w in below)
    wished = plain and any(base(w.deprel) == "nsubj" and w.xpos not in ("NNS", "NNPS", "PRP") for w in below)
    bare = any(w.deprel in ("aux:pass", "cop", "aux") and w.text.lower() == "be" for w in below)
    modal = any(w.xpos == "MD" for w in below)
    if wished or clause.xpos == "VB" and not modal or bare and not modal:
        return None
    lists = word_lists()
    if verb.lemma.lower() in lists.rejecting and lemmas((clause, *below)) & lists.possible:
        return None  # "dismissed reports that she may run": what nobody knows yet is no fact that is denied
    own = [sentence.words[i] for i in sentence.children(noun.index)]
    if any(w.lemma.lower() in ("any", "no") for w in own) or noun.lemma.lower() not in lists.laying:
        return None
    after = max(noun.index, verb.index)
    there = _without_answer(sentence, verb, clause, after)
    span = (there[0].start, there[-1].end)
    subject = sentence.child(verb.index, "nsubj")
    if subject is None and base(verb.deprel) == "advcl":
        subject = denier_of(sentence, verb)  # "a film shows his hands, contradicting the claim that …"
    phrase = [verb.index, *(sentence.subtree(subject.index) if subject is not None else [])]
    if noun.index > verb.index:
        denial.span = (sentence.words[min(phrase)].start, noun.end)
    others = [c for c in room.reading.claims if c is not denial.claim]
    said = next((c for c in others if any(a <= noun.start < b for a, b in c.cue)), None)
    tells = (c for c in others if any(a <= clause.start < b and span[0] <= a for a, b in c.content))
    return said or next(tells, None), span


def _without_answer(sentence: Parsed, verb: Word, clause: Word, after: int) -> list[Word]:
    """The words of what a charge says after a place, up to what the one who denies says of it, where that was
    hung there: "…, saying that he never went", "dismissed reports that he left as rumours"."""
    rejecting = verb.lemma.lower() in word_lists().rejecting
    idle = word_lists().untrue | word_lists().laying
    end = len(sentence.words)
    for index in sentence.children(clause.index):
        word = sentence.words[index]
        first = min(sentence.subtree(index))
        cue = report_cues().verbs.get(word.lemma) if base(word.deprel) == "advcl" else None
        first -= sentence.words[first - 1].text == ","
        saying = cue is not None and word.xpos == "VBG" and sentence.words[first].text == ","
        below = lemmas(sentence.words[i] for i in sentence.subtree(index))
        called = rejecting and sentence.words[first].text == "as" and bool(below & idle)
        if index > clause.index and (saying or called):
            end = min(end, first)
    return [sentence.words[i] for i in sorted(sentence.subtree(clause.index)) if after < i < end]
