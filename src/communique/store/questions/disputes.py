"""Statements that cannot both hold: within one article, and between articles that tell the same happening."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from communique.store.questions.answer import Answer
from communique.store.questions.chains import chains
from communique.store.questions.events import paged
from communique.store.questions.filters import chosen_all, first_day, last_day, word
from communique.store.questions.found import words_at
from communique.store.questions.parties import contains
from communique.store.questions.recalled_disputes import dispute_rows, disputes_told
from communique.store.questions.statements import Values, answered, counted, fetched, near, unnested

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["KINDS", "ORDER", "PAIRS", "disputes"]

KINDS = ("number", "denial", "status", "attribution")
_PAGE = 1000  # rows that are looked up by the numbers of their articles
_SIDE = {"said_by": "VARCHAR[]", "words": "VARCHAR", "article": "INTEGER", "start": "INTEGER"}
_SIDE |= {
    "stop": "INTEGER",
    "published": "DATE",
    "publisher": "VARCHAR",
    "title": "VARCHAR",
    "url": "VARCHAR",
}
_COLUMNS = {"happening": "INTEGER", "kind": "VARCHAR", "about": "VARCHAR", "day": "DATE"}
_COLUMNS |= {f"{name}_{side}": kind for side in "ab" for name, kind in _SIDE.items()}
_KEYS = {
    "happening": "INTEGER",
    "kind": "VARCHAR",
    "about": "VARCHAR",
    "article_a": "INTEGER",
    "start_a": "INTEGER",
    "stop_a": "INTEGER",
    "claim_a": "INTEGER",
    "article_b": "INTEGER",
    "start_b": "INTEGER",
    "stop_b": "INTEGER",
    "claim_b": "INTEGER",
    "day": "DATE",
}

# To the end, so that pages do not overlap.
ORDER = "day DESC NULLS LAST, article_b DESC, article_a DESC, start_a, start_b, happening, kind, about"
# Of a dispute with more than two sides, the first stands against each of the others.
PAIRS = """pairs AS (
  SELECT NULL::INTEGER AS happening, d.n AS dispute, i - 1 AS side, d.kind, d.about,
    d.article AS article_a, d.spans[1] AS start_a, d.spans[2] AS stop_a, d.claims[1] AS claim_a,
    d.article AS article_b, d.spans[2 * i - 1] AS start_b, d.spans[2 * i] AS stop_b, d.claims[i] AS claim_b
  FROM (SELECT *, unnest(range(2, len(claims) + 1)) AS i FROM disputes) d
  UNION ALL
  SELECT happening, NULL, NULL, kind, about, article_a, start_a, stop_a, claim_a,
    article_b, start_b, stop_b, claim_b FROM differences)"""


def disputes(
    store: Store,
    *,
    about: str | None = None,
    kind: tuple[str, ...] | list[str] | str = (),
    since: date | str | None = None,
    until: date | str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> Answer:
    """Disputes with both their sides, the latest first.

    Args:
        store: that is asked.
        about: words that stand in what it is about, or in the words of a side.
        kind: of ``KINDS``, one or several.
        since, until: first and last day of the later of the two articles; of a month or year its first and
            last.
        limit: rows at most; 0 gives all.
        offset: rows that are passed by first.

    Returns:
        A row a dispute; where ``happening`` has a number, between two articles that tell it, else within
        one. ``day`` is that of the later article. Of each side, a and b: ``said_by`` (whose word it is, from
        the inside out; empty for the article itself), ``words``, ``article``, ``start`` and ``stop`` of the
        words in code points of the article, and the article's ``published``, ``publisher``, ``title`` and
        ``url``.

    Raises:
        BadQuestion: if a value is none that there is.
        StoreError: if the store cannot be read.
    """
    values = Values()
    where = []
    if kinds := chosen_all(kind, KINDS, "kind"):
        where.append(values.any_of("p.kind", kinds))
    if about is not None:
        about = word(about, "about")
        columns = ("p.about", *(words_at(f"{s}.text", f"p.start_{s}", f"p.stop_{s}") for s in "ab"))
        where.append(f"({' OR '.join(contains(c, about, values) for c in columns)})")
    if (first := first_day(since, "since")) is not None:
        where.append(f"greatest(a.published, b.published) >= {values.add(first)}")
    if (last := last_day(until, "until")) is not None:
        where.append(f"greatest(a.published, b.published) <= {values.add(last)}")
    found = f"""{PAIRS},
found AS MATERIALIZED (
  SELECT p.*, greatest(a.published, b.published) AS day
  FROM pairs p JOIN articles a ON a.article = p.article_a JOIN articles b ON b.article = p.article_b
  WHERE {" AND ".join(where) or "true"})"""
    end = f"ORDER BY {ORDER}{paged(values, limit, offset)}"
    if not 0 < limit <= _PAGE:
        page = f"{found},\npage AS MATERIALIZED (SELECT * FROM found {end})"
        return answered(store, _told(page, "(SELECT count(*) FROM found)"), values)
    if store.held is not None and about is None:
        known = dispute_rows(store.held, kinds, first, last)
        listed = disputes_told(store, store.held, known[offset : offset + limit].tolist())
        page = f"{found},\npage AS MATERIALIZED (SELECT * FROM found {end})"
        return counted(_COLUMNS, listed, _told(page, None), values, len(known))
    names = ", ".join(_KEYS)
    keys = f"WITH {found}\nSELECT {names}, (SELECT count(*) FROM found) AS total FROM found {end}"
    rows = fetched(store, keys, values)[2]
    total = rows[0][-1] if rows else 0
    if not rows and offset:
        total = fetched(store, f"WITH {found}\nSELECT count(*) FROM found", values)[2][0][0]
    page = f"page AS MATERIALIZED ({unnested(values, rows, _KEYS)})"
    at = list(_KEYS).index("article_a"), list(_KEYS).index("article_b")
    sql = _told(page, None, near(values, (row[i] for row in rows for i in at)))
    answer = answered(store, sql, values, total=total)
    shown = f"{keys};\n\n{sql}"
    return replace(answer, sql=shown, parameters=values.used_in(shown))


def _told(page: str, total: str | None, close: Callable[[str], str] = lambda table: "") -> str:
    """The statement that tells all of the disputes of a page.

    Args:
        page: the table ``page``, to stand after WITH RECURSIVE.
        total: the SQL for the number of rows without the limit, or None.
        close: see ``statements.near``.
    """
    sides = ",\n  ".join(
        f"coalesce(k{s}.speakers, []) AS said_by_{s}, {words_at(f'{s}.text', f'g.start_{s}', f'g.stop_{s}')} "
        f"AS words_{s},\n  g.article_{s}, g.start_{s}, g.stop_{s}, {s}.published AS published_{s}, "
        f"{s}.publisher AS publisher_{s}, {s}.title AS title_{s}, {s}.url AS url_{s}"
        for s in "ab"
    )
    return f"""WITH RECURSIVE {page},
voices AS (SELECT article_a AS article, claim_a AS claim FROM page UNION SELECT article_b, claim_b FROM page),
{chains("voices", "claim", close)}
SELECT g.happening, g.kind, g.about, g.day,
  {sides}{"" if total is None else f", {total} AS total"}
FROM page g JOIN articles a ON a.article = g.article_a{close("a")}
JOIN articles b ON b.article = g.article_b{close("b")}
LEFT JOIN chains ka ON ka.article = g.article_a AND ka.claim = g.claim_a
LEFT JOIN chains kb ON kb.article = g.article_b AND kb.claim = g.claim_b
ORDER BY g.{ORDER.replace(", ", ", g.")}"""
