"""A happening, as its tellings have it together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from communique.analysis.likeness import days_of
from communique.analysis.tellings import Party, Telling

__all__ = ["Happening", "described"]

# Of several statuses the one that tells most: what is over is no longer planned.
_STATUSES = ("occurred", "ongoing", "planned", "negated")


@dataclass(frozen=True, slots=True)
class Happening:
    """One happening with its tellings, two or more.

    Attributes:
        type, mode: PLOVER's, as most tellings have them.
        status: 'occurred', 'ongoing', 'planned' or 'negated'.
        first_day, last_day: when, both included; None where no telling names a day.
        country, place: where; ISO 3166-1 alpha-3, and a toponym.
        actors, recipients: names, as most tellings have them.
        articles: how many tell it.
        confidence: 0 to 1, of its surest telling.
        tellings: by article and event.
    """

    type: str
    mode: str | None
    status: str
    first_day: date | None
    last_day: date | None
    country: str | None
    place: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    articles: int
    confidence: float
    tellings: tuple[Telling, ...]


def described(tellings: Sequence[Telling]) -> Happening:
    """A happening, from the tellings of it: each value as most of them have it, the surest first."""
    ranked = sorted(tellings, key=lambda t: (-t.confidence, t.key))
    kind, mode = _most([(t.type, t.mode) for t in ranked])
    if mode is None:
        mode = _most([t.mode for t in ranked if t.type == kind and t.mode is not None], None)
    status = min((t.status for t in ranked), key=_STATUSES.index)
    done = [t for t in ranked if t.status != "negated"]
    if status != "negated" and 2 * len(done) < len(ranked):
        status = "negated"
    days = [d for t in ranked if (d := days_of(t)) is not None]
    shortest = min((b - a for a, b in days), default=0)
    first, last = _most([d for d in days if d[1] - d[0] == shortest], (None, None))
    country = _most([t.country for t in ranked if t.country is not None], None)
    place = _most([t.place for t in ranked if t.place is not None and t.country == country], None)
    return Happening(
        kind,
        mode,
        status,
        date.fromordinal(first) if first is not None else None,
        date.fromordinal(last) if last is not None else None,
        country,
        place,
        _names([t.actors for t in ranked]),
        _names([t.recipients for t in ranked]),
        len({t.article for t in tellings}),
        ranked[0].confidence,
        tuple(sorted(tellings, key=lambda t: t.key)),
    )


def _most(values: Sequence[Any], otherwise: Any = None) -> Any:
    """The commonest value; of those as common as each other the first."""
    if not values:
        return otherwise
    counts = Counter(values)
    return max(counts, key=lambda v: (counts[v], -values.index(v)))


def _names(sides: Sequence[Sequence[Party]]) -> tuple[str, ...]:
    """The parties of a side, as most tellings have them; those who is who knows are one whatever the name."""
    named = [tuple(_one(p) for p in side) for side in sides if side]
    if not named:
        return ()
    count = Counter(key for side in named for key in side)
    names: dict[str, str] = {}
    for side in sides:
        for party in side:
            names.setdefault(_one(party), party.name)
    best = _most(named)
    chosen = [
        key for key in dict.fromkeys(key for side in named for key in side) if 2 * count[key] > len(named)
    ]
    return tuple(names[key] for key in (chosen or best))


def _one(party: Party) -> str:
    return party.kb or " ".join(sorted(party.words)) or party.name.casefold()
