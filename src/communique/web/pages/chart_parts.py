"""What the pages with charts share: the axis of time, the period that is chosen, forms, and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from communique.errors import BadQuestion
from communique.knowledge.countries import gazetteer
from communique.store.questions.answer import Answer
from communique.store.questions.filters import QUADS, STATUSES, Filters, chosen
from communique.store.questions.parties import is_key
from communique.store.questions.profile import profile
from communique.web.cache import cached
from communique.web.charts.columns import QUADS as QUAD_COLUMNS
from communique.web.charts.columns import Columns, columns
from communique.web.charts.periods import (
    AXIS,
    MOST,
    Window,
    after,
    allowed,
    fitting,
    label,
    period_of,
    window,
)
from communique.web.charts.scripts import SCRIPTS
from communique.web.pages.common import Asked, page
from communique.web.pages.frame import quoted, type_label
from communique.web.pages.mended import any_corrections

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = [
    "PERIOD_COLUMNS",
    "Axis",
    "axis_of",
    "by_period",
    "chart_page",
    "coarser",
    "coop_and_conflict",
    "days_of",
    "drawn",
    "fields",
    "gathered",
    "kinds_of",
    "name_of",
    "pair_path",
    "quad_of",
    "whole_name",
]

NARROW = 372.0  # width of the drawings for small screens
_COUNTED = (*QUAD_COLUMNS.values(), "happenings")

# The table of a chart over time.
PERIOD_COLUMNS = (
    ("period", "Begins"),
    ("verbal_cooperation", "Cooperation in words"),
    ("material_cooperation", "Cooperation in deeds"),
    ("verbal_conflict", "Conflict in words"),
    ("material_conflict", "Conflict in deeds"),
    ("happenings", "All"),
    ("score", "Mean score"),
)


@dataclass(frozen=True)
class Axis:
    """The axis of time of a page's charts.

    Attributes:
        window: the days that are shown, and what lies outside.
        by: unit of the periods.
        at: first day of the period that is chosen, or None.
        note: why another unit is drawn than was asked for, or ''.
    """

    window: Window
    by: str
    at: date | None
    note: str

    @property
    def first(self) -> date:
        """First day that is shown, of a whole period."""
        return period_of(self.window.first, self.by)

    @property
    def last(self) -> date:
        """Last day that is shown, of a whole period."""
        return after(period_of(self.window.last, self.by), self.by) - timedelta(days=1)

    @property
    def at_label(self) -> str:
        """What the chosen period is called."""
        return label(self.at, self.by) if self.at else ""

    def within(self, filters: Filters) -> Filters:
        """The filters, for what is shown in the chart."""
        return _between(filters, self.first, self.last)

    def behind(self, filters: Filters) -> Filters:
        """The filters, for the chosen period, or for all that is shown."""
        if self.at is None:
            return self.within(filters)
        return _between(filters, self.at, after(self.at, self.by) - timedelta(days=1))


def _between(filters: Filters, first: date, last: date) -> Filters:
    # A period that the filter cuts has only the days that were asked for.
    since, until = filters.since, filters.until
    first = max(first, since) if isinstance(since, date) else first
    last = min(last, until) if isinstance(until, date) else last
    return replace(filters, since=min(first, last), until=last)


def chart_page(request: Request, template: str, **context: Any) -> Response:
    """A page with charts: ``page``, the scripts that they load, and whether to say whose counts they are."""
    counts = any_corrections(request)
    return page(request, template, chart_scripts=SCRIPTS, machine_counts=counts, **context)


def axis_of(asked: Asked, *days: Iterable[Mapping[str, Any]]) -> Axis | None:
    """The axis on which everything of some rows of days (``period``) is shown; None if there is nothing.

    Raises:
        BadQuestion: if ``by`` or ``at`` of the address is of no sense.
    """
    counts: dict[date, int] = {}
    for rows in days:
        for row in rows:
            counts[row["period"]] = counts.get(row["period"], 0) + row["happenings"]
    since, until = asked.filters.since, asked.filters.until
    assert not isinstance(since, str) and not isinstance(until, str), "filters are checked when they are made"
    shown = window(counts, since, until)
    if shown is None or not counts:
        return None
    by, note = fitting(shown.first, shown.last), ""
    if given := asked.one("by"):
        unit = chosen(given, AXIS, "period")
        if allowed(shown.first, shown.last, unit):
            by = unit
        else:
            note = f"By {unit} there would be more than {MOST} columns; it is drawn by {by}."
    return Axis(shown, by, _at(asked, by), note)


def _at(asked: Asked, by: str) -> date | None:
    text = asked.one("at")
    if not text:
        return None
    try:
        return period_of(date.fromisoformat(text), by)
    except ValueError:
        raise BadQuestion("at is the first day of a period, such as 2024-03-01") from None


def coarser(answer: Answer, axis: Axis) -> Answer:
    """What ``density`` gives for the days and the unit of an axis, from what it gave for all days: so the
    store is asked once only. The statement is the same but for the value that names the unit."""
    rows = gathered(answer.rows, axis)
    unit = list(answer.parameters)[-1]
    return replace(answer, rows=rows, total=len(rows), parameters={**answer.parameters, unit: axis.by})


def gathered(rows: Iterable[Mapping[str, Any]], axis: Axis) -> list[dict[str, Any]]:
    """Rows of days (``period``) as rows of the periods of an axis."""
    out: dict[date, dict[str, Any]] = {}
    # Of many years there are thousands of days, mostly in order.
    first, last, begin, end = axis.first, axis.last, date.max, date.min
    for row in rows:
        day = row["period"]
        if first <= day <= last:
            if not begin <= day < end:
                begin = period_of(day, axis.by)
                end = after(begin, axis.by)
                new = {**row, "period": begin, **dict.fromkeys(_COUNTED, 0), "score": 0.0}
                known = out.setdefault(begin, new)
            for name in _COUNTED:
                known[name] += row[name]
            known["score"] += row["score"] * row["happenings"]
    return [{**row, "score": row["score"] / row["happenings"]} for row in out.values()]


def days_of(answer: Answer, way: str) -> list[dict[str, Any]]:
    """Of the rows of ``dealings`` those by day, of one way, with the day as their ``period``."""
    return [{**r, "period": r["day"]} for r in answer.rows if r["way"] == way and r["type"] is None]


def kinds_of(answer: Answer, way: str) -> list[dict[str, Any]]:
    """Of the rows of ``dealings`` those by type, of one way, the commonest first."""
    return [row for row in answer.rows if row["way"] == way and row["type"] is not None]


def by_period(rows: Iterable[dict[str, Any]]) -> dict[date, dict[str, Any]]:
    """Rows by their period."""
    return {row["period"]: row for row in rows}


def drawn(
    axis: Axis,
    panels: Sequence[tuple[str, Mapping[date, Mapping[str, Any]]]],
    asked: Asked,
    *,
    height: float = 150,
    scores: bool = False,
) -> tuple[Columns, Columns]:
    """The chart of columns, wide and narrow; each column leads to what is behind it."""

    def link(day: date) -> str:
        return asked.address(at=day.isoformat(), by=axis.by, cursor=None) + "#behind"

    def made(width: float, high: float) -> Columns:
        return columns(
            panels,
            first=axis.first,
            last=axis.last,
            by=axis.by,
            link=link,
            at=axis.at,
            width=width,
            height=high,
            scores=scores,
        )

    return made(960, height), made(NARROW, height * 0.85)


def coop_and_conflict(rows: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """How many happenings of some rows are cooperation, and how many conflict."""
    good = sum(row["verbal_cooperation"] + row["material_cooperation"] for row in rows)
    return good, sum(row["verbal_conflict"] + row["material_conflict"] for row in rows)


def fields(*names: str) -> list[dict[str, Any]]:
    """Fields of a form of filters, by their names."""
    from communique.ontology import event_types

    party = "name, country or code"
    known: dict[str, Callable[[], dict[str, Any]]] = {
        "actor": lambda: {"label": "Who", "kind": "text", "hint": party},
        "recipient": lambda: {"label": "To whom", "kind": "text", "hint": party},
        "since": lambda: {"label": "Since", "kind": "day"},
        "until": lambda: {"label": "Until", "kind": "day"},
        "type": lambda: {
            "label": "Type",
            "kind": "choice",
            "choices": [(t, type_label(t)) for t in event_types()],
        },
        "status": lambda: {"label": "Status", "kind": "choice", "choices": [(s, s) for s in STATUSES]},
        "quad": lambda: {
            "label": "Kind",
            "kind": "choice",
            "choices": [(q, name.replace("-", " ")) for q, name in QUADS.items()],
        },
        "country": lambda: {"label": "Where", "kind": "text", "hint": "country or code"},
        "text": lambda: {"label": "Words in the sentence", "kind": "text"},
        "min-confidence": lambda: {"label": "Confidence from", "kind": "text", "hint": "0 to 1"},
    }
    return [{"name": name, **known[name]()} for name in names]


def name_of(request: Request, key: str) -> str:
    """What an actor or country is called; the key itself if no article names it."""
    if not is_key(key):
        return whole_name(key)
    found = cached(request, profile, key=key).rows
    return found[0]["name"] if found else key.removeprefix("~")


def whole_name(code: str) -> str:
    """The name of a country by its code; what is no code is given back."""
    known = gazetteer().countries.get(code.upper())
    return known.name if known else code


def pair_path(one: str, two: str) -> str:
    """The address of a pair's page, by keys or codes."""
    return f"/pairs/{quoted(one)}/{quoted(two)}"


def quad_of(type_: str) -> int:
    """The quad code of an event type; 0 of a codebook's own."""
    from communique.ontology import event_types

    known = event_types().get(type_)
    return known.quad_code if known else 0
