"""The network: where the actors stand, so that those who deal much with each other stand near, and no two
names lie on each other.

The places are worked out from the ties alone, from a start on a spiral in the order of the actors' weight, by
forces as T. Fruchterman and E. Reingold (1991) have them: nothing is drawn by lot, so a picture is the same
each time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Graph", "Node", "Tie", "graph"]

_ROUNDS = 150


@dataclass(frozen=True, slots=True)
class Node:
    """An actor: where it stands, how large, its name, text and link; ``kind`` picks its shape."""

    key: str
    name: str
    kind: str
    x: float
    y: float
    radius: float
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A line between two actors (numbers of nodes), how thick, and what prevails on it.

    ``mood`` is 'coop' or 'conf' where two thirds of the happenings are of one kind, else 'mixed'.
    """

    one: int
    two: int
    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    mood: str
    happenings: int
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Graph:
    """The drawing."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


def graph(
    rows: Sequence[Mapping[str, Any]],
    *,
    link: Callable[[str, str], str],
    node_link: Callable[[str], str],
    most: int = 40,
    width: float = 960,
    height: float = 640,
) -> Graph:
    """The network of some ties.

    Args:
        rows: of ``store.questions.network``.
        link: gives the address of a pair.
        node_link: gives the address of an actor.
        most: actors at most, those with most happenings.
        width, height: of the drawing.
    """
    names: dict[str, str] = {}
    weight: dict[str, int] = {}
    both: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        one, two = row["actor"], row["recipient"]
        names[one], names[two] = row["actor_name"], row["recipient_name"]
        for key in (one, two):
            weight[key] = weight.get(key, 0) + row["happenings"]
        pair = (one, two) if one < two else (two, one)
        tie = both.setdefault(pair, {"coop": 0, "conf": 0, "there": 0, "back": 0})
        tie["coop"] += row["verbal_cooperation"] + row["material_cooperation"]
        tie["conf"] += row["verbal_conflict"] + row["material_conflict"]
        tie["there" if pair[0] == one else "back"] += row["happenings"]
    kept = sorted(weight, key=lambda k: (-weight[k], k))[:most]
    at = {key: i for i, key in enumerate(kept)}
    pairs = {p: t for p, t in sorted(both.items()) if p[0] in at and p[1] in at}
    # An actor whose partners all fell away would stand there alone.
    tied = {key for pair in pairs for key in pair}
    kept = [key for key in kept if key in tied]
    at = {key: i for i, key in enumerate(kept)}
    heaviest = max((weight[k] for k in kept), default=1)
    radii = [4 + 14 * math.sqrt(weight[k] / heaviest) for k in kept]
    ties = [(at[a], at[b], t["there"] + t["back"]) for (a, b), t in pairs.items()]
    boxes = [(max(r + 2, 3.6 * len(_short(names[k]))), r + 11) for k, r in zip(kept, radii, strict=True)]
    spots = _placed(len(kept), ties, boxes, width, height)
    strongest = max((n for *_, n in ties), default=1)
    nodes = tuple(
        Node(
            key,
            _short(names[key]),
            key.partition(":")[0] if ":" in key else "country" if not key.startswith("~") else "name",
            round(x, 1),
            round(y, 1),
            round(radii[i], 1),
            f"{names[key]}: {weight[key]} happenings with those shown",
            node_link(key),
        )
        for i, (key, (x, y)) in enumerate(zip(kept, spots, strict=True))
    )
    drawn = []
    for (a, b), t in pairs.items():
        number = t["coop"] + t["conf"]
        mood = "coop" if 3 * t["coop"] >= 2 * number else "conf" if 3 * t["conf"] >= 2 * number else "mixed"
        one, two = nodes[at[a]], nodes[at[b]]
        text = f"{names[a]} and {names[b]}: {t['coop']} cooperation, {t['conf']} conflict"
        text += f" ({t['there']} by {names[a]}, {t['back']} by {names[b]})"
        wide = round(1 + 7 * math.sqrt(number / strongest), 1)
        spots_of = (one.x, one.y, two.x, two.y)
        drawn.append(Tie(at[a], at[b], *spots_of, wide, mood, number, text, link(a, b)))
    drawn.sort(key=lambda tie: tie.happenings)
    return Graph(width, height, nodes, tuple(drawn))


def _short(name: str) -> str:
    return name if len(name) <= 22 else name[:21].rstrip() + "…"


def _placed(
    number: int,
    ties: Sequence[tuple[int, int, int]],
    boxes: Sequence[tuple[float, float]],
    width: float,
    height: float,
) -> list[tuple[float, float]]:
    import numpy as np

    if not number:
        return []
    if number == 1:
        return [(width / 2, height / 2)]
    index = np.arange(number)
    turn = index * math.pi * (3 - math.sqrt(5))
    # Spots as complex numbers: half of the work on arrays.
    spots = np.sqrt((0.5 + index) / number) * np.exp(1j * turn)
    pull = np.zeros((number, number))
    for one, two, weight in ties:
        pull[one, two] = pull[two, one] = 1 + math.log(weight)
    apart = 1.0 / math.sqrt(number)
    pull *= 0.35 / apart
    inward = 0.9 * apart * np.array([1.0, width / height])
    itself = np.eye(number)
    for step in range(_ROUNDS):
        away = spots[:, None] - spots[None, :]
        far = np.abs(away) + itself + 1e-9
        move = (away * (apart**2 / far**2 - pull * far)).sum(axis=1)
        move -= inward[0] * spots.real + 1j * inward[1] * spots.imag
        size = np.abs(move) + 1e-9
        heat = 0.12 * (1 - step / _ROUNDS) + 0.002
        spots += move * (np.minimum(size, heat) / size)
    spots = np.stack([spots.real, spots.imag], axis=1)
    half = np.array(boxes)
    low, high = spots.min(axis=0), spots.max(axis=0)
    room = np.array([width, height]) - 2 * half.max(axis=0) - 8
    spots = half.max(axis=0) + 4 + (spots - low) / np.maximum(high - low, 1e-9) * room
    return [(float(x), float(y)) for x, y in _parted(spots, half, width, height)]


def _parted(spots: Any, half: Any, width: float, height: float) -> Any:
    """Move boxes (a node with its name) apart until none lies on another, or for so many rounds."""
    import numpy as np

    edge = half + 2
    ends = np.array([width, height]) - edge
    (x, y), (wide, high) = spots.T.copy(), half.T
    wide, high = wide[:, None] + wide + 2, high[:, None] + high + 2
    # Of two in one place, the earlier goes up.
    order = np.sign(np.arange(len(x))[:, None] - np.arange(len(x)))
    others = ~np.eye(len(x), dtype=bool)
    for _ in range(120):
        right, down = x[:, None] - x, y[:, None] - y
        over_x, over_y = wide - np.abs(right), high - np.abs(down)
        both = (over_x > 0) & (over_y > 0) & others
        if not both.any():
            break
        # Along the side on which less is to go.
        across = over_x < over_y
        x = x + 0.3 * (np.where(right == 0, order, np.sign(right)) * over_x * (both & across)).sum(axis=1)
        y = y + 0.3 * (np.where(down == 0, order, np.sign(down)) * over_y * (both & ~across)).sum(axis=1)
        x, y = np.clip(x, edge[:, 0], ends[:, 0]), np.clip(y, edge[:, 1], ends[:, 1])
    return np.stack([x, y], axis=1)
