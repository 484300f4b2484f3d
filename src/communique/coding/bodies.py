"""Which body of the tables a name means, where several may: the Labour Party of which country, whose Senate.

A name that only one body bears is that body's. What several bear needs the country: that of the word beside
it ("Israel's Labour Party"), else that which the whole article gives it, once all its names are read.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from communique.coding.mentions import Found, partisans
from communique.coding.people import Draft
from communique.knowledge import body_of, find_organization, find_party, party_states, shared
from communique.knowledge.organizations import Organization, of_id
from communique.knowledge.overlay import ACTIVE

__all__ = ["Asked", "ask", "hint", "members", "settle", "stamped"]

# Sectors of bodies whose acronyms others bear elsewhere: fronts, armies, parties.
_LOCAL = frozenset({"REB", "PTY", "MIL", "PRM", "OPP"})
_TELLING = 3  # words of a party's name that is nobody else's
_PLAIN = frozenset({"Party", "Alliance", "Union", "Front", "Coalition", "Movement", "League"})
_RARE = 4  # states that have a party of a name that is rarely borne
_SHORT = 3  # letters of an acronym that may be anybody's
_ACRONYM = 5  # letters of one that is told by the countries of the article
_AGENCY = re.compile(r"\s*\(\s*(?P<name>[A-Z][\w. /-]{1,24})\)")
_DATELINE = re.compile(r"(?:\s*,[^\n()|–—]{1,40})?\s*(?:\([A-Z][\w. /-]{1,24}\)|\||—|--|–|\s-\s)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a name means: a body; or, where its country has yet to be told, ``open`` and likely sectors."""

    body: Organization | None = None
    open: bool = False
    sectors: tuple[str, ...] = ()


def ask(name: str, owner: str | None, sure: bool, mentioned: Collection[str], another: bool = False) -> Asked:
    """The body of a name.

    Args:
        name: as the text has it.
        owner: the state that stands beside it, ISO code, or None.
        sure: the owner is told by an adjective or a possessive.
        mentioned: the states that the article names.
        another: somebody who is no state of the tables owns it: "the state's Supreme Court".
    """
    own = ACTIVE.get()
    if own is not None and (mine := own.body(name)) is not None:
        return Asked(mine)
    if theirs := shared(name):
        return Asked() if another else _shared(name, theirs, owner, mentioned)
    known = find_organization(name)
    if known is not None and owner is not None and sure and known.country not in (None, owner):
        known = body_of(name, owner)
        return Asked(known)
    if known is not None and _elsewhere(name, known, mentioned):
        return Asked(None)
    if known is not None:
        return Asked(known)
    return _party(name, owner, mentioned, another)


def _shared(name: str, theirs: dict[str, str], owner: str | None, mentioned: Collection[str]) -> Asked:
    default = of_id(theirs[""]) if "" in theirs else None
    if owner is not None:
        return Asked(default if default and default.country == owner else body_of(name, owner))
    fits = [state for state in theirs if state in mentioned]
    if default is not None and not fits:
        return Asked(default)
    if len(fits) == 1 and (name.isupper() or default is not None):
        return Asked(of_id(theirs[fits[0]]))
    sectors = next((b.sectors for b in map(of_id, theirs.values()) if b), ())
    return Asked(None, True, sectors if fits else ())


def _elsewhere(name: str, known: Organization, mentioned: Collection[str]) -> bool:
    """Is an acronym that of a body of which the article names no country, but others?"""
    if not (name.isupper() and len(name) <= _ACRONYM and known.country and mentioned):
        return False
    return known.country not in mentioned and bool(_LOCAL & set(known.sectors))


def _party(name: str, owner: str | None, mentioned: Collection[str], another: bool) -> Asked:
    if owner is not None:
        return Asked(find_party(name, {owner}))
    if len(name) < _SHORT:
        return Asked()
    states = party_states(name)
    size = len(name.split())
    plain = size < _TELLING and name.split()[-1] in _PLAIN  # "Unity Party" may be anybody's
    alone = len(states) == 1 and not plain and (size > 1 or (name.isupper() and len(name) > _SHORT))
    if alone and (found := find_party(name, mentioned)):
        return Asked(found)
    if another:
        return Asked()
    return Asked(None, True, ("PTY",)) if states & set(mentioned) else Asked(None, bool(states))


def hint(drafts: list[Draft]) -> None:
    """Give members of a party ("Republicans"), who are not yet the party where descriptions are read, its
    sector, by which their country is found."""
    for draft in drafts:
        if draft.asked is not None and not draft.sectors and members(draft.asked):
            draft.sectors = ["PTY"]


def members(name: str) -> bool:
    """Is it what the members of a party are called: "Tories", "Republicans"?"""
    return partisans(name) and bool(party_states(name))


def settle(drafts: list[Draft], mentioned: Collection[str]) -> None:
    """Link the bodies of which the country is known only now; two of one id become one.

    Args:
        drafts: all entities.
        mentioned: the states that the article names.
    """
    first = {d.kb: d for d in drafts if d.kb}
    for draft in list(drafts):
        if draft.asked is None or draft.kb or not draft.mentions:
            continue
        body = body_of(draft.asked, draft.country) if draft.country else None
        body = body or _only(draft, mentioned)
        if body is None:
            continue
        known = first.setdefault(body.id, draft)
        draft.kb, draft.kind = body.id, body.kind
        draft.sectors = list(body.sectors)
        draft.country = body.country
        if known is draft:
            draft.name = body.name
            continue
        known.mentions.extend(draft.mentions)
        draft.mentions = []


def _only(draft: Draft, mentioned: Collection[str]) -> Organization | None:
    """The one party of a rare name ("Republicans") in the states that an article names, whose country it is
    mainly on has none of that name."""
    if draft.asked is None or draft.owned or len(party_states(draft.asked)) > _RARE:
        return None
    if not members(draft.asked) and draft.asked != "Republican":  # what is "Democratic" may be no party's
        return None
    return find_party(draft.asked, mentioned)


def stamped(item: Found, text: str) -> bool:
    """Is a name in capitals that of the place where the article was written: "JERUSALEM (Reuters) -"?"""
    if not item.text.isupper() or item.label == "Person":
        return False
    if (agency := _AGENCY.match(text, item.end)) is not None:
        body = find_organization(agency["name"])
        if body is not None and body.kind == "media":
            return True
    return (
        not text[: item.start].strip() and len(item.text) > 3 and _DATELINE.match(text, item.end) is not None
    )
