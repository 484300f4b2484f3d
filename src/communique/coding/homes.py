"""The country of those of whom it is not told: "the army" of an article on Lesotho is Lesotho's.

What is named near it and in the whole article decides, if it is clear enough; bodies of no one state have
none, and an analyst may be from anywhere.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from communique.reading import Mention

__all__ = ["Homes", "Named", "add_homes"]


class Named(Protocol):
    """An entity, or one in the making."""

    kind: str
    country: str | None
    sectors: list[str]
    kb: str | None
    mentions: list[Mention]


# Sectors of those who belong to a state: offices, forces, parties, people.
AT_HOME = frozenset(
    {
        "GOV",
        "LEG",
        "JUD",
        "MIL",
        "COP",
        "SPY",
        "PTY",
        "OPP",
        "REB",
        "PRM",
        "UAF",
        "AGR",
        "CRM",
        "CVL",
        "EDU",
        "ELI",
    }
    | {"LAB", "MED", "PRE", "REL", "SOC"}
)
KINDS = frozenset({"person", "group", "organization"})
SENTENCE, BEFORE, WHOLE, DATELINE = 1.5, 0.75, 4.0, 1.0
CLEAR, NAMELESS = 1.0, 2.0


class Homes:
    """Where an article's countries are named.

    Args:
        entities: states and places with their mentions, and whoever the tables know.
        starts: where its sentences begin.
    """

    def __init__(self, entities: Iterable[Named], starts: list[int]) -> None:
        self.starts = starts
        named: list[tuple[int, str]] = []
        for entity in entities:
            if entity.country and entity.kind in ("state", "place"):
                named += [(self._number(m.start), entity.country) for m in entity.mentions]
            elif entity.country and entity.kb:
                named += [(self._number(m.start), entity.country) for m in entity.mentions[:1]]
        self.whole = Counter(code for _, code in named)
        self.first = min(named)[1] if named else None
        self.near: dict[int, Counter[str]] = {}
        for number, code in named:
            self.near.setdefault(number, Counter())[code] += 1

    def of(self, entity: Named) -> str | None:
        """The country that an entity without one is likeliest of; None where it may as well be another, or
        the entity is of no state's life."""
        if self.first is None or entity.country or entity.kb or entity.kind not in KINDS:
            return None
        if not set(entity.sectors[:1]) <= AT_HOME or (entity.kind != "person" and not entity.sectors):
            return None
        if entity.kind == "person" and "EDU" in entity.sectors:
            return None
        total = sum(self.whole.values())
        scores = {code: WHOLE * n / total for code, n in self.whole.items()}
        scores[self.first] += DATELINE
        share = 1 / min(len(entity.mentions), 4)
        for mention in entity.mentions[:4]:
            number = self._number(mention.start)
            for weight, there in ((SENTENCE, number), (BEFORE, number - 1)):
                codes = self.near.get(there, ())
                for code in codes:
                    scores[code] += weight * share / len(codes)
        best, *rest = sorted(scores, key=lambda c: (-scores[c], c))
        # Of whom no role is told, more must speak for it.
        clear = CLEAR if entity.sectors else NAMELESS
        return best if not rest or scores[best] >= clear * scores[rest[0]] else None

    def _number(self, place: int) -> int:
        return bisect_right(self.starts, place) - 1


def add_homes(drafts: Sequence[Named], starts: list[int]) -> None:
    """Give entities of a state's life whose country the article leaves open the one they are likeliest of."""
    homes = Homes(drafts, starts)
    for draft in drafts:
        draft.country = draft.country or homes.of(draft)
