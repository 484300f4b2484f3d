"""Pronouns that can mean only one person: precision first."""

from __future__ import annotations

from communique.coding.naming import Register
from communique.coding.people import Draft
from communique.language.analysis import Parsed, Word

__all__ = ["add_pronouns"]

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})


def add_pronouns(register: Register) -> None:
    """Add to persons the pronouns that plainly refer to them."""
    sentences = register.analysis.sentences
    for number, sentence in enumerate(sentences):
        previous = sentences[number - 1] if number else None
        for word in sentence.words:
            low = word.text.lower()
            if low not in _HE and low not in _SHE:
                continue
            draft = _meant(register, sentence, previous, word, low in _SHE)
            if draft is not None:
                draft.add(word.start, word.end, "pronoun")
                draft.female = low in _SHE


def _meant(
    register: Register, sentence: Parsed, previous: Parsed | None, word: Word, female: bool
) -> Draft | None:
    """The person meant, if there is but one who fits.

    Those of the sentence up to the pronoun and of the one before are asked; among several of them, the
    subject of the sentence before is meant by a subject.
    """
    fits = [d for d in register.people.drafts if d.female in (None, female)]
    named = _within(fits, sentence.start, word.start)
    here = [d for d in named if not _only_aside(sentence, word, d)]
    if named and not here:
        # "Citing the treaty, which Kim opposed, he …": not Kim, but the subject of the sentence before.
        fits = [d for d in fits if not any(d is n for n in named)] if word.deprel == "nsubj" else []
    if len(here) == 1 and not _object_of_same(sentence, word, here[0]):
        return here[0]
    if here or previous is None:
        return None
    there = _within(fits, previous.start, previous.end)
    if len(there) == 1:
        return there[0]
    if there and word.deprel.split(":")[0] == "nsubj":
        subjects = [d for d in there if any(_is_subject(previous, m.start, m.end) for m in d.mentions)]
        if len(subjects) == 1:
            return subjects[0]
    return None


def _only_aside(sentence: Parsed, word: Word, draft: Draft) -> bool:
    """Is the person named only in a relative clause, and the pronoun the subject of what is outside it?"""
    if word.deprel != "nsubj":
        return False
    clauses: set[int] = set()
    for mention in draft.mentions:
        if sentence.start <= mention.start and mention.end <= word.start:
            at = next(w.index for w in sentence.words if w.end >= mention.end)
            relative = _relative(sentence, at)
            if relative is None:
                return False
            clauses.add(relative)
    return bool(clauses) and not any(word.index in set(sentence.subtree(clause)) for clause in clauses)


def _relative(sentence: Parsed, at: int) -> int | None:
    """The head of the relative clause that a word is in, or None."""
    for _ in range(len(sentence.words)):
        word = sentence.words[at]
        if word.deprel == "acl:relcl":
            return at
        if word.head < 0:
            return None
        at = word.head
    return None


def _within(drafts: list[Draft], start: int, end: int) -> list[Draft]:
    return [d for d in drafts if any(start <= m.start and m.end <= end for m in d.mentions)]


def _is_subject(sentence: Parsed, start: int, end: int) -> bool:
    """Is that mention the subject of the sentence's main clause?"""
    for word in sentence.words:
        if start <= word.start and word.end <= end and word.deprel.split(":")[0] == "nsubj":
            return word.head >= 0 and sentence.words[word.head].head < 0
    return False


def _object_of_same(sentence: Parsed, word: Word, draft: Draft) -> bool:
    """Is the person the subject of the verb whose object the pronoun is ("Kim met him")?"""
    if (
        word.head < 0
        or word.deprel.split(":")[0] not in ("obj", "iobj", "obl")
        or word.text.lower().endswith("self")
    ):
        return False
    subject = sentence.child(word.head, "nsubj")
    if subject is None:
        return False
    return any(m.start <= subject.start and subject.end <= m.end for m in draft.mentions)
