"""Whom a pronoun means: a ranking of the entities named before it, or nobody.

A ranking of mentions with few features, as Denis and Baldridge (2008) have it, "nobody" among the
candidates. The
weights (``data/pronouns.csv``) are learned by ``training/coreference.py`` from GUM's annotated documents.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from communique.coding.clauses import base
from communique.coding.naming import Register
from communique.coding.people import Draft
from communique.coding.ranking import likeliest, score, weights
from communique.coding.unnamed import MANY, ONE, THING, THINGS, unnamed
from communique.language.analysis import Parsed, Word

__all__ = ["CLASSES", "Ranker", "add_pronouns", "named"]

CLASSES = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
}
KINDS = {
    "he": ("person", ONE),
    "she": ("person", ONE),
    "they": ("group", "organization", "state", "media", MANY, ONE, THINGS),
    "it": ("state", "organization", "group", "media", "place", "other", THING),
}
BECOMES = {MANY: "group", ONE: "person"}
FARTHEST = 3  # sentences
SURE = 0.35
UNNAMED = 0.5
_QUOTES = '“”"«»'


@dataclass(slots=True)
class Seen:
    """A mention in its sentence."""

    draft: Draft
    number: int
    word: int
    start: int
    form: str


@dataclass(slots=True)
class Pronoun:
    """A pronoun in its sentence, with the class it is of."""

    number: int
    word: Word
    kind: str


@dataclass(slots=True)
class Candidate:
    """An entity that may be meant, with what speaks for it."""

    draft: Draft
    features: dict[str, float] = field(default_factory=dict)


class Ranker:
    """The pronouns of an article, each with its candidates in text order; what is settled is added by
    ``mean``.

    Args:
        register: entities by name and title.
        others: those without a name, who become entities where a pronoun means them.
    """

    def __init__(self, register: Register, others: Sequence[Draft] = ()) -> None:
        self.register = register
        self.others = {id(d) for d in others}
        self.sentences = register.analysis.sentences
        self.starts = [s.start for s in self.sentences]
        self.seen: list[Seen] = []
        for draft in (*register.drafts, *others):
            for mention in draft.mentions:
                self._note(draft, mention.start, mention.end, mention.form)
        self.seen.sort(key=lambda s: (s.start, s.word))
        self.order = [s.start for s in self.seen]
        self.places: dict[int, list[int]] = {}
        for one in self.seen:
            self.places.setdefault(id(one.draft), []).append(one.start)
        self.early = {id(s.draft) for s in self.seen[:12] if s.number <= 1}

    def pronouns(self) -> Iterator[Pronoun]:
        """The pronouns that may mean an entity."""
        for number, sentence in enumerate(self.sentences):
            for word in sentence.words:
                kind = CLASSES.get(word.text.lower())
                if kind and word.upos in ("PRON", "DET") and word.deprel != "expl":
                    yield Pronoun(number, word, kind)

    def mean(self, pronoun: Pronoun, draft: Draft) -> None:
        """Note that the pronoun means that entity."""
        word = pronoun.word
        draft.add(word.start, word.end, "pronoun")
        if draft.kind == "person" and pronoun.kind in ("he", "she"):
            draft.female = pronoun.kind == "she"
        at = bisect_right(self.order, word.start)
        self.order.insert(at, word.start)
        self.seen.insert(at, Seen(draft, pronoun.number, word.index, word.start, "pronoun"))
        insort(self.places.setdefault(id(draft), []), word.start)

    def candidates(self, pronoun: Pronoun, named: bool) -> list[Candidate]:
        """The entities (or those without a name) mentioned in this sentence before the pronoun or in the
        three before it, last mentioned first."""
        before: dict[int, list[Seen]] = {}
        for k in range(bisect_left(self.order, pronoun.word.start) - 1, -1, -1):
            one = self.seen[k]
            if pronoun.number - one.number > FARTHEST:
                break
            if one.draft.kind not in KINDS[pronoun.kind] or named is (id(one.draft) in self.others):
                continue
            if self._unfit(one.draft, pronoun):
                continue
            before.setdefault(id(one.draft), []).append(one)
        out = []
        for rank, mentions in enumerate(before.values()):
            features = self._features(pronoun, mentions, rank, len(before))
            out.append(Candidate(mentions[0].draft, features))
        return out

    def nobody(self, pronoun: Pronoun, count: int) -> dict[str, float]:
        """What speaks for nobody of them."""
        out = {f"{pronoun.kind} none": 1.0, f"{pronoun.kind} none of {min(count, 3)}": 1.0}
        if self._quoted(pronoun):
            out["quoted none"] = 1.0
        return out

    def _unfit(self, draft: Draft, pronoun: Pronoun) -> bool:
        female = draft.female
        return pronoun.kind in ("he", "she") and female is not None and female != (pronoun.kind == "she")

    def _features(self, pronoun: Pronoun, mentions: list[Seen], rank: int, count: int) -> dict[str, float]:
        last, word, kind = mentions[0], pronoun.word, pronoun.kind
        sentence, there = self.sentences[pronoun.number], self.sentences[last.number]
        head = there.words[last.word]
        far = pronoun.number - last.number
        role, mine = _role(there, head), _role(sentence, word)
        out = {f"far {far}": 1.0, f"rank {min(rank, 3)}": 1.0, f"role {role} {min(far, 2)}": 1.0}
        out[f"{kind} role {role}"] = 1.0
        out[f"{mine} for {role}"] = 1.0
        out[f"form {last.form}"] = 1.0
        out[f"{kind} is {last.draft.kind}"] = 1.0
        out["often"] = math.log(1 + bisect_left(self.places[id(last.draft)], word.start))
        out["known sex"] = float(last.draft.female is not None and kind in ("he", "she"))
        subjects = [
            m
            for m in mentions
            if _role(self.sentences[m.number], self.sentences[m.number].words[m.word]) == "main"
        ]
        out["subject before"] = float(any(pronoun.number - m.number <= 1 for m in subjects))
        out["topic"] = float(any(m.number == 0 for m in mentions) or id(last.draft) in self.early)
        if far == 0:
            out["same verb"] = float(_fellow(sentence, word, head) and not word.text.lower().endswith("self"))
            out["self"] = float(_fellow(sentence, word, head) and word.text.lower().endswith("self"))
            out["inside"] = float(_governs(sentence, head, word))
            out["owner"] = float(word.deprel == "nmod:poss" and role in ("main", "nsubj"))
        number = head.xpos in ("NNS", "NNPS")
        if kind in ("they", "it"):
            out[f"{kind} {'many' if number else 'one'}"] = 1.0
        if self._quoted(pronoun):
            out[f"quoted {role}"] = 1.0
        return out

    def _quoted(self, pronoun: Pronoun) -> bool:
        """Is the pronoun inside quotation marks?"""
        words = self.sentences[pronoun.number].words
        return sum(w.text in _QUOTES for w in words[: pronoun.word.index]) % 2 == 1

    def _note(self, draft: Draft, start: int, end: int, form: str) -> None:
        number = bisect_right(self.starts, start) - 1
        if number < 0:
            return
        inside = [w for w in self.sentences[number].words if start <= w.start and w.end <= end]
        if inside:
            heads = [w for w in inside if not any(v.index == w.head for v in inside)]
            self.seen.append(Seen(draft, number, (heads or inside)[0].index, start, form))


def add_pronouns(register: Register) -> None:
    """Add to the entities the pronouns that are likelier than not to mean them.

    The named are ranked among themselves; where none of them is meant, those without a name are.
    """
    others = unnamed(register)
    ranker = Ranker(register, others)
    for pronoun in ranker.pronouns():
        draft = named(ranker, pronoun) or _unnamed(ranker, pronoun)
        if draft is None:
            continue
        ranker.mean(pronoun, draft)
        if draft.kind in BECOMES:
            draft.kind = BECOMES[draft.kind]
            register.others.append(draft)


def named(ranker: Ranker, pronoun: Pronoun) -> Draft | None:
    """The entity that the pronoun means, or None."""
    found = ranker.candidates(pronoun, named=True)
    return _chosen(ranker, pronoun, found, "pronouns", SURE) or _owner(pronoun, found)


def _unnamed(ranker: Ranker, pronoun: Pronoun) -> Draft | None:
    found = ranker.candidates(pronoun, named=False)
    draft = _chosen(ranker, pronoun, found, "pronouns_unnamed", UNNAMED)
    return draft if draft is not None and draft.kind in BECOMES else None


def _chosen(
    ranker: Ranker, pronoun: Pronoun, found: list[Candidate], table: str, least: float
) -> Draft | None:
    """The likeliest, where it is likelier than nobody and its probability is high enough."""
    if not found:
        return None
    scores = [score(c.features, weights(table)) for c in found]
    none = score(ranker.nobody(pronoun, len(found)), weights(table))
    best, share = likeliest(scores, none)
    return found[best].draft if scores[best] >= none and share >= least else None


def _owner(pronoun: Pronoun, found: list[Candidate]) -> Draft | None:
    """Of "its": the subject of its own clause or of one around it, where it is a state or a body."""
    if pronoun.word.text.lower() not in ("its", "itself"):
        return None
    fits = [
        c.draft
        for c in found
        if c.draft.kind in ("state", "organization", "media")
        and c.features.get("far 0")
        and (c.features.get("inside") or c.features.get("owner"))
    ]
    return fits[0] if len(fits) == 1 else None


def _role(sentence: Parsed, word: Word) -> str:
    """What the word does in its sentence: 'main' is the subject of the main clause."""
    relation = base(word.deprel)
    if relation == "conj" and word.head >= 0:
        return _role(sentence, sentence.words[word.head])
    if relation == "nsubj":
        verb = sentence.words[word.head] if word.head >= 0 else None
        return "main" if verb is not None and verb.head < 0 else "nsubj"
    if relation == "nmod":
        return "poss" if word.deprel == "nmod:poss" else "nmod"
    return relation if relation in ("obj", "obl", "appos", "root", "compound") else "else"


def _fellow(sentence: Parsed, word: Word, head: Word) -> bool:
    """Do both depend on one verb ("Kim met him")?"""
    return word.head >= 0 and word.head == head.head and base(word.deprel) != "conj"


def _governs(sentence: Parsed, head: Word, word: Word) -> bool:
    """Is the pronoun inside a clause below the verb whose subject the mention is?"""
    if base(head.deprel) != "nsubj" or head.head < 0:
        return False
    return any(above.index == head.head for above in sentence.ancestors(word.index))
