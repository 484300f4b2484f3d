"""Whether two parties are one, by who is who, by their names, and by what sort of people they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import fsum, log

from communique.analysis.rules import rules
from communique.analysis.tellings import Party, Telling
from communique.analysis.words import WordWeights

__all__ = ["SORT", "Parties", "name_of", "party_match"]

SORT = 0.6  # how well two match that are of one sort of people
_STATE = 0.3  # how well a state and its army match
_NEAR_NAME = 0.5  # share of the words of two names from which they may be one
_SURE = 0.8  # from which two names are of one person
_DAMPING = 200  # tellings that a collection needs before it is heard on how common a party is


class Parties:
    """Matches the parties of a collection.

    That two tellings have a party in common tells much where few have it, and little where every other has:
    in news of a war, who makes it.

    Args:
        tellings: of the collection.
        weights: how much each word tells.
    """

    def __init__(self, tellings: Iterable[Telling], weights: WordWeights) -> None:
        self._weights = weights
        self._matches: dict[tuple[Party, Party], float] = {}
        self._counts: Counter[str] = Counter()
        self._tellings = 0
        for telling in tellings:
            self._tellings += 1
            self._counts.update({name_of(p) for p in (*telling.actors, *telling.recipients)})

    def sides(self, some: Iterable[Party], others: Iterable[Party]) -> float:
        """How well the parties of two sides match: up to 1 the same, 0 not known, down to -1 others."""
        mine = [p for p in some if p.words or p.kb]
        yours = [p for p in others if p.words or p.kb]
        if not mine or not yours:
            return 0.0
        if len(mine) == len(yours) == 1:
            return self._match(mine[0], yours[0])
        return max([self._match(a, b) for a in mine for b in yours])

    def same_person(self, some: Iterable[Party], others: Iterable[Party]) -> bool:
        """Is somebody, by name, on both sides?"""
        return any(
            party_match(a, b, self._weights) >= _SURE
            for a in some
            for b in others
            if a.named and b.named and not _is_state(a)
        )

    def _match(self, one: Party, other: Party) -> float:
        found = self._matches.get((one, other))
        if found is None:
            found = party_match(one, other, self._weights)
            if found > 0:
                found *= self._telling(one, other)
            self._matches[one, other] = self._matches[other, one] = found
        return found

    def _telling(self, *parties: Party) -> float:
        """How much it tells that these are the same, at most 1."""
        limits = rules().limits
        most = max(self._counts[name_of(p)] for p in parties)
        rarity = -log((most + 1) / (self._tellings + _DAMPING))
        return min(1.0, max(limits["party_least"], rarity / limits["party_share"]))


def name_of(party: Party) -> str:
    """By what a party is looked up: its id in who is who, its sort, or its words."""
    return party.kb or party.kind or " ".join(sorted(party.words))


def party_match(one: Party, other: Party, weights: WordWeights) -> float:
    """How likely two names are of one party: 1 the same, 0 not known, -1 others.

    Who is who decides where it knows both; a state and who acts for it are not the same, but nearly.
    """
    near = bool(one.country) and one.country == other.country and _state(one, other)
    if one.kb and other.kb:
        return 1.0 if one.kb == other.kb else _STATE if near else -1.0
    if one.country and other.country and one.country != other.country:
        return -1.0
    mine, yours = ({w: weights[w] + 0.5 for w in p.words} for p in (one, other))
    common = fsum(mine[w] for w in mine.keys() & yours.keys())
    shorter, longer = sorted((fsum(mine.values()), fsum(yours.values())))
    within, share = (common / shorter if shorter else 0.0), (common / longer if longer else 0.0)
    if share > 0.99:
        return 0.9 if one.named or not one.kind else SORT
    if one.kind and other.kind:
        return SORT if one.kind == other.kind else -0.5
    if within > 0.99 and one.named == other.named and not (one.kb or other.kb):
        return 0.4 + 0.5 * share
    if share >= _NEAR_NAME:
        return share
    if one.last == other.last and share >= _NEAR_NAME / 2 and not (one.named or other.named):
        return _NEAR_NAME
    if near:
        return _STATE
    # A description may be of whom another names; of two names without a word in common one is wrong.
    return 0.0 if one.named != other.named else -0.6


def _state(one: Party, other: Party) -> bool:
    """Is one of them the state itself, or who acts for it?"""
    return any(_is_state(p) or p.kind in ("state", "forces", "police", "court") for p in (one, other))


def _is_state(party: Party) -> bool:
    return (party.kb or "").startswith("iso:")
