"""Columns of what cannot both hold, held in memory beside those of events (see ``held``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from communique.store.held_claims import HeldClaims
from communique.store.held_columns import HeldArticles, Small, coded, small, whole
from communique.store.questions.disputes import ORDER, PAIRS
from communique.store.questions.picking import NO_DAY, Numbers

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["HeldDisputes", "disputes_of"]


@dataclass(frozen=True, slots=True)
class HeldDisputes:
    """Two sides a row, in the order in which ``disputes`` gives them.

    Attributes:
        happening: that both articles tell, or -1 within one.
        day: of the later article, or ``NO_DAY``.
        kind, about: by their places in the lists.
        kinds, abouts: the lists.
        article, start, stop, claim: of each row those of both sides: the article by its place among the
            articles, the words or -1, and where the claim stands or -1.
    """

    happening: Numbers
    day: Numbers
    kind: Numbers
    about: Numbers
    kinds: list[str]
    abouts: list[str]
    article: Small
    start: Small
    stop: Small
    claim: Small


def disputes_of(store: Store, articles: HeldArticles, claims: HeldClaims) -> HeldDisputes:
    """The columns of the disputes of a store."""
    sides = ", ".join(
        f"coalesce(p.{what}_{s}::INTEGER, -1) AS {what}_{s}"
        for s in "ab"
        for what in ("article", "start", "stop", "claim")
    )
    columns = store.connection.execute(
        f"""WITH {PAIRS}
SELECT coalesce(p.happening, -1) AS happening, p.kind, p.about, greatest(a.published, b.published) AS day,
  coalesce(greatest(a.published, b.published) - DATE '1970-01-01', {NO_DAY}) AS number, {sides}
FROM pairs p JOIN articles a ON a.article = p.article_a JOIN articles b ON b.article = p.article_b
ORDER BY {ORDER}"""
    ).fetchnumpy()
    kinds, kind = coded(list(columns["kind"]))
    abouts, about = coded(list(columns["about"]))
    number = np.stack([whole(columns[f"article_{s}"]) for s in "ab"], axis=1)
    inside = np.stack([whole(columns[f"claim_{s}"]) for s in "ab"], axis=1)
    claim = claims.at(number.ravel(), np.maximum(inside, 0).ravel()).reshape(number.shape)
    return HeldDisputes(
        happening=whole(columns["happening"]),
        day=whole(columns["number"]),
        kind=kind,
        about=about,
        kinds=kinds,
        abouts=abouts,
        article=small(articles.at(number.ravel()).reshape(number.shape)),
        start=small(np.stack([columns["start_a"], columns["start_b"]], axis=1)),
        stop=small(np.stack([columns["stop_a"], columns["stop_b"]], axis=1)),
        claim=small(np.where(inside < 0, -1, claim)),
    )
