"""A store at a glance: how much is in it, and of when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from communique.store.failing import told

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["Overview", "overview"]


@dataclass(frozen=True, slots=True)
class Overview:
    """How much a store holds.

    Attributes:
        articles, publishers, events, claims, happenings: how many.
        disputes: within articles, and between articles that tell the same happening.
        ahead: entries that lie after the last day of publication.
        first, last: days of publication.
        added: when the latest article came in, UTC.
        faults: inputs that could not be read.
    """

    articles: int
    publishers: int
    events: int
    claims: int
    happenings: int
    disputes: int
    ahead: int
    first: date | None
    last: date | None
    added: datetime | None
    faults: int


def overview(store: Store) -> Overview:
    """How much a store holds.

    Raises:
        StoreError: if the store cannot be read.
    """
    sql = """WITH a AS (
  SELECT count(*) AS articles, count(DISTINCT publisher) AS publishers, min(published) AS first,
    max(published) AS last, max(added) AS added FROM articles)
SELECT a.articles, a.publishers, (SELECT count(*) FROM events), (SELECT count(*) FROM claims),
  (SELECT count(*) FROM happenings),
  (SELECT count(*) FROM disputes) + (SELECT count(*) FROM differences),
  (SELECT count(*) FROM schedule k WHERE k.from_day > a.last),
  a.first, a.last, a.added, (SELECT count(*) FROM faults)
FROM a"""
    with told(store.path):
        row = store.connection.execute(sql).fetchall()[0]
    return Overview(*row)
