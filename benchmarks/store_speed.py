"""How quickly a store of a million events answers.

    python -m benchmarks.store_speed [--articles N] [--runs N] [--keep FILE]

The store is invented: articles of ten years in no order, ten events an article between countries of which a
few are in most of the news, two entries of schedule, and two tellings a happening for half of the events.
It is made by SQL inside DuckDB, closed, and opened for reading; each question is asked once to warm up and
then ``--runs`` times, and the median of the seconds is shown. Seconds are those of the clock.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.corpora import show
from communique.knowledge.countries import gazetteer
from communique.store import Store, open_store
from communique.store import questions as ask

_SENTENCE = 84  # characters of each
_TODAY = date(2024, 7, 1)
MACROS = (
    # A share of one that looks random, and is the same for the same numbers.
    "CREATE TEMP MACRO chance(a, salt) AS (hash(a, salt) % 1000000) / 1000000.0",
    "CREATE TEMP MACRO one_of(list, a, salt) AS list[1 + floor(len(list) * chance(a, salt))::INTEGER]",
    # Few are named often: a third of the choices falls on the first twenty-seventh of the list.
    "CREATE TEMP MACRO often(list, a, salt) AS "
    "list[1 + floor(len(list) * power(chance(a, salt), 3))::INTEGER]",
)
_ROWS = f"""
INSERT INTO articles SELECT i, 'a' || i, md5(i::TEXT), 'Report ' || i, NULL, 'Outlet ' || i % 40,
    'https://news.example.org/' || i, 'en', DATE '2015-01-01' + floor(3650 * chance(i, 1))::INTEGER, 'text',
    repeat('Envoys of both sides met on the pier and spoke of ' || md5(i::TEXT) || '. ', 25), [0, 2100],
    TIMESTAMP '2025-01-01' FROM range(1, $articles + 1) r(i);
INSERT INTO sentences SELECT article, n, (n - 1) * {_SENTENCE}, n * {_SENTENCE} - 1
    FROM articles, range(1, 26) r(n);
INSERT INTO events SELECT article, n, kind.type, NULL, ['diplomatic'], kind.quad, 8 - 4 * kind.quad, '040',
    (n - 1) * {_SENTENCE}, (n - 1) * {_SENTENCE} + 10, n,
    one_of(['occurred', 'occurred', 'occurred', 'ongoing', 'planned', 'negated'], id, 2),
    chance(id, 3) < 0.05, NULL, day, day, NULL, CASE WHEN chance(id, 8) < 0.4 THEN n END,
    0.3 + 0.7 * chance(id, 4)
    FROM (SELECT article, n, article * 10 + n AS id,
        CASE WHEN chance(id, 5) < 0.6 THEN published - floor(30 * chance(id, 6))::INTEGER END AS day,
        one_of([{{'type': 'CONSULT', 'quad': 1}}, {{'type': 'AID', 'quad': 2}},
                {{'type': 'ACCUSE', 'quad': 3}}, {{'type': 'ASSAULT', 'quad': 4}}], id, 7) AS kind
        FROM articles, range(1, 11) r(n)) ORDER BY article, n;
INSERT INTO parties SELECT article, n, side, 1, 2 * n + (side = 'actor')::INTEGER,
    CASE WHEN chance(id, 10) < 0.3 THEN country.name
        ELSE 'Minister ' || floor(90 * chance(id, 11))::INTEGER || ' of ' || country.name END,
    country.code, 'GOV', NULL
    FROM (SELECT article, n, side, (article * 10 + n) * 2 + (side = 'actor')::INTEGER AS id,
        often($countries, id, 12) AS country
        FROM events, (VALUES ('actor'), ('recipient')) s(side)) ORDER BY article, n, side;
INSERT INTO entities SELECT article, n, 'Minister ' || floor(90 * chance(id, 20))::INTEGER
        || ' of ' || country.name,
    'person', country.code, ['GOV'], NULL, NULL
    FROM (SELECT article, n, article * 10 + n AS id, often($countries, article * 10 + n, 21) AS country
        FROM articles, range(1, 11) r(n)) ORDER BY article, n;
INSERT INTO mentions SELECT article, n, (k - 1) * 800 + n * 70, (k - 1) * 800 + n * 70 + 8, 'name'
    FROM entities, range(1, 4) r(k) ORDER BY article, n, k;
INSERT INTO claims SELECT article, n, n, [n * 70, n * 70 + 8], false, NULL, [n * 70 + 10, n * 70 + 14],
    [n * 70 + 15, n * 70 + 60], 'indirect', 'assert', 1,
    CASE WHEN n % 3 = 0 THEN n - 1 END, NULL FROM entities;
INSERT INTO times SELECT article, n, 0, 6, 'date', NULL, day, day + floor(2 * chance(article, n))::INTEGER
    FROM (SELECT article, n, published + floor(300 * chance(article * 10 + n, 15))::INTEGER AS day
        FROM articles, range(1, 3) r(n)) ORDER BY article, n;
INSERT INTO schedule SELECT article, n, n, from_day, to_day, n,
    one_of(['election', 'summit', 'talks', 'visit of the minister', 'hearing'], article * 10 + n, 16)
        || ' in ' || (often($countries, article * 10 + n, 17)).name, 0, 20,
    one_of(['scheduled', 'expected', 'deadline'], article * 10 + n, 18) FROM times;
INSERT INTO tellings SELECT floor((article * 10 + n) / 40) * 10 + n, article, n FROM events WHERE n <= 5;
"""


def make(path: Path, articles: int) -> None:
    """Make the invented store."""
    countries = [{"code": c.alpha3, "name": c.name} for c in gazetteer().countries.values()]
    # Those in the news first, for the rest the order of the table does.
    first = {code: i for i, code in enumerate(("USA", "CHN", "RUS", "JPN", "ISR", "IRN", "PRK", "UKR"))}
    countries.sort(key=lambda c: first.get(c["code"], len(first)))
    with open_store(path) as store, store.transaction():
        for macro in MACROS:
            store.connection.execute(macro)
        for statement in filter(str.strip, _ROWS.split(";\n")):
            known = {"articles": articles, "countries": countries}
            store.connection.execute(statement, {k: v for k, v in known.items() if f"${k}" in statement})


def _questions(store: Store) -> dict[str, Callable[[], object]]:
    years = {"since": "2018-01", "until": "2023-12"}
    return {
        "dyad_month": lambda: ask.dyad(store, "JPN", "PRK", by="month"),
        "dyad_week": lambda: ask.dyad(store, "USA", "CHN", by="week"),
        "timeline_page": lambda: ask.timeline(store, limit=50),
        "timeline_page_far": lambda: ask.timeline(store, limit=50, offset=100_000),
        "timeline_page_tellings": lambda: ask.timeline(store, happenings=False, limit=50),
        "timeline_page_of_country": lambda: ask.timeline(store, actor="JPN", limit=50, **years),
        "timeline_months": lambda: ask.timeline(store, by="month"),
        "upcoming": lambda: ask.upcoming(store, start=_TODAY, limit=50),
        "upcoming_of_country": lambda: ask.upcoming(store, start=_TODAY, actor="JPN", limit=50),
        "events_of_country": lambda: ask.events(store, actor="JPN", recipient="PRK", limit=50),
        "events_of_name": lambda: ask.events(store, actor="Minister 7", limit=50),
        "said": lambda: ask.said(store, "Minister 7 of Japan", limit=50),
        "events_with_word": lambda: ask.events(store, text="pier", limit=50),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="How quickly a store of a million events answers.")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument(
        "--keep", type=Path, help="make the store here and keep it; one that is there is used"
    )
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.keep or Path(folder, "store.duckdb")
        if not path.exists():
            began = time.perf_counter()
            make(path, args.articles)
            show("making_seconds", time.perf_counter() - began)
        with open_store(path, read_only=True) as store:
            show("events", store.connection.execute("SELECT count(*) FROM events").fetchall()[0][0])
            for name, question in _questions(store).items():
                question()
                seconds = []
                for _ in range(args.runs):
                    began = time.perf_counter()
                    question()
                    seconds.append(time.perf_counter() - began)
                show(f"{name}_seconds", statistics.median(seconds))


if __name__ == "__main__":
    main()
