"""Terms of office and roles over time, as bars one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from communique.web.charts.columns import Mark
from communique.web.charts.periods import periods

__all__ = ["Span", "Term", "Terms", "terms"]

_ROW = 34.0
_LETTER = 6.6  # units of a letter, about


@dataclass(frozen=True, slots=True)
class Span:
    """What is drawn: a name, its first and last day (None: it goes on), and 'office' or 'role'."""

    name: str
    first: date
    last: date | None
    kind: str = "office"


@dataclass(frozen=True, slots=True)
class Term:
    """A bar; the name stands at ``at``, and ends there if ``end``."""

    name: str
    kind: str
    x: float
    y: float
    width: float
    at: float
    open: bool = False
    end: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """The drawing; ``told`` is the stretch of which the articles tell."""

    width: float
    height: float
    terms: tuple[Term, ...]
    axis: tuple[Mark, ...]
    told: tuple[float, float] | None


def terms(
    spans: Sequence[Span], told: tuple[date, date] | None, width: float = 960, around: int | None = None
) -> Terms | None:
    """The chart of some spans, in their order.

    Args:
        spans: what is drawn.
        told: first and last day of the articles.
        width: of the drawing.
        around: days before and after those of the articles that are drawn at most; None for all.

    Returns:
        None if there is nothing to draw.
    """
    if not spans:
        return None
    days = [s.first for s in spans] + [s.last for s in spans if s.last] + list(told or ())
    first, last = min(days), max(days)
    if told and around is not None:
        first = max(first, told[0] - timedelta(days=around))
        last = min(last, told[1] + timedelta(days=around))
    first = first.replace(month=1, day=1)
    last = date(min(last.year + 1, date.max.year), 1, 1)
    unit = (width - 20) / max(1, (last - first).days)

    def x(day: date) -> float:
        return round(4 + (min(max(day, first), last) - first).days * unit, 2)

    drawn = []
    for i, span in enumerate(spans):
        start, stop = x(span.first), x(span.last or last)
        wide = max(3.0, round(stop - start, 2))
        # A name that would leave the drawing ends where its bar does.
        end = start + _LETTER * len(span.name) > width
        y = 18 + i * _ROW
        drawn.append(
            Term(
                span.name,
                span.kind,
                start,
                y,
                wide,
                start + wide if end else start,
                span.last is None or span.last > last,
                end,
            )
        )
    years = periods(first, last, "year")[:-1]
    every = next((n for n in (1, 2, 5, 10, 20, 50, 100) if len(years) / n <= width / 80), 200)
    axis = tuple(Mark(x(y), str(y.year)) for y in years if y.year % every == 0 or len(years) == 1)
    place = None
    if told:
        begin = x(told[0])
        place = (begin, max(2.0, round(x(told[1]) - begin, 2)))
    return Terms(width, 18 + len(spans) * _ROW + 12, tuple(drawn), axis, place)
