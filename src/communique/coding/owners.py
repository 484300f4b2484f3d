"""Whose a body is, by the words beside its name: "Uganda's" Supreme Court, the Senate "of Canada"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.coding.mentions import Found
from communique.knowledge import body_of, find_organization, gazetteer, shared, titles

if TYPE_CHECKING:
    from communique.coding.naming import Register

__all__ = ["anothers", "in_longer_name", "inhabitant", "owner_of", "place_behind", "town_of"]

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_PARTIES = frozenset({"Party", "Parties"})


def owner_of(register: Register, item: Found) -> tuple[str | None, bool]:
    """The country that stands beside a body's name: "Uganda's" Supreme Court, "Japanese" Coast Guard, the
    Senate "of Canada"; and whether it surely owns the body."""
    words, at = item.sentence.words, item.first - 1
    owns = at >= 0 and words[at].text in _POSSESSIVE
    owner = register.name_at(item.sentence, at - owns) if at - owns >= 0 else None
    country = register.country_of(owner) if owner and owner.label in ("Location", "NORP") else None
    if owner is not None and country is not None:
        return country.alpha3, owns or gazetteer().country(owner.text) is None
    behind = item.last + 1
    if behind + 1 < len(words) and words[behind].text == "of":
        behind += 2 if words[behind + 1].text == "the" else 1
        owner = register.name_at(item.sentence, behind) if behind < len(words) else None
        country = gazetteer().country(owner.text) if owner and owner.label == "Location" else None
    return (country.alpha3, True) if country else (None, False)


def town_of(register: Register, item: Found) -> str | None:
    """The town or province whose body it is, where its name stands before the body's as a name of its own:
    "Harbourtown" "Police". None for a state, and for a body that only one state has ("Cairo State Department
    briefings")."""
    words = item.sentence.words
    own = [w.text for w in words[item.first : item.last + 1]]
    place = register.name_at(item.sentence, item.first - 1) if item.first else None
    if place is not None:
        if place.label != "Location" or register.country_of(place):
            return None
        town = place.text
    else:
        # A town too small to be known for one: "Slidell" "Police Department".
        before = words[item.first - 1] if item.first else None
        inside = before is not None and item.first <= before.head <= item.last
        if before is None or not inside or (before.upos, before.deprel) != ("PROPN", "compound"):
            return None
        town = before.text
    if town.isupper() or not town[:1].isupper():
        return None
    known = find_organization(" ".join(own))
    if known is not None and known.country and not shared(" ".join(own)):
        return None
    named = all(w[:1].isupper() for w in own) and titles().sector_of_name(own) is not None
    return town if named else None


def place_behind(register: Register, item: Found) -> str | None:
    """Of a body that is called by a place behind it, that: "of Chicago". None where the tables know a state's
    body by its own name ("the Supreme Court of India")."""
    words, at = item.sentence.words, item.last + 1
    if at + 1 >= len(words) or words[at].text != "of":
        return None
    at += 2 if words[at + 1].text == "the" else 1
    place = register.name_at(item.sentence, at) if at < len(words) else None
    if place is None or place.label != "Location":
        return None
    country = register.country_of(place)
    own = [w.text for w in words[item.first : item.last + 1]]
    if titles().sector_of_name(own) is None or (country and body_of(" ".join(own), country.alpha3)):
        return None
    name = place.text.rstrip(" ,")
    return f"of the {name}" if words[at - 1].text.lower() == "the" else f"of {name}"


def anothers(register: Register, item: Found) -> bool:
    """Is a body another's than a state's: "the state's Supreme Court", "the Scottish Parliament"?"""
    words, at = item.sentence.words, item.first - 1
    if at >= 0 and words[at].text in _POSSESSIVE:
        owner = register.name_at(item.sentence, at - 1)
        if owner is None:
            return at > 0 and words[at - 1].text.lower() in titles().parts_of_states
        known = find_organization(owner.text)
        united = known is not None and known.country is None  # "the United Nations' General Assembly"
        return owner.label != "Person" and not united and register.country_of(owner) is None
    owner = register.name_at(item.sentence, at) if at >= 0 else None
    if owner is not None and owner.label in ("NORP", "Location") and register.country_of(owner) is None:
        return titles().named_groups.get(owner.text.lower()) != "PTY"  # the Republican Senate
    behind = item.last + 1
    after = [w.text.lower() for w in words[behind : behind + 3]]
    return after[:2] == ["of", "the"] and after[-1] in titles().parts_of_states


def in_longer_name(register: Register, item: Found) -> bool:
    """Does the adjective of a party stand in a longer name: "Democratic Republic"?"""
    words, table = item.sentence.words, titles()
    before = words[item.first - 1] if item.first > 1 else None
    if before is not None and before.text[:1].isupper() and before.deprel in ("amod", "compound", "flat"):
        return True
    after = words[item.last + 1].text if item.last + 1 < len(words) else ""
    if not after[:1].isupper() or after in _PARTIES or (after.lower(),) in table.offices:
        return False
    beside = register.name_at(item.sentence, item.last + 1)
    return beside is None or beside.label not in ("Person", "Location")


def inhabitant(item: Found) -> bool:
    """Is it one of a town, not the paper that is called so: "a New Yorker"?"""
    known = find_organization(item.text)
    if known is None or known.kind != "media" or " " not in item.text or not item.text.endswith("er"):
        return False
    determiner = item.sentence.child(item.head.index, "det")
    return determiner is not None and determiner.text.lower() in ("a", "an", "every", "another")
