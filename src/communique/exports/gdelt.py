"""GDELT 2.0's tables of events (61 columns) and mentions (16): tab-separated, without header or quoting.

A row of events is a pair of actors. Where the store knows that several articles tell one happening, events
has it once, by its first telling, with the counts of all; mentions has every telling. Offsets are code points
of the article's text, so that they can be checked, as GDELT's own cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from communique.exports.cells import cell
from communique.exports.codes import actor_codes, country_codes, country_name, goldstein
from communique.exports.icews import cameo_of
from communique.exports.places import kind_of
from communique.exports.rows import Dyad, Row, Tally, Telling, dyads, number, publisher_of
from communique.reading import Entity, Place

__all__ = ["GdeltEvents", "GdeltMentions"]

BITS = 52  # fits a double as well as an integer of 64 bits
REPEATED = "told before, by another article"
_BLANK_LINE = re.compile(r"\n\s*\n")
_PLACELESS = ["0", "", "", "", "", "", "", ""]


class GdeltEvents:
    """Rows of the events table."""

    encoding = "utf-8"
    header: list[str] | None = None

    def __init__(self) -> None:
        self._told: set[object] = set()

    def rows(self, telling: Telling, tally: Tally) -> Iterator[Row]:
        """The rows of an event; none, and a reason in the tally, where it cannot be told in this format."""
        pairs = _pairs(telling, tally)
        if pairs and telling.origin.happening is not None:
            if telling.origin.happening in self._told:
                tally.left_out[REPEATED] += 1
                return
            self._told.add(telling.origin.happening)
        for pair in pairs:
            cells = _event(telling, pair)
            actors = (pair.actor,) if pair.actor else ()
            yield Row(cells[0], cells, telling, actors, (pair.recipient,) if pair.recipient else ())


class GdeltMentions:
    """Rows of the mentions table, under the numbers that the events table has."""

    encoding = "utf-8"
    header: list[str] | None = None

    def __init__(self) -> None:
        self._first: dict[object, tuple[str, list[Dyad]]] = {}

    def rows(self, telling: Telling, tally: Tally) -> Iterator[Row]:
        """A row for each pair of the event, or of the first telling of its happening."""
        pairs = _pairs(telling, tally)
        if not pairs:
            return
        added = _stamp(telling)
        if telling.origin.happening is not None:
            added, pairs = self._first.setdefault(telling.origin.happening, (added, pairs))
        for pair in pairs:
            actor = _same(pair.actor, telling.actors)
            recipient = _same(pair.recipient, telling.recipients)
            cells = _mention(telling, str(number(pair.id, BITS)), added, actor, recipient)
            yield Row(cells[0], cells, telling, (actor,) if actor else (), (recipient,) if recipient else ())


def _pairs(telling: Telling, tally: Tally) -> list[Dyad]:
    code = cameo_of(telling.event)
    if code is None:
        tally.left_out["of a type that CAMEO has no code for"] += 1
        return []
    if telling.day is None:
        tally.left_out["without a day"] += 1
        return []
    pairs = dyads(telling, symmetric=code in actor_codes("symmetric"))
    if not pairs:
        tally.left_out["without a party"] += 1
    return pairs


def _event(telling: Telling, pair: Dyad) -> list[str]:
    assert telling.day is not None
    day = telling.day.first
    digits = _digits(day)
    code = cameo_of(telling.event) or ""
    value = goldstein(code, "gdelt")
    return [
        str(number(pair.id, BITS)),
        digits,
        digits[:6],
        digits[:4],
        # GDELT's own reckoning: months of thirty days in a year of 365.
        f"{day.year + ((day.month - 1) * 30 + day.day) / 365:.4f}",
        *_actor(pair.actor),
        *_actor(pair.recipient),
        "1" if _in_lead(telling) else "0",
        code,
        code[:3],
        code[:2],
        str(_quad(code)),
        "" if value is None else str(value),
        str(telling.origin.mentions),
        str(telling.origin.sources),
        str(telling.origin.articles),
        "",
        *_PLACELESS,
        *_PLACELESS,
        *_place(telling.place),
        _stamp(telling),
        cell(telling.reading.article.url) or telling.story,
    ]


def _actor(entity: Entity | None) -> list[str]:
    """Ten cells: code, name, country, group, ethnic, two of religion, three types."""
    if entity is None:
        return [""] * 10
    bodies = [s for s in entity.sectors if s in actor_codes("country")]
    country = actor_codes("country")[bodies[0]] if bodies else country_codes(entity.country).cameo
    groups = [actor_codes("group")[s] for s in entity.sectors if s in actor_codes("group")]
    kinds = list(dict.fromkeys(filter(None, (actor_codes("cameo").get(s) for s in entity.sectors))))[:3]
    group = groups[0] if groups else ""
    # Bodies begin with what they are, IGOUNO; all others with where they belong, FRAGOV.
    code = "".join(kinds) + country + group if group else country + "".join(kinds)
    return [code, cell(entity.name).upper(), country, group, "", "", "", *(kinds + ["", "", ""])[:3]]


def _place(place: Place | None) -> list[str]:
    """Eight cells: type, full name, country, two of divisions, latitude, longitude, feature."""
    if place is None:
        return list(_PLACELESS)
    fips = country_codes(place.country).fips
    country = country_name(place.country)
    name = cell(place.name)
    kind = _place_type(place)
    return [
        kind,
        ", ".join(dict.fromkeys(part for part in (name, cell(country)) if part)),
        fips,
        fips if kind in ("2", "3", "4", "5") else "",
        "",
        "" if place.latitude is None else str(place.latitude),
        "" if place.longitude is None else str(place.longitude),
        fips if kind == "1" else "",
    ]


def _place_type(place: Place) -> str:
    """GDELT's type: 1 country, 2 state and 3 town of the United States, 4 town and 5 division elsewhere; 0
    for what lies in no country."""
    kind = kind_of(place)
    if not place.country or (kind == "region" and place.country == "USA"):
        return "0"
    if kind == "town":
        return "3" if place.country == "USA" else "4"
    return {"country": "1", "state": "2", "region": "5"}[kind]


def _in_lead(telling: Telling) -> bool:
    """Whether it is told in the lead paragraph, GDELT's mark of an event that the article is about.

    Paragraphs end at blank lines, or at line breaks where the text has no blank line; without either, the
    lead is the first sentence.
    """
    reading = telling.reading
    if not reading.sentences:
        return False
    first = reading.sentences[0].end
    text = reading.article.text
    blank = _BLANK_LINE.search(text, first)
    end = blank.start() if blank else text.find("\n", first)
    return telling.event.start < (end if end >= 0 else first)


def _quad(code: str) -> int:
    """The quad class of a CAMEO code, by its root; PLOVER's own may differ."""
    root = int(code[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


def _stamp(telling: Telling) -> str:
    """When the article came out; where that is not known, the event's day. Midnight, UTC."""
    published = telling.reading.article.published
    assert telling.day is not None
    return f"{_digits(published or telling.day.first)}000000"


def _digits(day: date) -> str:
    return day.isoformat().replace("-", "")


def _same(entity: Entity | None, side: tuple[Entity, ...]) -> Entity | None:
    """Who on that side of a telling is the entity of another telling; the first where no other fits."""
    if entity is None:
        return None
    for mark in ("kb", "name"):
        wanted = getattr(entity, mark)
        found = next((e for e in side if wanted and getattr(e, mark) == wanted), None)
        if found:
            return found
    return side[0] if side else None


def _mention(
    telling: Telling, event_id: str, added: str, actor: Entity | None, recipient: Entity | None
) -> list[str]:
    article = telling.reading.article
    tens = round(telling.event.confidence * 10) * 10
    return [
        event_id,
        added,
        _stamp(telling),
        "1" if article.url else "2",
        cell(publisher_of(article)),
        cell(article.url) or telling.story,
        str(telling.sentence_number),
        str(_offset(telling, actor)),
        str(_offset(telling, recipient)),
        str(telling.event.start),
        "1",
        str(min(max(tens, 10), 100)),
        str(len(article.text)),
        "",
        "",
        "",
    ]


def _offset(telling: Telling, entity: Entity | None) -> int:
    span = telling.span_of(entity) if entity else None
    return span[0] if span else -1
