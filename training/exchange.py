"""Articles once more with other names, so that who does what is learned from the sentence, not by heart.

A network that has seen an article knows by heart that Gaddafi's forces attack and rebels suffer. Here
people, bodies, states with their adjectives and capitals, and towns take the names of others, alike
throughout an article; offsets are moved. What happens stays. (Entity swapping: Dai and Adel 2020.)
"""

from __future__ import annotations

import bisect
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from communique.knowledge import titles
from communique.knowledge.names import table
from communique.language.analyse import parse
from communique.language.analysis import Analysis
from communique.language.network import Network as Shipped
from communique.language.words import split_words

__all__ = ["Shelf", "exchanged", "shelf_of"]

Row = dict[str, Any]
Place = tuple[int, int, str]  # start, end, label


@dataclass
class Shelf:
    """Names to take: of people in full, of bodies and places by their number of words; states whose name,
    adjective and capital are one word each."""

    people: list[str] = field(default_factory=list)
    others: dict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    states: list[dict[str, str]] = field(default_factory=list)
    state_of: dict[str, tuple[str, str]] = field(default_factory=dict)  # word to state and form


def _states(shelf: Shelf) -> None:
    for row in table("countries.csv"):
        forms = {
            "name": row["name"],
            "adjective": row["adjectives"].split("|")[0],
            "one": row["people"].split("|")[0].split("/")[0],
            "many": row["people"].split("|")[0].split("/")[-1],
            "capital": row["capitals"].split("|")[0].split(";")[0],
        }
        if not all(forms.values()):
            continue
        plain = not any(set(f) & set(" -,") for f in forms.values())
        for form, words in forms.items():
            shelf.state_of.setdefault(words, (row["alpha3"], form))
        if plain:
            shelf.states.append(forms | {"code": row["alpha3"]})


def places_of(row: Row, shipped: Shipped) -> list[Place]:
    """Where names stand in an article's annotated sentences."""
    words = [w for a, b in row["sentences"] if (w := split_words(row["text"], a, b))]
    return _names(parse(row["text"], words, shipped))


def _names(analysis: Analysis) -> list[Place]:
    found = []
    for sentence in analysis.sentences:
        for name in sentence.names:
            if name.label in ("Person", "Organization", "Location", "NORP", "Facility"):
                found.append((sentence.words[name.first].start, sentence.words[name.last].end, name.label))
    return found


def shelf_of(given: Iterable[tuple[Row, Sequence[Place]]]) -> Shelf:
    """The names that some articles have."""
    shelf = Shelf()
    _states(shelf)
    people: set[str] = set()
    before = titles().honorifics | {word for office in titles().offices for word in office}
    others: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row, places in given:
        for start, end, label in places:
            text = row["text"][start:end]
            size = len(text.split())
            if text in shelf.state_of or "\n" in text or not text[0].isupper():
                continue
            if label == "Person" and size in (2, 3) and not set(text.lower().split()) & before:
                people.add(text)
            elif label != "NORP":
                others[label, size].add(text)
    shelf.people = sorted(people)
    shelf.others = {k: sorted(v) for k, v in others.items()}
    return shelf


class _Exchange:
    """What takes whose place in one article."""

    def __init__(self, shelf: Shelf, chance: random.Random, share: float) -> None:
        self.shelf, self.chance, self.share = shelf, chance, share
        self.people: dict[str, str | None] = {}
        self.states: dict[str, dict[str, str] | None] = {}
        self.others: dict[str, str | None] = {}

    def __call__(self, text: str, label: str) -> str | None:
        state = self.shelf.state_of.get(text)
        if state is not None:
            new = self._drawn(self.states, state[0], self.shelf.states)
            return new[state[1]] if new else None
        if label == "Person":
            return self._person(text)
        options = self.shelf.others.get((label, len(text.split())))
        return self._drawn(self.others, text, options) if options else None

    def _person(self, text: str) -> str | None:
        words = text.split()
        new = self._drawn(self.people, words[-1].removesuffix("'s"), self.shelf.people)
        if new is None:
            return None
        parts = new.split()
        return new if len(words) > 1 else parts[-1]

    def _drawn(self, known: dict[str, Any], key: str, options: Sequence[Any]) -> Any:
        if key not in known:
            known[key] = (
                self.chance.choice(options) if options and self.chance.random() < self.share else None
            )
        return known[key]


def exchanged(
    row: Row, places: Sequence[Place], shelf: Shelf, chance: random.Random, share: float = 0.8
) -> Row:
    """The article with other names; ``share`` of its names change.

    Args:
        row: an annotated article with its text.
        places: where its names stand.
        shelf: what they may be exchanged for.
        chance: where the draws come from.
        share: how likely it is that a name changes.
    """
    text, swap = row["text"], _Exchange(shelf, chance, share)
    triggers = [e["trigger"] for e in row["events"]]
    pieces, at, moves = [], 0, [(0, 0)]
    length = 0
    for start, end, label in sorted(places):
        if start < at or any(a < end and b > start for a, b in triggers):
            continue
        new = swap(text[start:end], label)
        if new is None:
            continue
        pieces += [text[at:start], new]
        length += start - at + len(new)
        at = end
        moves += [(start, length - len(new)), (end, length)]
    pieces.append(text[at:])
    olds = [old for old, _ in moves]

    def moved(place: int, last: bool) -> int:
        k = bisect.bisect_right(olds, place) - 1
        old, new = moves[k]
        inside = k % 2 == 1 and place > old  # within a name that was exchanged
        if inside:
            return moves[k + 1][1] if last else new
        return new + place - old

    def span(given: Sequence[int]) -> list[int]:
        return [moved(given[0], False), moved(given[1], True)]

    events = [
        e
        | {"trigger": span(e["trigger"])}
        | {side: [span(s) for s in e[side]] for side in ("actors", "recipients")}
        for e in row["events"]
    ]
    return row | {
        "text": "".join(pieces),
        "sentences": [span(s) for s in row["sentences"]],
        "events": events,
    }
