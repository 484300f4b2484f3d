"""Feeds that never stop: looked at when they are due, for ever.

The table ``feeds`` holds what a server said last (ETag, Last-Modified) and when it is due again, so that a
run after any end goes on where the last one was. How often a feed is looked at is learned from it: sooner
where there was news, later where there was none, never sooner than its server asks; after failures it is left
alone for twice as long each time, up to a day.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from communique.errors import InputError
from communique.store.batches import utc_now

if TYPE_CHECKING:
    from communique.intake.web import Polled, Visitor
    from communique.store import Store
    from communique.store.ingesting import Ingest

__all__ = ["Feed", "Follower", "Look"]

USUAL = timedelta(minutes=15)
SOONEST = timedelta(minutes=5)
LATEST = timedelta(hours=6)
LONGEST = timedelta(days=1)  # after failures
_NEWS, _NO_NEWS = 0.5, 1.5  # what the wait is multiplied by


@dataclass(slots=True)
class Feed:
    """What is known of a feed; times are UTC."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    polled: datetime | None = None
    due: datetime | None = None
    failures: int = 0

    def wait_after(self, news: bool, asked: float | None) -> timedelta:
        """How long to wait after a look that succeeded.

        Args:
            news: something was new.
            asked: seconds that the server or the feed asks for.
        """
        before = self.due - self.polled if self.due and self.polled and not self.failures else USUAL
        wait = min(max(before * (_NEWS if news else _NO_NEWS), SOONEST), LATEST)
        return min(max(wait, timedelta(seconds=asked or 0)), LONGEST)

    def wait_after_failure(self, asked: float | None) -> timedelta:
        """How long to wait after the failure that ``failures`` counts already."""
        wait = USUAL * (1 << min(self.failures - 1, 10))
        return min(max(wait, timedelta(seconds=asked or 0)), LONGEST)


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a feed.

    Attributes:
        url: the feed.
        articles: a word for each thing that was found, as ``Ingest.take`` yields.
        fault: why it could not be looked at, or None.
        wait: until the next look.
    """

    url: str
    articles: list[str]
    fault: InputError | None
    wait: timedelta


class Follower:
    """Looks at feeds when they are due.

    Args:
        store: keeps what is known of the feeds.
        ingest: takes what is found.
        urls: feeds, sitemaps, or pages.
        visitor: fetches.
        published: day of publication that stands above what articles say themselves.
        poll: one look at a feed; ``communique.intake.web.poll`` unless given.
        now: the time, in UTC without a zone.
        sleep: waits so many seconds; ``time.sleep`` unless given.
    """

    def __init__(
        self,
        store: Store,
        ingest: Ingest,
        urls: Iterable[str],
        *,
        visitor: Visitor,
        published: date | None = None,
        poll: Callable[..., Polled] | None = None,
        now: Callable[[], datetime] = utc_now,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        from communique.intake import web

        self._store = store
        self._ingest = ingest
        self._visitor = visitor
        self._published = published
        self._poll = poll or web.poll
        self._now = now
        self._sleep = sleep or time.sleep
        self._feeds = [self._feed(url) for url in dict.fromkeys(urls)]

    def looks(self) -> Iterator[Look]:
        """Look at the feeds for ever; the first time at each as soon as it is due.

        Yields:
            What each look brought, when it is stored.

        Raises:
            ValueError: if there is no feed.
        """
        while True:
            feed = min(self._feeds, key=lambda f: f.due or datetime.min)
            if feed.due is not None:
                # By the clock anew: a machine that slept meanwhile is late, not early.
                while (left := (feed.due - self._now()).total_seconds()) > 0:
                    self._sleep(left)
            yield self._look(feed)

    def _look(self, feed: Feed) -> Look:
        found: list[str] = []
        polled = self._poll(
            feed.url,
            visitor=self._visitor,
            etag=feed.etag,
            last_modified=feed.last_modified,
            published=self._published,
            known=lambda url: self._store.known_url(url) is not None,
        )
        if polled.fault is None:
            found += self._ingest.take(polled.found)
            # Only now: had it ended before, the next look must find the same news again.
            feed.etag, feed.last_modified = polled.etag, polled.last_modified
            wait = feed.wait_after("new" in found, polled.wait)
            feed.failures = 0
        else:
            feed.failures += 1
            wait = feed.wait_after_failure(polled.wait)
        feed.polled = self._now()
        feed.due = feed.polled + wait
        with self._store.transaction():
            self._store.connection.execute(
                "INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?, ?)",
                [feed.url, feed.etag, feed.last_modified, feed.polled, feed.due, feed.failures],
            )
        return Look(feed.url, found, polled.fault, wait)

    def _feed(self, url: str) -> Feed:
        rows = self._store.connection.execute("SELECT * FROM feeds WHERE url = ?", [url]).fetchall()
        return Feed(*rows[0]) if rows else Feed(url)
