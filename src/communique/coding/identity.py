"""Which person of the tables one of the article is, with the office held on the article's day. Precision
first.

A full name that the table has needs no more than that nothing speaks against it; a surname alone needs an
office or a
country that speaks for it. Who is called by title alone ("the Japanese prime minister") is who held that
office.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from communique.coding.naming import Register
from communique.coding.people import Draft
from communique.coding.roles import Title
from communique.knowledge.people import Office, Person, holders, named
from communique.knowledge.spelling import folded, sound
from communique.knowledge.titles import titles

__all__ = ["holder_of", "link"]

_LONG = 45 * 366  # nobody is in the news of today for an office left so long ago, but by full name
_OLD = 30 * 366
_NEAR = 400
_FAME = 10 * 366


def link(register: Register, day: date | None) -> None:
    """Link the persons of an article to the tables: ``kb``, country, sectors, role and sex.

    Args:
        register: the article's entities, before nouns of role are read.
        day: the article's day, or None.
    """
    for draft in register.people.drafts:
        if draft.kb is None and draft.parts and not draft.parts[0].startswith("\0"):
            person = _person(draft, register.mentioned, day)
            if person is not None:
                take(draft, person, day)
    _merge(register)


def _person(draft: Draft, mentioned: set[str], day: date | None) -> Person | None:
    full = len(draft.parts) > 1
    fits: list[tuple[float, Person]] = []
    for person in named(draft.name) or (named(draft.parts[-1]) if full else []):
        match = _full(draft, person) if full else _short(draft, person)
        if not match:
            continue
        score = _support(draft, person, mentioned, day, match == 2)
        # Who once governed is not in the news by full name as somebody else, unless it is long ago.
        governed = any(o.kind in ("HOS", "HOG", "LEAD") for o in person.offices)
        known = governed and (not _past(person, day) or _titled(draft, person))
        least = 2.0 if match < 2 else 0.0 if known else 0.5
        score = None if score is None else score + _generation(draft.name, person)
        unknown = day is not None and bool(person.offices) and all(_after(o, day) for o in person.offices)
        if score is None or score < least or (unknown and _reports(draft)):
            continue
        if unknown:
            score -= 0.25  # who has yet to be known stands behind who is
        fits.append((score + match, person))
    fits.sort(key=lambda f: (-f[0], f[1].id))
    if len(fits) > 1 and fits[0][0] == fits[1][0] and len({f[1].country for f in fits}) == 1:
        draft.country = draft.country or fits[0][1].country  # one Bush or the other: an American
    if not fits and not full:
        return _famous(draft, mentioned, day)
    if not fits or (len(fits) > 1 and fits[0][0] == fits[1][0]):
        return None
    return fits[0][1]


def _famous(draft: Draft, mentioned: set[str], day: date | None) -> Person | None:
    """Whom the article calls by surname alone from the start, without a title, its readers know: the one head
    of a country it speaks of who is called so and is not long out of office."""
    if draft.left or (draft.offices and day is not None):
        return None
    fits = []
    for person in named(draft.name):
        heads = [o for o in person.offices if o.kind in ("HOS", "HOG", "LEAD")]
        if day is not None and all(_after(o, day) for o in person.offices):
            continue
        if not heads or not _short(draft, person) or _support(draft, person, mentioned, day) is None:
            continue
        titled = any(_same(title, o.title) for title in draft.offices for o in heads)
        if day is not None and min(o.away(day) for o in heads) > _FAME:
            continue
        if titled or (not draft.offices and {o.country for o in heads} & mentioned):
            fits.append(person)
    return fits[0] if len(fits) == 1 else None


def _after(office: Office, day: date) -> bool:
    """Does it begin long after that day?"""
    return office.start[:4] > str(day.year) and not office.on(day, _NEAR)


def _reports(draft: Draft) -> bool:
    """Is it a journalist? Who has yet to be a minister may be any of that name."""
    return any(titles().offices.get(title) == "JRN" for title in draft.offices)


def _past(person: Person, day: date | None) -> bool:
    """Did the person leave the last office a generation before that day?"""
    return day is not None and min(o.away(day) for o in person.offices) > _OLD


def _generation(name: str, person: Person) -> float:
    """What "Jr." or "Sr." behind a name tells of which one is meant."""
    theirs = [n.rstrip(".").rpartition(" ")[2].lower() for n in person.names]
    asked = name.rstrip(".").rpartition(" ")[2].lower()
    if asked not in ("jr", "sr"):
        return 0.0
    return 0.5 if asked in theirs else -0.5


def _full(draft: Draft, person: Person) -> int:
    """2 for one of the full names, 1 where one has all words of the other and both end alike."""
    asked = " ".join(draft.parts)
    names = [folded(n) for n in person.names]
    if asked in names or asked in (folded(k) for k in person.known_as):
        return 2
    words = set(draft.parts)
    for name in names:
        theirs = name.split()
        if len(theirs) > 1 and (words <= set(theirs) or set(theirs) <= words) and theirs[-1] in words:
            # "Ahmed Mohamed" may be anybody beside "Ahmed Abdi aw-Mohamed".
            return 2 if theirs[0] == draft.parts[0] and set(theirs) <= words else 1
    return 0


def _short(draft: Draft, person: Person) -> int:
    asked = draft.parts[0]
    if asked in [folded(k) for k in person.known_as]:
        return 1
    # The last word of a long name may be the mother's: Rodríguez of Juan Carlos Varela Rodríguez.
    sounds = {sound(folded(k)) for k in person.known_as}
    ends = [folded(n).split() for n in person.names]
    return int(
        any(
            asked == words[-1] and (not at or len(words) < 3 or not sounds or sound(asked) in sounds)
            for at, words in enumerate(ends)
        )
    )


def _support(
    draft: Draft, person: Person, mentioned: set[str], day: date | None, full: bool = False
) -> float | None:
    """How much the article speaks for the person, called by the full name or not; None where it speaks
    against."""
    codes = {person.country, *(o.country for o in person.offices)}
    if draft.country is not None and draft.country not in codes:
        return None
    if draft.female is not None and person.female is not None and draft.female != person.female:
        return None
    near = [o for o in person.offices if day is None or o.on(day, _NEAR)]
    away = min((o.away(day) for o in person.offices), default=0) if day is not None else 0
    if not near and not full and away > _LONG:
        return None
    score = 1.0 if near else 0.0
    if draft.country is not None:
        score += 1.0
    elif codes & mentioned:
        score += 0.5
    held = near if draft.offices and not draft.left else list(person.offices)
    if any(_same(title, o.title) for title in draft.offices | draft.left for o in held):
        score += 1.5
    elif draft.offices and not draft.left and not any(_vague(t) for t in draft.offices):
        if away > _OLD and not _titled(draft, person):
            return None  # nor is a prosecutor of today who led a country a generation ago
        score -= 1.0 if near else 0.0  # a judge Bush is not the president
    return score


def _same(title: tuple[str, ...], office: str) -> bool:
    """Is it that office, under one of its names?"""
    words = " ".join(title)
    if words == office or office.endswith(" " + words) or words.endswith(" " + office):
        return True
    table = titles()
    kinds = table.single(title)
    return kinds is not None and any(
        office.endswith(other) for other in table.single_offices if table.office_kinds[other] == kinds
    )


def _titled(draft: Draft, person: Person) -> bool:
    """Does the article give the person a title that was once the person's?"""
    return any(_same(title, o.title) for title in draft.offices | draft.left for o in person.offices)


def _vague(title: tuple[str, ...]) -> bool:
    return title[-1] in (
        "leader",
        "official",
        "politician",
        "head",
        "chief",
        "minister",
        "candidate",
        "secretary",
    )


def take(draft: Draft, person: Person, day: date | None) -> None:
    """Note on an entity what the tables know of the person."""
    draft.kb = person.id
    if len(person.name.split()) > len(draft.parts):
        draft.name = person.name
    now = person.held(day) if day else []
    draft.country = draft.country or (now[0].country if now and len(now[0].country) == 3 else person.country)
    if draft.country in ("EUE", "INT"):
        draft.country = None
    if draft.female is None:
        draft.female = person.female
    if not draft.sectors:
        draft.sectors = _sectors(person, now, day)
    if draft.role is None and now:
        draft.role = titled(now[0].title)
    for office in now:
        draft.offices.add(tuple(office.title.split()))
    if day:
        draft.left |= {
            tuple(o.title.split())
            for o in person.offices
            if o not in now and o.end and o.away(day) and o.start < day.isoformat()
        }


def _sectors(person: Person, now: list[Office], day: date | None) -> list[str]:
    if now and now[0].kind != "OTH":
        return ["GOV"]
    governed = [o for o in person.offices if o.kind != "OTH" and (day is None or o.start < day.isoformat())]
    if person.sectors and (now or not governed):
        return list(person.sectors)
    if now:
        return ["GOV"]
    # PLOVER counts those who have left office among the elites; who has yet to take one is none of either.
    left = any(day is None or o.start < day.isoformat() for o in person.offices)
    return ["ELI"] if left else []


def titled(title: str) -> str:
    """A title as it stands before a name: "prime minister" → "Prime Minister"."""
    return " ".join(
        w if w in ("of", "the", "and", "for", "to") else w[:1].upper() + w[1:] for w in title.split()
    )


def _merge(register: Register) -> None:
    """Two entities linked to one person are one."""
    first: dict[str, Draft] = {}
    for draft in list(register.people.drafts):
        if draft.kb is None:
            continue
        known = first.setdefault(draft.kb, draft)
        if known is draft:
            continue
        known.mentions.extend(draft.mentions)
        known.offices |= draft.offices
        known.left |= draft.left
        known.role = known.role or draft.role
        known.sectors.extend(s for s in draft.sectors if s not in known.sectors)
        if len(draft.parts) > len(known.parts):
            known.parts = draft.parts
        register.people.drafts.remove(draft)
        for span, (item, one) in list(register.at.items()):
            if one is draft:
                register.at[span] = (item, known)


def holder_of(register: Register, title: Title, country: str | None, day: date | None) -> Person | None:
    """Who held the office on the article's day, where country and title leave no doubt."""
    kinds = titles().single(title.office)
    if kinds is None or title.former or day is None:
        return None
    code = country or main_country(register)
    if code is None:
        return None
    found = holders(code, kinds, day)
    if kinds == ("HOS", "LEAD") or kinds == ("HOG",):
        found = [p for p in found if any(_same(title.office, o.title) for o in p.held(day))] or found
    return found[0] if len(found) == 1 else None


def main_country(register: Register) -> str | None:
    """The country that the article is about: named in more than half of all namings of countries."""
    counts = Counter(
        d.country
        for _, d in register.at.values()
        if d.country and d.kind in ("state", "place", "organization")
    )
    if not counts:
        return None
    code, most = counts.most_common(1)[0]
    return code if most * 2 > sum(counts.values()) and most > 1 else None
