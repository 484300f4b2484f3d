"""Engines: who codes the parts. An engine is a function in a module of its name; another is one module more.

It is given parts, the job and a number of workers, and yields an ``Outcome`` a part, in the order of
completion, and ``Tick`` where it can say how far a part is. When a worker dies, its part is given to another;
after ``DEATHS`` deaths the part is ``Failed`` and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

from communique.scale.parts import Failed, Job, Outcome, Part

__all__ = ["DEATHS", "ENGINES", "Engine", "Tick", "engine_of", "lost"]

DEATHS = 2  # workers that a part may cost
ENGINES = ("local", "ray")


@dataclass(frozen=True, slots=True)
class Tick:
    """So many articles of a part are done."""

    part: Part
    articles: int


Engine = Callable[[Sequence[Part], Job, "int | None"], Iterator[Outcome | Tick]]


def engine_of(name: str) -> Engine:
    """The engine of a name.

    Raises:
        ValueError: if there is none of that name.
    """
    if name not in ENGINES:
        raise ValueError(f"there is no engine {name!r}; there are {', '.join(ENGINES)}")
    engine: Engine = import_module(f"communique.scale.engines.{name}").run
    return engine


def lost(part: Part, how: str) -> Failed:
    """The fault that a part is, which cost too many workers."""
    return Failed(
        part,
        f"could not be coded: {DEATHS} workers that coded it died ({how}), for want of memory perhaps; try "
        "fewer workers or smaller parts",
    )
