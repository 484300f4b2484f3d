"""A reading as a page for a person: events, claims, what lies ahead, each with the article's words.

Each item is a row of columns, and under it, across the page, the words it rests on.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.cli import words
from communique.cli.visible import excerpt, shortened, visible
from communique.reading import Claim, Event, Reading, Span, Time

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

__all__ = ["AsTable", "Screen", "screen"]

_WIDEST = 120  # columns; longer lines are hard to follow
_NARROWEST = 60
_WHEN = 12  # columns of the first column, which the article's words keep clear of
_GAP = 2
_LINES_OF_CLAIM = 3


@dataclass(frozen=True, slots=True)
class Screen:
    """What the page is shown on: columns, and rich's name for its colours (None for none)."""

    width: int = 80
    colors: str | None = None


def screen(to_file: bool = False) -> Screen:
    """The screen that standard output is, or a plain one for a file."""
    if to_file:
        return Screen()
    from rich.console import Console

    console = Console()
    colors = console.color_system if console.is_terminal and not console.no_color else None
    return Screen(max(_NARROWEST, min(_WIDEST, console.width)), colors)


@dataclass(frozen=True, slots=True)
class AsTable:
    """Turns a reading into the text of its page."""

    screen: Screen = Screen()

    def __call__(self, reading: Reading) -> str:
        from rich.console import Console

        console = Console(
            file=io.StringIO(),
            width=self.screen.width,
            color_system=self.screen.colors,  # type: ignore[arg-type]
            force_terminal=self.screen.colors is not None,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
        )
        page = _Page(reading, self.screen)
        with console.capture() as caught:
            for part in page.parts():
                console.print(part)
        # rich fills lines up with spaces, which are in the way of whoever copies them.
        return "\n".join(line.rstrip(" ") for line in caught.get().splitlines()) + "\n"


class _Page:
    def __init__(self, reading: Reading, screen: Screen) -> None:
        self.reading = reading
        self.width = screen.width
        self.plain = screen.colors is None
        self._starts = [s.start for s in reading.sentences]
        self._times = {t.id: t for t in reading.times}

    def parts(self) -> Iterable[RenderableType]:
        yield from self._header()
        yield from self._events()
        yield from self._claims()
        yield from self._ahead()

    def _header(self) -> Iterable[RenderableType]:
        reading, article = self.reading, self.reading.article
        title = article.title or (reading.evidence(reading.sentences[0]) if reading.sentences else "")
        yield self._text(shortened(title, 2 * self.width) or "(no title)", "bold")
        known = [
            article.publisher,
            article.author and f"by {article.author}",
            words.origin(reading),
            article.url,
        ]
        yield self._text(" · ".join(visible(k) for k in known if k), "dim")

    def _events(self) -> Iterable[RenderableType]:
        events = self.reading.events
        yield from self._heading("Events", len(events))
        if not events:
            return
        widths = self._widths(0, 14, 12, 16)
        yield self._row(widths, ["when", "who → whom", "what", "status", "according to"], header=True)
        for event in events:
            yield self._row(
                widths,
                [
                    words.days(self.reading, self._times.get(event.time or "")),
                    self._parties(event, widths[1]),
                    words.what(event),
                    words.status(event),
                    words.speaker(self.reading, event.claim) or "the article",
                ],
                strong=2,
            )
            yield self._evidence((event.start, event.end))

    def _claims(self) -> Iterable[RenderableType]:
        claims = self.reading.claims
        yield from self._heading("Claims", len(claims))
        if not claims:
            return
        widths = self._widths(18, 0, first=20)
        yield self._row(widths, ["who", "says", "what"], header=True)
        room = widths[2] * _LINES_OF_CLAIM
        for claim in claims:
            who = words.speaker(self.reading, claim.id)
            yield self._row(widths, [who, self._cue(claim), self._content(claim, room)], strong=0)

    def _ahead(self) -> Iterable[RenderableType]:
        items = self._coming()
        yield from self._heading("Ahead", len(items))
        widths = self._widths(0)
        for time, what, span in items:
            yield self._row(widths, [words.days(self.reading, time), what], strong=1)
            yield self._evidence(span)

    def _coming(self) -> list[tuple[Time | None, str, Span]]:
        """Scheduled happenings, planned events, and other days to come, by day."""
        reading = self.reading
        items: list[tuple[Time | None, str, Span]] = []
        told: set[str | None] = set()
        for entry in reading.schedule:
            told |= {entry.time, entry.event}
            what = f"{visible(entry.what)} ({entry.status})"
            items.append((self._times.get(entry.time), what, (entry.start, entry.end)))
        for event in reading.events:
            if event.status == "planned" and event.id not in told:
                told.add(event.time)
                what = f"{words.what(event)}: {self._parties(event, self.width)} (planned)"
                items.append((self._times.get(event.time or ""), what, (event.start, event.end)))
        today = reading.article.published
        for time in reading.times:
            if today and time.id not in told and time.start_day and time.start_day > today.isoformat():
                items.append((time, shortened(reading.evidence(time), 60), (time.start, time.end)))
        return sorted(items, key=_by_day)

    def _parties(self, event: Event, width: int) -> str:
        """Who → whom, on two lines where one is too short."""
        who = words.names(self.reading, event.actors)
        if not event.recipients:
            return who
        whom = words.names(self.reading, event.recipients)
        return f"{who}{' ' if len(who) + len(whom) + 3 <= width else chr(10)}→ {whom}"

    def _cue(self, claim: Claim) -> str:
        cue = " … ".join(shortened(self.reading.evidence(s), 30) for s in claim.cue)
        if not cue:
            return claim.act
        return cue if claim.act in ("assert", "other") else f"{cue} ({claim.act})"

    def _content(self, claim: Claim, room: int) -> str:
        return shortened(" … ".join(self.reading.evidence(s) for s in claim.content), room)

    def _evidence(self, span: Span) -> Text:
        """The words of an item in their sentence, the telling ones marked: by colour, or by asterisks."""
        from rich.text import Text

        start, end = span
        at = bisect_right(self._starts, start) - 1
        sentence = self.reading.sentences[at] if at >= 0 else None
        within = (sentence.start, max(end, sentence.end)) if sentence else span
        room = self.width - _WHEN - _GAP - (2 if self.plain else 0)
        before, middle, after = excerpt(self.reading.article.text, span, within, room)
        mark = "*" if self.plain and (before or after) else ""
        text = Text(" " * (_WHEN + _GAP), no_wrap=True, overflow="ignore")
        text.append(before, "italic").append(f"{mark}{middle}{mark}", "bold underline").append(
            after, "italic"
        )
        return text

    def _heading(self, title: str, count: int) -> Iterable[RenderableType]:
        yield self._text("")
        yield self._text(f"{title.upper()} ({count})" if count else f"{title.upper()} none", "bold cyan")

    def _text(self, value: str, style: str = "") -> Text:
        from rich.text import Text

        return Text(value, style)

    def _widths(self, *others: int, first: int = _WHEN) -> list[int]:
        """Widths of the columns; the one given as 0 takes what is left."""
        left = self.width - first - sum(others) - _GAP * len(others)
        return [first, *(width or left for width in others)]

    def _row(
        self, widths: list[int], cells: list[str], *, header: bool = False, strong: int | None = None
    ) -> RenderableType:
        from rich.table import Table

        row = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
        for place, width in enumerate(widths):
            style = "dim italic" if header else "bold" if place == strong else ""
            row.add_column(width=width, overflow="fold", style=style)
        row.add_row(*(self._text(cell) for cell in cells))
        return row


def _by_day(item: tuple[Time | None, str, Span]) -> tuple[str, Span]:
    """Order of what is ahead: by day, those without one last; then by place in the text."""
    time, _, span = item
    return (time.start_day if time and time.start_day else "9999-99-99"), span
