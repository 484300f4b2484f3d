"""Columns of claims, held in memory beside those of events (see ``held``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from communique.store.held_columns import (
    HeldArticles,
    HeldEntities,
    Small,
    coded,
    found,
    keyed,
    plain,
    same_keys,
    small,
    whole,
)
from communique.store.questions.found import words_at
from communique.store.questions.picking import NO_DAY, Flags, Numbers

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["NO_NUMBER", "HeldClaims", "claims_of"]

NO_NUMBER = -(2**62)  # stands for a number of sources that is not told


@dataclass(frozen=True, slots=True)
class HeldClaims:
    """The claims in the order in which ``said`` gives them: the latest first, what has no day last.

    Attributes:
        key, row: article and number (see ``keyed``) in order, and where each stands.
        article: by its place among the articles.
        n, day (since 1970, or ``NO_DAY``), anonymous, certainty: of each.
        dated: whether the text tells the day.
        number: of sources, or ``NO_NUMBER``.
        source: by its place among the entities, or -1.
        sourced: whether an entity is its source at all.
        words: of a source that no entity stands for, by their place in ``worded``, or -1.
        worded, folded: the words, and these without capitals and accents.
        manner, act: by their places in the lists.
        manners, acts: the lists.
        within: where the claim around it stands, or -1.
        cue, content: flat spans of all claims, one after the other.
        cue_at, content_at: where those of each begin and, in the next place, end.
    """

    key: Numbers
    row: Numbers
    article: Small
    n: Small
    day: Numbers
    dated: Flags
    number: Numbers
    source: Small
    sourced: Flags
    anonymous: Flags
    words: Small
    worded: list[str]
    folded: list[str]
    manner: Small
    act: Small
    manners: list[str]
    acts: list[str]
    certainty: NDArray[np.float64]
    within: Small
    cue: Small
    cue_at: Small
    content: Small
    content_at: Small

    def __len__(self) -> int:
        return len(self.n)

    def at(self, article: Numbers, n: Numbers) -> Numbers:
        """Where claims of some articles and numbers stand, or -1."""
        return found(self.key, keyed(article, n), self.row)


def claims_of(store: Store, articles: HeldArticles, entities: HeldEntities) -> HeldClaims | None:
    """The columns of the claims of a store; None where two have one number."""
    run = store.connection.execute
    given = {
        f"{name}s": [v for (v,) in run(f"SELECT DISTINCT {name} FROM claims ORDER BY 1").fetchall()]
        for name in ("manner", "act")
    }
    columns = run(
        f"""SELECT c.article, c.n, coalesce(t.from_day - DATE '1970-01-01', a.published - DATE '1970-01-01',
    {NO_DAY}) AS day, t.from_day IS NOT NULL AS dated, c.anonymous, coalesce(c.number, {NO_NUMBER}) AS number,
  coalesce(c.source::INTEGER, -1) AS source, coalesce(c.within::INTEGER, -1) AS within,
  list_position($manners, c.manner) - 1 AS manner, list_position($acts, c.act) - 1 AS act, c.certainty
FROM claims c JOIN articles a ON a.article = c.article
LEFT JOIN times t ON t.article = c.article AND t.n = c.time
ORDER BY day = {NO_DAY}, day DESC, c.article DESC, c.n""",
        given,
    ).fetchnumpy()
    article = whole(columns["article"])
    keys = keyed(article, columns["n"])
    row = np.argsort(keys)
    key = keys[row]
    if same_keys(key) or same_keys(entities.key):
        return None
    source = whole(columns["source"])
    stands = np.where(source < 0, -1, entities.at(article, np.maximum(source, 0)))
    within = whole(columns["within"])
    around = np.where(within < 0, -1, found(key, keyed(article, np.maximum(within, 0)), row))
    texts, words = _worded(store, key, row)
    spans = {}
    for name in ("cue", "content"):
        spans[name], spans[f"{name}_at"] = _spans(store, name, key, row)
    return HeldClaims(
        key=key,
        row=row,
        article=small(articles.at(article)),
        n=small(columns["n"]),
        day=whole(columns["day"]),
        dated=np.asarray(columns["dated"], bool),
        number=whole(columns["number"]),
        source=small(stands),
        sourced=source >= 0,
        anonymous=np.asarray(columns["anonymous"], bool),
        words=words,
        worded=texts,
        folded=plain(store, texts),
        manner=small(columns["manner"]),
        act=small(columns["act"]),
        manners=given["manners"],
        acts=given["acts"],
        certainty=np.asarray(columns["certainty"], np.float64),
        within=small(around),
        **spans,
    )


def _worded(store: Store, key: Numbers, row: Numbers) -> tuple[list[str], Small]:
    """The words of sources whom no entity stands for."""
    rows = store.connection.execute(
        f"""SELECT c.article, c.n, {words_at("a.text", "c.source_spans[1]", "c.source_spans[2]")} AS words
FROM claims c JOIN articles a ON a.article = c.article
ANTI JOIN entities s ON s.article = c.article AND s.n = c.source
WHERE c.source_spans[1] IS NOT NULL"""
    ).fetchall()
    texts, code = coded([words for *_, words in rows])
    out = np.full(len(key), -1, np.int32)
    out[found(key, keyed([r[0] for r in rows], [r[1] for r in rows]), row)] = code
    return texts, out


def _spans(store: Store, name: str, key: Numbers, row: Numbers) -> tuple[Small, Small]:
    """Flat spans of all claims in their order, and where those of each begin."""
    columns = store.connection.execute(
        f"SELECT article, n, generate_subscripts({name}, 1) AS i, unnest({name}) AS at FROM claims"
    ).fetchnumpy()
    at = found(key, keyed(columns["article"], columns["n"]), row)
    order = np.lexsort((whole(columns["i"]), at))
    many = np.bincount(at, minlength=len(key))
    return small(columns["at"])[order], small(np.append(0, np.cumsum(many)))
