"""How likely two tellings are of one happening: what speaks for it and against it, added up.

The weights stand in ``data/happenings.yaml``. Some things forbid it whatever speaks for it: days that are
named and differ, types that have nothing to do with each other, a deed that only may be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from math import exp

from communique.analysis.matching import SORT, Parties
from communique.analysis.rules import rules
from communique.analysis.tellings import Telling
from communique.analysis.words import Vector, WordWeights, cosine, stems

__all__ = ["Comparison", "days_of"]

_DONE = ("occurred", "ongoing")
_OTHERS = -1.0  # the match of a side of which it is sure that others are meant; then the other side must be
_SAME = 0.5  # this well matched


def days_of(telling: Telling) -> tuple[int, int] | None:
    """The first and last day of a telling's own time; None where it names none, or one too long to tell."""
    if telling.first_day is None or telling.last_day is None:
        return None
    if telling.last_day - telling.first_day >= rules().limits["long_days"]:
        return None
    return telling.first_day, telling.last_day


class Comparison:
    """Compares tellings of one collection.

    Args:
        weights: how much each word tells.
        story: how alike the beginnings of two articles are, by their numbers; 0 to 1.
        mains: the main event of each article, by its number.
        parties: of the collection.
    """

    def __init__(
        self,
        weights: WordWeights,
        story: Callable[[int, int], float],
        mains: Mapping[int, Telling],
        parties: Parties,
    ) -> None:
        self.weights = weights
        self._story = story
        self._mains = mains
        self._parties = parties
        self._rules = rules()
        self._vectors: dict[tuple[int, int], Vector] = {}
        self._stems: dict[tuple[int, int], frozenset[str]] = {}

    def probability(self, one: Telling, other: Telling) -> float | None:
        """How likely two tellings are of one happening, 0 to 1; None where they cannot be."""
        if one.article == other.article and one.start == other.start:
            return None  # one sentence tells of two
        days = self._days(one, other)
        kind = self._kind(one, other)
        if days is None or kind is None:
            return None
        w, limits = self._rules.weights, self._rules.limits
        if one.article == other.article:
            story, main = w["same_article"], 0.0
        else:
            like = min(limits["story_most"], self._story(one.article, other.article))
            main = w["both_main"] * like if self.is_main(one) and self.is_main(other) else 0.0
            story = w["story"] * like + main
        parties = self._who(one, other, known=main < w["both_main"] * limits["story_main"])
        if parties is None:
            return None
        total = w["start"] + days + kind + parties + story + self._place(one, other) + self._once(one, other)
        total += w["words"] * cosine(self.vector(one), self.vector(other))
        return 1 / (1 + exp(-total))

    def is_main(self, telling: Telling) -> bool:
        """Is it the main event of its article?"""
        return self._mains.get(telling.article) is telling

    def _words(self, telling: Telling) -> frozenset[str]:
        found = self._stems.get(telling.key)
        if found is None:
            found = frozenset(stems(telling.sentence))
            self._stems[telling.key] = found
        return found

    def vector(self, telling: Telling) -> Vector:
        """The content words of a telling's sentence, its parties and cue left out."""
        found = self._vectors.get(telling.key)
        if found is None:
            words = Counter(stems(telling.sentence))
            for party in (*telling.actors, *telling.recipients):
                for word in party.words:
                    words.pop(word, None)
            words.pop(telling.cue, None)
            found = self.weights.vector(words)
            self._vectors[telling.key] = found
        return found

    def _kind(self, one: Telling, other: Telling) -> float | None:
        """Type, cue, status."""
        w = self._rules.weights
        same_cue = one.cue != "" and one.cue == other.cue
        if one.type == other.type:
            total = w["same_type"]
            if one.mode is not None and one.mode == other.mode:
                total += w["same_mode"]
        elif other.type in self._rules.near_types.get(one.type, ()):
            total = w["near_type" if same_cue else "near_type_other_cue"]
        else:
            return None
        if same_cue:
            total += w["same_cue"]
        else:
            if one.mode is None or one.mode != other.mode:
                total += w["other_cue"]
            if one.cue in self._words(other) or other.cue in self._words(one):
                total += w["cue_beside"]
        if one.historical != other.historical:
            total += w["historical"]
        a, b = (("done" if t.status in _DONE else t.status) for t in (one, other))
        if a != b:
            total += w["denied"] if {a, b} == {"done", "negated"} else w["other_status"]
        return total

    def _days(self, one: Telling, other: Telling) -> float | None:
        """When; None where both name days and not the same."""
        w, limits = self._rules.weights, self._rules.limits
        between: int | None = None
        if one.article == other.article:
            between = 0
        elif one.published is not None and other.published is not None:
            between = abs(one.published - other.published)
        far = between is None or between > limits["days"]
        if _apart(one, other):
            return None
        mine, yours = days_of(one), days_of(other)
        if mine and yours:
            exact = max(mine[1] - mine[0], yours[1] - yours[0]) < limits["own_days"]
            return w["same_day"] if exact else None if far else w["same_span"]
        if far or between is None:
            return None
        if mine or yours:
            days, article = (mine, other) if mine else (yours, one)
            if days is None or article.published is None or article.first_day is not None:
                return w["day_unknown"]
            likely = days[0] <= article.published <= days[1] + 3
            ahead = article.status == "planned" and article.published <= days[1]
            if not likely and not ahead:
                return w["day_unlikely"]
            return w["day_likely"] + w["day_after"] * max(0, article.published - days[1])
        total = w["day_unknown"] + w["a_day_later"] * between
        for told, article in ((one, other), (other, one)):
            if told.last_day is None or article.last_day is not None or article.published is None:
                continue
            if article.published - told.last_day > limits["ago_days"]:
                total += w["long_ago"]
        return total

    def _place(self, one: Telling, other: Telling) -> float:
        w = self._rules.weights
        if one.country is None or other.country is None:
            return 0.0
        if one.country != other.country:
            return w["other_country"]
        if one.place == other.place:
            return w["same_place"]
        # A country holds its towns: only two towns are two places.
        return w["same_country"]

    def _who(self, one: Telling, other: Telling, known: bool) -> float | None:
        """Who and whom; None where neither side is the same, if one must be ``known`` to be."""
        w, match = self._rules.weights, self._parties.sides
        best = match(one.actors, other.actors), match(one.recipients, other.recipients)
        if self._rules.mutual & {one.type, other.type}:
            crossed = match(one.actors, other.recipients), match(one.recipients, other.actors)
            best = max(best, crossed, key=lambda s: w["actors"] * s[0] + w["recipients"] * s[1])
            if max(best) <= 0:
                both = (*one.actors, *one.recipients), (*other.actors, *other.recipients)
                best = match(*both), 0.0
        if max(best) <= 0:
            return None if known or min(best) < 0 else w["no_side"]
        if min(best) <= _OTHERS and max(best) < _SAME:
            return None
        total = w["actors"] * best[0] + w["recipients"] * best[1]
        if min(best) <= 0:
            total += w["one_side"]
        if max(best) <= SORT:
            total += w["only_kinds"]
        return total

    def _once(self, one: Telling, other: Telling) -> float:
        """For what befalls a person once: is it the same person, by name?"""
        side = self._rules.once.get(one.mode or "")
        if side is None or one.mode != other.mode or one.type != other.type:
            return 0.0
        same = self._parties.same_person(getattr(one, side), getattr(other, side))
        return self._rules.weights["once"] if same else 0.0


def _apart(one: Telling, other: Telling) -> bool:
    """Do both name times that do not meet, however long they last?"""
    if one.first_day is None or one.last_day is None or other.first_day is None or other.last_day is None:
        return False
    return one.first_day > other.last_day or other.first_day > one.last_day
