"""Which articles have the same main happening: by headlines, first words, and the days between them.

What an article is about stands at its beginning. So articles are compared by the words of their headlines and
first paragraphs; this holds, too, where no event of politics is in them. Articles that lie weeks apart need
to have more in common than those of a day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from math import log2
from typing import TYPE_CHECKING

from communique.analysis.grouping import average_link, components
from communique.analysis.rules import rules
from communique.analysis.tellings import Lead, leads_of
from communique.analysis.words import Vector, WordWeights, cosine, stems

if TYPE_CHECKING:
    from communique.reading import Reading

__all__ = ["Stories", "stories"]

_TELLING = 25  # of the words of an article, those that tell most; articles that share none are not compared
_TOGETHER = 500  # articles that are compared each with each
_EVERYWHERE = 400  # articles with a word beyond which it finds no candidates


def stories(readings: Iterable[Reading]) -> list[list[int]]:
    """Groups of articles that have the same main happening.

    Args:
        readings: of the articles.

    Returns:
        Of each group the places of its articles in the order given; an article that is alone is a group.
    """
    return Stories(leads_of(readings)).groups()


class Stories:
    """The beginnings of the articles of a collection, to be compared.

    Args:
        leads: one an article.
    """

    def __init__(self, leads: Sequence[Lead]) -> None:
        rule = rules().stories
        counts: list[dict[str, float]] = []
        for lead in leads:
            words: dict[str, float] = dict(Counter(stems(lead.text, int(rule["words"]))))
            for word in stems(lead.title):
                words[word] = words.get(word, 0) + rule["title"]
            counts.append(words)
        self.weights = WordWeights(counts)
        self.leads = leads
        self._at = {lead.article: i for i, lead in enumerate(leads)}
        self._vectors: list[Vector] = [self.weights.vector(words) for words in counts]
        self._known: dict[tuple[int, int], float] = {}

    def likeness(self, one: int, other: int) -> float:
        """How alike the beginnings of two articles are, by their numbers; 0 to 1."""
        pair = (one, other) if one < other else (other, one)
        found = self._known.get(pair)
        if found is None:
            found = cosine(self._vectors[self._at[one]], self._vectors[self._at[other]])
            self._known[pair] = found
        return found

    def words(self, article: int, most: int) -> list[str]:
        """The words at an article's beginning that tell most, so many at most."""
        vector = self._vectors[self._at[article]]
        return sorted(vector, key=lambda w: (-vector[w], w))[:most]

    def groups(self) -> list[list[int]]:
        """Groups of the articles' numbers, each in order; an article that is alone is a group."""
        joined = rules().stories["joined"]
        pairs = {pair: self._near(*pair) for pair in self._candidates()}
        together = components(len(self.leads), (p for p, like in pairs.items() if like >= joined))
        where = {i: n for n, members in enumerate(together) for i in members}
        within: list[dict[tuple[int, int], float | None]] = [{} for _ in together]
        for (i, j), like in pairs.items():
            if i in where and where[i] == where.get(j):
                within[where[i]][i, j] = like
        found = []
        for members, some in zip(together, within, strict=True):
            if len(members) <= _TOGETHER:
                for i, j in combinations(members, 2):
                    if (i, j) not in some:
                        some[i, j] = self._near(i, j)
            found += average_link(members, some, joined)
        found += [[i] for i in range(len(self.leads)) if i not in where]
        return sorted([self.leads[i].article for i in group] for group in found)

    def _near(self, i: int, j: int) -> float:
        """How alike two beginnings are, less for articles that lie apart."""
        like = cosine(self._vectors[i], self._vectors[j])
        one, other = self.leads[i].published, self.leads[j].published
        if one is None or other is None:
            return like
        return like / (1 + rules().stories["day_decay"] * log2(1 + abs(one - other) / 7))

    def _candidates(self) -> list[tuple[int, int]]:
        """Pairs that share a word that tells much of both; all others have next to nothing in common."""
        holders: dict[str, list[int]] = defaultdict(list)
        for i in range(len(self.leads)):
            for word in self.words(self.leads[i].article, _TELLING):
                holders[word].append(i)
        pairs = {
            (i, j)
            for some in holders.values()
            if len(some) <= _EVERYWHERE
            for n, i in enumerate(some)
            for j in some[n + 1 :]
        }
        return sorted(pairs)
