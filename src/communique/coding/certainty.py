"""What is done by saying it (the act), and how sure what is said is made to sound (the certainty).

The cue's word tells the act (``data/reporting.yaml``) and, where texts rated by readers have it often
enough, a certainty of its own (``data/certainty.yaml``). A negation turns the act round; modals, "if", "to"
and hedges that stand with the verb of what is said, and a modal of the cue, weaken it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from communique.coding import clauses
from communique.coding.clauses import base
from communique.coding.cues import ReportCue, report_cues
from communique.coding.lexicons import DATA, load_yaml
from communique.coding.mentions import head_of
from communique.language.analysis import Parsed, Word

__all__ = ["AGAINST", "Heard", "Levels", "certainty_of", "cue_of", "hear", "levels"]

NEGATIONS = ("not", "n't", "never", "no")
# "Did not say" denies nothing; "does not agree" does.
OPPOSITE = {"assert": "other", "believe": "doubt", "deny": "other"}
DENYING = ("agree", "accept", "admit", "acknowledge", "concede", "recognize", "recognise")
OPEN = ("if", "whether")
# Of these acts the certainty is that it is not so.
AGAINST = ("deny", "doubt")


@dataclass(frozen=True, slots=True)
class Levels:
    """The values of ``data/certainty.yaml``, all 0 to 1.

    Attributes:
        cues: 'act lemma' to certainty.
        groups: 'act 0.95', a group of ``data/reporting.yaml`` with what it says, to the certainty of those
            that are not in ``cues``; 'unknown' for cues that are in no group.
        negated: the act of a negated cue to the factor that the negation is.
        modal: the factor of a modal of the cue ("would say").
        marks: words with the verb of what is said to their factor, those of ``data/reporting.yaml`` too.
        unsourced: the most that an adverb or "is said to" without a source has.
        passive: the factor of another passive without a source.
    """

    cues: dict[str, float]
    groups: dict[str, float]
    negated: dict[str, float]
    marks: dict[str, float]
    modal: float
    unsourced: float
    passive: float


@cache
def levels() -> Levels:
    """The values, loaded once."""
    raw: dict[str, Any] = load_yaml(DATA / "certainty.yaml")
    single = {k: float(raw[k]) for k in ("modal", "unsourced", "passive")}
    marks = {**report_cues().hedges, **raw["marks"]}
    return Levels(raw["cues"], raw["groups"], raw["negated"], marks, **single)


@dataclass(frozen=True, slots=True)
class Heard:
    """A claim's cue and its surroundings, as far as they tell how sure it sounds.

    Attributes:
        act: what is done by it.
        cue: the cue's own act and lemma ('believe hope').
        prior: the certainty of the cue's group in ``data/reporting.yaml``; None where it is in none.
        negated: the cue's own act where it is negated; else ''.
        marks: words with the verb of what is said that may weaken it.
        modal: does a modal stand with the cue ("would say")?
        left_out: is the source left out: 'adverb' ("reportedly"), 'passive', 'to' ("is said to have"); or ''.
    """

    act: str
    cue: str
    prior: float | None
    negated: str
    marks: tuple[str, ...]
    modal: bool
    left_out: str

    @property
    def group(self) -> str:
        """Its group of ``data/reporting.yaml``: 'believe 0.4', or 'unknown'."""
        return "unknown" if self.prior is None else f"{self.cue.partition(' ')[0]} {self.prior:g}"


def hear(sentence: Parsed, word: Word, cue: Sequence[int], content: Sequence[int]) -> Heard:
    """Act and signs of certainty of a claim.

    Args:
        sentence: where it is told.
        word: the word that heads the cue.
        cue, content: indices of the words of the cue, and of what is said (one at least).
    """
    lemma = word.lemma.lower()
    lemmas = [sentence.words[i].lemma.lower() for i in cue]
    known = cue_of(word, " ".join(lemmas))
    own = known.act if known else "other"
    verbs = clauses.verb_group(sentence, word) if word.upos == "VERB" else []
    top = head_of(sentence, content[0], content[-1])
    near = [top, *(sentence.words[i] for i in sentence.children(top.index) if i not in cue)]
    # "To" marks an infinitive here, not a direction.
    marks = [w.lemma.lower() for w in near if w.lemma != "to" or base(w.deprel) == "mark"]
    act, negated = own, ""
    if any(w.lemma in NEGATIONS for w in verbs) or any(lemma in NEGATIONS for lemma in lemmas):
        negated = own
        act = "deny" if lemma in DENYING else OPPOSITE.get(own, own)
        if lemma in report_cues().factives and not any(m in OPEN for m in marks):
            act = "other"  # who does not know that it rains does not doubt it
    left_out = ""
    if word.upos == "ADV":
        left_out = "adverb"
    elif verbs and own != "other" and _without_agent(sentence, word):
        left_out = "to" if base(top.deprel) == "xcomp" and "to" in marks else "passive"
    modal = any(w.xpos == "MD" for w in verbs)
    prior = known.certainty if known else None
    return Heard(act, f"{own} {lemma}", prior, negated, tuple(marks), modal, left_out)


def _without_agent(sentence: Parsed, verb: Word) -> bool:
    passive = sentence.child(verb.index, "nsubj:pass", "aux:pass") is not None
    return passive and clauses.agent_of(sentence, verb) is None


def certainty_of(heard: Heard) -> float:
    """How sure what is said is made to sound, 0 to 1; of a denial or doubt, that it is not so."""
    table = levels()
    value = table.cues.get(heard.cue, table.groups.get(heard.group, heard.prior or 0.0))
    if heard.left_out in ("adverb", "to"):
        value = min(value, table.marks.get(heard.cue.partition(" ")[2], table.unsourced))
    elif heard.left_out:
        value *= table.passive
    if heard.negated:
        value *= table.negated.get(heard.negated, 1.0)
    if heard.modal:
        value *= table.modal
    return round(value * min((table.marks[m] for m in heard.marks if m in table.marks), default=1.0), 3)


def cue_of(word: Word, phrase: str) -> ReportCue | None:
    """What ``data/reporting.yaml`` knows of a cue, by the longest of its entries that ``phrase`` (the cue's
    lemmas) holds; None where it knows nothing."""
    cues = report_cues()
    lemma = word.lemma.lower()
    if lemma in ("accord", "according"):
        return ReportCue("assert", cues.phrases["according to X"])
    if word.text == ":":
        return ReportCue("assert", 0.95)
    table = _table(word.upos)
    longer = [k for k in _longer(word.upos).get(lemma, ()) if k in phrase]
    if longer:
        return table[max(longer, key=len)]
    return table.get(lemma) or cues.verbs.get(lemma) or cues.nouns.get(lemma)


def _table(upos: str) -> dict[str, ReportCue]:
    cues = report_cues()
    return {"NOUN": cues.nouns, "ADJ": cues.adjectives}.get(upos, cues.verbs)


@cache
def _longer(upos: str) -> dict[str, list[str]]:
    """By their first word, the cues of a part of speech that have more than one."""
    out: dict[str, list[str]] = {}
    for cue in _table(upos):
        if " " in cue:
            out.setdefault(cue.split()[0], []).append(cue)
    return out
