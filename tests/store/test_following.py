from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from communique.article import Article
from communique.errors import NotFetched
from communique.intake import Placed
from communique.intake.web import Polled, Visitor
from communique.store import Store, open_store
from communique.store.following import LATEST, LONGEST, SOONEST, USUAL, Follower
from communique.store.ingesting import Ingest
from tests.store.invented import story, stub_reader

FEED, OTHER = "https://a.example/feed.xml", "https://b.example/feed.xml"
START = datetime(2031, 3, 4, 12)


@dataclass
class World:
    """A clock that sleeping moves on, and servers that answer as they are told."""

    now: datetime = START
    asked: list[tuple[str, datetime, str | None]] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    answers: dict[str, list[Any]] = field(default_factory=dict)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    def poll(self, url: str, *, etag: str | None, last_modified: str | None, **_: Any) -> Polled:
        self.asked.append((url, self.now, etag))
        answer = self.answers.get(url, [[]])
        told = answer.pop(0) if len(answer) > 1 else answer[0]
        if isinstance(told, Exception):
            return Polled(url, False, etag, last_modified, getattr(told, "retry_after", None), told, iter(()))  # type: ignore[arg-type]
        found = [
            Placed(url, n, Article(story(seed), url=f"https://a.example/{seed}"), f"https://a.example/{seed}")
            for n, seed in enumerate(told, 1)
        ]
        return Polled(url, bool(told), f"etag {len(self.asked)}", None, None, None, iter(found))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "news.duckdb") as opened:
        yield opened


def follower(store: Store, world: World, *urls: str) -> Follower:
    ingest = Ingest(store, make_reader=stub_reader)
    return Follower(
        store, ingest, urls, visitor=Visitor(), poll=world.poll, now=lambda: world.now, sleep=world.sleep
    )


def hours(world: World) -> list[timedelta]:
    return [when - START for _, when, _ in world.asked]


def test_a_new_feed_is_looked_at_at_once_and_its_news_stored(store: Store) -> None:
    world = World(answers={FEED: [[1, 2], []]})
    look = next(follower(store, world, FEED).looks())
    assert (look.articles, look.fault, look.wait) == (["new", "new"], None, USUAL / 2)
    assert world.slept == []
    assert store.connection.execute("SELECT count(*) FROM articles").fetchall() == [(2,)]


def test_what_the_server_said_is_given_back_to_it(store: Store) -> None:
    world = World()
    looks = follower(store, world, FEED).looks()
    next(looks), next(looks)
    assert [etag for _, _, etag in world.asked] == [None, "etag 1"]


def test_a_quiet_feed_is_looked_at_less_and_a_busy_one_more(store: Store) -> None:
    quiet, busy = World(), World(answers={FEED: [[n] for n in range(10)]})
    for world in (quiet, busy):
        looks = follower(store, world, FEED).looks()
        waits = [next(looks).wait for _ in range(9)]
        assert waits[-1] == (LATEST if world is quiet else SOONEST)
        assert sum(waits[:-1], timedelta()) == hours(world)[-1]
        store.connection.execute("DELETE FROM feeds")


def test_failures_double_the_wait_up_to_a_day_and_a_success_ends_it(store: Store) -> None:
    fault = NotFetched("answers with 503", FEED)
    world = World(answers={FEED: [fault] * 9 + [[]]})
    looks = follower(store, world, FEED).looks()
    waits = [next(looks).wait for _ in range(9)]
    assert waits[:4] == [USUAL, USUAL * 2, USUAL * 4, USUAL * 8]
    assert waits[-1] == LONGEST
    assert next(looks).wait < USUAL * 2
    assert store.connection.execute("SELECT failures FROM feeds").fetchall() == [(0,)]


def test_a_server_that_asks_for_more_time_gets_it(store: Store) -> None:
    fault = NotFetched("answers with 429", FEED)
    fault.retry_after = 7200.0
    world = World(answers={FEED: [fault]})
    assert next(follower(store, world, FEED).looks()).wait == timedelta(hours=2)


def test_each_feed_has_its_own_time(store: Store) -> None:
    world = World(answers={OTHER: [NotFetched("answers with 500", OTHER)]})
    looks = follower(store, world, FEED, OTHER, FEED).looks()
    for _ in range(6):
        next(looks)
    assert [url for url, _, _ in world.asked].count(FEED) == 3
    assert hours(world) == sorted(hours(world))


def test_another_run_waits_for_the_time_that_was_set(store: Store) -> None:
    world = World()
    next(follower(store, world, FEED).looks())
    world.now += timedelta(minutes=1)
    next(follower(store, world, FEED).looks())
    assert world.slept == [(USUAL * 1.5 - timedelta(minutes=1)).total_seconds()]
    assert world.asked[1][2] == "etag 1"


def test_news_that_were_not_stored_are_asked_for_again(store: Store) -> None:
    world = World(answers={FEED: [[1, 2, 3]]})
    poll = world.poll

    def broken(url: str, **options: Any) -> Polled:
        polled = poll(url, **options)

        def found() -> Iterator[Placed]:
            yield next(polled.found)
            raise KeyboardInterrupt

        return Polled(url, True, "etag", None, None, None, found())

    world.poll = broken  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        next(follower(store, world, FEED).looks())
    world.poll = poll  # type: ignore[method-assign]
    look = next(follower(store, world, FEED).looks())
    assert world.asked[1][2] is None
    assert look.articles == ["copy", "new", "new"]
    assert store.connection.execute("SELECT count(*) FROM sources").fetchall() == [(3,)]
