"""Whether a claim's source is anonymous, and how many they are ("six unnamed officials").

Anonymous is a person, or several, whom the article does not name and who do not speak as a body: officials,
witnesses, analysts, "one man". A ministry, a newspaper, a report or "the president" is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from communique.coding.clauses import base
from communique.coding.lexicons import DATA, load_yaml
from communique.coding.mentions import head_of
from communique.knowledge.titles import titles
from communique.language.analysis import Parsed, Word
from communique.reading import Entity, Span

__all__ = ["anonymity", "load_sources"]


@dataclass(frozen=True, slots=True)
class Sources:
    """The word lists of ``data/sources.yaml``."""

    named: frozenset[str]
    nobody: frozenset[str]
    people: frozenset[str]
    withheld: frozenset[str]
    counts: dict[str, int]


@cache
def load_sources() -> Sources:
    """The word lists, read once."""
    raw = load_yaml(DATA / "sources.yaml")

    def words(key: str) -> frozenset[str]:
        return frozenset(w.strip() for w in raw[key].split(","))

    return Sources(
        words("institutions") | words("papers"),
        words("nobody"),
        words("people"),
        words("withheld"),
        dict(raw["counts"]),
    )


def anonymity(sentence: Parsed, spans: list[Span], entity: Entity | None) -> tuple[bool, int | None]:
    """Is the source anonymous, and if so how many are they where the text tells?

    Args:
        sentence: where the source stands.
        spans: its words there.
        entity: whom it means, where that is known.
    """
    inside = [w for a, b in sorted(spans) for w in sentence.words if a <= w.start < b and w.upos != "PUNCT"]
    if not inside:
        return False, None
    head = head_of(sentence, inside[0].index, inside[-1].index)
    if head.upos in ("PRON", "DET") and head.lemma.lower() not in load_sources().nobody:
        return head.lemma.lower() != "it" and _meant(entity), None
    if _is_named(sentence, inside, head, entity):
        return False, None
    return True, _count(sentence, head)


def _meant(entity: Entity | None) -> bool:
    """Of a pronoun: is whom it means somebody without a name?"""
    if entity is None or entity.kb is not None or entity.kind not in ("person", "group"):
        return False
    return all(m.form in ("description", "pronoun") for m in entity.mentions)


def _is_named(sentence: Parsed, inside: list[Word], head: Word, entity: Entity | None) -> bool:
    lists = load_sources()
    lemma = head.lemma.lower()
    if head.upos == "PROPN" or _titled(sentence, inside, head):
        return True
    parts = [w.lemma.lower() for w in inside if w.head == head.index and base(w.deprel) == "compound"]
    if lemma in lists.named or any(f"{part} {lemma}" in lists.named for part in parts):
        return True
    if head.xpos == "NN" and (_single_office(sentence, head) or _the_one(sentence, head)):
        return True
    return not _is_somebody(head, entity)


def _is_somebody(head: Word, entity: Entity | None) -> bool:
    """Is the noun of a person or of people?"""
    lemma = head.lemma.lower()
    lists = load_sources()
    if lemma in lists.nobody or lemma in lists.people or (lemma,) in titles().offices:
        return True
    if head.upos == "NOUN" and head.text.lower().endswith(("man", "men", "person", "people", "witnesses")):
        return True
    own = entity is not None and any(m.start <= head.start < m.end for m in entity.mentions)
    return own and entity is not None and entity.kind in ("person", "group")


def _the_one(sentence: Parsed, head: Word) -> bool:
    """ "The senator", "the nominee": one whom the article has named before, where the noun is none of those
    that stand for a source whose name is kept back ("the official")."""
    if head.lemma.lower() in load_sources().withheld:
        return False
    return any(
        sentence.words[i].lemma.lower() == "the" and base(sentence.words[i].deprel) == "det"
        for i in sentence.children(head.index)
    )


def _single_office(sentence: Parsed, head: Word) -> bool:
    """Is it an office that one person holds, with "the" or with whose it is ("Japan's prime minister")?"""
    before = sentence.words[head.index - 1].text.lower() if head.index else ""
    office = {head.text.lower(), f"{before} {head.text.lower()}"}
    if not office & titles().single_offices:
        return False
    kinds = {base(sentence.words[i].deprel) for i in sentence.children(head.index)}
    lemmas = {sentence.words[i].lemma.lower() for i in sentence.children(head.index)}
    return "nmod:poss" in kinds or "nmod" in kinds or "the" in lemmas or not kinds & {"det"}


def _titled(sentence: Parsed, inside: list[Word], head: Word) -> bool:
    """Does a name stand beside the head: "a spokesman, John Smith"?"""
    own = {w.index for w in inside}
    for i in sentence.children(head.index):
        word = sentence.words[i]
        if i in own and word.upos == "PROPN" and base(word.deprel) in ("appos", "flat"):
            return True
    for name in sentence.names:
        if name.label != "Person" or not {name.first, name.last} & own:
            continue
        top = head_of(sentence, name.first, name.last)
        begins = name.first == min(own) and (top.index == head.index or head.head == top.index)
        between = [w.upos for w in sentence.words[head.index + 1 : name.first]]
        follows = name.first > head.index and all(kind == "PUNCT" for kind in between)
        if (begins or follows) and top.deprel != "nmod:poss":
            return True
    return False


def _count(sentence: Parsed, head: Word) -> int | None:
    counts = load_sources().counts
    if head.lemma.lower() in counts:
        return counts[head.lemma.lower()]
    for i in sentence.children(head.index):
        word = sentence.words[i]
        low = word.text.lower()
        if base(word.deprel) == "nummod":
            return int(low) if low.isdigit() else counts.get(low)
        if low in counts and base(word.deprel) in ("det", "amod") and head.xpos in ("NN", "NNP"):
            return counts[low]
    return None
