"""What an event is about and what an actor is: PLOVER's contexts and sectors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from communique.ontology.tables import Cues, damaged, load, split

__all__ = ["Sector", "contexts", "contexts_of", "sector", "sectors", "sectors_of"]

GROUPS = ("state", "society", "body")


@dataclass(frozen=True, slots=True)
class Sector:
    """A PLOVER sector code.

    Attributes:
        code: 'GOV'.
        label: its name in words.
        group: 'state', 'society', or 'body' for a code that stands in the place of a country ('UNO').
        definition: who belongs to it.
        cues: lemmas found in the titles and names of such actors.
    """

    code: str
    label: str
    group: str
    definition: str
    cues: tuple[str, ...]


@cache
def contexts() -> dict[str, tuple[str, ...]]:
    """Context to its cues (lemmas), in PLOVER's order."""
    return {name: split(cues) for name, cues in load("contexts").items()}


def contexts_of(words: Iterable[str]) -> list[str]:
    """The contexts that lemmas tell: those with most cues first, then PLOVER's order.

    Args:
        words: lemmas, in the order of the text where cues of several words are to be found.
    """
    found = _context_cues().find(words)
    return sorted((name for name in contexts() if name in found), key=lambda name: -found[name][1])


@cache
def sectors() -> dict[str, Sector]:
    """Code to sector.

    Raises:
        InstallationError: if ``sectors.yaml`` is damaged.
    """
    out = {}
    for code, row in load("sectors").items():
        try:
            out[code] = Sector(code, row["label"], row["group"], row["means"], split(row["cues"]))
        except (KeyError, TypeError) as error:
            raise damaged("sectors", f"{code} lacks {error}") from None
        if row["group"] not in GROUPS:
            raise damaged("sectors", f"{code}: group is {row['group']!r}; choices: {', '.join(GROUPS)}")
    return out


def sector(code: str) -> Sector:
    """The sector of that code.

    Raises:
        KeyError: listing the codes there are.
    """
    try:
        return sectors()[code]
    except KeyError:
        raise KeyError(f"no sector {code!r}; choices: {', '.join(sectors())}") from None


def sectors_of(words: Iterable[str]) -> list[str]:
    """The sector codes that the lemmas of a title or name tell: longest cue first, then most cues."""
    found = _sector_cues().find(words)
    ranked = (code for code in sectors() if code in found)
    return sorted(ranked, key=lambda code: (-found[code][0], -found[code][1]))


@cache
def _context_cues() -> Cues:
    return Cues(contexts())


@cache
def _sector_cues() -> Cues:
    return Cues({code: one.cues for code, one in sectors().items()})
