"""The tools that find: articles, events, claims, disputes and what will come."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from communique.errors import StoreError
from communique.mcp.arguments import (
    About,
    Act,
    Actors,
    Between,
    Confidence,
    Country,
    Cursor,
    DisputeKind,
    Expectation,
    Happenings,
    Historical,
    Limit,
    Mode,
    Period,
    Publisher,
    Quad,
    Recipients,
    Since,
    Status,
    Text,
    Type,
    Until,
    Who,
    Words,
    cursor_after,
    offset_of,
)
from communique.mcp.models import (
    DisputeItem,
    DisputePage,
    EventPage,
    Hit,
    HitPage,
    Quote,
    SaidItem,
    SaidPage,
    UpcomingItem,
    UpcomingPage,
)
from communique.mcp.opening import Opening
from communique.mcp.quoting import event_of_row, iso, origin, quotes, side_of_row
from communique.store import Store, questions

__all__ = ["Finding"]

Page = TypeVar("Page")
_INDEXING = 8.0  # seconds that a search may take new articles into the index; the rest waits for the next
_AT_ONCE = 100
_TOLD_IN = 20


@dataclass(frozen=True)
class Finding:
    """The tools that find, over one store."""

    opened: Opening

    def search(
        self,
        words: Words,
        publisher: Publisher = None,
        actor: Actors = None,
        since: Since = None,
        until: Until = None,
        limit: Limit = 10,
        cursor: Cursor = None,
    ) -> HitPage:
        """Find articles by words in title and text, those first that fit best, each with the sentences that
        have the words. `since` and `until` are days of publication; `actor` is named in the article. Use it
        to find which articles speak of something; use `events` and `said` for who did or said what."""
        offset = offset_of(cursor)
        given: dict[str, Any] = {
            "publisher": publisher or (),
            "actor": actor or (),
            "since": since,
            "until": until,
            "limit": limit,
            "offset": offset,
        }
        with self.opened() as store:
            found, note = _searched(store, words, given)
            items = [
                Hit(
                    article=row["article"],
                    source=origin(row),
                    events=row["events"],
                    claims=row["claims"],
                    passages=_passages(row),
                )
                for row in found.rows
            ]
        return _page(HitPage, found, offset, items, note=note)

    def events(
        self,
        actor: Actors = None,
        recipient: Recipients = None,
        between: Between = None,
        since: Since = None,
        until: Until = None,
        type: Type = None,
        mode: Mode = None,
        status: Status = None,
        quad: Quad = None,
        country: Country = None,
        text: Text = None,
        min_confidence: Confidence = None,
        historical: Historical = None,
        happenings: Happenings = False,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> EventPage:
        """Who did what to whom, the latest first, each with the words that tell of it, whose word it is, and
        the article. All filters must be met. Without `status` also what is planned, hypothetical or negated
        comes: say so when you tell of it. `happenings`: each happening once, however many articles tell
        it."""
        filters = questions.Filters(
            actor or (), recipient or (), between or (), since, until, type or (), mode or (), status or (),
            quad or (), country or (), min_confidence=min_confidence, text=text, historical=historical,
        )  # fmt: skip
        offset = offset_of(cursor)
        with self.opened() as store:
            found = questions.events(store, filters, happenings=happenings, limit=limit, offset=offset)
        return _events(found, offset)

    def timeline(
        self,
        by: Period = "day",
        actor: Actors = None,
        recipient: Recipients = None,
        between: Between = None,
        since: Since = None,
        until: Until = None,
        type: Type = None,
        status: Status = None,
        quad: Quad = None,
        country: Country = None,
        text: Text = None,
        min_confidence: Confidence = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> EventPage:
        """What happened in order, the oldest first, each happening once, by day, week, month or year. Without
        `status` only what occurred or goes on."""
        filters = questions.Filters(
            actor or (), recipient or (), between or (), since, until, type or (), (), status or (), quad or
            (), country or (), min_confidence=min_confidence, text=text,
        )  # fmt: skip
        offset = offset_of(cursor)
        with self.opened() as store:
            found = questions.timeline(store, filters, by=by, limit=limit, offset=offset)
        return _events(found, offset)

    def said(
        self,
        who: Who = None,
        about: About = None,
        act: Act = None,
        since: Since = None,
        until: Until = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> SaidPage:
        """What somebody said, denied, demanded or promised, the latest first, with the words and who passes
        it on. `who`: a part of the source's name, or a country for all its sources; none: everybody.
        `about`: words in what was said."""
        offset = offset_of(cursor)
        with self.opened() as store:
            found = questions.said(
                store,
                who,
                about=about,
                act=[*(act or ())],
                since=since,
                until=until,
                limit=limit,
                offset=offset,
            )
            content = _contents(store, [(row["article"], row["claim"]) for row in found.rows])
            items = [_said(row, content[row["article"], row["claim"]]) for row in found.rows]
        return _page(SaidPage, found, offset, items)

    def disputes(
        self,
        about: About = None,
        kind: DisputeKind = None,
        since: Since = None,
        until: Until = None,
        limit: Limit = 10,
        cursor: Cursor = None,
    ) -> DisputePage:
        """Statements that cannot both hold, within one article or between two that tell the same happening,
        with both sides' words and whose word each is; the latest first. Tell both sides."""
        offset = offset_of(cursor)
        with self.opened() as store:
            found = questions.disputes(
                store, about=about, kind=[*(kind or ())], since=since, until=until, limit=limit, offset=offset
            )
        items = [
            DisputeItem(
                kind=row["kind"],
                about=row["about"],
                day=iso(row["day"]),
                happening=row["happening"],
                sides=[side_of_row(row, "_a"), side_of_row(row, "_b")],
            )
            for row in found.rows
        ]
        return _page(DisputePage, found, offset, items)

    def upcoming(
        self,
        start: Since = None,
        until: Until = None,
        actor: Actors = None,
        status: Expectation = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> UpcomingPage:
        """What articles say will come, by day, from `start` (today, if none is given) on. What several
        articles announce is one item. An article may be older than a change of plans: look at its date."""
        offset = offset_of(cursor)
        with self.opened() as store:
            found = questions.upcoming(
                store, start=start, until=until, actor=actor or (), status=[*(status or ())], limit=limit,
                offset=offset
            )  # fmt: skip
        items = [
            UpcomingItem(
                day=row["day"].isoformat(),
                to_day=iso(row["to_day"]),
                status=row["status"],
                what=row["what"],
                place=row["place"],
                told_in=row["told_in"][:_TOLD_IN],
                articles=row["articles"],
                quote=Quote(article=row["article"], span=(row["start"], row["stop"]), words=row["words"]),
                sentence=row["sentence"],
                source=origin(row),
            )
            for row in found.rows
        ]
        return _page(UpcomingPage, found, offset, items)


def _events(found: questions.Answer, offset: int) -> EventPage:
    return _page(EventPage, found, offset, [event_of_row(row) for row in found.rows])


def _page(
    kind: Callable[..., Page], found: questions.Answer, offset: int, items: list[Any], **more: Any
) -> Page:
    """The items that begin at ``offset`` as a page of their kind, with where the next begins."""
    after = cursor_after(offset, len(items), found.total)
    return kind(total=found.total, next_cursor=after, items=items, **more)


def _searched(store: Store, words: str, given: dict[str, Any]) -> tuple[questions.Answer, str | None]:
    """The articles, and what is to be said of the search itself."""
    from communique.store.questions.articles import articles
    from communique.store.questions.searching import search
    from communique.store.textindex import TextIndex

    index = TextIndex(store.path)
    try:
        left, end = index.update(store, _AT_ONCE), time.monotonic() + _INDEXING
        while left and time.monotonic() < end:
            left = index.update(store, _AT_ONCE)
        found = search(store, words, index=index, **given)
    except StoreError:
        # No place for an index: the texts themselves are looked through.
        note = "there is no index, so only these very words are found, and no passages are shown"
        return articles(store, text=words, **given), note
    return found, f"{left} articles are not in the index yet; search again for them" if left else None


def _passages(row: dict[str, Any]) -> list[Quote]:
    return [
        Quote(article=row["article"], span=(p["start"], p["stop"]), words=p["words"])
        for p in row.get("passages", ())
    ]


def _contents(store: Store, keys: list[tuple[int, int]]) -> dict[tuple[int, int], list[Quote]]:
    """The words of claims, each piece with its span."""
    from communique.store.questions.statements import Values, fetched

    if not keys:
        return {}
    values = Values()
    lists = ", ".join(
        f"unnest({values.add([key[i] for key in keys])}::INTEGER[]) AS {name}"
        for i, name in enumerate(("article", "n"))
    )
    near = ", ".join(values.add(n) for n in sorted({article for article, _ in keys}))
    sql = (
        f"SELECT c.article, c.n, c.content, a.text FROM (SELECT {lists}) g "
        f"JOIN claims c ON c.article = g.article AND c.n = g.n AND c.article IN ({near}) "
        f"JOIN articles a ON a.article = c.article AND a.article IN ({near})"
    )
    found = {}
    for article, n, content, text in fetched(store, sql, values)[2]:
        spans = list(zip(content[::2], content[1::2], strict=True))
        found[article, n] = quotes(article, text, spans)
    return found


def _said(row: dict[str, Any], content: list[Quote]) -> SaidItem:
    return SaidItem(
        id=f"{row['article']}/c{row['claim']}",
        article=row["article"],
        day=iso(row["day"]),
        day_from=row["day_from"],
        who=row["who"],
        anonymous=row["anonymous"],
        act=row["act"],
        manner=row["manner"],
        certainty=row["certainty"],
        told_by=[name or "somebody" for name in row["told_by"]],
        quotes=content,
        source=origin(row),
    )
