"""Which tellings are of one happening, in a whole collection.

Not every telling is compared with every other: only those that have something telling in common (who and
whom; one of them and the word that tells of it; one of them, or that word, and a rare word of the sentence)
within a window of days; and the main events of articles that begin alike. What then is likely to be one hangs
together, and within that all are compared with all and parted again into groups that are alike on average.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING

from communique.analysis.grouping import average_link, components
from communique.analysis.likeness import Comparison, days_of
from communique.analysis.mainevent import main_events
from communique.analysis.matching import Parties, name_of
from communique.analysis.rules import rules
from communique.analysis.tellings import Telling

if TYPE_CHECKING:
    from communique.analysis.stories import Stories

__all__ = ["together"]

_RARE = 4  # words of a sentence by which candidates are found: those that tell most
_MAIN = 8  # words of an article's beginning, for its main event
_TOLD = ("occurred", "ongoing", "planned", "negated")  # what only may be is no happening

Key = tuple[str, ...]


def together(tellings: Sequence[Telling], stories: Stories) -> list[list[Telling]]:
    """Groups of two or more tellings of one happening.

    Args:
        tellings: of a collection, in any order.
        stories: the beginnings of its articles.

    Returns:
        Groups in the order of their first telling; in each the tellings by article and event.
    """
    limits = rules().limits
    told = sorted((t for t in tellings if t.status in _TOLD), key=lambda t: t.key)
    mains = main_events(told, stories.leads, stories.weights)
    parties = Parties(told, stories.weights)
    compare = Comparison(stories.weights, stories.likeness, mains, parties)
    known: dict[tuple[int, int], float | None] = {}
    for i, j in _candidates(told, compare, stories):
        known[i, j] = compare.probability(told[i], told[j])
    likely = (pair for pair, p in known.items() if p is not None and p >= limits["joined"])
    found: list[list[Telling]] = []
    groups = components(len(told), likely)
    where = {i: n for n, members in enumerate(groups) for i in members}
    within: list[dict[tuple[int, int], float | None]] = [{} for _ in groups]
    for (i, j), p in known.items():
        if i in where and where[i] == where.get(j):
            within[where[i]][i, j] = p
    for members, pairs in zip(groups, within, strict=True):
        if len(members) <= limits["most_together"]:
            for i, j in combinations(members, 2):
                if (i, j) not in pairs:
                    pairs[i, j] = compare.probability(told[i], told[j])
        joined = average_link(members, pairs, limits["joined"])
        found += [[told[i] for i in group] for group in joined if len(group) > 1]
    return sorted(found, key=lambda group: group[0].key)


def _candidates(told: list[Telling], compare: Comparison, stories: Stories) -> list[tuple[int, int]]:
    """Pairs that are worth comparing, the lower first, in order."""
    limits = rules().limits
    holders: dict[Key, list[tuple[int, int]]] = defaultdict(list)
    for i, telling in enumerate(told):
        day = _day(telling)
        keys = set(_keys(telling, compare))
        if compare.is_main(telling):
            keys.update(("main", word) for word in stories.words(telling.article, _MAIN))
        for key in keys:
            holders[key].append((day, i))
    pairs: set[tuple[int, int]] = set()
    window, most = int(limits["days"]), int(limits["most_in_block"])
    for some in holders.values():
        some.sort()
        first = 0
        for k, (day, i) in enumerate(some):
            while some[first][0] < day - window:
                first += 1
            # Of a key that too many have, only the nearest are looked at.
            for _, j in some[max(first, k - most) : k]:
                pairs.add((i, j) if i < j else (j, i))
    return sorted(pairs)


def _keys(telling: Telling, compare: Comparison) -> Iterator[Key]:
    """What a telling may share with another of the same happening, two things or three at a time."""
    kind = telling.type
    actors = {name_of(p) for p in telling.actors if p.words or p.kb}
    recipients = {name_of(p) for p in telling.recipients if p.words or p.kb}
    for a, b in product(actors, recipients):
        yield (kind, *sorted((a, b)))
    vector = compare.vector(telling)
    rare = sorted(vector, key=lambda w: (-vector[w], w))[:_RARE]
    for name in actors | recipients:
        yield ("cue", name, telling.cue)
        for word in rare:
            yield ("word", kind, name, word)
    for word in rare:
        yield ("told", kind, telling.cue, word)


def _day(telling: Telling) -> int:
    """The day by which a telling stands among others; what has none stands with its own article alone."""
    days = days_of(telling)
    if days is not None:
        return days[1]
    if telling.published is not None:
        return telling.published
    return -telling.article * (int(rules().limits["days"]) + 1)
