"""Cues of claims and of event status with their grammar.

From ``data/reporting.yaml`` and ``data/status.yaml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from communique.coding.lexicons import DATA, load_yaml
from communique.errors import InstallationError

__all__ = [
    "ACTS",
    "STATUSES",
    "Governor",
    "ReportCue",
    "ReportCues",
    "StatusCues",
    "report_cues",
    "status_cues",
]

ACTS = ("assert", "deny", "doubt", "ask", "demand", "promise", "threaten", "believe", "intend", "other")
STATUSES = ("occurred", "ongoing", "planned", "hypothetical", "negated")


@dataclass(frozen=True, slots=True)
class ReportCue:
    """A word that reports.

    Attributes:
        act: one of ``ACTS``.
        certainty: 0 to 1, how sure it makes the source sound.
        needs_content: a cue only with a clause or a quotation, not with a plain object.
    """

    act: str
    certainty: float
    needs_content: bool = False


@dataclass(frozen=True, slots=True)
class ReportCues:
    """Cues of claims by lemma ('say', 'rule out'); ``phrases`` has patterns with X for the source.

    ``hedges`` multiply the certainty of a content (the lowest factor counts), ``boosters`` raise it to
    at least their value; ``anonymous`` are words of a source without a name; ``factives`` verbs of which what
    follows is so also where they are negated.
    """

    verbs: dict[str, ReportCue]
    nouns: dict[str, ReportCue]
    adjectives: dict[str, ReportCue]
    phrases: dict[str, float]
    hedges: dict[str, float]
    boosters: dict[str, float]
    anonymous: frozenset[str]
    factives: frozenset[str]


@dataclass(frozen=True, slots=True)
class Governor:
    """What a word makes of an event below it, and what when the word itself is negated."""

    status: str
    when_negated: str | None


@dataclass(frozen=True, slots=True)
class StatusCues:
    """Cues of status.

    Attributes:
        governors: (lemma, UPOS, relation of the event word to it) to what it does; relations as in
            'xcomp', 'nsubj:pass', 'obl:for'.
        ceasing: (lemma, UPOS, relation) of words under which an event ends.
        markers: (lemma, relation of the marker to the event word) to status.
        order: statuses, the one that wins over the others first.
        verb_forms: (lemmas of auxiliaries, Penn tags, status); the first that fits wins.
    """

    governors: dict[tuple[str, str, str], Governor]
    ceasing: frozenset[tuple[str, str, str]]
    markers: dict[tuple[str, str], str]
    order: tuple[str, ...]
    verb_forms: tuple[tuple[frozenset[str], frozenset[str], str], ...]

    def governor(self, lemma: str, upos: str, relation: str) -> Governor | None:
        """What a word makes of an event that depends on it so; None where it does nothing."""
        return self.governors.get((lemma.lower(), upos, relation))


@cache
def report_cues() -> ReportCues:
    """The cues of claims.

    Raises:
        InstallationError: for an act or a certainty that is none.
    """
    raw = load_yaml(DATA / "reporting.yaml")
    return ReportCues(
        _by_act(raw["verbs"]),
        _by_act(raw["nouns"]),
        _by_act(raw["adjectives"]),
        {row["pattern"]: _share(row["certainty"], row["pattern"]) for row in raw["phrases"]},
        {word: _share(row["factor"], word) for row in raw["hedges"] for word in _split(row["lemmas"])},
        {word: _share(row["certainty"], word) for row in raw["boosters"] for word in _split(row["lemmas"])},
        frozenset(_split(raw["anonymous"])),
        frozenset(_split(raw["factives"])),
    )


@cache
def status_cues() -> StatusCues:
    """The cues of status.

    Raises:
        InstallationError: for a status that is none, or a cue that stands under two.
    """
    raw = load_yaml(DATA / "status.yaml")
    governors: dict[tuple[str, str, str], Governor] = {}
    markers: dict[tuple[str, str], str] = {}
    for row in raw["governors"]:
        made = Governor(
            _status(row["status"]), _status(row["when_negated"]) if "when_negated" in row else None
        )
        for lemma in _split(row["lemmas"]):
            for relation in row["relations"]:
                if governors.setdefault((lemma, row["upos"], relation), made).status != made.status:
                    raise _twice(lemma, relation)
    for row in raw["markers"]:
        for lemma in _split(row["lemmas"]):
            for relation in row["relations"]:
                if markers.setdefault((lemma, relation), _status(row["status"])) != row["status"]:
                    raise _twice(lemma, relation)
    ceasing = frozenset(
        (lemma, row["upos"], relation)
        for row in raw["ceasing"]
        for lemma in _split(row["lemmas"])
        for relation in row["relations"]
    )
    forms = tuple(
        (frozenset(r["aux"]), frozenset(r["xpos"]), _status(r["status"])) for r in raw["verb_forms"]
    )
    return StatusCues(governors, ceasing, markers, tuple(_status(s) for s in raw["order"]), forms)


def _by_act(rows: list[dict[str, Any]]) -> dict[str, ReportCue]:
    out: dict[str, ReportCue] = {}
    for row in rows:
        if row["act"] not in ACTS:
            raise InstallationError(
                f"coding/data/reporting.yaml: no act {row['act']!r}; choices: {', '.join(ACTS)}"
            )
        cue = ReportCue(row["act"], _share(row["certainty"], row["act"]), row.get("needs") == "content")
        for lemma in _split(row["lemmas"]):
            out.setdefault(lemma, cue)
    return out


def _twice(lemma: str, relation: str) -> InstallationError:
    what = f"{lemma!r} with {relation} stands under two statuses"
    return InstallationError(f"coding/data/status.yaml: {what}")


def _status(name: str) -> str:
    if name not in STATUSES:
        raise InstallationError(
            f"coding/data/status.yaml: no status {name!r}; choices: {', '.join(STATUSES)}"
        )
    return name


def _share(value: float, where: str) -> float:
    if not 0 <= value <= 1:
        raise InstallationError(f"coding/data/reporting.yaml: {where}: {value} is not within 0 and 1")
    return float(value)


def _split(words: str) -> list[str]:
    return [entry for entry in (part.strip() for part in words.split(",")) if entry]
