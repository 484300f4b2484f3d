"""The map: where things happened, by country and by place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from communique.knowledge.countries import gazetteer
from communique.store.questions import Answer, events
from communique.store.questions.density import happened
from communique.store.questions.filters import chosen
from communique.store.questions.mapping import by_country, by_place
from communique.web.cache import cached
from communique.web.charts.world import VIEWS, best_view, world
from communique.web.pages.chart_parts import chart_page, coop_and_conflict, fields, whole_name
from communique.web.pages.common import Asked, filters_of, page_number
from communique.web.pages.mended import mended_events

__all__ = ["router"]

router = APIRouter()

_PLACES = 400
_CIRCLES = 150
_COUNTRIES = 60
_ROWS = 25


@router.get("/map")
def world_map(request: Request) -> Response:
    """The map page."""
    asked = filters_of(request, also=("view", "place"))
    limit, offset = page_number(asked, default=15)
    filters = happened(asked.filters)
    # What is chosen on the map filters the list below, not the map.
    everywhere = replace(filters, country=())
    countries = cached(request, by_country, filters=everywhere)
    places = cached(request, by_place, filters=everywhere, limit=_PLACES)
    known = [row for row in countries.rows if row["country"]]
    # A country named as a whole has a point in its middle, which is no place where anything happened.
    single = [row for row in places.rows if not row["whole"]]
    spots = [row for row in single if row["latitude"] is not None]
    view = asked.one("view")
    view = chosen(view, VIEWS, "view") if view else best_view(_points(known, spots))
    place = asked.one("place")
    here = replace(filters, place=(place,) if place else ())
    behind = cached(request, events, filters=here, happenings=True, limit=limit, offset=offset)
    nowhere = sum(row["happenings"] for row in countries.rows if not row["country"])
    return chart_page(
        request,
        "map.html",
        asked=asked,
        fields=fields("actor", "recipient", "since", "until", "type", "quad", "status", "text"),
        title=_title(known),
        map=world(view, _lands(asked, known), _spots(asked, spots[:_CIRCLES])) if known else None,
        view=view,
        views=[(key, one.name) for key, one in VIEWS.items()],
        nowhere=nowhere,
        countries=countries,
        country_rows=[{**row, "name": whole_name(row["country"])} for row in known[:_COUNTRIES]],
        more_countries=max(0, len(known) - _COUNTRIES),
        places=places,
        place_rows=[{**row, "link": _place_link(asked, row)} for row in single[:_ROWS]],
        more_places=max(0, _single(places, single) - _ROWS),
        most=max((max(coop_and_conflict([row])) for row in known), default=1),
        chosen=" in ".join(filter(None, (_place_name(place, places.rows), _country_names(filters.country)))),
        behind=mended_events(request, behind),
        shown=here,
        limit=limit,
        offset=offset,
    )


def _single(places: Answer, found: list[dict[str, Any]]) -> int:
    """How many places there are; where not all were fetched, with the few that are whole countries."""
    total = places.total or 0
    return len(found) if total <= _PLACES else total


def _points(countries: list[dict[str, Any]], spots: list[dict[str, Any]]) -> list[tuple[float, float, int]]:
    """What the view should show: places, and countries of which no place is known."""
    out = [(row["latitude"], row["longitude"], row["happenings"]) for row in spots]
    placed: dict[str, int] = {}
    for row in spots:
        placed[row["country"]] = placed.get(row["country"], 0) + row["happenings"]
    for row in countries:
        one = gazetteer().countries.get(row["country"])
        left = row["happenings"] - placed.get(row["country"], 0)
        if one and left > 0:
            out.append((one.latitude, one.longitude, left))
    return out


def _lands(asked: Asked, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    chosen_ones = tuple(asked.filters.country)
    return [
        {
            **row,
            "text": f"{whole_name(row['country'])}: {_counted(row)}",
            "link": asked.address(country=row["country"], place=None, cursor=None) + "#behind",
            "on": row["country"] in chosen_ones,
        }
        for row in rows
    ]


def _spots(asked: Asked, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "conflict": coop_and_conflict([row])[1] / row["happenings"],
            "text": f"{row['place']}: {_counted(row)}",
            "link": _place_link(asked, row),
        }
        for row in rows
    ]


def _place_link(asked: Asked, row: dict[str, Any]) -> str:
    """By its number at GeoNames where it has one: many places have one name."""
    place = str(row["geonames"]) if row["geonames"] else row["place"]
    return asked.address(place=place, country=row["country"], cursor=None) + "#behind"


def _place_name(place: str, rows: list[dict[str, Any]]) -> str:
    return next((row["place"] for row in rows if str(row["geonames"]) == place), place)


def _country_names(codes: Any) -> str:
    return ", ".join(whole_name(code) for code in codes)


def _counted(row: dict[str, Any]) -> str:
    good, bad = coop_and_conflict([row])
    return f"{row['happenings']} happenings, {good} cooperation and {bad} conflict"


def _title(rows: list[dict[str, Any]]) -> str:
    """What one sees on the map."""
    if not rows:
        return "No happening has a place that is known"
    whole = sum(row["happenings"] for row in rows)
    number = f"{rows[0]['happenings']:,} of {whole:,}"
    return f"Most happened in {whole_name(rows[0]['country'])}: {number} whose place is known"
