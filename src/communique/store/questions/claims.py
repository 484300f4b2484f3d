"""What somebody said, wrote, denies or demands, in which words, and who passes it on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from communique.store.questions.answer import Answer
from communique.store.questions.chains import chains, speaker
from communique.store.questions.details import speakers
from communique.store.questions.events import paged
from communique.store.questions.filters import chosen_all, first_day, last_day, word
from communique.store.questions.found import words_at
from communique.store.questions.parties import contains, is_key, wanted
from communique.store.questions.recalled import claims_told, said_rows
from communique.store.questions.statements import Values, answered, counted, fetched, near, unnested

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["ACTS", "said", "spans_words"]

ACTS = ("assert", "deny", "doubt", "ask", "demand", "promise", "threaten", "believe", "intend", "other")
_PAGE = 1000  # rows that are looked up by the numbers of their articles
_COLUMNS = {"article": "INTEGER", "claim": "INTEGER", "day": "DATE"}
_COLUMNS |= dict.fromkeys(("day_from", "who", "country", "role", "kb"), "VARCHAR")
_COLUMNS |= {"anonymous": "BOOLEAN", "number": "BIGINT", "act": "VARCHAR", "manner": "VARCHAR"}
_COLUMNS |= {"certainty": "DOUBLE", "cue": "VARCHAR", "words": "VARCHAR", "told_by": "VARCHAR[]"}
_COLUMNS |= {"start": "INTEGER", "stop": "INTEGER", "published": "DATE"}
_COLUMNS |= dict.fromkeys(("publisher", "title", "url"), "VARCHAR")
_KEYS = {"article": "INTEGER", "n": "INTEGER", "within": "INTEGER", "day": "DATE", "from_day": "DATE"}


def said(
    store: Store,
    who: str | None = None,
    *,
    about: str | None = None,
    act: tuple[str, ...] | list[str] | str = (),
    since: date | str | None = None,
    until: date | str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> Answer:
    """Claims of somebody, the latest first.

    Args:
        store: that is asked.
        who: the source: a part of a name, a country's code or name for all sources of the country, or an
            actor's key; None for everybody.
        about: words that stand in what was said.
        act: of ``ACTS``, one or several.
        since, until: first and last day; of a month or year its first and last.
        limit: rows at most; 0 gives all.
        offset: rows that are passed by first.

    Returns:
        A row a claim. ``day`` is when it was said, or, where ``day_from`` says 'published', the day of the
        article. ``told_by`` lists who passes it on, the nearest first; it is empty where the article does.
        ``start`` and ``stop`` of the words count code points of the article.

    Raises:
        BadQuestion: if a value is none that there is.
        StoreError: if the store cannot be read.
    """
    values = Values()
    acts = chosen_all(act, ACTS, "act")
    where = _conditions(values, who, about, acts, since, until)
    found = f"""found AS MATERIALIZED (
  SELECT c.article, c.n, c.within, coalesce(t.from_day, a.published) AS day, t.from_day
  FROM claims c JOIN articles a ON a.article = c.article
  LEFT JOIN entities s ON s.article = c.article AND s.n = c.source
  LEFT JOIN times t ON t.article = c.article AND t.n = c.time
  WHERE {" AND ".join(where) or "true"})"""
    order = f"ORDER BY day DESC NULLS LAST, article DESC, n{paged(values, limit, offset)}"
    if not 0 < limit <= _PAGE:
        page = f"{found},\npage AS MATERIALIZED (SELECT * FROM found {order})"
        return answered(store, _told(page, "(SELECT count(*) FROM found)"), values)
    if store.held is not None and about is None:
        known = said_rows(
            store, who and who.strip(), acts, first_day(since, "since"), last_day(until, "until")
        )
        if known is not None:
            listed = claims_told(store, store.held, known[offset : offset + limit].tolist())
            page = f"{found},\npage AS MATERIALIZED (SELECT * FROM found {order})"
            return counted(_COLUMNS, listed, _told(page, None), values, len(known))
    keys = f"WITH {found}\nSELECT *, (SELECT count(*) FROM found) AS total FROM found {order}"
    rows = fetched(store, keys, values)[2]
    total = rows[0][-1] if rows else 0
    if not rows and offset:
        total = fetched(store, f"WITH {found}\nSELECT count(*) FROM found", values)[2][0][0]
    page = f"page AS ({unnested(values, rows, _KEYS)})"
    close = near(values, (row[0] for row in rows))
    answer = answered(store, _told(page, None, close, nested=False), values, total=total)
    asked = [keys, answer.sql]

    def ask(sql: str) -> list[dict[str, Any]]:
        asked.append(sql)
        names, _, found_ones = fetched(store, sql, values)
        return [dict(zip(names, one, strict=True)) for one in found_ones]

    # Who passes a claim on is asked beside it: one statement takes several times as long to plan.
    around = speakers(ask, {(row[0], row[1]): {"claim": row[2]} for row in rows}, close, values)
    within = {(row[0], row[1]): (row[0], row[2]) for row in rows}
    for one in answer.rows:
        one["told_by"] = around.get(within[one["article"], one["claim"]], [])
    shown = ";\n\n".join(asked)
    return replace(answer, sql=shown, parameters=values.used_in(shown))


def _told(
    page: str, total: str | None, close: Callable[[str], str] = lambda table: "", nested: bool = True
) -> str:
    """The statement that tells all of the claims of a page.

    Args:
        page: the table ``page``, to stand after WITH RECURSIVE.
        total: the SQL for the number of rows without the limit, or None.
        close: see ``statements.near``.
        nested: ``told_by`` is to be found here too; else it is empty.
    """
    around = f",\n{chains('page', 'within', close)}" if nested else ""
    return f"""WITH RECURSIVE {page}{around}
SELECT g.article, g.n AS claim, g.day, CASE WHEN g.from_day IS NOT NULL THEN 'text'
    WHEN g.day IS NOT NULL THEN 'published' END AS day_from,
  {speaker("c", "s", "a")} AS who, s.country, s.role, s.kb, c.anonymous, c.number, c.act, c.manner,
  c.certainty, {spans_words("c.cue")} AS cue, {spans_words("c.content")} AS words,
  {"coalesce(k.speakers, [])" if nested else "[]::VARCHAR[]"} AS told_by, c.content[1] AS start,
  c.content[len(c.content)] AS stop,
  a.published, a.publisher, a.title, a.url{"" if total is None else f", {total} AS total"}
FROM page g JOIN claims c ON c.article = g.article AND c.n = g.n{close("c")}
JOIN articles a ON a.article = g.article{close("a")}
LEFT JOIN entities s ON s.article = g.article AND s.n = c.source{close("s")}
{"LEFT JOIN chains k ON k.article = g.article AND k.claim = g.within" if nested else ""}
ORDER BY g.day DESC NULLS LAST, g.article DESC, g.n"""


def spans_words(spans: str, text: str = "a.text") -> str:
    """The SQL for the words of a flat list of spans, an ellipsis where the text goes on between."""
    words = words_at(text, f"{spans}[i]", f"{spans}[i + 1]")
    return f"array_to_string([{words} FOR i IN range(1, len({spans}), 2)], ' … ')"


def _conditions(
    values: Values,
    who: str | None,
    about: str | None,
    acts: tuple[str, ...],
    since: date | str | None,
    until: date | str | None,
) -> list[str]:
    out = []
    if who is not None:
        who = word(who, "who")
        named = wanted(who).condition("s", values)
        # Sources whom no entity stands for have but their words; the article's text is asked first, for it
        # is cheaper to look through than to cut up.
        words = contains(words_at("a.text", "c.source_spans[1]", "c.source_spans[2]"), who, values)
        unnamed = f"c.source IS NULL AND {contains('a.text', who, values)} AND {words}"
        out.append(named if is_key(who) else f"({named} OR ({unnamed}))")
    if about is not None:
        about = word(about, "about")
        out.append(contains("a.text", about, values))
        out.append(contains(spans_words("c.content"), about, values))
    if acts:
        out.append(values.any_of("c.act", acts))
    if (first := first_day(since, "since")) is not None:
        out.append(f"coalesce(t.from_day, a.published) >= {values.add(first)}")
    if (last := last_day(until, "until")) is not None:
        out.append(f"coalesce(t.from_day, a.published) <= {values.add(last)}")
    return out
