"""The words that name something still to come: a noun phrase, a verb phrase, or a short clause."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from communique.coding.clauses import base, subject_of
from communique.language.analysis import Parsed, Word

__all__ = ["LONGEST", "naming"]

LONGEST = 12  # words
# Left out of a noun phrase or a verb phrase where they hang on its head.
BESIDE_NOUN = (
    "acl",
    "conj",
    "cc",
    "appos",
    "parataxis",
    "cop",
    "aux",
    "nsubj",
    "mark",
    "advcl",
    "det",
    "case",
    "advmod",
    "obl",
    "discourse",
)
BESIDE_VERB = (
    "conj",
    "cc",
    "parataxis",
    "advcl",
    "nsubj",
    "csubj",
    "aux",
    "mark",
    "discourse",
    "vocative",
    "dislocated",
    "expl",
    "cop",
)
NESTED = ("acl:relcl", "parataxis", "appos", "advcl", "list")
EMPTY = ("ADP", "DET", "CCONJ", "SCONJ", "PART", "PUNCT", "AUX")
QUOTES = "\"“”'‘’"
KEPT = QUOTES + "-/"
ENDING = ("end", "expire", "close", "conclude", "finish", "lapse")


def naming(
    sentence: Parsed, told: Word, time: Collection[int], lists: Mapping[str, Collection[str]]
) -> tuple[Word, list[int]] | None:
    """What names the happening: its head word and the unbroken indices; None where nothing sensible does.

    Args:
        sentence: the sentence of the time.
        told: the eventive noun, verb or adjective that the time hangs on.
        time: indices of the time's words.
        lists: the word lists of ``data/schedule.yaml``.
    """
    if told.upos in ("NOUN", "PROPN"):
        return _noun(sentence, told, time)
    subject = _subject(sentence, told)
    noun = subject is not None and subject.upos in ("NOUN", "PROPN", "ADJ")
    obj = sentence.child(told.index, "obj", "xcomp", "ccomp")
    if obj is not None and obj.lemma == "place":
        obj = None  # "take place"
    if told.lemma in lists["arranging"] and obj is not None and obj.upos in ("NOUN", "PROPN"):
        if obj.lemma.lower() in lists["nouns"]:
            return _noun(sentence, obj, time)
        if told.xpos in ("VBD", "VBN"):
            return None
    particle = sentence.child(told.index, "compound:prt")
    named_by_subject = (particle is None or particle.lemma in ("off", "up")) and (
        told.lemma in lists["containers"] or told.lemma in lists["arranging"]
    )
    if subject is not None and noun and obj is None and named_by_subject:
        return _noun(sentence, subject, time)
    run = [told.index]
    if told.upos == "VERB":
        run = _shortened(sentence, _run(sentence, told, BESIDE_VERB, time, told.index))
        if len([i for i in run if sentence.words[i].deprel != "compound:prt"]) > 1:
            if len(run) == 2 and told.lemma == "take" and subject is not None and noun:
                return told, _clause(sentence, subject, told, time, run) or run
            return told, run
    if (
        subject is not None
        and noun
        and (told.lemma not in lists["light"] or told.lemma in ENDING or particle is not None)
    ):
        clause = _clause(sentence, subject, told, time, run)
        if clause:
            return told, clause
    passive = sentence.words[told.index - 1] if told.xpos == "VBN" and told.index else None
    if passive is not None and passive.text.lower() == "be" and told.lemma not in lists["light"]:
        return told, [passive.index, told.index]  # "be released"
    if told.lemma in lists["light"] or told.upos != "VERB" or told.xpos == "VBN":
        return None
    return told, [told.index, *(i for i in run[1:] if i == told.index + 1)]


def _subject(sentence: Parsed, told: Word) -> Word | None:
    """Its own, shared, or an antecedent's: "talks that begin", "the convention scheduled for"."""
    if told.xpos == "VBN" and told.deprel == "acl" and told.head >= 0:
        return sentence.words[told.head]
    if told.xpos == "VBN" and told.deprel == "csubj":
        return sentence.child(told.head, "nsubj")  # "talks, to be held on Sunday, were in prospect"
    if told.deprel == "xcomp" and (raised := sentence.child(told.head, "obj", "iobj")) is not None:
        return raised  # "expects the reactor to fall"
    found = subject_of(sentence, told)
    relative = found is not None and found.lemma.lower() in ("that", "which", "who")
    if relative and told.deprel == "acl:relcl" and told.head >= 0:
        return sentence.words[told.head]
    return found


def _noun(sentence: Parsed, noun: Word, time: Collection[int]) -> tuple[Word, list[int]] | None:
    run = _run(sentence, noun, BESIDE_NOUN, time, 0)
    comma = next((i for i in run if i > noun.index and sentence.words[i].text == ","), len(sentence.words))
    run = _shortened(sentence, [i for i in run if i < comma])
    while run and (sentence.words[run[0]].upos in EMPTY or sentence.words[run[0]].upos == "PRON"):
        if sentence.words[run[0]].text in QUOTES and _pairs(sentence, run):
            break
        run = run[1:]
    return (noun, run) if noun.index in run else None


def _clause(sentence: Parsed, subject: Word, verb: Word, time: Collection[int], rest: list[int]) -> list[int]:
    """ "truce is due to end": from the subject's phrase to the end of the verb's, if short."""
    named = _noun(sentence, subject, time)
    if named is None or subject.index > verb.index:
        return []
    run = list(range(named[1][0], rest[-1] + 1))
    whole = len(run) <= LONGEST and not any(i in time or sentence.words[i].text == "," for i in run)
    return run if whole else []


def _run(
    sentence: Parsed, head: Word, beside: Collection[str], time: Collection[int], lowest: int
) -> list[int]:
    """The unbroken words around a head that are its phrase, the time and what leads it in left out."""
    known, stack = set(), [head.index]
    while stack:
        i = stack.pop()
        known.add(i)
        for k in sentence.children(i):
            word = sentence.words[k]
            if k in time or word.deprel in NESTED or k < lowest:
                continue
            after = k > head.index and base(word.deprel) in ("amod", "dep")
            if i == head.index and (after or base(word.deprel) in beside):
                continue
            if i == head.index and word.upos == "PUNCT" and word.text not in KEPT:
                continue
            stack.append(k)
    low = high = head.index
    while low - 1 in known:
        low -= 1
    while high + 1 in known:
        high += 1
    return list(range(low, high + 1))


def _shortened(sentence: Parsed, run: list[int]) -> list[int]:
    """At most ``LONGEST`` words, cut where a phrase begins, without function words at the end."""
    words = sentence.words
    if len(run) > LONGEST:
        cut = LONGEST
        while cut > 1 and words[run[cut]].upos not in EMPTY:
            cut -= 1
        run = run[:cut]
    while len(run) > 1:
        last = words[run[-1]]
        closing = last.text in QUOTES and _pairs(sentence, run)
        if closing or not (last.upos in EMPTY or last.upos == "ADV") or last.deprel == "compound:prt":
            break
        run = run[:-1]
    return run


def _pairs(sentence: Parsed, run: list[int]) -> bool:
    """Are there as many quotation marks as make pairs?"""
    return sum(sentence.words[i].text in QUOTES for i in run) % 2 == 0
