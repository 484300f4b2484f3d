"""The word lists that the coding steps read, from ``data/``; loaded when first used."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["Reporting", "load_yaml", "reporting"]

DATA = Path(__file__).parent / "data"


def load_yaml(path: Path) -> Any:
    """A YAML file, by the quick loader where there is one."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (a safe loader)


@dataclass(frozen=True, slots=True)
class Reporting:
    """Cues of claims: lemma to (act, certainty 0 to 1) for verbs and nouns."""

    verbs: dict[str, tuple[str, float]]
    nouns: dict[str, tuple[str, float]]
    with_infinitive: frozenset[str]
    with_object: frozenset[str]
    unsourced: dict[str, float]
    according: float


@cache
def reporting() -> Reporting:
    """The cues of claims."""
    raw = load_yaml(DATA / "claims.yaml")

    def by_lemma(groups: dict[str, list[str]]) -> dict[str, tuple[str, float]]:
        out: dict[str, tuple[str, float]] = {}
        for key, lemmas in groups.items():
            act, certainty = key.split()
            for lemma in lemmas:
                out.setdefault(lemma, (act, float(certainty)))
        return out

    return Reporting(
        by_lemma(raw["verbs"]),
        by_lemma(raw["nouns"]),
        frozenset(raw["with_infinitive"]),
        frozenset(raw["with_object"]),
        raw["unsourced"],
        raw["according"],
    )
