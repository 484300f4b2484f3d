"""The site's pages as its navigation has them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["NAVIGATION", "Entry", "current"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the navigation: its address, its name, and what it shows in a few words."""

    path: str
    name: str
    about: str


NAVIGATION = (
    Entry("/articles", "Articles", "what came in, each with its words marked"),
    Entry("/claims", "Claims", "who says what"),
    Entry("/disputes", "Disputes", "what cannot both be true"),
    Entry("/ahead", "Ahead", "what is to come"),
    Entry("/timeline", "Timeline", "what happened, day by day"),
    Entry("/actors", "Actors", "who they are and what they did"),
    Entry("/pairs", "Pairs", "how two parties deal with each other"),
    Entry("/map", "Map", "where it happened"),
    Entry("/network", "Network", "who deals with whom"),
    Entry("/sources", "Sources", "who reports what, and who leaves it out"),
)


def current(path: str) -> str:
    """The navigation's entry under which an address stands; '' if it is none of them."""
    return next((e.path for e in NAVIGATION if path == e.path or path.startswith(e.path + "/")), "")
