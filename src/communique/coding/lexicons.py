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
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)


@dataclass(frozen=True, slots=True)
class Reporting:
    """Cues of claims as the claims step asks for them; certainty is 0 to 1.

    Attributes:
        verbs, nouns: lemma to (act, certainty).
        with_object: verbs whose object is what is said, also without a clause.
        with_infinitive: verbs whose "to …" clause is what is said.
        naming: verbs that give a thing a name, which is a claim when the name is quoted.
        unsourced: adverbs that report without naming who says so.
        according: certainty of "according to X".
    """

    verbs: dict[str, tuple[str, float]]
    nouns: dict[str, tuple[str, float]]
    with_object: frozenset[str]
    with_infinitive: frozenset[str]
    naming: frozenset[str]
    unsourced: dict[str, float]
    according: float


@cache
def reporting() -> Reporting:
    """The cues of claims (``data/reporting.yaml``) with the frames they come in (``data/claims.yaml``)."""
    from communique.coding.cues import report_cues

    cues, frames = report_cues(), load_yaml(DATA / "claims.yaml")
    return Reporting(
        {
            lemma: (cue.act, cue.certainty)
            for lemma, cue in cues.verbs.items()
            if lemma not in frames["not_cues"]
        },
        {lemma: (cue.act, cue.certainty) for lemma, cue in cues.nouns.items()},
        frozenset(frames["with_object"]),
        frozenset(frames["with_infinitive"]),
        frozenset(frames["naming"]),
        {word: cues.hedges.get(word, 0.6) for word in frames["unsourced"]},
        cues.phrases["according to X"],
    )
