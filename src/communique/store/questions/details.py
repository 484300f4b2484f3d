"""All that is told of a page of events, put together from a few small statements.

One statement that joins everything takes DuckDB several times as long to plan and to start as these take to
run: a page has few events, and DuckDB reads only those parts of the tables that have their articles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from communique.store.questions.chains import DEEPEST
from communique.store.questions.found import words_at
from communique.store.questions.statements import Values, fetched, near, unnested

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["COLUMNS", "Key", "details", "period_of", "speakers"]

Key = tuple[int, int, date | None, int | None, int]

# The columns of an event in an answer, and their types.
_TYPES = """
article INTEGER, event INTEGER, day DATE, day_from VARCHAR, from_day DATE, to_day DATE, actors VARCHAR[],
type VARCHAR, mode VARCHAR, recipients VARCHAR[], status VARCHAR, historical BOOLEAN, contexts VARCHAR[],
quad_code UTINYINT, intensity DOUBLE, confidence DOUBLE, place VARCHAR, place_country VARCHAR,
said_by VARCHAR[], words VARCHAR, sentence VARCHAR, start INTEGER, stop INTEGER, sentence_start INTEGER,
published DATE, publisher VARCHAR, title VARCHAR, url VARCHAR, happening INTEGER, tellings INTEGER"""
COLUMNS = dict(re.findall(r"(\w+) (\S+?)(?:,|$)", _TYPES))


def details(
    store: Store, keys: Sequence[Key], by: str | None, values: Values
) -> tuple[list[dict[str, Any]], str]:
    """The rows of some events, in their order.

    Args:
        store: that is asked.
        keys: for each event its article, number, day, happening, and the number of articles that tell it.
        by: the unit of the column ``period``, or None for none.
        values: takes the values.

    Returns:
        The rows, and the statements that were run.

    Raises:
        StoreError: if the store cannot be read.
    """
    if not keys:
        return [], ""
    close = near(values, (key[0] for key in keys))
    asked: list[str] = []

    def ask(sql: str) -> list[dict[str, Any]]:
        asked.append(sql)
        names, _, rows = fetched(store, sql, values)
        return [dict(zip(names, row, strict=True)) for row in rows]

    page = unnested(values, keys, {"article": "INTEGER", "n": "INTEGER"})
    told = {
        (row["article"], row["event"]): row
        for row in ask(f"""SELECT e.article, e.n::INTEGER AS event, e.from_day, e.to_day, e.type, e.mode,
  e.status, e.historical, e.contexts, e.quad_code, e.intensity, e.confidence, e.place AS at,
  e.sentence AS within, e.claim, {words_at("a.text", "e.start", "e.stop")} AS words, e.start, e.stop,
  a.published, a.publisher, a.title, a.url
FROM ({page}) g JOIN events e ON e.article = g.article AND e.n = g.n{close("e")}
JOIN articles a ON a.article = g.article{close("a")}""")
    }
    sides: dict[tuple[int, int, str], list[str]] = defaultdict(list)
    for row in ask(
        f"SELECT p.article, p.event, p.side, p.name FROM parties p WHERE true{close('p')} ORDER BY p.rank"
    ):
        sides[row["article"], row["event"], row["side"]].append(row["name"])
    sentences = _sentences(ask, told, close, values)
    places = _places(ask, told, close)
    named = speakers(ask, told, close, values)
    rows = []
    for article, n, day, happening, tellings in keys:
        row = told[article, n]
        where = places.get((article, row["at"]), (None, None))
        start, sentence = sentences.get((article, row["within"]), (None, None))
        known = {
            **row,
            "day": day,
            "day_from": "text" if row["from_day"] else "published" if day else None,
            "actors": sides.get((article, n, "actor"), []),
            "recipients": sides.get((article, n, "recipient"), []),
            "place": where[0],
            "place_country": where[1],
            "said_by": named.get((article, row["claim"]), []),
            "sentence": sentence,
            "sentence_start": start,
            "happening": happening,
            "tellings": tellings,
        }
        period = {"period": period_of(day, by) if day else None} if by else {}
        rows.append(period | {name: known[name] for name in COLUMNS})
    return rows, ";\n\n".join(asked)


def period_of(day: date, by: str) -> date:
    """The first day of the day, week (from Monday), month or year in which a day lies."""
    if by == "week":
        return day - timedelta(days=day.weekday())
    if by == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if by == "year" else day


def _sentences(ask: Any, told: dict[Any, Any], close: Any, values: Values) -> dict[Any, tuple[int, str]]:
    wanted = sorted({(article, row["within"]) for (article, _), row in told.items()})
    page = unnested(values, wanted, {"article": "INTEGER", "n": "INTEGER"})
    rows = ask(f"""SELECT s.article, s.n, s.start, {words_at("a.text", "s.start", "s.stop")} AS words
FROM ({page}) g JOIN sentences s ON s.article = g.article AND s.n = g.n{close("s")}
JOIN articles a ON a.article = g.article{close("a")}""")
    return {(row["article"], row["n"]): (row["start"], row["words"]) for row in rows}


def _places(ask: Any, told: dict[Any, Any], close: Any) -> dict[Any, tuple[str, str]]:
    if all(row["at"] is None for row in told.values()):
        return {}
    rows = ask(f"SELECT l.article, l.n, l.name, l.country FROM places l WHERE true{close('l')}")
    return {(row["article"], row["n"]): (row["name"], row["country"]) for row in rows}


def speakers(ask: Any, told: dict[Any, Any], close: Any, values: Values) -> dict[Any, list[str | None]]:
    """Whose word it is by claim, from the inside out, as ``chains`` has it.

    Args:
        ask: runs a statement and gives its rows.
        told: a row with ``claim`` for each article and number.
        close, values: as ``statements.near`` and the statement have them.
    """
    innermost = {(article, row["claim"]) for (article, _), row in told.items() if row["claim"] is not None}
    if not innermost:
        return {}
    claims = {
        (row["article"], row["n"]): row
        for row in ask(
            "SELECT c.article, c.n, c.within, c.anonymous, c.source_spans[1] AS start, "
            "c.source_spans[2] AS stop, s.name\n"
            f"FROM claims c LEFT JOIN entities s ON s.article = c.article AND s.n = c.source{close('s')}\n"
            f"WHERE true{close('c')}"
        )
    }
    links: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for key in innermost:
        at: tuple[int, int | None] = key
        links[key] = []
        while at in claims and len(links[key]) < DEEPEST:
            links[key].append((at[0], int(str(at[1]))))
            at = (at[0], claims[at]["within"])
    # Sources whom no entity stands for have but their words.
    bare = sorted({k for chain in links.values() for k in chain if claims[k]["name"] is None})
    spans = [(*k, claims[k]["start"], claims[k]["stop"]) for k in bare if claims[k]["start"] is not None]
    words: dict[tuple[int, int], str] = {}
    if spans:
        kinds = {"article": "INTEGER", "n": "INTEGER", "start": "INTEGER", "stop": "INTEGER"}
        for row in ask(
            f"SELECT g.article, g.n, {words_at('a.text', 'g.start', 'g.stop')} AS words\n"
            f"FROM ({unnested(values, spans, kinds)}) g JOIN articles a ON a.article = g.article{close('a')}"
        ):
            words[row["article"], row["n"]] = row["words"]
    out: dict[Any, list[str | None]] = {}
    for key, chain in links.items():
        names = [
            claims[k]["name"] or words.get(k) or ("anonymous" if claims[k]["anonymous"] else None)
            for k in chain
        ]
        out[key] = [name for depth, name in enumerate(names) if name is not None or depth == 0]
    return out
