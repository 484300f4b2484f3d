"""A reading as a page for a person: events, claims, what lies ahead, each with the article's words.

Each item is a row of columns, and under it, across the page, the words it rests on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from communique.cli import words
from communique.cli.page import GAP, Screen, Styled, columns, wrapped
from communique.cli.visible import excerpt, shortened, visible
from communique.reading import Claim, Event, Reading, Span, Time

__all__ = ["AsTable"]

_WHEN = 12  # columns of the first column, which the article's words keep clear of
_EVIDENCE_LINES = 2
_CLAIM_LINES = 3
_YEAR = 4  # characters of a time's value that is no more than a year
_RAGGED = 8  # columns that a wrapped line leaves empty at its end


@dataclass(frozen=True, slots=True)
class AsTable:
    """Turns a reading into the text of its page."""

    screen: Screen = field(default_factory=Screen)

    def __call__(self, reading: Reading) -> str:
        return "".join(_Page(reading, self.screen).parts())


class _Page:
    def __init__(self, reading: Reading, screen: Screen) -> None:
        self.reading = reading
        self.screen = screen
        self._starts = [s.start for s in reading.sentences]
        self._times = {t.id: t for t in reading.times}

    def parts(self) -> Iterator[str]:
        """The page, piece by piece."""
        yield from self._header()
        yield from self._events()
        yield from self._claims()
        yield from self._disputes()
        yield from self._ahead()

    def _header(self) -> Iterator[str]:
        reading, article = self.reading, self.reading.article
        title = article.title or (reading.evidence(reading.sentences[0]) if reading.sentences else "")
        yield self._text([(shortened(title, 2 * self.screen.width) or "(no title)", "bold")])
        known = [
            article.publisher,
            article.author and f"by {article.author}",
            words.origin(reading),
            article.url,
        ]
        yield self._text([(" · ".join(visible(k) for k in known if k), "dim")])

    def _events(self) -> Iterator[str]:
        events = self.reading.events
        yield self._heading("Events", len(events))
        if not events:
            return
        widths = self._widths(_WHEN, 0, 14, 12, 16)
        yield self._names(widths, "when", "who → whom", "what", "status", "according to")
        for event in events:
            cells = [
                (words.days(self.reading, self._times.get(event.time or "")), ""),
                (self._parties(event, widths[1]), ""),
                (words.what(event), "bold"),
                (words.status(event), ""),
                (words.speaker(self.reading, event.claim) or "the article", ""),
            ]
            yield columns(self.screen, cells, widths)
            yield self._evidence((event.start, event.end))

    def _claims(self) -> Iterator[str]:
        claims = self.reading.claims
        yield self._heading("Claims", len(claims))
        if not claims:
            return
        widths = self._widths(20, 18, 0)
        yield self._names(widths, "who", "says", "what")
        for claim in claims:
            cells = [
                (words.speaker(self.reading, claim.id), "bold"),
                (self._cue(claim), ""),
                (self._content(claim, (widths[2] - _RAGGED) * _CLAIM_LINES), ""),
            ]
            yield columns(self.screen, cells, widths)

    def _disputes(self) -> Iterator[str]:
        """Each dispute, its two sides one under the other."""
        disputes = self.reading.disputes
        if not disputes:
            return
        yield self._heading("Disputes", len(disputes))
        widths = self._widths(_WHEN, 20, 0)
        yield self._names(widths, "kind", "who", "says")
        for dispute in disputes:
            kind = dispute.kind
            for claim, span in zip(dispute.claims, dispute.spans, strict=True):
                room = (widths[2] - _RAGGED) * _CLAIM_LINES
                cells = [
                    (kind, "bold"),
                    (words.speaker(self.reading, claim) or "the article", ""),
                    (shortened(self.reading.evidence(span), room), ""),
                ]
                yield columns(self.screen, cells, widths)
                kind = ""

    def _ahead(self) -> Iterator[str]:
        items = self._coming()
        yield self._heading("Ahead", len(items))
        widths = self._widths(_WHEN, 0)
        for time, what, span in items:
            yield columns(self.screen, [(words.days(self.reading, time), ""), (what, "bold")], widths)
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
                what = f"{words.what(event)}: {self._parties(event, self.screen.width)} (planned)"
                items.append((self._times.get(event.time or ""), what, (event.start, event.end)))
        today = reading.article.published
        days = {(t.start_day, t.end_day) for t, _, _ in items if t is not None}
        for time in reading.times:
            if not today or time.id in told or not time.start_day or time.start_day <= today.isoformat():
                continue
            # A day that is told already, or a bare year, is nothing to look forward to by itself.
            if (time.start_day, time.end_day) in days or len(time.value or "") == _YEAR:
                continue
            days.add((time.start_day, time.end_day))
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

    def _evidence(self, span: Span) -> str:
        """The words of an item in their sentence, the telling ones marked: by style, or by asterisks."""
        start, end = span
        at = bisect_right(self._starts, start) - 1
        sentence = self.reading.sentences[at] if at >= 0 else None
        within = (sentence.start, max(end, sentence.end)) if sentence else span
        room = (self.screen.width - _WHEN - GAP - _RAGGED) * _EVIDENCE_LINES
        before, middle, after = excerpt(self.reading.article.text, span, within, room)
        mark = "*" if not self.screen.colors and (before or after) else ""
        parts = [(before, "italic"), (f"{mark}{middle}{mark}", "bold underline"), (after, "italic")]
        return self._text(parts, indent=_WHEN + GAP)

    def _heading(self, title: str, count: int) -> str:
        return "\n" + self._text(
            [(f"{title.upper()} ({count})" if count else f"{title.upper()} none", "bold cyan")]
        )

    def _names(self, widths: list[int], *names: str) -> str:
        return columns(self.screen, [(name, "dim italic") for name in names], widths)

    def _text(self, parts: list[Styled], indent: int = 0) -> str:
        lines = wrapped(parts, self.screen.width - indent)
        return "".join(" " * indent + "".join(self.screen.styled(*p) for p in line) + "\n" for line in lines)

    def _widths(self, *widths: int) -> list[int]:
        """Widths of the columns; the one given as 0 takes what is left."""
        left = self.screen.width - sum(widths) - GAP * (len(widths) - 1)
        return [width or left for width in widths]


def _by_day(item: tuple[Time | None, str, Span]) -> tuple[str, Span]:
    """Order of what is ahead: by day, those without one last; then by place in the text."""
    time, _, span = item
    return (time.start_day if time and time.start_day else "9999-99-99"), span
