"""What speaks for a candidate as the one whom a pronoun means: features of how far it is, where it and the
pronoun stand, who it is, and whose words are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.coding.bindings import determiner, fellow, role, says
from communique.coding.people import Draft
from communique.language.analysis import Parsed, Word

__all__ = ["About", "Known", "Pronoun", "Seen", "features"]

Features = dict[str, float]


@dataclass(slots=True)
class Seen:
    """A mention in its sentence."""

    draft: Draft
    number: int
    word: int
    start: int
    form: str
    quote: int = -1
    called: str = ""  # of a pronoun, its class


@dataclass(slots=True)
class Pronoun:
    """A pronoun in its sentence, with the class it is of and the quotation it stands in."""

    number: int
    word: Word
    kind: str
    quote: int = -1


@dataclass(slots=True)
class About:
    """What a pronoun's candidates are weighed by."""

    role: str
    reflexive: bool
    subjects: list[int]  # of its own clause and of those around it, the innermost first
    partitive: bool
    says: bool
    speakers: set[int]
    barred: set[int]  # words that stand for others than the pronoun does


@dataclass(slots=True)
class Known:
    """What the article shows of a candidate.

    Attributes:
        kind: what it is; of those without a name, as it was when the weights were learned.
        group: 'n' named, 'u' unnamed, 't' several together.
        often: log of one and its mentions before the pronoun.
        topic: is it told of at the top of the article?
    """

    kind: str
    group: str
    often: float
    topic: bool


def features(
    sentences: Sequence[Parsed], pronoun: Pronoun, mentions: list[Seen], rank: int, about: About, known: Known
) -> Features:
    """The features of a candidate by its mentions before the pronoun, the last first; ``rank`` is its place
    among the candidates."""
    last = mentions[0]
    there = sentences[last.number]
    head = there.words[last.word]
    where, far = role(there, head), pronoun.number - last.number
    out = _standing(pronoun, last, rank, about, known, where, far)
    if last.draft.female is not None and pronoun.kind in ("he", "she"):
        out["known sex"] = 1.0
    if any(
        pronoun.number - m.number <= 1
        and role(sentences[m.number], sentences[m.number].words[m.word]) == "main"
        for m in mentions
    ):
        out["subject before"] = 1.0
        out[f"{known.group} subject before"] = 1.0
    if any(m.number == 0 for m in mentions) or known.topic:
        out["topic"] = 1.0
        out[f"{known.group} topic"] = 1.0
    if last.form in ("description", "title"):
        out[f"{known.group} {determiner(there, head)}"] = 1.0
    if far == 0:
        places = {m.word for m in mentions if m.number == pronoun.number}
        out |= _beside(sentences[pronoun.number], pronoun, head, places, about, where)
    if pronoun.kind in ("they", "it"):
        many = "many" if head.xpos in ("NNS", "NNPS") else "one"
        out[f"{pronoun.kind} {many}"] = 1.0
        out[f"{pronoun.kind} {known.group} {many}"] = 1.0
    called = next((m.called for m in mentions if m.called), "")
    if called:
        # Who was "it" a moment ago is hardly "they" now.
        out[f"{pronoun.kind} was {called}"] = 1.0
        if mentions[0].called:
            out[f"{pronoun.kind} just was {called}"] = 1.0
    words = (pronoun.word.start - last.start) / 100
    out["letters"] = min(words, 6.0)
    out[f"{known.group} letters"] = min(words, 6.0)
    if about.partitive:
        out[f"part {known.kind}"] = 1.0
        out[f"part {where} {min(far, 1)}"] = 1.0
    if about.says:
        out[f"says {where} {min(far, 1)}"] = 1.0
        out[f"says {known.group}"] = 1.0
        if says(there, head):
            out["says again"] = 1.0
    return out | _quoted(pronoun, mentions, about)


def _standing(
    pronoun: Pronoun, last: Seen, rank: int, about: About, known: Known, where: str, far: int
) -> Features:
    """How far the last mention is, where it stands, and how often it was told of."""
    group, kind = known.group, pronoun.kind
    return {
        f"far {far}": 1.0,
        f"{group} far {far}": 1.0,
        f"rank {min(rank, 6)}": 1.0,
        f"role {where} {min(far, 2)}": 1.0,
        f"{group} role {where}": 1.0,
        f"{kind} role {where}": 1.0,
        f"{about.role} for {where}": 1.0,
        f"form {last.form}": 1.0,
        f"{group} form {last.form}": 1.0,
        f"{kind} is {known.kind}": 1.0,
        "often": known.often,
        f"{group} often": known.often,
        f"{kind} often": known.often,
    }


def _beside(
    sentence: Parsed, pronoun: Pronoun, head: Word, places: set[int], about: About, where: str
) -> Features:
    """Of one in the pronoun's own sentence: whose clause the pronoun stands in."""
    out: Features = {}
    if fellow(sentence, pronoun.word, head):
        out["self" if about.reflexive else "same verb"] = 1.0
    depth = next((n for n, subject in enumerate(about.subjects) if subject in places), None)
    if depth is not None:
        out[f"inside {min(depth, 2)}"] = 1.0
        out[f"{pronoun.kind} inside {min(depth, 2)}"] = 1.0
    if about.reflexive:
        out["self outside" if depth is None else f"self inside {min(depth, 2)}"] = 1.0
    if pronoun.word.deprel == "nmod:poss" and where in ("main", "nsubj"):
        out["owner"] = 1.0
    return out


def _quoted(pronoun: Pronoun, mentions: list[Seen], about: About) -> Features:
    """Does a quotation part the two, and is the candidate its speaker?"""
    quoted = any(m.quote == pronoun.quote for m in mentions)
    if pronoun.quote < 0:
        return {"out of quote" if quoted else "only quoted": 1.0} if mentions[0].quote >= 0 else {}
    out = {"same quote" if quoted else "into quote": 1.0}
    if id(mentions[0].draft) in about.speakers:
        out["speaker"] = 1.0
    return out
