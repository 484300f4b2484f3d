"""PLOVER's event types and their modes, from ``types.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from communique.ontology.crosswalk import cameo
from communique.ontology.tables import Cues, damaged, load, split

__all__ = ["EventType", "Mode", "event_type", "event_types", "intensity", "mode_of", "quad_code"]


@dataclass(frozen=True, slots=True)
class Mode:
    """How an event of a type was done.

    Attributes:
        name: PLOVER's name, 'third-party'.
        definition: what it means, one line.
        intensity: PLOVER's score, -10 (conflict) to 10 (cooperation).
        cues: lemmas that tell it; a cue of several words has spaces.
    """

    name: str
    definition: str
    intensity: float
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventType:
    """One of PLOVER's 16 event types.

    Attributes:
        name: PLOVER's name, 'CONSULT'.
        label: the name as one writes it in a sentence.
        definition: what it means.
        examples: two sentences that tell such an event.
        quad_code: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
        intensity: PLOVER's score without a mode, -10 (conflict) to 10 (cooperation).
        recipient_required: whether PLOVER asks for a recipient.
        modes: mode name to mode, in PLOVER's order; empty where PLOVER has none.
    """

    name: str
    label: str
    definition: str
    examples: tuple[str, ...]
    quad_code: int
    intensity: float
    recipient_required: bool
    modes: dict[str, Mode]

    def mode(self, name: str) -> Mode:
        """The mode of that name.

        Raises:
            KeyError: listing the modes there are.
        """
        try:
            return self.modes[name]
        except KeyError:
            choices = ", ".join(self.modes) or "none, this type has no modes"
            raise KeyError(f"{self.name} has no mode {name!r}; choices: {choices}") from None

    @property
    def cameo(self) -> dict[str | None, str]:
        """Mode name (None for the type alone) to nearest CAMEO code."""
        return {name: cameo(self.name, name) for name in (None, *self.modes)}


@cache
def event_types() -> dict[str, EventType]:
    """Name to event type, in PLOVER's order.

    Raises:
        InstallationError: if ``types.yaml`` is damaged.
    """
    return {name: _event_type(name, row) for name, row in load("types").items()}


def event_type(name: str) -> EventType:
    """The event type of that name.

    Raises:
        KeyError: listing the types there are.
    """
    try:
        return event_types()[name]
    except KeyError:
        raise KeyError(f"no event type {name!r}; choices: {', '.join(event_types())}") from None


def quad_code(name: str) -> int:
    """The quad code of a type, 1 to 4.

    Raises:
        KeyError: for an unknown type.
    """
    return event_type(name).quad_code


def intensity(name: str, mode: str | None = None) -> float:
    """PLOVER's score of a type, or of a type and mode, -10 to 10.

    Raises:
        KeyError: for an unknown type or mode.
    """
    found = event_type(name)
    return found.intensity if mode is None else found.mode(mode).intensity


def mode_of(name: str, lemmas: Iterable[str]) -> str | None:
    """The mode of a type that the words tell; None where nothing says so.

    The mode with the longest cue wins, then the one with most cues, then PLOVER's order.

    Args:
        name: the event type.
        lemmas: of the event's clause, in the order of the text.

    Raises:
        KeyError: for an unknown type.
    """
    modes = event_type(name).modes
    if not modes:
        return None
    found = _cues(name).find(lemmas)
    ranked = [mode for mode in modes if mode in found]
    return max(ranked, key=lambda mode: found[mode], default=None)


@cache
def _cues(name: str) -> Cues:
    return Cues({mode.name: mode.cues for mode in event_type(name).modes.values()})


def _event_type(name: str, row: Any) -> EventType:
    try:
        score = float(row["intensity"])
        modes = {
            mode: Mode(mode, value["means"], float(value.get("score", score)), split(value["cues"]))
            for mode, value in row.get("modes", {}).items()
        }
        made = EventType(
            name=name,
            label=row["label"],
            definition=row["definition"],
            examples=tuple(row["examples"]),
            quad_code=row["quad_code"],
            intensity=score,
            recipient_required=row.get("recipient_required", False),
            modes=modes,
        )
    except KeyError as error:
        raise damaged("types", f"{name} lacks {error.args[0]!r}") from None
    except (AttributeError, TypeError, ValueError) as error:
        raise damaged("types", f"{name}: {error}") from None
    if made.quad_code not in (1, 2, 3, 4):
        raise damaged("types", f"{name}: quad_code is {made.quad_code!r}; choices: 1, 2, 3, 4")
    for where, value in ((name, score), *((f"{name} {m.name}", m.intensity) for m in modes.values())):
        if not -10 <= value <= 10:
            raise damaged("types", f"{where}: the score {value} is not within -10 and 10")
    return made
