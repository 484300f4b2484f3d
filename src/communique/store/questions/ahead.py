"""What comes next: the schedule of all articles, what several of them announce told once.

Two entries are the same if they are of the same days and of the same happening, or share most of their words
(``ahead.yaml`` says which count, and how many). Entries are compared day by day, in order, until the page is
full: so a page is quick however much lies ahead.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any

from communique.errors import BadQuestion
from communique.store.questions.answer import Answer
from communique.store.questions.filters import chosen_all, first_day, last_day, word
from communique.store.questions.found import words_at
from communique.store.questions.parties import wanted
from communique.store.questions.recalled_ahead import entries_of, entry_rows, told_of
from communique.store.questions.statements import Values, fetched

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["EXPECTATIONS", "upcoming"]

EXPECTATIONS = ("scheduled", "expected", "deadline")

_WORD = re.compile(r"[^\W_]+")
_FIRST = 500  # entries that are compared at first
_COLUMNS = {
    "day": "DATE",
    "to_day": "DATE",
    "status": "VARCHAR",
    "what": "VARCHAR",
    "articles": "INTEGER",
    "words": "VARCHAR",
    "sentence": "VARCHAR",
    "place": "VARCHAR",
    "time": "VARCHAR",
    "happening": "INTEGER",
    "article": "INTEGER",
    "start": "INTEGER",
    "stop": "INTEGER",
    "published": "DATE",
    "publisher": "VARCHAR",
    "title": "VARCHAR",
    "url": "VARCHAR",
    "told_in": "INTEGER[]",
    "mark": "VARCHAR",
}
_DETAILS = f"""
SELECT k.article, k.n, {words_at("a.text", "k.start", "k.stop")} AS words,
  {words_at("a.text", "s.start", "s.stop")} AS sentence, pl.name AS place, t.value AS time, k.start, k.stop,
  a.published, a.publisher, a.title, a.url
FROM (SELECT unnest($articles::INTEGER[]) AS article, unnest($entries::INTEGER[]) AS n) g
JOIN schedule k ON k.article = g.article AND k.n = g.n AND {{near_k}}
JOIN articles a ON a.article = g.article AND {{near_a}}
LEFT JOIN sentences s ON s.article = g.article AND s.start <= k.start AND k.start < s.stop AND {{near_s}}
LEFT JOIN times t ON t.article = g.article AND t.n = k.time AND {{near_t}}
LEFT JOIN events e ON e.article = g.article AND e.n = k.event AND {{near_e}}
LEFT JOIN places pl ON pl.article = g.article AND pl.n = e.place AND {{near_pl}}"""


@dataclass(slots=True)
class _Coming:
    """Entries of several articles that are the same."""

    first: date
    last: date
    happenings: set[int] = field(default_factory=set)
    entries: list[tuple[int, int, str, str]] = field(default_factory=list)  # article, n, status, what
    words: list[frozenset[str]] = field(default_factory=list)


def upcoming(
    store: Store,
    *,
    start: date | str | None = None,
    until: date | str | None = None,
    actor: tuple[str, ...] | list[str] | str = (),
    status: tuple[str, ...] | list[str] | str = (),
    limit: int = 50,
    offset: int = 0,
) -> Answer:
    """What articles say will come, by day.

    Args:
        store: that is asked.
        start: first day; today (in UTC) if it is None. What began before and goes on then is among it.
        until: last day on which something begins.
        actor: parties, as ``Filters`` has them, who take part in it or are named in its sentence.
        status: of ``EXPECTATIONS``, one or several.
        limit: rows at most; 0 gives all.
        offset: rows that are passed by first.

    Returns:
        A row for what comes, however many ``articles`` say so. ``day`` and ``to_day`` are its first and last
        day, ``told_in`` the numbers of the articles; words, sentence, place and the article are those of the
        latest of them that tells it. ``mark`` names the row, and stays when more articles tell it. What was
        over when its article appeared, or has no day, is left out.
        The total is None where entries are left that were not compared.

    Raises:
        BadQuestion: if a value is none that there is.
        StoreError: if the store cannot be read.
    """
    if limit < 0 or offset < 0:
        raise BadQuestion("limit and offset are 0 or more")
    first = first_day(start, "from") or datetime.now(UTC).date()
    last = last_day(until, "until")
    if last is not None and last < first:
        raise BadQuestion(f"from ({first}) is after until ({last})")
    values = Values()
    parties = [word(a, "actor") for a in ([actor] if isinstance(actor, str) else actor)]
    statuses = chosen_all(status, EXPECTATIONS, "status")
    sql = _entries(values, first, last, parties, statuses)
    held, standing = store.held, entry_rows(store, first, last, parties, statuses)

    def take(most: int) -> list[tuple[Any, ...]]:
        if held is not None and standing is not None:
            return entries_of(held, standing[:most] if most else standing)
        return fetched(store, f"{sql}\nLIMIT {most}" if most else sql, values)[2]

    merged, whole = _page(take, offset + limit if limit else 0)
    page = merged[offset : offset + limit if limit else None]
    return Answer(
        columns=dict(_COLUMNS),
        rows=_rows(store, page),
        sql=sql,
        parameters=values.used_in(sql),
        total=len(merged) if whole else None,
    )


def _entries(
    values: Values, first: date, last: date | None, parties: list[str], status: tuple[str, ...]
) -> str:
    where = [
        "k.from_day IS NOT NULL",
        f"coalesce(k.to_day, k.from_day) >= {values.add(first)}",
        "(a.published IS NULL OR coalesce(k.to_day, k.from_day) >= a.published)",
    ]
    if last is not None:
        where.append(f"k.from_day <= {values.add(last)}")
    if status:
        where.append(values.any_of("k.status", status))
    if parties:
        there = " OR ".join(wanted(p).condition("p", values) for p in parties)
        named = " OR ".join(wanted(p).condition("p", values) for p in parties)
        where.append(
            f"((k.article, k.event) IN (SELECT (p.article, p.event) FROM parties p WHERE {there})\n"
            "    OR (k.article, k.n) IN (SELECT (o.article, o.n) FROM schedule o\n"
            "      JOIN sentences s ON s.article = o.article AND s.start <= o.start AND o.start < s.stop\n"
            "      JOIN mentions m ON m.article = o.article AND m.start >= s.start AND m.start < s.stop\n"
            f"      JOIN entities p ON p.article = o.article AND p.n = m.entity WHERE {named}))"
        )
    conditions = "\n  AND ".join(where)
    return (
        "SELECT k.from_day, coalesce(k.to_day, k.from_day) AS to_day, k.article, k.n, k.status, k.what,\n"
        "  h.happening\nFROM schedule k JOIN articles a USING (article)\n"
        "LEFT JOIN tellings h ON h.article = k.article AND h.event = k.event\n"
        f"WHERE {conditions}\n"
        "ORDER BY k.from_day, to_day, a.published DESC NULLS LAST, k.article DESC, k.n"
    )


def _page(fetch: Callable[[int], list[tuple[Any, ...]]], wanted_rows: int) -> tuple[list[_Coming], bool]:
    """What comes, until there are rows enough (0: all), and whether that is all there is.

    Args:
        fetch: gives so many of the entries (0: all), in order.
        wanted_rows: how many are enough.
    """
    take = max(_FIRST, 4 * wanted_rows) if wanted_rows else 0
    while True:
        rows = fetch(take)
        whole = not take or len(rows) < take
        if not whole:
            # The last day may go on beyond what was fetched.
            end = rows[-1][:2]
            rows = [row for row in rows if row[:2] != end]
        merged = list(_merged(rows))
        if whole or len(merged) >= wanted_rows:
            return merged, whole
        take *= 4


def _merged(rows: Iterable[tuple[Any, ...]]) -> Iterator[_Coming]:
    for (first, last), entries in groupby(rows, key=lambda row: (row[0], row[1])):
        found: list[_Coming] = []
        for _, _, article, n, status, what, happening in entries:
            words = _words_of(what)
            one = next((c for c in found if _same(c, words, happening)), None)
            if one is None:
                one = _Coming(first, last)
                found.append(one)
            if words not in one.words:
                one.words.append(words)
            if happening is not None:
                one.happenings.add(happening)
            one.entries.append((article, n, status, what))
        # What most articles announce first, then what the latest do.
        yield from sorted(found, key=lambda one: -len({article for article, *_ in one.entries}))


def _same(one: _Coming, words: frozenset[str], happening: int | None) -> bool:
    if happening is not None and happening in one.happenings:
        return True
    _, share, least = _reading()
    for known in one.words:
        if words == known:
            return True
        both = len(words & known)
        if both >= least and both >= share * min(len(words), len(known)):
            return True
    return False


def _rows(store: Store, page: list[_Coming]) -> list[dict[str, Any]]:
    if not page:
        return []
    keys = [one.entries[0][:2] for one in page]
    # However many a page has, texts are fetched for so many at once.
    if store.held is not None and len(keys) <= 1000:
        details = told_of(store, store.held, keys)
    else:
        details = _details(store, keys)
    firsts = [min(entry[:2] for entry in one.entries) for one in page]
    values = Values()
    articles = values.add(sorted({article for article, _ in firsts}))
    sql = f"SELECT article, hash FROM articles WHERE article IN (SELECT unnest({articles}::INTEGER[]))"
    hashes = dict(fetched(store, sql, values)[2])
    return [
        _row(one, details[key], f"{hashes[article]}/k{n}")
        for one, key, (article, n) in zip(page, keys, firsts, strict=True)
    ]


def _details(store: Store, keys: list[tuple[int, int]]) -> dict[tuple[int, int], dict[str, Any]]:
    """What is told of some entries, by the numbers of article and entry."""
    some = sorted({article for article, _ in keys})
    near = {
        f"near_{t}": f"{t}.article IN ({', '.join(map(str, some))})" if len(some) <= 1000 else "true"
        for t in ("k", "a", "s", "t", "e", "pl")
    }
    values = Values()
    lists = (values.add([a for a, _ in keys]), values.add([n for _, n in keys]))
    sql = _DETAILS.replace("$articles", lists[0]).replace("$entries", lists[1]).format(**near)
    names, _, found = fetched(store, sql, values)
    return {(row[0], row[1]): dict(zip(names, row, strict=True)) for row in found}


def _row(one: _Coming, details: dict[str, Any], mark: str) -> dict[str, Any]:
    statuses = Counter(status for _, _, status, _ in one.entries)
    articles = sorted({article for article, *_ in one.entries})
    known = {
        **details,
        "day": one.first,
        "to_day": one.last,
        # The commonest; of equals the one that the latest article has.
        "status": statuses.most_common(1)[0][0],
        "what": one.entries[0][3],
        "articles": len(articles),
        "happening": min(one.happenings, default=None),
        "told_in": articles,
        "mark": mark,
    }
    return {name: known[name] for name in _COLUMNS}


@cache
def _reading() -> tuple[frozenset[str], float, int]:
    """What ``ahead.yaml`` says: words read over, the share of words, and how many at least."""
    import yaml

    text = files("communique.store.questions").joinpath("ahead.yaml").read_text(encoding="utf-8")
    known = yaml.safe_load(text)
    return frozenset(known["light"].split()), float(known["shared"]), int(known["words"])


@lru_cache(20_000)
def _words_of(what: str) -> frozenset[str]:
    light = _reading()[0]
    plain = unicodedata.normalize("NFD", what).lower()
    words = _WORD.findall("".join(c for c in plain if unicodedata.category(c) != "Mn"))
    # 'talks' and 'talk' are one word here; it need not be a word of English.
    kept = frozenset(w.removesuffix("s") for w in words if w not in light)
    return kept or frozenset(words)
