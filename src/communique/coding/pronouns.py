"""Whom a pronoun means: the likeliest of those mentioned before it, or nobody.

The weights (``data/pronouns.csv``) are learned by ``training/coreference.py``; who may be meant, and what
speaks for it, is told in ``antecedents.py``.
"""

from __future__ import annotations

from communique.coding.antecedents import Candidate, Pronoun, Ranker
from communique.coding.layered import layered
from communique.coding.naming import Register
from communique.coding.people import Draft
from communique.coding.ranking import likeliest
from communique.coding.unnamed import BODY, MANY, ONE, unnamed

__all__ = ["BECOMES", "add_pronouns", "meant"]

BECOMES = {MANY: "group", ONE: "person", BODY: "organization"}
SURE = 0.33
SPEAKER = dict.fromkeys(("i", "me", "my", "mine", "myself"), "I")


def add_pronouns(register: Register) -> None:
    """Add to the entities the pronouns that are likelier than not to mean them. Whoever had no name and is
    meant becomes an entity."""
    ranker = Ranker(register, unnamed(register))
    for pronoun in ranker.pronouns():
        draft = meant(ranker, pronoun)
        if draft is None:
            continue
        ranker.mean(pronoun, draft)
        for one in ranker.members.get(id(draft), [draft]):
            _enter(register, one)
    for pronoun in ranker.pronouns(SPEAKER):
        draft = speaker(ranker, pronoun)
        if draft is not None:
            ranker.mean(pronoun, draft)
            _enter(register, draft)


def _enter(register: Register, draft: Draft) -> None:
    if draft.kind in BECOMES:
        draft.kind = BECOMES[draft.kind]
        register.others.append(draft)


def meant(ranker: Ranker, pronoun: Pronoun) -> Draft | None:
    """Who is meant by the pronoun, or None."""
    found = ranker.candidates(pronoun)
    if not found:
        return None
    own = [c for c in found if c.features.get("self inside 0")]
    if own:
        return own[0].draft if _can_be(own[0].draft) else None  # "the firemen lowered themselves"
    options = [*(c.features for c in found), ranker.nobody(pronoun, len(found))]
    *scores, none = layered("pronouns").scores(options)
    best, share = likeliest(scores, none)
    if scores[best] < none or share < SURE:
        return _owner(pronoun, found)
    draft = found[best].draft
    return draft if _can_be(draft) else None


def _owner(pronoun: Pronoun, found: list[Candidate]) -> Draft | None:
    """Of "its": the subject of its own clause or of one around it, where it is a state or a body."""
    if pronoun.word.text.lower() not in ("its", "itself"):
        return None
    fits = [
        c.draft
        for c in found
        if c.draft.kind in ("state", "organization", "media")
        and (c.features.get("owner") or any(c.features.get(f"inside {depth}") for depth in range(3)))
    ]
    return fits[0] if len(fits) == 1 else None


def speaker(ranker: Ranker, pronoun: Pronoun) -> Draft | None:
    """The one person whose words the quotation is in which "I" stands; a quotation without a speaker goes on
    with the one before it in its paragraph."""
    for quote in range(pronoun.quote, max(-1, pronoun.quote - 3), -1):
        if "\n\n" in ranker.register.text[ranker.quotes[quote][0] : pronoun.word.start]:
            break
        found = ranker.speakers(quote)
        if found:
            return found[0] if len(found) == 1 and found[0].kind in ("person", ONE) else None
    return None


def _can_be(draft: Draft) -> bool:
    """Is it an entity, or can it become one? A plan or a day cannot."""
    return not draft.kind.startswith("unnamed") or draft.kind in BECOMES
