"""Names to entities: which names are one, and what the tables know of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from communique.coding.bodies import ask, members, stamped
from communique.coding.mentions import Found
from communique.coding.metonymy import acts, located
from communique.coding.owners import anothers, in_longer_name, inhabitant, owner_of, place_behind, town_of
from communique.coding.people import Draft, People
from communique.coding.roles import Affiliation, Title, title_before, title_beside
from communique.knowledge import (
    City,
    Country,
    articleless,
    find_organization,
    gazetteer,
    key,
    titles,
)
from communique.language.analysis import Analysis, Parsed

__all__ = ["Register"]

_BRACKETED = re.compile(r"^(?P<name>.{4,}?)\s*\(\s*(?P<short>[A-Z][\w.&-]{1,9})\s*\)$")
_OPENS = re.compile(r"^[\s*_”\"']*\(\s*[“\"']?$")
_SMALL = frozenset({"of", "and", "the", "for", "in", "on", "de", "la", "al", "du", "des", "del", "to"})
_LEANING = re.compile(r"^(?:anti|pro|non|ex)[-‑](?=[A-Z])")
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_HALVES = frozenset({"North", "South"})
_INSIDE = frozenset({"in", "inside", "near", "outside", "around"})
# Countries that are better known as something else: a name of theirs alone does not decide.
_AMBIGUOUS = {"GEO": "USA"}


class Register:
    """The entities of one article in the making.

    Args:
        analysis: the article's sentences.
        text: the article's text.
        found: its names in text order.
    """

    def __init__(self, analysis: Analysis, text: str, found: list[Found]) -> None:
        self.analysis, self.text, self.found = analysis, text, found
        self.day: date | None = None
        self.people = People()
        self.others: list[Draft] = []
        self.at: dict[tuple[int, int], tuple[Found, Draft]] = {}
        self.counted: dict[str, str] = {}
        self.groups: dict[tuple[str, ...], list[Draft]] = {}
        self.titled: set[tuple[int, int]] = set()
        self._named: dict[tuple[str, str], list[Draft]] = {}
        self._names_of: dict[int, list[Found]] = {}
        for item in found:
            self._names_of.setdefault(id(item.sentence), []).append(item)
        self.mentioned = self._countries()
        for before, item in zip([None, *found[:-1]], found, strict=True) if found else ():
            self._add(item, before)

    @property
    def drafts(self) -> list[Draft]:
        """All entities, in no special order."""
        return [*self.people.drafts, *self.others]

    def names_in(self, sentence: Parsed, first: int, last: int) -> Iterator[tuple[Found, Draft]]:
        """The names, with their entities, that lie within a run of words."""
        for item in self._names_of.get(id(sentence), ()):
            if first <= item.first and item.last <= last and (item.start, item.end) in self.at:
                yield self.at[item.start, item.end]

    def name_at(self, sentence: Parsed, index: int) -> Found | None:
        """The name that covers a word."""
        return next((f for f in self._names_of.get(id(sentence), ()) if f.first <= index <= f.last), None)

    def who(self, sentence: Parsed, index: int) -> tuple[int, Affiliation] | None:
        """What the name that covers a word tells of a title beside it, and that name's first word."""
        item = self.name_at(sentence, index)
        if item is None:
            return None
        country = self.country_of(item)
        if country is not None:
            adjective = gazetteer().country(item.text) is None
            return item.first, Affiliation(country.alpha3, "GOV", state=True, adjective=adjective)
        if item.label in ("Organization", "NORP"):
            known = ask(item.text, *owner_of(self, item), self.mentioned).body
            if known is not None:
                return item.first, Affiliation(known.country, known.sectors[0])
            sector = titles().sector_of_name(item.text.split()) or titles().named_groups.get(
                _singular(item.text)
            )
            return item.first, Affiliation(self._country_in(item.text), sector)
        return (item.first, Affiliation()) if item.label != "Person" else None

    def country_of(self, item: Found) -> Country | None:
        """The state that a name or adjective of nationality is of; None for people and all other names."""
        if item.label == "Person" or not any(c.isupper() for c in item.text):
            return None
        world = gazetteer()
        name = _LEANING.sub("", item.text)
        country = world.country(name)
        if country is None and name in _HALVES:
            return self._half(item, name)
        if country is not None:
            rival = _AMBIGUOUS.get(country.alpha3)
            return None if rival in self.mentioned and country.alpha3 not in self.mentioned else country
        if item.label == "Location" and world.region(name):
            return None
        return world.nationality(name, self.mentioned)

    def _half(self, item: Found, side: str) -> Country | None:
        """The state that "the North" or "the South" is, where the article names such a half of a country."""
        words, world = item.sentence.words, gazetteer()
        if not any(w.text.lower() == "the" for w in words[max(0, item.first - 1) : item.first + 1]):
            return None
        wholes = {whole for c in self.mentioned for half, _, whole in [world.countries[c].name.partition(" ")]
                  if half in _HALVES and all(world.country(f"{h} {whole}") for h in _HALVES)}  # fmt: skip
        return world.country(f"{side} {wholes.pop()}") if len(wholes) == 1 else None

    def other(self, kind: str, name: str, fold: str, **more: object) -> Draft:
        """The entity of that kind and folded name, made if there is none."""
        for draft in reversed(self._named.get((kind, fold), [])):
            country = more.get("country")
            if country is None or draft.country in (None, country):
                draft.country = draft.country or country  # type: ignore[assignment]
                return draft
        draft = Draft(name, kind, **more)  # type: ignore[arg-type]
        self.others.append(draft)
        self._named.setdefault((kind, fold), []).append(draft)
        return draft

    def named(self, kind: str, name: str) -> Draft | None:
        """The entity of that kind that a name has been found for, or None."""
        drafts = self._named.get((kind, key(articleless(name))))
        return drafts[-1] if drafts else None

    def state(self, country: Country) -> Draft:
        """The entity of a state."""
        return self.other(
            "state", country.name, country.alpha3, country=country.alpha3, kb=f"iso:{country.alpha3}"
        )

    def _countries(self) -> set[str]:
        """Codes of the countries that the article names without doubt."""
        world = gazetteer()
        out: set[str] = set()
        doubtful: set[str] = set()
        for item in self.found:
            if item.label == "Person":
                continue
            if country := world.country(item.text):
                (doubtful if country.alpha3 in _AMBIGUOUS else out).add(country.alpha3)
            elif country := world.nationality(item.text):
                out.add(country.alpha3)
            elif city := world.capital(item.text):
                out.add(city.country)
            elif ", " in item.text and (country := world.country(item.text.rpartition(", ")[2])):
                out.add(country.alpha3)
        return out | {c for c in doubtful if _AMBIGUOUS[c] not in out}

    def _add(self, item: Found, before: Found | None) -> None:
        form = "name"
        if item.label == "Person":
            draft = self._person(item)
        elif stamped(item, self.text):
            draft = self._stamp(item)
        elif (country := self.country_of(item)) is not None:
            draft = self._people(item, country) or self.state(country)
        else:
            draft, form = self._place_or_body(item, before)
        draft.add(item.start, item.end, form)
        self.at[item.start, item.end] = (item, draft)

    def _stamp(self, item: Found) -> Draft:
        """Where the article was written: a place, which does nothing in it."""
        world = gazetteer()
        if (city := world.capital(item.text, self.mentioned)) is not None:
            return self._town(city)
        country = world.country(item.text)
        name = country.name if country else item.text
        code = country.alpha3 if country else self._follows(item)
        return self.other("place", name, key(articleless(name)), country=code)

    def _people(self, item: Found, country: Country) -> Draft | None:
        """Some of a country's people, where they are counted: "thirty Cubans" are not Cuba."""
        if item.label != "NORP" or item.head.xpos not in ("NNS", "NNPS"):
            return None
        number = item.sentence.child(item.head.index, "nummod")
        if number is None:
            return None
        fold = f"people|{country.alpha3}|{number.text.lower()}"
        return self.other("group", item.text, fold, country=country.alpha3, sectors=["CVL"])

    # Persons

    def _person(self, item: Found) -> Draft:
        title = title_before(item, self.text, self.who)
        draft = self.people.find(item.text, title)
        for made in [title, *title_beside(item, self.text, self.who)]:
            if made is None:
                continue
            self.titled.update((item.number, i) for i in range(made.first, made.last + 1))
            if made.text:
                self.give(draft, made)
        if (
            draft.country is None
            and item.first > 1
            and item.sentence.words[item.first - 1].text in _POSSESSIVE
        ):
            # "China's Xi Jinping"
            owner = self.name_at(item.sentence, item.first - 2)
            country = self.country_of(owner) if owner else None
            draft.country = country.alpha3 if country else None
        return draft

    @staticmethod
    def give(draft: Draft, title: Title) -> None:
        """Note a title of a person: the first one read is the role."""
        (draft.left if title.former else draft.offices).add(title.office)
        draft.country = draft.country or title.country
        draft.role = draft.role or title.text
        if draft.female is None:
            draft.female = title.female
        draft.sectors.extend(s for s in title.sectors if s not in draft.sectors)

    # Places and organisations

    def _place_or_body(self, item: Found, before: Found | None) -> tuple[Draft, str]:
        if inhabitant(item):
            fold = _singular(item.text)
            return self.other("group", item.text, fold, sectors=["CVL"]), "name"
        city = gazetteer().capital(item.text, self.mentioned)
        region = gazetteer().region(item.text)
        if item.label in ("Location", "Facility"):
            if city is not None:
                return self._city(item, city)
            known = find_organization(item.text) if region is None else None
            if known is not None and (item.label == "Facility" or not located(item.sentence, item.head)):
                return self._organization(item, before), "name"
            if region is not None and region.kind == "state":
                return self.other("state", region.name, key(region.name)), "name"
            name, country = (region.name, region.country) if region else (item.text, self._follows(item))
            before_comma, comma, after = name.rpartition(", ")
            if comma and region is None and (within := gazetteer().country(after)) is not None:
                # "Osaka, Japan" as one name
                city = gazetteer().capital(before_comma, {within.alpha3})
                if city is not None:
                    return self._town(city), "name"
                name, country = before_comma, within.alpha3
            return self.other("place", name, key(articleless(name)), country=country), "name"
        if city is not None and item.label == "Organization":
            return self._city(item, city)
        body = find_organization(item.text) if item.label == "NORP" else None
        if item.label == "NORP" and (body is None or body.kind == "media"):
            people = gazetteer().regional_people(item.text)
            if people is not None and people.kind == "state":
                return self.other("state", people.name, key(people.name)), "name"
            fold = _singular(item.text)
            sector = titles().named_groups.get(fold)
            country = people.country if people else titles().peoples.get(fold)
            if people is None and self.mentioned and country not in self.mentioned:
                country = None  # a people's home, but not where the article finds it
            # "Ethnic Albanians" are people of another state than that whose name they bear.
            sectors = [sector] if sector else ["CVL", "SOC"] if fold.startswith("ethnic ") else []
            draft = self.other("group", item.text, fold, country=country, sectors=sectors)
            if sector == "PTY" and not in_longer_name(self, item):
                owner, _ = owner_of(self, item)
                draft.asked, draft.country = item.text, draft.country or owner
                draft.owned = owner is not None
            return draft, "name"
        return self._organization(item, before), "name"

    def _city(self, item: Found, city: City) -> tuple[Draft, str]:
        # Whatever the parse says, what "in" stands before is a town, and so is what its country follows.
        words = item.sentence.words
        before = words[item.first - 1].text.lower() if item.first else ""
        # "a shift in Berlin's policy" is no shift in Berlin.
        owns = item.last + 1 < len(words) and words[item.last + 1].text in _POSSESSIVE
        town = (before in _INSIDE and not owns) or self._follows(item) == city.country
        if city.acts and not town and (item.label == "Organization" or acts(item.sentence, item.head)):
            return self.state(gazetteer().countries[city.country]), "metonym"
        return self._town(city), "name"

    def _town(self, city: City) -> Draft:
        return self.other("place", city.name, key(city.name) + city.country, country=city.country)

    def _follows(self, item: Found) -> str | None:
        """The country that stands after a place's name: "in Osaka, Japan"."""
        words = item.sentence.words
        if item.last + 2 < len(words) and words[item.last + 1].text == ",":
            after = self.name_at(item.sentence, item.last + 2)
            country = gazetteer().country(after.text) if after and after.label == "Location" else None
            # In a list of places ("Osaka, Japan and Korea") the comma says nothing.
            end = words[after.last + 1].text if after and after.last + 1 < len(words) else "."
            if country and end in (",", ".", ")", "–", "—", "-", ";", ":"):
                return country.alpha3
        return None

    def _organization(self, item: Found, before: Found | None) -> Draft:
        name, short = item.text, None
        if inside := _BRACKETED.match(item.text):
            name, short = inside["name"], inside["short"]
        if (town := town_of(self, item)) is not None:
            name = f"{town} {name}"
        elif (place := place_behind(self, item)) is not None:
            name = f"{name} {place}"
        owner, sure = owner_of(self, item)
        country = owner or self._country_in(name)
        draft = self._expanded(item, before) or self._known(name, country, sure, anothers(self, item))
        if short:
            self._named.setdefault(("organization", key(short)), []).append(draft)
        return draft

    def _expanded(self, item: Found, before: Found | None) -> Draft | None:
        """The body whose acronym this is: in brackets after its name, or by its initials."""
        if " " in item.text or not item.text[0].isupper():
            return None
        if before is not None and before.label != "Person" and 0 <= item.start - before.end < 6:
            draft = self.at[before.start, before.end][1]
            known = find_organization(item.text)
            if known is not None and known.kind == "media" and _initials(draft.name) != item.text.upper():
                return None  # the agency: "UNITED NATIONS (AP)"
            closes = self.text[item.end : item.end + 3].lstrip("”\"' ")[:1] == ")"
            if (
                closes
                and _OPENS.match(self.text[before.end : item.start])
                and draft.kind in ("organization", "media", "group")
            ):
                self._named.setdefault((draft.kind, key(item.text)), []).append(draft)
                return draft
        return None

    def _known(self, name: str, country: str | None, sure: bool, another: bool) -> Draft:
        """The body of a name.

        Args:
            name: as the text has it.
            country: the state that stands beside it or in it.
            sure: it stands there as an owner.
            another: somebody who is no state of the tables owns it: "the state's Supreme Court".
        """
        fold = key(articleless(name))
        for kind in ("organization", "media"):
            for draft in reversed(self._named.get((kind, fold), [])):
                if country is None or draft.country in (None, country) or (draft.kb and not sure):
                    return draft
        told = ask(name, country, sure, self.mentioned, another)
        if (known := told.body) is not None:
            return self.other(
                known.kind,
                known.name,
                known.id,
                country=known.country,
                sectors=list(known.sectors),
                kb=known.id,
            )
        if fold.isupper() and len(fold) > 2:
            fits = [d for d in self.others if d.kind == "organization" and fold == _initials(d.name)]
            if len(fits) == 1:
                return fits[0]
        sector = titles().sector_of_name(name.split())
        kind = "media" if sector == "JRN" else "organization"
        sectors = [sector] if sector else [] if members(name) else list(told.sectors)
        draft = self.other(kind, name, fold, country=country, sectors=sectors)
        if told.open:
            draft.asked, draft.owned = name, country is not None
        return draft

    def _country_in(self, name: str) -> str | None:
        """The country that a body's own name begins or ends with: "Israeli …", "… of India", or the one whose
        capital it begins with."""
        world, words = gazetteer(), name.split()
        for size in (2, 1):
            first = " ".join(words[:size])
            if len(words) > size and (country := world.nationality(first, self.mentioned)):
                return country.alpha3
            if len(words) > size and (city := world.capital(first, self.mentioned)):
                return city.country
        for i, word in enumerate(words):
            if word == "of" and i and (country := world.country(" ".join(words[i + 1 :]))):
                return country.alpha3
        return None


def _initials(name: str) -> str:
    return "".join(
        w[0] for w in name.replace("-", " ").split() if w.lower() not in _SMALL and w[0].isalnum()
    ).upper()


def _singular(name: str) -> str:
    low = name.lower()
    if low.endswith("ies"):
        return low[:-3] + "y"
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "us", "is")) else low
