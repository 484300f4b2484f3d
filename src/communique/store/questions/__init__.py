"""Questions to a store, each a function that gives an ``Answer``.

    from communique.store import open_store, questions

    with open_store("news.duckdb", read_only=True) as store:
        found = questions.events(store, actor="JPN", recipient="PRK", since="2024-01")
        found.rows, found.sql
        found.pandas()

What one looks for is a value beside the SQL, never a part of it.
"""

from __future__ import annotations

from communique.store.questions.actors import actors
from communique.store.questions.ahead import EXPECTATIONS, upcoming
from communique.store.questions.answer import Answer, plain
from communique.store.questions.articles import articles
from communique.store.questions.claims import ACTS, said
from communique.store.questions.disputes import KINDS, disputes
from communique.store.questions.dyads import dyad
from communique.store.questions.events import PERIODS, events, timeline
from communique.store.questions.filters import QUADS, STATUSES, Filters
from communique.store.questions.happenings import happenings
from communique.store.questions.own import locked, query
from communique.store.questions.pairs import pairs
from communique.store.questions.parties import likely_country
from communique.store.questions.searching import search

__all__ = [
    "ACTS",
    "EXPECTATIONS",
    "KINDS",
    "PERIODS",
    "QUADS",
    "STATUSES",
    "Answer",
    "Filters",
    "actors",
    "articles",
    "disputes",
    "dyad",
    "events",
    "happenings",
    "likely_country",
    "locked",
    "pairs",
    "plain",
    "query",
    "said",
    "search",
    "timeline",
    "upcoming",
]
