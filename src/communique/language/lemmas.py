"""Lemmas as edit rules (Straka 2018, UDPipe 2.0).

A rule says how the word becomes its lemma: ``l`` or ``k`` (lower the case, or keep it), then the
number of characters to cut from the end and the characters to add: "running" to "run" is ``l4+``.
A rule ``=be`` replaces the whole word.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache
from pathlib import Path

__all__ = ["apply_rule", "irregular", "lemma_rule", "mended"]

_SHORT_END = re.compile(r"[^aeiou][aeiou][^aeiouwxy]$")

# Ends of verbs that have no silent e: two consonants, but those of "judge", "solve", "force", "settle".
_NO_E = re.compile(
    r"[^aeiou][^aeiouy](?<!ng)(?<!rg)(?<!dg)(?<!lv)(?<!rv)(?<![nrlp]s)(?<![nr]c)(?<![bcdfgkptz]l)$"
)


def lemma_rule(word: str, lemma: str) -> str:
    """The rule that turns a word into its lemma."""
    case, base = ("k", word) if lemma[:1].isupper() else ("l", word.lower())
    same = 0
    while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
        same += 1
    if same == 0:
        return f"={lemma}"
    return f"{case}{len(base) - same}+{lemma[same:]}"


def apply_rule(rule: str, word: str) -> str:
    """The lemma that a rule makes of a word; a rule that does not fit gives the word itself."""
    if rule.startswith("="):
        return rule[1:]
    base = word if rule[0] == "k" else word.lower()
    cut, _, tail = rule[1:].partition("+")
    length = len(base) - int(cut)
    return base[:length] + tail if length > 0 else base


@cache
def irregular() -> dict[str, str]:
    """Past forms of irregular verbs, with their lemmas."""
    lines = (Path(__file__).parent / "irregular.csv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(",") for line in lines if line and not line.startswith("#"))
    return {form: lemma for form, lemma in pairs}  # noqa: C416 (typed pairs)


def mended(lemma: str, word: str, known: Container[str], verb: bool = False) -> str:
    """A lemma that is no word ("schedul", "goe") with its end put right, where that makes a word.

    Args:
        lemma: what the rule made of the word.
        word: the word as it stands.
        known: common words; the encoder's vocabulary serves.
        verb: is it one?
    """
    low = word.lower()
    if verb and lemma not in known and (present := _singulars(low)):
        # "leaves" is no "leavave".
        return next((stem for stem in present[:2] if stem in known), lemma)
    regular = _stems(low) if (verb or lemma != low) and low not in irregular() else []
    if regular and not (lemma in regular and lemma in known):
        # "carried" is a form of "carry", whatever the rule made of it.
        better = next((stem for stem in regular if stem in known), None)
        if better is not None:
            return better
        plain = low.removesuffix("ed").removesuffix("ing")
        if verb and lemma == plain + "e" and _NO_E.search(plain):
            return plain  # "abducted" is of "abduct", though neither is common
    plural = _singulars(low) if lemma.islower() and lemma != low and word == low and not verb else []
    if plural and lemma not in plural and lemma not in known:
        # "civilians" are no "civilrson".
        return next((stem for stem in plural if stem in known), plural[0])
    if lemma in known or lemma == word.lower() or not lemma.isalpha() or not lemma.islower():
        return lemma
    for better in (lemma + "e", lemma + lemma[-1], lemma[:-1] + "y", lemma[:-1], lemma[:-2]):
        if len(better) > 1 and better in known and better[:2] == lemma[:2]:
            return better
    if _SHORT_END.search(lemma) and word.lower() in (f"{lemma}ed", f"{lemma}ing"):
        return lemma + "e"  # "postpon" was "postpone": a word that lost no doubled letter lost an e
    return lemma


def _stems(word: str) -> list[str]:
    """What a word that ends as a regular form of a verb may be the form of, likeliest first."""
    if not word.isalpha() or not word.isascii():
        return []
    for ending in ("ied", "ies"):
        if word.endswith(ending) and len(word) >= 4:
            return [word[:-3] + "y"] if len(word) > 4 else [word[:-1]]
    for ending in ("ed", "ing"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 2:
            twice = [stem[:-1]] if stem[-1] == stem[-2] and stem[-1] not in "aeiou" else []
            return [*twice, stem + "e", stem]
    return []


def _singulars(word: str) -> list[str]:
    """What a word that ends as a plural may be the plural of, likeliest first."""
    if not word.endswith("s") or len(word) < 4 or word.endswith(("ss", "us", "is")):
        return []
    if word.endswith("ies"):
        return [word[:-3] + "y", word[:-1]]
    if word.endswith(("ves", "xes", "ses", "ches", "shes", "oes", "zes")):
        return [word[:-2], word[:-1], word[:-3] + "f", word[:-3] + "fe"]
    return [word[:-1]]
