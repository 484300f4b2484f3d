"""Who is meant by a name, on a day, beside other words: candidates with a score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from communique.knowledge.countries import gazetteer
from communique.knowledge.people import RANK, Office, Person, holders, named
from communique.knowledge.spelling import folded, sound
from communique.knowledge.titles import titles

__all__ = ["Candidate", "Context", "candidates", "context_of"]

YEAR = 366
STYLE = 0.6  # how well the end of a style fits a monarch
NUMERALS = frozenset({"ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xiv", "xv", "xvi"})


@dataclass(frozen=True, slots=True)
class Context:
    """What stands near a name: countries, kinds of office, and the words as they are."""

    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be meant, and how well name, country, office and day fit, 0 to 1."""

    person: Person
    score: float
    offices: tuple[Office, ...]


def context_of(text: str) -> Context:
    """The countries and offices that a few words name: "Japanese prime minister"."""
    world = gazetteer()
    text = text.replace("'s", "").replace("’s", "")
    words = text.split()
    countries: dict[str, None] = {}
    at = 0
    while at < len(words):
        for size in range(min(4, len(words) - at), 0, -1):
            piece = " ".join(words[at : at + size]).strip('.,;:()"“”')
            found = world.country(piece) or world.nationality(piece)
            if found is None and size == 1 and (city := world.capital(piece)):
                found = world.countries.get(city.country)
            if found is not None:
                countries[found.alpha3] = None
                at += size - 1
                break
        at += 1
    plain = folded(text)
    kinds: dict[str, None] = {}
    for title, given in titles().office_kinds.items():
        if f" {title} " in f" {plain} ":
            kinds |= dict.fromkeys(given)
            plain = plain.replace(title, " ")
    return Context(tuple(countries), tuple(kinds), frozenset(folded(text).split()))


def candidates(
    name: str, on: date | None = None, near: str | Context = "", limit: int = 5
) -> list[Candidate]:
    """The people who may be meant, best first.

    Args:
        name: as the text has it: a surname, a full name, in any spelling.
        on: the day; without it the last office counts.
        near: words beside the name, which may tell a country and an office.
        limit: how many at most.
    """
    context = context_of(near) if isinstance(near, str) else near
    asked = folded(name)
    if not asked:
        return []
    found: dict[str, Person] = {p.id: p for p in named(name, alike=True)}
    last = asked.split()[-1]
    if last != asked:
        found |= {p.id: p for p in named(last, alike=True)}
    if on is not None:
        # Where the name is spelled as nowhere in the table, whoever held that office then is asked too.
        for code in context.countries:
            kinds = context.kinds or ("HOS", "HOG", "LEAD")
            found |= {p.id: p for p in holders(code, kinds, on, 60)}
    # "II", "of Jordan": the end of a monarch's style is no name; beside a country and an office it is enough.
    style = on is not None and bool(context.kinds) and _ends_a_style(asked, context)
    ruling = (
        {p.id for c in context.countries for p in holders(c, context.kinds, on, 0)} if style and on else set()
    )
    out = []
    for person in found.values():
        fit = max(_name_fit(asked, person), STYLE if person.id in ruling else 0.0)
        if fit < 0.5:
            continue
        out.append(_scored(person, fit, on, context))
    out.sort(key=lambda c: (-c.score, _rank(c), c.person.id))
    return out[:limit]


def _ends_a_style(asked: str, context: Context) -> bool:
    last = asked.split()[-1]
    if last in NUMERALS:
        return True
    countries = [gazetteer().countries[c] for c in context.countries if c in gazetteer().countries]
    return any(last == folded(c.name).split()[-1] for c in countries)


def _name_fit(asked: str, person: Person) -> float:
    """1 for a full name or what the news calls the person, less for parts and likenesses."""
    names = [folded(n) for n in person.names]
    known = [folded(n) for n in person.known_as]
    if asked in known or asked in names:
        return 1.0
    words = asked.split()
    if any(asked == n.split()[-1] for n in names):
        return 0.95
    sets = [set(n.split()) for n in (*names, *known)]
    if len(words) > 1 and any(set(words) <= s or (len(s) > 1 and s <= set(words)) for s in sets):
        return 0.95
    if len(words) == 1 and any(asked in s for s in sets):
        return 0.8
    ours = sound(asked)
    sounds = {sound(n) for n in (*names, *known)} | {sound(w) for s in sets for w in s if len(w) > 2}
    if ours in sounds:
        return 0.85 if len(ours) > 3 else 0.7
    likeness = max(_likeness(ours, s) for s in sounds) if sounds else 0.0
    if len(words) > 1:
        likeness = max(likeness, max(_likeness(sound(words[-1]), s) for s in sounds) - 0.1)
    return 0.75 * likeness if likeness >= 0.68 else 0.0


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _scored(person: Person, fit: float, on: date | None, context: Context) -> Candidate:
    held = person.offices
    codes = {person.country, *(o.country for o in held)}
    country = 0.5
    if context.countries:
        country = 1.0 if codes & set(context.countries) else 0.0
    office, when = 0.5, 0.5
    fits = [o for o in held if not context.kinds or o.kind in context.kinds]
    if context.kinds:
        office = 1.0 if fits else 0.2 if held else 0.0
    chosen = fits or list(held)
    if on is not None and chosen:
        away = min(o.away(on) for o in chosen)
        when = 1.0 if away == 0 else max(0.0, 0.7 - 0.7 * away / (12 * YEAR))
    elif chosen:
        when = 0.6 if any(o.end is None for o in chosen) else 0.5
    rank = min((RANK.get(o.kind, 6) for o in chosen), default=7)
    told = any(set(o.title.split()) & context.words for o in chosen)
    beside = 0.1 + 0.35 * country + 0.2 * office + 0.3 * when + 0.05 * (1 - rank / 7)
    score = 0.01 * told + 0.99 * fit * beside
    return Candidate(person, round(score, 4), tuple(person.held(on) if on else person.held(None)))


def _rank(candidate: Candidate) -> int:
    return min((RANK.get(o.kind, 6) for o in candidate.offices), default=9)
