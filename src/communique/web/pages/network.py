"""The network of actors, or of countries, in a window of time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from communique.store.questions.answer import Answer
from communique.store.questions.density import happened
from communique.store.questions.filters import Filters, chosen
from communique.store.questions.network import TIES
from communique.store.questions.network import network as found
from communique.web.cache import cached
from communique.web.charts.graph import Graph, graph
from communique.web.pages.chart_parts import (
    chart_page,
    coop_and_conflict,
    fields,
    pair_path,
    whole_name,
)
from communique.web.pages.common import filters_of, page_number
from communique.web.pages.frame import actor_path

if TYPE_CHECKING:
    from communique.store import Store

__all__ = ["picture", "router"]

router = APIRouter()

_TIES = 120  # that are drawn
_WIDE, _NARROW = 36, 16  # actors


@router.get("/network")
def network(request: Request) -> Response:
    """The network page."""
    asked = filters_of(request, also=("of",))
    limit, offset = page_number(asked, default=30)
    of = chosen(asked.one("of", "actors"), TIES, "kind of tie")
    filters = happened(asked.filters)
    drawn = cached(request, picture, filters=filters, of=of)
    strongest = drawn.answer
    # What is drawn is listed without asking again.
    listed = replace(strongest, rows=strongest.rows[offset : offset + limit])
    if offset + limit > _TIES:
        listed = cached(request, found, filters=filters, of=of, limit=limit, offset=offset)
    named = whole_name if of == "countries" else str
    return chart_page(
        request,
        "network.html",
        asked=asked,
        fields=fields("since", "until", "actor", "recipient", "type", "quad", "country", "text"),
        of=of,
        title=_title(strongest.rows, named),
        wide=drawn.wide,
        narrow=drawn.narrow,
        strongest=strongest,
        listed=listed,
        rows=[
            {
                **row,
                "actor_name": named(row["actor_name"]),
                "recipient_name": named(row["recipient_name"]),
                "path": pair_path(row["actor"], row["recipient"]),
            }
            for row in listed.rows
        ],
        most=max((max(coop_and_conflict([row])) for row in strongest.rows), default=1),
        limit=limit,
        offset=offset,
    )


@dataclass(frozen=True)
class Picture:
    """The strongest ties, and how they are drawn on wide and on narrow screens."""

    answer: Answer
    wide: Graph
    narrow: Graph

    def __len__(self) -> int:
        # What it counts in the cache, in rows.
        return 3 * len(self.answer)


def picture(store: Store, filters: Filters, of: str) -> Picture:
    """The network of the strongest ties.

    Args:
        store: that is asked.
        filters: checked ones.
        of: of ``TIES``.

    Raises:
        StoreError: if the store cannot be read.
    """
    named = whole_name if of == "countries" else str
    answer = found(store, filters, of=of, limit=_TIES)
    rows = [
        {**row, "actor_name": named(row["actor_name"]), "recipient_name": named(row["recipient_name"])}
        for row in answer.rows
    ]
    wide, narrow = (
        graph(rows, link=pair_path, node_link=actor_path, most=most, width=width, height=height)
        for most, width, height in ((_WIDE, 960, 640), (_NARROW, 372, 520))
    )
    return Picture(answer, wide, narrow)


def _title(rows: list[dict[str, Any]], named: Any) -> str:
    """What one sees in the picture."""
    both: dict[tuple[str, str], int] = {}
    names = {}
    for row in rows:
        one, two = sorted((row["actor"], row["recipient"]))
        both[one, two] = both.get((one, two), 0) + row["happenings"]
        names[row["actor"]], names[row["recipient"]] = named(row["actor_name"]), named(row["recipient_name"])
    if not both:
        return "Nobody dealt with anybody"
    (one, two), number = max(both.items(), key=lambda item: (item[1], item[0]))
    return f"{names[one]} and {names[two]} deal most with each other: {number:,} happenings"
