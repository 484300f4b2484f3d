"""By which rules two tellings are one: the weights and word lists of ``data/happenings.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["Rules", "rules"]

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Rules:
    """What ``data/happenings.yaml`` holds; it tells what each is.

    Attributes:
        weights: of what speaks for and against, by name; they are added up.
        limits: thresholds and numbers of days, by name.
        near_types: for each type those with which another outlet may tell the same deed.
        mutual: types in which who acts on whom can be told either way.
        once: modes that befall a person once in a long while, and on which side that person stands.
        kinds: sort of people to the nouns that mean it.
        nobody: stems that tell nothing of who is meant.
        main: what makes an event the main one of its article.
        stories: numbers by which articles are grouped by their beginnings.
        deniable: types of deeds that can be denied.
        counted: what is counted to the stems that tell of it.
        people: units that say no more than that people are counted.
        parts, vague: stems before a number that is a part of another, or no exact one.
        measures: units in which differing numbers are no dispute.
    """

    weights: dict[str, float]
    limits: dict[str, float]
    near_types: dict[str, frozenset[str]]
    mutual: frozenset[str]
    once: dict[str, str]
    kinds: dict[str, tuple[str, ...]]
    nobody: frozenset[str]
    main: dict[str, float]
    stories: dict[str, float]
    deniable: frozenset[str]
    counted: dict[str, frozenset[str]]
    people: frozenset[str]
    parts: frozenset[str]
    vague: frozenset[str]
    measures: frozenset[str]


@cache
def rules() -> Rules:
    """The rules, loaded once."""
    import yaml

    from communique.analysis.words import stem

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw: dict[str, Any] = yaml.load((_DATA / "happenings.yaml").read_text(encoding="utf-8"), Loader=loader)

    def split(text: str) -> tuple[str, ...]:
        return tuple(w.strip() for w in text.split(",") if w.strip())

    near: dict[str, set[str]] = {}
    for group in raw["near_types"]:
        members = split(group)
        for one in members:
            near.setdefault(one, set()).update(m for m in members if m != one)
    return Rules(
        weights=raw["weights"],
        limits=raw["limits"],
        near_types={t: frozenset(some) for t, some in near.items()},
        mutual=frozenset(split(raw["mutual"])),
        once={mode: side for side, modes in raw["once"].items() for mode in split(modes)},
        kinds={kind: split(words) for kind, words in raw["kinds"].items()},
        nobody=frozenset(stem(w) for w in split(raw["nobody"])),
        main=raw["main"],
        stories=raw["stories"],
        deniable=frozenset(split(raw["deniable"])),
        counted={thing: frozenset(stem(w) for w in split(words)) for thing, words in raw["counted"].items()},
        people=frozenset(split(raw["people"])),
        parts=frozenset(stem(w) for w in split(raw["parts"])),
        vague=frozenset(stem(w) for w in split(raw["vague"])),
        measures=frozenset(split(raw["measures"])),
    )
