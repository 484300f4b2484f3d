"""One look at a feed that is looked at again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from communique.errors import EmptyInput, InputError, NotFetched
from communique.intake.batch import Placed
from communique.intake.feeds import pause_of
from communique.intake.web.fetching import Fetched
from communique.intake.web.pages import found_in
from communique.intake.web.visiting import Visitor

__all__ = ["Polled", "poll"]


@dataclass(frozen=True, slots=True)
class Polled:
    """What a look at a feed gave.

    Attributes:
        address: the feed's.
        changed: False if the server said that nothing is new, or could not be asked.
        etag, last_modified: to be given the next time. Keep them only when ``found`` is used up and
            stored: given earlier, they would hide what was not.
        wait: seconds that the server or the feed asks to wait, or None if they say nothing.
        fault: why it could not be had, or None.
        found: the articles and faults; each page is fetched when it is asked for.
    """

    address: str
    changed: bool
    etag: str | None
    last_modified: str | None
    wait: float | None
    fault: InputError | None
    found: Iterator[Placed]


def poll(
    address: str,
    *,
    visitor: Visitor,
    etag: str | None = None,
    last_modified: str | None = None,
    published: date | None = None,
    known: Callable[[str], bool] | None = None,
) -> Polled:
    """Look at a feed, a sitemap or a page again.

    Args:
        address: the feed's.
        visitor: who fetches; the same one each time.
        etag, last_modified: as the last ``Polled`` gave them.
        published: publication date that stands above what the articles say themselves.
        known: whether a page is known already; links to such pages are not followed, and entries that
            hold their article are not given again.

    Returns:
        What there is; a feed that cannot be had is told in ``fault``, not raised.
    """
    try:
        answer = visitor.fetch(address, etag=etag, last_modified=last_modified)
    except InputError as fault:
        wait = fault.retry_after if isinstance(fault, NotFetched) else None
        return Polled(address, False, etag, last_modified, wait, fault, iter(()))
    waits = [w for w in (answer.retry_after, answer.max_age, pause_of(answer.body)) if w]
    wait = max(waits) if waits else None
    if answer.status == 304:
        return Polled(
            address,
            False,
            answer.etag or etag,
            answer.last_modified or last_modified,
            wait,
            None,
            iter(()),
        )
    found = _placed(answer, address, visitor, published, known)
    return Polled(address, True, answer.etag, answer.last_modified, wait, None, found)


def _placed(
    answer: Fetched,
    address: str,
    visitor: Visitor,
    published: date | None,
    known: Callable[[str], bool] | None,
) -> Iterator[Placed]:
    for number, (place, found) in enumerate(found_in(answer, address, visitor, published, known), 1):
        if isinstance(found, EmptyInput) and found.where == address:
            continue  # a feed may have no entries today
        yield Placed(address, number, found, place)
