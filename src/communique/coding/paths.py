"""How the tree leads from a word that tells of an event to a word that may name a party.

A path is written from the event's word: ``<xcomp`` goes up over that relation, ``>nsubj`` down; relations of
phrases with a preposition carry it (``>obl:with``), participles their form (``<amod:VBG``). How often each
path led to an actor or a recipient in the project's corpus stands in ``data/party_paths.csv``, made by
``training/paths.py``.
"""

from __future__ import annotations

import csv
import math
from functools import cache

from communique.coding.clauses import base
from communique.coding.lexicons import DATA
from communique.language.analysis import Parsed, Word

__all__ = ["LONGEST", "path_odds", "paths_from"]

LONGEST = 4
_KEPT = ("nsubj:pass", "obl:agent", "acl:relcl", "nmod:poss")
_LED = ("obl", "nmod", "advcl", "acl")
# "Protesting students" do it, to "arrested students" it is done; "forces attacking it", "a town attacked".
_SHAPED = {"amod": ("VBG", "VBN"), "acl": ("VBG", "VBN")}


def paths_from(sentence: Parsed, trigger: Word) -> dict[int, str]:
    """The path to every word at most ``LONGEST`` steps away."""
    out: dict[int, str] = {}
    frontier = [(trigger.index, "", 0)]
    seen = {trigger.index}
    while frontier:
        at, path, length = frontier.pop(0)
        if length == LONGEST:
            continue
        word = sentence.words[at]
        steps = [(i, f">{_relation(sentence, sentence.words[i])}") for i in sentence.children(at)]
        if word.head >= 0:
            steps.append((word.head, f"<{_relation(sentence, word)}"))
        for i, step in steps:
            if i not in seen:
                seen.add(i)
                out[i] = path + step
                frontier.append((i, path + step, length + 1))
    return out


def _relation(sentence: Parsed, word: Word) -> str:
    if word.deprel in _KEPT:
        return word.deprel
    rel = base(word.deprel)
    if rel in _SHAPED and word.xpos in _SHAPED[rel]:
        return f"{rel}:{word.xpos}"
    if rel in _LED:
        case = sentence.child(word.index, "case", "mark")
        return f"{rel}:{case.lemma.lower()}" if case is not None else rel
    return rel


@cache
def _table() -> dict[tuple[str, str, str], float]:
    with (DATA / "party_paths.csv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(line for line in lines if not line.startswith("#"))
        return {(role, tag, path): float(odds) for role, tag, path, odds in rows}


@cache
def path_odds(role: str, verb: bool, path: str) -> float:
    """Log odds that a word at the end of the path names the 'actor' or 'recipient'; of a path that the corpus
    does not have, those of any word."""
    table, tag = _table(), "verb" if verb else "noun"
    found = table.get((role, tag, path))
    return found if found is not None else table.get((role, tag, ""), math.log(0.01))
