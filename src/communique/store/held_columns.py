"""Columns of articles and of whom they name, held in memory beside those of events (see ``held``), and what
columns are made with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from communique.store.questions.picking import NO_DAY, Flags, Numbers

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = [
    "WHO",
    "HeldArticles",
    "HeldEntities",
    "Joined",
    "Small",
    "articles_of",
    "coded",
    "entities_of",
    "found",
    "keyed",
    "plain",
    "same_keys",
    "small",
    "whole",
]

Small = NDArray[np.int32]

# The tables whose rows are counted for each article.
_COUNTED = ("sources", "events", "claims", "disputes", "schedule")

# Each party and entity that there is, once, with its number.
WHO = """SELECT name, country, kb, row_number() OVER (ORDER BY name, country, kb) - 1 AS i
FROM (SELECT name, country, kb FROM parties UNION SELECT name, country, kb FROM entities)"""

# The different roles and lists of sectors, with their numbers.
_ROLES = """SELECT role, row_number() OVER (ORDER BY role) - 1 AS i
FROM (SELECT DISTINCT role FROM entities WHERE role IS NOT NULL)"""
_SECTORS = """SELECT sectors, row_number() OVER (ORDER BY sectors) - 1 AS i
FROM (SELECT DISTINCT sectors FROM entities)"""


@dataclass(frozen=True, slots=True)
class HeldArticles:
    """The articles, in the order of their numbers.

    Attributes:
        number: of each.
        published: its day (since 1970), or ``NO_DAY``.
        publisher: by its place in the list, or -1.
        publishers: the list, in order.
        folded_publishers: these without capitals and accents.
        title, url: as they are.
        counts: how many places, events, claims, disputes and entries ahead each has.
        sentence_at: where the sentences of each begin in the next two and, in the next place, end.
        sentence_start, sentence_stop: of all sentences, by article and start.
    """

    number: Numbers
    published: Numbers
    publisher: Numbers
    publishers: list[str]
    folded_publishers: list[str]
    title: list[str | None]
    url: list[str | None]
    counts: Small
    sentence_at: Small
    sentence_start: Small
    sentence_stop: Small

    def at(self, numbers: Any) -> Numbers:
        """Where articles of some numbers stand, or -1."""
        return found(self.number, whole(numbers), np.arange(len(self.number)))


@dataclass(frozen=True, slots=True)
class Joined:
    """Texts as one: so those that have something in them are found at once.

    Attributes:
        text: all of them, each with a line feed after it.
        start: where each begins and, in the next place, ends.
    """

    text: str
    start: Numbers

    @classmethod
    def of(cls, texts: list[str]) -> Joined:
        """Texts, made one."""
        return cls("".join(f"{t}\n" for t in texts), np.cumsum([0, *(len(t) + 1 for t in texts)]))

    def containing(self, part: str) -> Flags:
        """Which of the texts contain a part."""
        ends = zip(self.start[:-1].tolist(), self.start[1:].tolist(), strict=True)
        if not part or "\n" in part:
            return np.asarray([part in self.text[a : b - 1] for a, b in ends], bool)
        out = np.zeros(len(self.start) - 1, bool)
        at = [m.start() for m in re.finditer(re.escape(part), self.text)]
        out[np.searchsorted(self.start, at, "right") - 1] = True
        return out


@dataclass(frozen=True, slots=True)
class HeldEntities:
    """Whom the articles name, in the order of article and number.

    Attributes:
        key: article and number, see ``keyed``.
        article: by its place among the articles.
        who: by the place in ``Held.who``.
        kind, role, sectors: by the places in the lists; -1 for no role.
        kinds, roles, sector_lists: the lists.
        folded_roles: the roles without capitals and accents.
    """

    key: Numbers
    article: Small
    who: Small
    kind: Small
    role: Small
    sectors: Small
    kinds: list[str]
    roles: list[str]
    folded_roles: list[str]
    sector_lists: list[list[str]]

    def at(self, article: Any, n: Any) -> Numbers:
        """Where entities of some articles and numbers stand, or -1."""
        return found(self.key, keyed(article, n), np.arange(len(self.key)))


def articles_of(store: Store) -> HeldArticles:
    """The columns of the articles of a store."""
    run = store.connection.execute
    rows = run(
        f"SELECT article, coalesce(published - DATE '1970-01-01', {NO_DAY}), publisher, title, url "
        "FROM articles ORDER BY article"
    ).fetchall()
    publishers, publisher = coded([row[2] for row in rows])
    number = whole([row[0] for row in rows])
    every = np.arange(len(number))
    counts = np.zeros((len(number) + 1, len(_COUNTED)), np.int32)
    for column, table in enumerate(_COUNTED):
        found_ones = run(f"SELECT article, count(*) AS n FROM {table} GROUP BY article").fetchnumpy()
        counts[found(number, whole(found_ones["article"]), every), column] = found_ones["n"]
    sentences = run("SELECT article, start, stop FROM sentences ORDER BY article, start").fetchnumpy()
    ends = np.searchsorted(whole(sentences["article"]), number, "right")
    return HeldArticles(
        number=number,
        published=whole([row[1] for row in rows]),
        publisher=publisher,
        publishers=publishers,
        folded_publishers=plain(store, publishers),
        title=[row[3] for row in rows],
        url=[row[4] for row in rows],
        counts=counts[:-1],
        sentence_at=small(np.append(0, ends)),
        sentence_start=small(sentences["start"]),
        sentence_stop=small(sentences["stop"]),
    )


def entities_of(store: Store, articles: HeldArticles) -> HeldEntities:
    """The columns of the entities of a store."""
    run = store.connection.execute
    kinds = [kind for (kind,) in run("SELECT DISTINCT kind FROM entities ORDER BY 1").fetchall()]
    roles = [role for (role,) in run(f"SELECT role FROM ({_ROLES}) ORDER BY i").fetchall()]
    lists = [given for (given,) in run(f"SELECT sectors FROM ({_SECTORS}) ORDER BY i").fetchall()]
    columns = run(
        f"""SELECT o.article, o.n, w.i AS who, list_position($kinds, o.kind) - 1 AS kind,
  coalesce(r.i, -1) AS role, s.i AS sectors
FROM entities o JOIN ({WHO}) w ON w.name = o.name AND w.country IS NOT DISTINCT FROM o.country
  AND w.kb IS NOT DISTINCT FROM o.kb
JOIN ({_SECTORS}) s ON s.sectors = o.sectors
LEFT JOIN ({_ROLES}) r ON r.role = o.role
ORDER BY o.article, o.n""",
        {"kinds": kinds},
    ).fetchnumpy()
    return HeldEntities(
        key=keyed(columns["article"], columns["n"]),
        article=small(articles.at(columns["article"])),
        who=small(columns["who"]),
        kind=small(columns["kind"]),
        role=small(columns["role"]),
        sectors=small(columns["sectors"]),
        kinds=kinds,
        roles=roles,
        folded_roles=plain(store, roles),
        sector_lists=lists,
    )


def plain(store: Store, texts: list[str]) -> list[str]:
    """Texts without capitals and accents, as DuckDB makes them."""
    sql = "SELECT lower(strip_accents(t)) FROM (SELECT unnest($texts::VARCHAR[]) AS t)"
    return [text for (text,) in store.connection.execute(sql, {"texts": texts}).fetchall()]


def whole(values: Any) -> Numbers:
    """Numbers as a column."""
    return np.asarray(values, np.int64)


def small(values: Any) -> Small:
    """Numbers as a column of half the size."""
    return np.asarray(values, np.int32)


def keyed(article: Any, n: Any) -> Numbers:
    """The number of an article and the number of something in it, as one number; in the same order."""
    return (whole(article) << 16) | whole(n)


def same_keys(keys: Numbers) -> bool:
    """Whether a number stands twice in a sorted column."""
    return bool((np.diff(keys) == 0).any())


def found(known: Numbers, wanted: Numbers, order: Numbers) -> Numbers:
    """Where each of some numbers stands: by ``order`` of those that are known (sorted), or -1."""
    if not len(known):
        return np.full(len(wanted), -1, np.int64)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[at] == wanted, order[at], -1)


def coded(values: list[str | None]) -> tuple[list[str], Numbers]:
    """The different values in order, and each value as its place among them, -1 for None."""
    different = sorted({v for v in values if v is not None})
    place = {v: i for i, v in enumerate(different)}
    return different, whole([-1 if v is None else place[v] for v in values])
