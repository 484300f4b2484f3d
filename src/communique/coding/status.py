"""Whether it happened: the status of an event from tense, modals, negation and the words above it."""

from __future__ import annotations

from functools import cache

from communique.coding.clauses import base
from communique.coding.eventwords import event_words
from communique.coding.lexicons import DATA, load_yaml
from communique.language.analysis import Parsed, Word

__all__ = ["plans", "status_of"]

HOPS = 4
# Relations by which a word above decides about the one below.
GOVERNED = {"xcomp", "ccomp", "acl", "obj", "nsubj", "obl", "nmod", "conj"}
CLAUSAL = {"ccomp", "conj", "acl"}


@cache
def _words() -> dict[str, frozenset[str]]:
    raw: dict[str, list[str]] = load_yaml(DATA / "statuses.yaml")
    return {name: frozenset(lemmas) for name, lemmas in raw.items()}


def status_of(sentence: Parsed, trigger: Word) -> str:
    """'occurred', 'ongoing', 'planned', 'hypothetical' or 'negated'.

    Looks at the trigger's own auxiliaries first, then climbs: in "did not plan to meet", "plan" makes
    the meeting planned and "not" undoes it.
    """
    found = _own(sentence, trigger)
    word = trigger
    for _ in range(HOPS):
        if word.head < 0 or found == "negated":
            break
        above = sentence.words[word.head]
        rel = base(word.deprel)
        # A finite clause of its own ("X said that Y attacked Z", "…, which bans …") tells its own status.
        if rel not in GOVERNED or word.deprel == "acl:relcl" or (rel in CLAUSAL and _finite(sentence, word)):
            break
        if rel == "conj":
            if word.upos != above.upos:
                break
        else:
            found = _combined(found, _by_governor(above, rel))
            # The tense and negation of the word above hold for its object and subject, not for what it
            # merely speaks about ("did not inform them of the talks": there were talks).
            if above.upos == "VERB" and rel in ("obj", "nsubj", "xcomp") and _acts(above, rel):
                found = _combined(found, _own(sentence, above))
            elif rel in ("obl", "nmod") and _by_governor(above, rel) is None:
                break
        word = above
    return found or "occurred"


def plans(word: Word) -> bool:
    """Does the word speak of something still to come?"""
    return word.lemma in _words()["planned"]


def _acts(above: Word, rel: str) -> bool:
    """Is the word above one that brings about or plans what is told, rather than one that speaks of it?"""
    return rel == "xcomp" or above.lemma in event_words().light or _by_governor(above, rel) is not None


def _finite(sentence: Parsed, word: Word) -> bool:
    return word.xpos in ("VBD", "VBZ", "VBP") or any(
        base(sentence.words[i].deprel) in ("aux", "cop") and sentence.words[i].xpos in ("VBD", "VBZ", "VBP", "MD") for i in sentence.children(word.index)
    )


def _combined(below: str | None, above: str | None) -> str | None:
    if above is None or above == "occurred":
        return below
    if below in (None, "occurred", "ongoing"):
        return above
    if above == "negated":
        return "negated"
    return "hypothetical" if "hypothetical" in (below, above) else below


def _by_governor(above: Word, rel: str) -> str | None:
    lemma = above.lemma.lower()
    if lemma in _words()["with_preposition"] and rel not in ("obl", "xcomp", "ccomp"):
        return None
    for status in ("negated", "hypothetical", "planned", "ongoing"):
        if lemma in _words()[status]:
            return None if rel == "nsubj" and above.xpos not in ("VBN", "JJ") else status
    return None


def _own(sentence: Parsed, word: Word) -> str | None:
    """Status by the word's own auxiliaries, marks and form; None where they say nothing."""
    lexicon = _words()
    children = [sentence.words[i] for i in sentence.children(word.index)]
    lemmas = {w.lemma.lower() for w in children if base(w.deprel) in ("aux", "advmod", "det", "cc")}
    if lemmas & lexicon["negators"]:
        return "negated"
    if any(base(w.deprel) == "case" and w.lemma == "without" or base(w.deprel) == "mark" and w.lemma == "without" for w in children):
        return "negated"
    if any(base(w.deprel) == "mark" and w.lemma in lexicon["conditional"] for w in children):
        return "hypothetical"
    auxiliaries = {w.lemma.lower() for w in children if base(w.deprel) == "aux"}
    if auxiliaries & lexicon["modal_planned"]:
        return "planned"
    if auxiliaries & lexicon["modal_hypothetical"]:
        return "hypothetical"
    if word.upos not in ("VERB", "AUX"):
        return None
    marks = {w.lemma for w in children if base(w.deprel) == "mark"}
    if word.xpos == "VB" and "to" in marks and base(word.deprel) in ("acl", "advcl", "xcomp", "root"):
        # "a decision to withdraw", "to withdraw troops": told as an aim, unless the word above says it was reached.
        return "planned" if base(word.deprel) != "xcomp" else None
    if word.xpos == "VBG" and any(w.deprel == "aux" and w.lemma == "be" and w.xpos in ("VBZ", "VBP") for w in children):
        return "ongoing"
    return "occurred" if word.xpos in ("VBD", "VBN") else None
