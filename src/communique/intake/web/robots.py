"""What a site lets programs read: its robots.txt, fetched once and kept."""

from __future__ import annotations

from collections.abc import Callable
from urllib.robotparser import RobotFileParser

from communique.errors import AddressRefused, NotFetched
from communique.intake.web.fetching import Fetched, agent
from communique.intake.web.hosts import Target

__all__ = ["MAX_ROBOTS", "Robots"]

MAX_ROBOTS = 512 * 1024  # bytes, as RFC 9309 has it
_KEPT = 24 * 3600.0  # seconds
_KEPT_FAILURE = 600.0  # seconds after which one that could not be had is asked for again


class Robots:
    """The rules of each site, as RFC 9309 reads them: a robots.txt that is not there allows all, one
    that the server fails to give forbids all."""

    def __init__(self, ask: Callable[[str], Fetched], clock: Callable[[], float]) -> None:
        """
        Args:
            ask: fetches an address; any status is an answer.
            clock: seconds.
        """
        self._ask = ask
        self._clock = clock
        self._rules: dict[str, tuple[float, RobotFileParser | None]] = {}

    def check(self, target: Target, where: str) -> None:
        """Raises AddressRefused if the site forbids the target, NotFetched if it cannot be asked."""
        rules = self._of(target, where)
        if rules is None:
            raise AddressRefused(f"is not fetched: {target.site}/robots.txt cannot be had now", where)
        if not rules.can_fetch(agent(), target.url):
            raise AddressRefused(f"is not fetched: {target.site}/robots.txt forbids it", where)

    def pause(self, target: Target) -> float:
        """Seconds that the site wants between two requests (Crawl-delay); 0 if it says nothing."""
        rules = self._of(target, target.url)
        if rules is None:
            return 0.0
        rate = rules.request_rate(agent())
        between = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(float(rules.crawl_delay(agent()) or 0), between)

    def _of(self, target: Target, where: str) -> RobotFileParser | None:
        """The site's rules, or None if the server failed to give them."""
        kept = self._rules.get(target.site)
        if kept is not None and self._clock() < kept[0]:
            return kept[1]
        try:
            rules = self._fetched(f"{target.site}/robots.txt")
        except NotFetched as fault:
            # The site itself cannot be asked, and why is told of the page that was wanted.
            raise type(fault)(fault.message, where, fault.status, fault.retry_after) from None
        self._rules[target.site] = (self._clock() + (_KEPT if rules else _KEPT_FAILURE), rules)
        return rules

    def _fetched(self, address: str) -> RobotFileParser | None:
        answer = self._ask(address)
        if answer.status >= 500 or answer.status == 429:
            return None
        rules = RobotFileParser(address)
        text = answer.body.decode("utf-8", "replace").lstrip("\ufeff") if answer.status == 200 else ""
        rules.parse(text.splitlines())
        return rules
