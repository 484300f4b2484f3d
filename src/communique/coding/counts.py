"""How many were killed, hurt, arrested: numbers of those to whom something happened, and who says so.

For disputes: only plain counts of whole groups; a number that is rough, or a part of another, is left out.
The words are in ``data/disputes.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from communique.coding.clauses import base
from communique.coding.lexicons import DATA, load_yaml
from communique.coding.numbers import number_tables, value_of
from communique.language.analysis import Parsed, Word
from communique.reading import Claim, Reading, Span

__all__ = ["Counted", "counts_in", "happening"]

TOLD = ("assert", "deny", "believe")
COUNTING = ("nummod", "nsubj", "obj", "obl", "root", "nmod")
# Who is counted, where the noun says no more than that they are people.
GENERIC = frozenset({"people", "person", "victim"})


@dataclass(slots=True)
class Counted:
    """A number of something, said by somebody (or the article, ``claim`` None).

    Attributes:
        sentence: its number.
        span: the number with its noun.
        things: what happened to those counted, by the names of ``data/disputes.yaml``.
        noun: lemma of who is counted, '' where they are just people.
    """

    sentence: int
    span: Span
    value: float
    things: frozenset[str]
    claim: Claim | None
    noun: str


@cache
def _lists() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """Word to happening; words of rough numbers; words of parts of another number."""
    raw = load_yaml(DATA / "disputes.yaml")
    happenings = {w.strip(): k for k, words in raw["happenings"].items() for w in words.split(",")}
    vague, parts = (frozenset(w.strip() for w in raw[key].split(",")) for key in ("vague", "parts"))
    return happenings, vague, parts


def happening(lemma: str) -> str | None:
    """The happening that a word stands for ("die" and "toll": killed), or None."""
    return _lists()[0].get(lemma.lower())


def counts_in(reading: Reading) -> list[Counted]:
    """The counts of an article, in text order."""
    assert reading.analysis is not None
    return [c for i, s in enumerate(reading.analysis.sentences) for c in _counts(reading, i, s)]


def _counts(reading: Reading, number: int, sentence: Parsed) -> Iterator[Counted]:
    words = sentence.words
    _, vague, parts = _lists()
    for word in words:
        value = _value(word)
        if value is None or value < 2:
            continue
        relation = base(word.deprel)
        counted = words[word.head] if relation == "nummod" and word.head >= 0 else word
        if relation not in COUNTING or word.deprel == "nmod:unmarked" or _measures(counted):
            continue
        before = {w.lemma.lower() for w in words[max(0, word.index - 2) : word.index]}
        if before & (vague | parts) or _part(sentence, counted, parts):
            continue
        verb = counted
        while (
            verb.head >= 0 and verb.upos not in ("VERB", "ADJ") and base(verb.deprel) not in ("root", "conj")
        ):
            verb = words[verb.head]
        near = (counted, verb, *(words[i] for i in sentence.children(counted.index)))
        things = frozenset(name for w in near if (name := happening(w.lemma)) is not None)
        if not things:
            continue
        lemma = counted.lemma.lower()
        nameless = counted is word or lemma in GENERIC or happening(lemma) is not None
        span = (word.start, max(word.end, counted.end))
        claim = reading.innermost(word.start, TOLD)
        yield Counted(number, span, value, things, claim, "" if nameless else lemma)


def _measures(counted: Word) -> bool:
    tables, lemma = number_tables(), counted.lemma.lower()
    return any(lemma in tables[key] for key in ("times", "units", "percent", "currencies"))


def _part(sentence: Parsed, counted: Word, parts: frozenset[str]) -> bool:
    """Is it a part of another number ("12 of them", "including two children")?"""
    for i in sentence.children(counted.index):
        child = sentence.words[i]
        if base(child.deprel) in ("acl", "nmod") and i > counted.index:
            return True
        if base(child.deprel) == "case" and child.lemma in ("of", "among", "including", "with", "by"):
            return True
        if child.lemma.lower() in parts and base(child.deprel) in ("amod", "det"):
            return True
    return False


def _value(word: Word) -> float | None:
    """The value of a number of one word; None for what may be a year."""
    if word.upos != "NUM" and word.xpos != "CD":
        return None
    value = value_of([word.text])
    return None if value is None or (word.text.isdigit() and 1900 <= value <= 2100) else value
