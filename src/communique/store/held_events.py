"""Columns of events, of who takes part in them and of who tells them (see ``held``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from communique.store.held_claims import HeldClaims
from communique.store.held_columns import (
    WHO,
    HeldArticles,
    HeldEntities,
    Small,
    found,
    keyed,
    same_keys,
    small,
    whole,
)
from communique.store.questions.counting_sources import on_day
from communique.store.questions.found import DAY, JOINED, RANK
from communique.store.questions.picking import NO_DAY, Flags, Numbers

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["events_of", "parties_of", "tellings_of", "ties_of"]

# The different lists of contexts, with their numbers.
_CONTEXTS = """SELECT contexts, row_number() OVER (ORDER BY contexts) - 1 AS i
FROM (SELECT DISTINCT contexts FROM events)"""


def events_of(store: Store, articles: HeldArticles, claims: HeldClaims) -> dict[str, Any] | None:
    """The columns of the events, ``place`` as a key yet; None where they are not as events are."""
    run = store.connection.execute
    own = run("SELECT DISTINCT type, mode FROM events ORDER BY ALL").fetchall()
    lists = {
        f"{c}s" if c != "status" else "statuses": [
            v for (v,) in run(f"SELECT DISTINCT {c} FROM events WHERE {c} IS NOT NULL").fetchall()
        ]
        for c in ("type", "mode", "status")
    }
    contexts = [given for given, _ in run(f"FROM ({_CONTEXTS}) ORDER BY i").fetchall()]
    days = ", ".join(
        f"coalesce(e.{day} - DATE '1970-01-01', {NO_DAY}) AS {day}" for day in ("from_day", "to_day")
    )
    events = run(
        f"""SELECT e.article, e.n, coalesce({DAY} - DATE '1970-01-01', {NO_DAY}) AS day,
  coalesce(t.happening, -1) AS happening,
  coalesce(t.happening, -((e.article::BIGINT << 16) | e.n)) AS one,
  list_position($types, e.type) - 1 AS type, coalesce(list_position($modes, e.mode), 0) - 1 AS mode,
  list_position($statuses, e.status) - 1 AS status, e.quad_code AS quad, e.intensity, e.confidence,
  e.historical, coalesce((e.article::BIGINT << 16) | e.place, -1) AS place,
  e.start, e.stop, coalesce(s.start, -1) AS sentence_start, coalesce(s.stop, -1) AS sentence_stop, {days},
  x.i AS contexts, coalesce(e.claim::INTEGER, -1) AS claim
FROM {JOINED} JOIN ({_CONTEXTS}) x ON x.contexts = e.contexts
LEFT JOIN sentences s ON s.article = e.article AND s.n = e.sentence
ORDER BY {RANK}""",
        lists,
    ).fetchnumpy()
    key = keyed(events["article"], events["n"])
    row = np.argsort(key)
    if same_keys(key[row]) or (whole(events["quad"]) > 4).any():
        return None
    groups, group = np.unique(whole(events.pop("one")), return_inverse=True)
    inside = whole(events.pop("claim"))
    out: dict[str, Any] = {name: whole(events.pop(name)) for name in _WIDE}
    out |= {name: np.asarray(events.pop(name), np.float64) for name in ("intensity", "confidence")}
    out["article_at"] = small(articles.at(out["article"]))
    out["historical"] = np.asarray(events.pop("historical"), bool)
    out["claim"] = small(np.where(inside < 0, -1, claims.at(out["article"], np.maximum(inside, 0))))
    out |= {name: small(column) for name, column in events.items()}
    out |= {"key": key[row], "row": row, "group": whole(group), "groups": len(groups), **lists}
    return out | {"own": own, "context_lists": contexts}


_WIDE = ("article", "n", "day", "happening", "type", "mode", "status", "quad", "place", "from_day", "to_day")


def parties_of(store: Store, key: Numbers, order: Numbers, entities: HeldEntities) -> dict[str, Any]:
    """The columns of the parties."""
    parties = store.connection.execute(
        f"""SELECT p.article, p.event, p.side = 'actor' AS did, w.i AS who, p.entity, p.rank
FROM parties p JOIN ({WHO}) w ON w.name = p.name AND w.country IS NOT DISTINCT FROM p.country
  AND w.kb IS NOT DISTINCT FROM p.kb"""
    ).fetchnumpy()
    row = found(key, keyed(parties["article"], parties["event"]), order)
    place = np.lexsort((whole(parties["rank"]), row))
    place = place[row[place] >= 0]
    return {
        "party_row": row[place],
        "party_who": whole(parties["who"])[place],
        "party_did": np.asarray(parties["did"], bool)[place],
        "party_entity": small(entities.at(parties["article"], parties["entity"]))[place],
    }


def tellings_of(articles: HeldArticles, happening: Numbers, article: Small) -> dict[str, Any]:
    """The columns of who tells what."""
    some = np.flatnonzero(happening >= 0)
    pairs = np.unique((happening[some] << 32) | article[some])
    which, one = pairs >> 32, pairs & (2**32 - 1)
    which, one = (column[articles.publisher[one] >= 0] for column in (which, one))
    publisher, day = articles.publisher[one], articles.published[one]
    order = np.lexsort((day, publisher, which))
    which, publisher, day = which[order], publisher[order], day[order]
    # What one publisher alone tells is never compared.
    last = np.searchsorted(which, which, "right") - 1
    several = publisher[np.searchsorted(which, which, "left")] != publisher[last]
    dated = (articles.publisher >= 0) & (articles.published != NO_DAY)
    return {
        "told_happening": which[several],
        "told_publisher": publisher[several],
        "told_day": day[several],
        "told_on": np.unique(on_day(articles.publisher[dated], articles.published[dated])),
    }


def ties_of(row: Numbers, did: Flags, who: Numbers) -> dict[str, Any]:
    """Each who does with each to whom it is done."""
    ones, twos = np.flatnonzero(did), np.flatnonzero(~did)
    twos = twos[np.argsort(row[twos], kind="stable")]
    low = np.searchsorted(row[twos], row[ones], "left")
    many = np.searchsorted(row[twos], row[ones], "right") - low
    start = np.repeat(low - (np.cumsum(many) - many), many)
    return {
        "tie_row": np.repeat(row[ones], many),
        "tie_one": np.repeat(who[ones], many),
        "tie_two": who[twos[start + np.arange(len(start))]],
    }
