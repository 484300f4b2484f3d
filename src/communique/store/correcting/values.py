"""The values that corrections give: each kind's form, checked against the article's text and the ontology."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from communique.errors import BadCorrection
from communique.reading import Claim, Event, Reading
from communique.store.correcting.anchors import named_at
from communique.store.correcting.days import days_of
from communique.store.correcting.given import (
    LONGEST,
    chosen,
    country_of,
    name_of,
    parts_of,
    real,
    sectors_of,
    several,
    span_of,
    spans_of,
    whole,
)
from communique.store.correcting.prose import plain, shown

__all__ = ["ACTS", "ENTITY_KINDS", "MANNERS", "STATUSES", "Room", "value_of"]

STATUSES = ("occurred", "ongoing", "planned", "hypothetical", "negated")
ACTS = ("assert", "deny", "doubt", "ask", "demand", "promise", "threaten", "believe", "intend", "other")
MANNERS = ("direct", "indirect", "mixed")
ENTITY_KINDS = ("person", "state", "organization", "group", "media", "place", "other")

_ABOUT_ENTITY = ("name", "kind", "country", "sectors", "role")


@dataclass(frozen=True, slots=True)
class Room:
    """What a value is checked against.

    Attributes:
        reading: the article with what is read in it; None for a correction of an article that is not at hand,
            of which only the form can be checked.
        types: event types beyond PLOVER's, with quad code and intensity.
        about: the event or claim that is corrected, if there is one.
        foreign: the value was made elsewhere, where types of a codebook may be known that are not known here.
    """

    reading: Reading | None
    types: Mapping[str, tuple[int, float]]
    about: Event | Claim | None = None
    foreign: bool = False

    @property
    def text(self) -> str | None:
        """Of the article, where it is at hand."""
        return None if self.reading is None else self.reading.article.text


def value_of(room: Room, kind: str, value: Any) -> Any:
    """The value in the form that is kept: plain JSON that holds good without the ids of this reading.

    What it gives, it gives again when it is given it.

    Raises:
        BadCorrection: if it is none that a thing of the kind could have.
    """
    return _MAKERS[kind](room, value)


def _type(room: Room, value: Any) -> dict[str, Any]:
    from communique.ontology import event_types

    row = parts_of(value, "a type") if isinstance(value, dict) else {"type": value}
    name, _, told = str(row.get("type") or "").partition("/")
    mode = str(told or row.get("mode") or "")
    plover = event_types()
    own = {**room.types}
    if room.reading is not None:
        own |= {e.type: (e.quad_code, e.intensity) for e in room.reading.events if e.type not in plover}
    if room.foreign and name and name not in plover and name not in own and "quad_code" in row:
        own[name] = (whole(row["quad_code"], "quad_code"), real(row.get("intensity"), "intensity"))
    name = chosen(name, {**plover, **own}, "type")
    if name not in plover:
        return {"type": name, "mode": None, "quad_code": own[name][0], "intensity": own[name][1]}
    kind = plover[name]
    if mode and not kind.modes:
        raise BadCorrection(f"{name} has no modes; leave {shown(mode)} out")
    one = kind.modes[chosen(mode, kind.modes, f"mode of {name}")] if mode else None
    score = one.intensity if one else kind.intensity
    named = one.name if one else None
    return {"type": name, "mode": named, "quad_code": kind.quad_code, "intensity": score}


def _status(room: Room, value: Any) -> dict[str, Any]:
    row = parts_of(value, "a status") if isinstance(value, dict) else {"status": value}
    before = room.about.historical if isinstance(room.about, Event) else False
    status = chosen(row.get("status"), STATUSES, "status")
    return {"status": status, "historical": _flag(row, "historical", before)}


def _time(room: Room, value: Any) -> dict[str, Any]:
    if isinstance(value, str) and room.reading is not None:
        time = next((t for t in room.reading.times if t.id == value), None)
        if time is None:
            raise BadCorrection(f"the article has no time {shown(value)}")
        return {"start": time.start, "end": time.end, "value": time.value}
    row = parts_of(value, "a time")
    start, end = span_of(room.text, row, "the time")
    given = row.get("value")
    if given is None and room.reading is not None:
        # The words alone: what the machine made of them, if it read them as a time.
        known = next((t for t in room.reading.times if (t.start, t.end) == (start, end)), None)
        given = known.value if known else None
    elif given is not None and not _names_days(given) and not _is_read(room, start, end, given):
        forms = "2024, 2024-02, 2024-02-09, 2024-W06 or 2024-02-09/2024-02-11"
        raise BadCorrection(f"{shown(given)} names no days; write {forms}")
    return {"start": start, "end": end, "value": given}


def _names_days(value: Any) -> bool:
    return isinstance(value, str) and days_of(value) is not None


def _is_read(room: Room, start: int, end: int, value: Any) -> bool:
    """Whether the machine itself has this value there, such as P3D, which names no days."""
    times = room.reading.times if room.reading else ()
    return any((t.start, t.end, t.value) == (start, end, value) for t in times)


def _party(room: Room, value: Any) -> dict[str, Any]:
    from communique.ontology import sectors

    if isinstance(value, str) and room.reading is not None:
        entity = room.reading.entity(value)
        if entity is None:
            raise BadCorrection(f"the article has no party {shown(value)}")
        place = named_at(room.reading, entity, room.about)
        if place is None:
            raise BadCorrection(
                f"{shown(entity.name)} is named nowhere in the article; give the words instead"
            )
        known = {"name": plain(entity.name, LONGEST), "kind": entity.kind, "country": entity.country}
        # Sectors of a user's own table of actors may be others than PLOVER's.
        return {
            "start": place[0],
            "end": place[1],
            **known,
            "sectors": [s for s in entity.sectors if s in sectors()],
        }
    row = parts_of(value, "a party")
    start, end = span_of(room.text, row, "the party")
    words = plain(room.reading.article.text[start:end], LONGEST) if room.reading else None
    return {
        "start": start,
        "end": end,
        "name": name_of(row.get("name") or words),
        "kind": chosen(row.get("kind") or "other", ENTITY_KINDS, "kind of party"),
        "country": country_of(row.get("country")),
        "sectors": sectors_of(row.get("sectors")),
    }


def _entity(room: Room, value: Any) -> dict[str, Any]:
    row = parts_of(value, "a party")
    makers: dict[str, Callable[[Any], Any]] = {
        "name": name_of,
        "kind": lambda v: chosen(v, ENTITY_KINDS, "kind of party"),
        "country": country_of,
        "sectors": sectors_of,
        "role": lambda v: None if v in (None, "") else name_of(v),
    }
    for name in row:
        chosen(name, makers, "part of a party")
    if not row:
        raise BadCorrection(f"give what is to be mended: {', '.join(_ABOUT_ENTITY)}")
    return {name: makers[name](row[name]) for name in _ABOUT_ENTITY if name in row}


def _event(room: Room, value: Any) -> dict[str, Any]:
    row = parts_of(value, "an event")
    start, end = span_of(room.text, row, "the event")
    if room.reading is not None and not any(s.start <= start < s.end for s in room.reading.sentences):
        raise BadCorrection(f"{start} is in no sentence of the article; an event stands in one")
    time, place = row.get("time"), row.get("place")
    made = {
        "start": start,
        "end": end,
        **_type(room, row),
        **_status(
            room, {"status": row.get("status", "occurred"), "historical": row.get("historical", False)}
        ),
        "actors": [_party(room, p) for p in several(row.get("actors"), "actors")],
        "recipients": [_party(room, p) for p in several(row.get("recipients"), "recipients")],
        "time": None if time is None else _time(room, time),
        "place": None if place is None else _place(room, place),
    }
    if not made["actors"] and not made["recipients"]:
        raise BadCorrection("an event needs an actor or a recipient")
    return made


def _place(room: Room, value: Any) -> dict[str, Any]:
    if isinstance(value, str) and room.reading is not None:
        place = next((p for p in room.reading.places if p.id == value), None)
        if place is None:
            raise BadCorrection(f"the article has no place {shown(value)}")
        return {"start": place.start, "end": place.end}
    start, end = span_of(room.text, parts_of(value, "a place"), "the place")
    return {"start": start, "end": end}


def _claim(room: Room, value: Any) -> dict[str, Any]:
    row = parts_of(value, "a claim")
    source, anonymous = row.get("source"), _flag(row, "anonymous", False)
    content = spans_of(room.text, row.get("content"), "content")
    if not content:
        raise BadCorrection("a claim needs the words of what was said: content")
    return {
        "source": None if source is None else _party(room, source),
        "anonymous": anonymous,
        "cue": spans_of(room.text, row.get("cue"), "cue"),
        "content": content,
        "manner": chosen(row.get("manner") or "indirect", MANNERS, "manner"),
        "act": _act(room, row.get("act") or "assert"),
    }


def _source(room: Room, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        return {**_party(room, value), "anonymous": False}
    anonymous = _flag(value, "anonymous", False)
    if anonymous and value.get("start") is None and value.get("end") is None:
        # Whoever it is, the words that name him stay.
        return {"anonymous": True}
    return {**_party(room, value), "anonymous": anonymous}


def _flag(row: dict[str, Any], name: str, usual: bool) -> bool:
    value = row.get(name, usual)
    if not isinstance(value, bool):
        raise BadCorrection(f"{name} is {shown(value)}; it is true or false")
    return value


def _act(room: Room, value: Any) -> str:
    return chosen(value, ACTS, "act")


_MAKERS: dict[str, Callable[[Room, Any], Any]] = {
    "event": _event,
    "type": _type,
    "status": _status,
    "time": _time,
    "actor": _party,
    "recipient": _party,
    "party": _entity,
    "claim": _claim,
    "source": _source,
    "act": _act,
}
