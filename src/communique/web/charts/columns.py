"""Columns over time: cooperation above a line, conflict below it, in words light, in deeds dark."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from communique.web.charts.periods import after, label, periods

__all__ = ["QUADS", "Column", "Columns", "Mark", "Panel", "columns", "nice"]

# Columns of an answer, by quad code; see store.questions.density.BY_QUAD.
QUADS = {
    1: "verbal_cooperation",
    2: "material_cooperation",
    3: "verbal_conflict",
    4: "material_conflict",
}
_WORDS = {1: "in words", 2: "in deeds", 3: "in words", 4: "in deeds"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A label of an axis, and where it stands; ``line`` where a line is drawn from it."""

    at: float
    text: str
    line: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """What happened in a period: ``parts`` are (quad code, top, height), ``link`` leads to what is behind.

    ``score`` is where the mean score stands, None where nothing happened.
    """

    at: float
    width: float
    hit: tuple[float, float]
    parts: tuple[tuple[int, float, float], ...]
    text: str
    link: str
    on: bool = False
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """One row of columns with a line of its own: ``title``, where it begins and ends, and its marks."""

    title: str
    top: float
    bottom: float
    zero: float
    marks: tuple[Mark, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart: panels one below the other over one axis of time. ``days`` are the first days of the drawn
    area's ends and ``left``, ``right`` where they stand, for who chooses a stretch of it."""

    width: float
    height: float
    left: float
    right: float
    panels: tuple[Panel, ...]
    axis: tuple[Mark, ...]
    days: tuple[date, date]
    by: str
    scores: bool = False
    most: int = 0
    quads: tuple[int, ...] = field(default=(1, 2, 3, 4))


def columns(
    panels: Sequence[tuple[str, Mapping[date, Mapping[str, Any]]]],
    *,
    first: date,
    last: date,
    by: str,
    link: Callable[[date], str],
    at: date | None = None,
    width: float = 960,
    height: float = 150,
    scores: bool = False,
) -> Columns:
    """The chart of one or several rows of columns.

    Args:
        panels: for each a title, and by period a row that counts by quad code (and has ``score``).
        first, last: days at which the axis begins and ends.
        by: unit of the periods.
        link: gives the address that a period leads to.
        at: the period that is chosen, or None.
        width: of the drawing.
        height: of a panel without its title.
        scores: below, the mean score of each panel as dots; from -10 to 10.
    """
    narrow = width < 500
    left, right = (30.0, width - 4) if narrow else (44.0, width - 8)
    starts = periods(first, last, by)
    end = after(starts[-1], by)
    days = (end - starts[0]).days

    def x(day: date) -> float:
        return left + (right - left) * (day - starts[0]).days / days

    up = max([1, *(_sum(row, 1, 2) for _, rows in panels for row in rows.values())])
    down = max([1, *(_sum(row, 3, 4) for _, rows in panels for row in rows.values())])
    # A direction in which nothing happened anywhere needs little room.
    rows_of_all = [row for _, rows in panels for row in rows.values()]
    good, bad = (any(_sum(row, *codes) for row in rows_of_all) for codes in ((1, 2), (3, 4)))
    share = 0.12 if not good else 0.88 if not bad else max(0.18, min(0.82, up / (up + down)))
    head = 26.0
    made: list[Panel] = []
    top = 0.0
    for title, rows in panels:
        start = top + (head if title else 10)
        zero = start + height * share
        unit = min(height * share / up, height * (1 - share) / down)
        drawn = []
        for day in starts:
            row = rows.get(day)
            if not row or not row["happenings"]:
                continue
            begin, stop = x(day), x(after(day, by))
            gap = 1.0 if stop - begin > 4 else 0.0
            wide = max(1.2, stop - begin - gap)
            thin = min(wide, 46.0)
            drawn.append(
                Column(
                    at=round(begin + (wide - thin) / 2, 2),
                    width=round(thin, 2),
                    hit=(round(begin, 2), round(max(stop - begin, 2), 2)),
                    parts=_parts(row, zero, unit),
                    text=_text(title, row, day, by),
                    link=link(day),
                    on=day == at,
                )
            )
        bottom = start + height
        made.append(
            Panel(title, start, bottom, round(zero, 2), _marks(zero, unit, start, bottom), tuple(drawn))
        )
        top = bottom + 6
    if scores:
        made.append(_scores(panels, starts, by, x, top + head, link, at, 110 if narrow else 120))
        top = made[-1].bottom + 6
    return Columns(
        width=width,
        height=round(top + 24, 1),
        left=left,
        right=right,
        panels=tuple(made),
        axis=_axis(starts, end, by, x, 5 if narrow else 11),
        days=(starts[0], end),
        by=by,
        scores=scores,
        most=max(up, down),
    )


def nice(most: float, about: int = 3) -> list[float]:
    """Round numbers from 0 to no more than ``most``: about so many, one at least."""
    if most <= 0:
        return []
    step = most / about
    size = 10.0 ** (len(str(int(step))) - 1) if step >= 1 else 1.0
    step = next((size * f for f in (1, 2, 5, 10) if size * f >= step), size * 10)
    step = min(step, most)
    return [step * i for i in range(1, int(most / step) + 1)]


def _sum(row: Mapping[str, Any], *codes: int) -> int:
    return sum(row[QUADS[code]] for code in codes)


def _parts(row: Mapping[str, Any], zero: float, unit: float) -> tuple[tuple[int, float, float], ...]:
    """Deeds stand at the line, words beyond them."""
    out = []
    up = down = zero
    for code in (2, 1):
        high = row[QUADS[code]] * unit
        if high:
            up -= high
            out.append((code, round(up, 2), round(high, 2)))
    for code in (4, 3):
        high = row[QUADS[code]] * unit
        if high:
            out.append((code, round(down, 2), round(high, 2)))
            down += high
    return tuple(out)


def _text(title: str, row: Mapping[str, Any], day: date, by: str) -> str:
    said = []
    for name, codes in (("cooperation", (1, 2)), ("conflict", (3, 4))):
        parts = [f"{row[QUADS[code]]} {_WORDS[code]}" for code in codes if row[QUADS[code]]]
        if parts:
            said.append(f"{name} {' and '.join(parts)}")
    score = f"; mean score {row['score']:+.1f}" if row.get("score") is not None else ""
    return f"{label(day, by)}{', ' * bool(title)}{title}: {', '.join(said) or 'nothing'}{score}"


def _marks(zero: float, unit: float, top: float, bottom: float) -> tuple[Mark, ...]:
    up, down = (zero - top) / unit, (bottom - zero) / unit
    # One step for both sides, so wide that no two labels lie on each other.
    step = next((s for s in nice(max(up, down), 4)[:1]), 1.0)
    out = [Mark(round(zero, 2), "0")]
    for way, most in ((-1, up), (1, down)):
        for i in range(1, int(most / step + 1e-9) + 1):
            out.append(Mark(round(zero + way * i * step * unit, 2), f"{i * step:,g}"))
    return tuple(out)


def _scores(
    panels: Sequence[tuple[str, Mapping[date, Mapping[str, Any]]]],
    starts: Sequence[date],
    by: str,
    x: Callable[[date], float],
    top: float,
    link: Callable[[date], str],
    at: date | None,
    height: float,
) -> Panel:
    unit, zero = height / 20, top + height / 2
    drawn = []
    for number, (title, rows) in enumerate(panels):
        for day in starts:
            row = rows.get(day)
            if not row or row.get("score") is None:
                continue
            begin, stop = x(day), x(after(day, by))
            drawn.append(
                Column(
                    at=round((begin + stop) / 2, 2),
                    width=float(number),
                    hit=(round(begin, 2), round(stop - begin, 2)),
                    parts=(),
                    text=f"{label(day, by)}, {title}: mean score {row['score']:+.1f}",
                    link=link(day),
                    on=day == at,
                    score=round(zero - row["score"] * unit, 2),
                )
            )
    marks = tuple(Mark(zero - s * unit, f"{s:+d}" if s else "0") for s in (10, 5, 0, -5, -10))
    return Panel("Mean score", top, top + height, zero, marks, tuple(drawn))


def _axis(
    starts: Sequence[date], end: date, by: str, x: Callable[[date], float], most: int
) -> tuple[Mark, ...]:
    """Labels of years, months or periods, as many as there is room for."""
    for unit, every in (
        *((by, n) for n in (1, 2, 5)),
        *(("month", n) for n in (1, 2, 3, 6)),
        *(("year", n) for n in (1, 2, 5, 10, 20, 50, 100)),
    ):
        ticks = [d for d in periods(starts[0], starts[-1], unit) if d >= starts[0]]
        if unit == "month":
            ticks = [d for d in ticks if (d.month - 1) % every == 0]
        elif unit == "year":
            ticks = [d for d in ticks if d.year % every == 0]
        else:
            ticks = ticks[::every]
        if unit != by and len(ticks) < 2 and unit != "year":
            continue
        if len(ticks) <= most:
            return tuple(_named(d, unit, i == 0, x, every) for i, d in enumerate(ticks))
    return ()


def _named(day: date, unit: str, first: bool, x: Callable[[date], float], every: int) -> Mark:
    if unit == "year":
        return Mark(round(x(day), 2), str(day.year))
    # The year stands where it begins, and at the first label.
    whole = first or (day.month == 1 and (unit == "month" or day.day <= 7 * every))
    text = label(day, "month" if unit == "month" else "day", short=not whole)
    return Mark(round(x(day), 2), text)
