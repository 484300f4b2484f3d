"""Happenings in a store: written all at once, their numbers kept from one time to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.analysis.differing import differences
from communique.analysis.happening import Happening

if TYPE_CHECKING:
    from communique.store import Store

__all__ = ["keep", "known"]

_MARK = "happenings"  # key in `meta` of what the tables were made of
_RULES = Path(__file__).parent / "data" / "happenings.yaml"


def known(store: Store) -> int | None:
    """How many happenings the store has; None where they are not of its articles as they are now."""
    ask = store.connection.execute
    if ask("SELECT value FROM meta WHERE key = ?", [_MARK]).fetchall() != [(_mark(store),)]:
        return None
    return int(ask("SELECT count(*) FROM happenings").fetchall()[0][0])


def keep(store: Store, found: Sequence[Happening]) -> None:
    """Put happenings, their tellings and differences in the place of those that are there.

    Args:
        store: in a transaction.
        found: all happenings of its articles.
    """
    from communique.store.writing import Waiting

    connection = store.connection
    numbers = _numbers(store, found)
    for table in ("happenings", "tellings", "differences"):
        connection.execute(f"DELETE FROM {table}")
    rows: dict[str, list[tuple[Any, ...]]] = {"happenings": [], "tellings": [], "differences": []}
    for number, one in sorted(zip(numbers, found, strict=True)):
        rows["happenings"].append(
            (
                *(
                    number,
                    one.type,
                    one.mode,
                    one.status,
                    one.first_day,
                    one.last_day,
                    one.country,
                    one.place,
                ),
                *(list(one.actors), list(one.recipients), one.articles, one.confidence),
            )
        )
        rows["tellings"] += [(number, *t.key) for t in one.tellings]
        rows["differences"] += _differences(number, one)
    waiting = Waiting(connection)
    waiting.add(dict(rows))
    waiting.write()
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [_MARK, _mark(store)])


def _differences(number: int, one: Happening) -> Iterator[tuple[Any, ...]]:
    for d in differences(one.tellings):
        yield (
            *(number, d.kind, d.about),
            *(d.one.article, *d.span, d.claim),
            *(d.other.article, *d.other_span, d.other_claim),
        )


def _numbers(store: Store, found: Sequence[Happening]) -> list[int]:
    """A number for each happening: that which its first telling had, else a new one."""
    old = {
        (article, event): happening
        for happening, article, event in store.connection.execute(
            "SELECT happening, article, event FROM tellings"
        ).fetchall()
    }
    last = max(old.values(), default=0)
    taken: set[int] = set()
    numbers = []
    for one in found:
        number = old.get(one.tellings[0].key)
        if number is None or number in taken:
            last += 1
            number = last
        taken.add(number)
        numbers.append(number)
    return numbers


def _mark(store: Store) -> str:
    """Of what the tables are made: the readings, the program's version and its rules."""
    from communique import __version__

    readings = store.connection.execute(
        "SELECT count(*), coalesce(max(article), 0), coalesce(max(coded)::TEXT, ''), "
        "(SELECT count(*) FROM history) FROM readings"
    ).fetchall()[0]
    rules = sha256(_RULES.read_bytes()).hexdigest()[:12]
    return "|".join(str(x) for x in (__version__, rules, *readings))
