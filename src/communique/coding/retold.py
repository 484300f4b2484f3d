"""What is named again by what it is: "the council", "the party", "the two countries", "neither side".

Only where one antecedent stands out: a body whose name ends in that word, the last of the fitting kind, or
exactly two states or persons named just before.
"""

from __future__ import annotations

from functools import cache

from communique.coding.clauses import base
from communique.coding.lexicons import DATA, load_yaml
from communique.coding.naming import Register
from communique.coding.people import Draft
from communique.language.analysis import Parsed, Word

__all__ = ["BOTH", "add_descriptions", "named_by_its_last_word", "pair"]

NEAR = 3  # sentences back to the last of a kind
PAIR_NEAR = 1  # sentences back to both of a pair
DEFINITE = frozenset({"the", "this", "that"})
BOTH = frozenset({"two", "both", "neither", "either", "each"})
BODIES = ("organization", "group", "media")
WITH_MORE = ("nmod", "acl", "nummod", "compound", "amod", "appos")


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """Noun to the sectors of what it may mean; and the nouns of pairs."""
    raw = load_yaml(DATA / "retold.yaml")
    return {key: frozenset(w.strip() for w in words.split(",")) for key, words in raw.items()}


def named_by_its_last_word(register: Register, noun: str, start: int) -> Draft | None:
    """The body named last before a place whose name ends in a word ("the council", Security Council)."""
    fits = [
        (max(m.start for m in d.mentions if m.start < start), d.name, d)
        for d in register.drafts
        if d.kind in BODIES and d.before(start) and _ends_in(d, noun, register.text)
    ]
    return max(fits, key=lambda f: f[:2])[2] if fits else None


def _ends_in(draft: Draft, noun: str, text: str) -> bool:
    names = {draft.name, *(text[m.start : m.end] for m in draft.mentions if m.form == "name")}
    return any(len(n.split()) > 1 and n.split()[-1].lower() == noun for n in names)


def add_descriptions(register: Register) -> None:
    """Add mentions by description to the entities that they mean."""
    covered = {at for d in register.drafts for m in d.mentions for at in range(m.start, m.end)}
    called = _called(register)
    for number, sentence in enumerate(register.analysis.sentences):
        for word in sentence.words:
            if word.upos != "NOUN" or word.start in covered:
                continue
            children = [sentence.words[i] for i in sentence.children(word.index)]
            first = min([word, *(c for c in children if c.index < word.index)], key=lambda w: w.index)
            span = (first.start, word.end)
            if any(c.text.lower() in BOTH for c in children):
                for draft in pair(register, number, word, span[0]):
                    draft.add(*span, "description")
                continue
            if word.xpos != "NN" or not any(c.text.lower() in DEFINITE for c in children):
                continue
            if any(base(c.deprel) in WITH_MORE for c in children):
                continue
            found = _single(register, number, sentence, word) or _so_called(called, word)
            if found is not None:
                found.add(*span, "description")


def _single(register: Register, number: int, sentence: Parsed, word: Word) -> Draft | None:
    noun = word.lemma.lower()
    found = named_by_its_last_word(register, noun, word.start)
    if found is not None:
        return found
    sectors = _kinds().get(noun)
    if sectors is None:
        return None
    since = register.analysis.sentences[max(0, number - NEAR)].start
    fits = [
        (max(m.start for m in d.mentions if m.start < word.start), d.name, d)
        for d in register.drafts
        if d.kind in ("organization", "group")
        and any(since <= m.start < word.start and m.form == "name" for m in d.mentions)
        and set(d.sectors[:1]) & sectors
    ]
    if len({id(f[2]) for f in fits}) != 1:
        return None
    return fits[0][2]


def _called(register: Register) -> dict[str, list[tuple[int, Draft | None]]]:
    """What persons are called beside their names ("Amina Rossi, a pilot", "pilot Amina Rossi"): by noun,
    the places in text order; None where the noun brings in somebody without a name ("a pilot")."""
    out: dict[str, list[tuple[int, Draft | None]]] = {}
    heads = {
        (item.number, item.head.index): draft
        for item, draft in register.at.values()
        if draft.kind == "person"
    }
    for number, sentence in enumerate(register.analysis.sentences):
        for word in sentence.words:
            if word.upos not in ("NOUN", "PROPN") or word.xpos not in ("NN", "NNP"):
                continue
            relation = word.deprel if word.deprel == "nmod:desc" else base(word.deprel)
            draft = heads.get((number, word.head)) if relation in ("appos", "compound", "nmod:desc") else None
            if draft is None:
                beside = [heads.get((number, i)) for i in sentence.children(word.index)
                          if base(sentence.words[i].deprel) == "appos"]  # fmt: skip
                draft = next((d for d in beside if d is not None), None)
            if draft is not None or sentence.child(word.index, "det") is not None:
                det = sentence.child(word.index, "det")
                if draft is None and det is not None and det.text.lower() not in ("a", "an", "another"):
                    continue
                out.setdefault(word.lemma.lower(), []).append((word.start, draft))
    return out


def _so_called(called: dict[str, list[tuple[int, Draft | None]]], word: Word) -> Draft | None:
    """ "The pilot" is the only one whom the article has called a pilot before."""
    before = [draft for place, draft in called.get(word.lemma.lower(), ()) if place < word.start]
    return before[0] if before and all(d is before[0] for d in before) else None


def pair(register: Register, number: int, word: Word, start: int) -> list[Draft]:
    """The two that "the two countries", "both leaders", "neither side" mean; none where it is not plain.
    Who speaks to both is none of them."""
    noun, kinds = word.lemma.lower(), _kinds()
    outside = _subjects(register.analysis.sentences[number], word)
    if noun in kinds["countries"]:
        kind = "state"
    elif noun in kinds["persons"]:
        kind = "person"
    else:
        return []
    for back in range(PAIR_NEAR + 1):
        since = register.analysis.sentences[max(0, number - back)].start
        fits = [
            d
            for d in register.drafts
            if d.kind == kind
            and any(since <= m.start < start and m.form != "pronoun" for m in d.mentions)
            and not any(m.start <= place < m.end for m in d.mentions for place in outside)
        ]
        if len(fits) == 2:
            return fits
        if len(fits) > 2:
            return []
    if kind == "state":
        # Where the sentences before name fewer: an article of two states.
        often = sorted(
            (d for d in register.drafts if d.kind == "state" and d.before(start)),
            key=lambda d: -sum(m.start < start for m in d.mentions),
        )
        counts = [sum(m.start < start for m in d.mentions) for d in often]
        if len(often) == 2 or (len(often) > 2 and counts[1] >= 2 * counts[2] and counts[1] > 1):
            return often[:2]
    return []


def _subjects(sentence: Parsed, word: Word) -> list[int]:
    """Where the subjects of the verbs stand of which the word is no subject itself."""
    out = []
    for above in sentence.ancestors(word.index):
        subject = sentence.child(above.index, "nsubj")
        if subject is not None and word.index not in sentence.subtree(subject.index):
            out.append(subject.start)
    return out
