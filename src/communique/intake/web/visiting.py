"""A polite visitor: robots.txt, a pause between two requests to a host, and patience when it is busy."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from communique.errors import NotFetched
from communique.intake.web.fetching import MAX_BODY, Fetched, Unreached, fetch
from communique.intake.web.hosts import Resolve, Target
from communique.intake.web.robots import MAX_ROBOTS, Robots

__all__ = ["Visitor"]

_TRIES = 3
_LONGEST_PAUSE = 3600.0  # seconds to which the pause after failures grows
_BUSY = frozenset((429, 500, 502, 503, 504))


@dataclass(slots=True)
class _Host:
    """When a host may be asked again (seconds of the clock), and how often it has failed in a row."""

    due: float = 0.0
    failures: int = 0


class Visitor:
    """Fetches addresses; one for a whole run, since it remembers each host."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        delay: float = 1.0,
        timeout: float = 20.0,
        limit: int = MAX_BODY,
        robots: bool = True,
        longest_wait: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        resolve: Resolve | None = None,
    ) -> None:
        """
        Args:
            allow_private: also ask machines that are not on the public internet.
            delay: least seconds between two requests to a host; a longer Crawl-delay stands above it.
            timeout: seconds to connect, and between two parts of an answer.
            limit: bytes of a body.
            robots: keep to robots.txt.
            longest_wait: seconds that a call may wait; a host that asks for more is left for later.
            clock, sleep: seconds; given by tests, so that they need not wait.
            resolve: as ``socket.getaddrinfo``.
        """
        self._allow_private = allow_private
        self._delay = delay
        self._timeout = timeout
        self._limit = limit
        self._longest_wait = longest_wait
        self._clock = clock
        self._sleep = sleep
        self._resolve = resolve
        self._hosts: dict[str, _Host] = {}
        self._robots = Robots(self._ask_for_robots, clock) if robots else None
        self._last = ""  # host that was asked last: the one to which an answer belongs

    def fetch(self, address: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Fetch an address when its host may be asked; a busy host is asked again, up to three times.

        Args:
            address: of http or https.
            etag, last_modified: of the answer before.

        Returns:
            An answer of status 2xx, or 304 where nothing has changed.

        Raises:
            AddressRefused: if it is private, or robots.txt forbids it.
            NotFetched: if it cannot be had; ``retry_after`` says in how many seconds it may be.
        """
        for left in reversed(range(_TRIES)):
            try:
                answer = fetch(
                    address,
                    etag=etag,
                    last_modified=last_modified,
                    allow_private=self._allow_private,
                    timeout=self._timeout,
                    limit=self._limit,
                    resolve=self._resolve,
                    before=self._before,
                    clock=self._clock,
                )
            except Unreached:
                self._failed(None)
                if not left:
                    raise
                continue
            if answer.status == 304 or 200 <= answer.status < 300:
                self._host(self._last).failures = 0
                return answer
            if answer.status in _BUSY:
                wait = self._failed(answer.retry_after)
                if left and wait <= self._longest_wait:
                    continue
                raise self._refusal(answer, address, wait)
            raise self._refusal(answer, address, None)
        raise NotFetched("cannot be fetched", address)

    def _refusal(self, answer: Fetched, address: str, wait: float | None) -> NotFetched:
        try:
            phrase = f" ({HTTPStatus(answer.status).phrase})"
        except ValueError:
            phrase = ""
        return NotFetched(f"is answered with {answer.status}{phrase}", address, answer.status, wait)

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host())

    def _before(self, target: Target, where: str) -> None:
        pause = self._delay
        if self._robots is not None:
            self._robots.check(target, where)
            pause = max(pause, self._robots.pause(target))
        self._await(target, where, pause)

    def _await(self, target: Target, where: str, pause: float) -> None:
        host = self._host(target.host)
        wait = host.due - self._clock()
        if wait > self._longest_wait:
            raise NotFetched(
                f"is on a host that asks to be left alone for {wait:.0f} seconds", where, None, wait
            )
        if wait > 0:
            self._sleep(wait)
        host.due = self._clock() + pause
        self._last = target.host

    def _failed(self, asked: float | None) -> float:
        """Note that the host failed; the seconds until it may be asked again."""
        host = self._host(self._last)
        host.failures += 1
        wait = min(max(self._delay, 1.0) * 2.0**host.failures, _LONGEST_PAUSE)
        if asked is not None:
            wait = max(asked, self._delay)
        host.due = self._clock() + wait
        return wait

    def _ask_for_robots(self, address: str) -> Fetched:
        return fetch(
            address,
            allow_private=self._allow_private,
            timeout=self._timeout,
            limit=MAX_ROBOTS,
            resolve=self._resolve,
            before=lambda target, where: self._await(target, where, self._delay),
            clock=self._clock,
        )
