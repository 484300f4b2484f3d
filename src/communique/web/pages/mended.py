"""Rows of lists as people corrected them, and whether anybody corrected anything in a store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from communique.store.correcting.showing import (
    Both,
    articles_of,
    both_of,
    claim_rows,
    corrected_articles,
    dispute_rows,
    event_rows,
)
from communique.store.corrections import Corrections
from communique.web.cache import cached

if TYPE_CHECKING:
    from starlette.requests import Request

    from communique.store import Store
    from communique.store.correcting.showing import Look
    from communique.store.questions import Answer

__all__ = [
    "any_corrections",
    "mended_claims",
    "mended_disputes",
    "mended_events",
    "mended_parts",
    "mended_rows",
]

_AT_ONCE = 200  # articles that are read in one question, which may not take long
# What columns of a row that people corrected are called.
_PARTS = {
    **dict.fromkeys(("type", "mode"), "type"),
    **dict.fromkeys(("status", "historical"), "status"),
    **dict.fromkeys(("day", "from_day", "to_day"), "time"),
    **dict.fromkeys(("actors", "recipients"), "parties"),
    **dict.fromkeys(("who", "role", "country", "anonymous", "said_by", "told_by"), "source"),
    **dict.fromkeys(("said_by_a", "said_by_b"), "source"),
    "act": "how it is said",
}


@dataclass(frozen=True)
class _Known:
    articles: dict[int, Both]

    def __len__(self) -> int:
        # What it counts in the cache, in rows.
        return sum(20 + len(both.machine.article.text) // 100 for both in self.articles.values())


def mended_rows(
    request: Request,
    rows: list[dict[str, Any]],
    mend: Callable[[list[dict[str, Any]], Look], list[dict[str, Any]]],
) -> list[dict[str, Any]]:
    """Rows as people corrected them; as they are where nobody corrected anything.

    Args:
        request: of whose application the store is asked.
        rows: they are not changed.
        mend: of ``communique.store.correcting.showing``.
    """
    path, mark = _file(request)
    some = _corrected(request, path, mark)
    if not some:
        return rows
    numbers = sorted(some & articles_of(rows))
    known: dict[int, Both] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        part = numbers[start : start + _AT_ONCE]
        known |= cached(request, _known, numbers=part, path=path, mark=mark).articles
    return mend(rows, known.get)


def mended_events(request: Request, answer: Answer) -> Answer:
    """An answer whose rows are events, see ``mended_rows``."""
    return replace(answer, rows=mended_rows(request, answer.rows, event_rows))


def mended_claims(request: Request, answer: Answer) -> Answer:
    """An answer whose rows are claims, see ``mended_rows``."""
    return replace(answer, rows=mended_rows(request, answer.rows, claim_rows))


def mended_disputes(request: Request, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of disputes, see ``mended_rows``."""
    return mended_rows(request, rows, dispute_rows)


def any_corrections(request: Request) -> bool:
    """Whether corrections hold of any article of the store."""
    return bool(_corrected(request, *_file(request)))


def mended_parts(row: Mapping[str, Any]) -> list[str]:
    """What of a row people corrected (see ``communique.store.correcting.showing``), in words."""
    return list(dict.fromkeys(_PARTS[name] for name in row.get("corrected", ()) if name in _PARTS))


def _file(request: Request) -> tuple[str, str]:
    path = str(request.app.state.settings.store)
    return path, Corrections.beside(path).mark


def _corrected(request: Request, path: str, mark: str) -> frozenset[int]:
    return cached(request, _articles, path=path, mark=mark) if mark else frozenset()


# With another mark of the file it is another question.
def _articles(store: Store, path: str, mark: str) -> frozenset[int]:
    return corrected_articles(store, Corrections.beside(path))


def _known(store: Store, numbers: list[int], path: str, mark: str) -> _Known:
    return _Known(both_of(store, Corrections.beside(path), numbers))
