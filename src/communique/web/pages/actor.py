"""An actor: who it is, which offices it held, what it did and had done to it, what it said, and with whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import unquote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from communique.knowledge.people import Person, everybody, holders
from communique.store.questions import events, said
from communique.store.questions.dealings import dealings
from communique.store.questions.density import happened
from communique.store.questions.parties import folded, is_key
from communique.store.questions.profile import introduced, keys_named, partners
from communique.web.cache import cached
from communique.web.charts.periods import after, period_of
from communique.web.charts.terms import Span, terms
from communique.web.pages.chart_parts import (
    NARROW,
    PERIOD_COLUMNS,
    axis_of,
    by_period,
    chart_page,
    coop_and_conflict,
    days_of,
    drawn,
    fields,
    gathered,
    kinds_of,
    pair_path,
    whole_name,
)
from communique.web.pages.common import filters_of
from communique.web.pages.frame import actor_path
from communique.web.pages.mended import mended_claims, mended_events
from communique.web.problems import NotFound

__all__ = ["router"]

router = APIRouter()

_SHOWN = 6  # events of either side, and claims
_PARTNERS = 15
_KINDS = 6
_ROLES = 8
_TITLES = {"HOS": "head of state", "HOG": "head of government", "FM": "foreign minister"}


@router.get("/actors/{rest:path}")
def actor(request: Request, rest: str) -> Response:
    """The page of an actor, or of all that is of a country."""
    key = _key(request, rest)
    # The path as it came has names decoded; those of a link must not be.
    asked = replace(filters_of(request, also=("at",)), path=actor_path(key))
    found, called, spoke = cached(request, introduced, key=key)
    if not found.rows:
        return _elsewhere(request, key)
    who = found.rows[0]
    country = key if not is_key(key) else key.removeprefix("iso:") if key.startswith("iso:") else None
    name = whole_name(key) if not is_key(key) else who["name"]
    alone = happened(replace(asked.filters, actor=(), recipient=(), between=()))
    given = {"actor": replace(alone, actor=(key,)), "recipient": replace(alone, recipient=(key,))}
    dealt = cached(request, dealings, one=key, filters=alone)
    days = {"actor": days_of(dealt, "there"), "recipient": days_of(dealt, "back")}
    axis = axis_of(asked, *days.values())
    known: dict[str, Any] = {
        "asked": asked,
        "key": key,
        "name": name,
        "who": who,
        "found": found,
        "country": country,
        "roles": called,
        "role_rows": _roles(called.rows) if key != country else [],
        "others": _others(request, key),
        "fields": fields("since", "until", "type", "quad", "status", "text", "min-confidence"),
        "axis": axis,
        "said": mended_claims(request, cached(request, said, who=key, limit=_SHOWN)),
        "acts": spoke,
        **_offices(key, country, who),
    }
    if axis is None:
        return chart_page(request, "actor.html", **known)
    counted = {side: gathered(rows, axis) for side, rows in days.items()}
    rows = {side: by_period(found) for side, found in counted.items()}
    panels = [(f"What {name} did", rows["actor"]), (f"What was done to {name}", rows["recipient"])]
    wide, narrow = drawn(axis, panels, asked, height=120)
    shown = {side: axis.behind(filters) for side, filters in given.items()}
    mates = cached(request, partners, key=key, filters=alone, limit=_PARTNERS)
    return chart_page(
        request,
        "actor.html",
        **known,
        title=_title(name, counted["actor"], counted["recipient"]),
        wide=wide,
        narrow=narrow,
        dealt=dealt,
        rows=_both(counted["actor"], counted["recipient"]),
        columns=(PERIOD_COLUMNS[0], ("side", "Side"), *PERIOD_COLUMNS[1:]),
        behind={
            side: mended_events(
                request, cached(request, events, filters=filters, happenings=True, limit=_SHOWN)
            )
            for side, filters in shown.items()
        },
        shown=shown,
        kinds={
            "actor": kinds_of(dealt, "there")[:_KINDS],
            "recipient": kinds_of(dealt, "back")[:_KINDS],
        },
        partners=mates,
        partner_rows=[{**row, "path": pair_path(key, row["key"])} for row in mates.rows],
        partner_most=max((max(coop_and_conflict([row])) for row in mates.rows), default=1),
    )


def _key(request: Request, rest: str) -> str:
    raw = request.scope.get("raw_path")
    path = raw.decode("ascii", "replace").partition("?")[0] if raw else f"/actors/{rest}"
    key = unquote(path.removeprefix("/actors/")).strip()
    if not key or len(key) > 300:
        raise NotFound("an actor's page has its key in the address; the list of actors has all there are")
    if key.startswith("~"):
        return f"~{folded(key[1:])}" if len(key) > 1 else key
    return key.upper() if len(key) == 3 and key.isalpha() and whole_name(key) != key else key


def _elsewhere(request: Request, key: str) -> Response:
    """Whoever is meant by a name without an id of its own.

    Raises:
        NotFound: if nobody is called so.
    """
    name = key.removeprefix("~")
    for row in cached(request, keys_named, name=name).rows:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(actor_path(row["key"]) + query, 303)
    raise NotFound(f"no article names “{name[:60]}”; the list of actors has everybody")


def _others(request: Request, key: str) -> list[dict[str, Any]]:
    """Others who are called by just the name in a key that is a name."""
    if not key.startswith("~"):
        return []
    return [row for row in cached(request, keys_named, name=key[1:]).rows if row["key"] != key]


def _offices(key: str, country: str | None, who: dict[str, Any]) -> dict[str, Any]:
    """Terms of office by the tables of who is who, as rows and as a chart."""
    told = (who["first"], who["last"]) if who["first"] else None
    offices: list[dict[str, Any]] = []
    person = _person(key)
    if person:
        for o in person.offices:
            where = "" if o.country == who["country"] else f", {whole_name(o.country)}"
            title = f"{'acting ' * o.acting}{o.title}{where}"
            offices.append({"title": title, "start": o.start, "end": o.end, "key": None, "name": ""})
    elif country and told:
        for one, kind, start, end in _governing(country, *told):
            offices.append(
                {"title": _TITLES[kind], "start": start, "end": end, "key": one.id, "name": one.name}
            )
    spans = [
        Span(", ".join(filter(None, (row["name"], row["title"]))), _day(row["start"]), _end(row["end"]))
        for row in offices
    ]
    around = 500 if country else None
    return {
        "offices": offices,
        "of_country": bool(country),
        # Beside the roles there is half of the page.
        "terms_wide": terms(spans, told, 960 if key == country else 580, around),
        "terms_narrow": terms(spans, told, NARROW, around),
        "told": told,
    }


def _person(key: str) -> Person | None:
    return _people().get(key) if key.startswith("person:") else None


@cache
def _people() -> dict[str, Person]:
    return {person.id: person for person in everybody()}


def _roles(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The commonest roles; those that differ in capitals only are one."""
    out: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: -row["articles"]):
        known = out.setdefault(row["role"].casefold(), {**row, "articles": 0})
        known["articles"] += row["articles"]
        for side, pick in (("first", min), ("last", max)):
            days = [d for d in (known[side], row[side]) if d]
            known[side] = pick(days) if days else None
    return sorted(out.values(), key=lambda row: -row["articles"])[:_ROLES]


def _governing(country: str, first: date, last: date) -> list[tuple[Person, str, str, str | None]]:
    """Who led a country or its foreign affairs while the articles tell of it."""
    out: dict[tuple[str, str, str], tuple[Person, str, str, str | None]] = {}
    step = "month" if (last - first).days < 3000 else "year"
    day = period_of(first, step)
    while day <= last:
        at = max(day, first)
        for kind in _TITLES:
            for person in holders(country, (kind,), at):
                for o in person.offices:
                    if o.kind == kind and o.country == country and o.on(at):
                        out[person.id, kind, o.start] = (person, kind, o.start, o.end)
        day = after(day, step)
    order = list(_TITLES)
    return sorted(out.values(), key=lambda row: (order.index(row[1]), row[2], row[0].id))


def _day(text: str) -> date:
    """The first day of a day, month or year."""
    return date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)


def _end(text: str | None) -> date | None:
    return None if text is None else _day(text)


def _both(did: list[dict[str, Any]], had: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = [{**row, "side": "did"} for row in did] + [{**row, "side": "had done"} for row in had]
    return sorted(rows, key=lambda row: (row["period"], row["side"]))


def _title(name: str, did: list[dict[str, Any]], had: list[dict[str, Any]]) -> str:
    """What one sees in the chart."""
    there, back = (sum(row["happenings"] for row in rows) for rows in (did, had))
    good, bad = coop_and_conflict(did)
    kind = "mostly cooperation" if good > 2 * bad else "mostly conflict" if bad > 2 * good else ""
    mixed = "cooperation and conflict alike" if there else ""
    return f"{name} did {there:,}{', ' * bool(kind or mixed)}{kind or mixed}, and received {back:,}"
