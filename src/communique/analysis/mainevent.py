"""The main event of an article: the one it was written for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import fsum
from typing import TYPE_CHECKING

from communique.analysis.matching import name_of
from communique.analysis.rules import rules
from communique.analysis.tellings import Lead, Telling, read
from communique.analysis.words import WordWeights, stems

if TYPE_CHECKING:
    from communique.reading import Event, Reading

__all__ = ["main_event", "main_events"]


def main_event(reading: Reading) -> Event | None:
    """The main event of an article: told early, surely, in words of the headline and of all the article.

    Returns:
        The event; None where the article has none that occurred, goes on, is planned or did not come about.
    """
    tellings, leads = read([(0, reading)])
    weights = WordWeights([stems(leads[0].text)])
    found = main_events(tellings, leads, weights).get(0)
    return next((e for e in reading.events if found is not None and e.id == f"e{found.event}"), None)


def main_events(
    tellings: Iterable[Telling], leads: Sequence[Lead], weights: WordWeights
) -> dict[int, Telling]:
    """The main event of each article that has one, by the article's number."""
    titles = {lead.article: set(stems(lead.title)) for lead in leads}
    by_article: dict[int, list[Telling]] = {}
    for telling in tellings:
        if telling.status != "hypothetical":
            by_article.setdefault(telling.article, []).append(telling)
    return {article: _main(some, titles.get(article, set()), weights) for article, some in by_article.items()}


def _main(tellings: list[Telling], title: set[str], weights: WordWeights) -> Telling:
    w = rules().main
    # Who is named often is whom the article is about.
    parties = Counter(
        name for t in tellings for name in {name_of(p) for p in (*t.actors, *t.recipients) if p.words or p.kb}
    )
    cues = Counter(t.cue for t in tellings)

    def worth(telling: Telling) -> tuple[float, int]:
        words = {telling.cue, *(x for p in (*telling.actors, *telling.recipients) for x in p.words)}
        in_title = fsum(weights[x] for x in words & title)
        all_title = fsum(weights[x] for x in title)
        often = max((parties[name_of(p)] for p in (*telling.actors, *telling.recipients)), default=0)
        total = w["early"] / (1 + telling.start / w["letters"]) + w["sure"] * telling.confidence
        total += w["headline"] * (in_title / all_title if all_title else 0.0)
        total += w["cue_in_headline"] * (telling.cue in title)
        total += w["retold"] * min(1.0, (cues[telling.cue] - 1) / 3) + w["often"] * often / len(tellings)
        total += w["historical"] * telling.historical
        # Of two that are worth the same the first counts.
        return round(total, 9), -telling.event

    return max(tellings, key=worth)
