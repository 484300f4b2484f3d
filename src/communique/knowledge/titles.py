"""Titles of office, honorifics, and nouns of role: which words they are and what sector they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["Titles", "ending", "titles"]

# Lists stand in the table by these sector codes; lawyers have none in PLOVER.
_NO_SECTOR = {"LAW"}


@dataclass(frozen=True, slots=True)
class Titles:
    """The table. Keys are lower-case words as a tuple, ("prime", "minister"); values sector codes,
    None for a title that says nothing of the side its bearer stands on."""

    offices: dict[tuple[str, ...], str | None]
    groups: dict[tuple[str, ...], str | None]
    bodies: dict[tuple[str, ...], str | None]
    things: dict[tuple[str, ...], str | None]
    name_words: dict[tuple[str, ...], str]
    named_groups: dict[str, str]
    peoples: dict[str, str]
    office_kinds: dict[str, tuple[str, ...]]
    named_after: dict[str, str]
    single_offices: frozenset[str]
    state_bodies: frozenset[str]
    modifiers: frozenset[str]
    holding: frozenset[str]
    former: frozenset[str]
    honorifics: frozenset[str]
    after_names: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    female_names: frozenset[str]
    male_names: frozenset[str]
    plain_after: frozenset[str]
    ships: frozenset[str]
    addresses: frozenset[str]
    parts_of_states: frozenset[str]

    def single(self, title: Sequence[str]) -> tuple[str, ...] | None:
        """The kinds of an office that one person at a time holds in a state; None for other titles."""
        words = " ".join(title)
        return self.office_kinds[words] if words in self.single_offices else None

    def sector_of_name(self, words: Sequence[str]) -> str | None:
        """The sector that the words of a body's name tell ("Ministry of Defence": GOV), or None.

        A longer entry wins over a shorter one; of two alike, the one that stands first: a ministry of
        education is a ministry.
        """
        low = [w.lower() for w in words]
        for size in range(min(4, len(low)), 0, -1):
            for i in range(len(low) - size + 1):
                code = self.name_words.get(tuple(low[i : i + size]))
                if code:
                    return code
        return None


def ending(words: Sequence[str], index: dict[tuple[str, ...], Any]) -> int:
    """How many of the last words (lower case) are the longest entry of an index; 0 if none is."""
    for size in range(min(6, len(words)), 0, -1):
        if tuple(words[-size:]) in index:
            return size
    return 0


@cache
def titles() -> Titles:
    """The table ``titles.yaml``, read once a process.

    Raises:
        InstallationError: the file is missing or damaged.
    """
    import yaml

    from communique.errors import InstallationError

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        text = (Path(__file__).parent / "titles.yaml").read_text(encoding="utf-8")
        rows: dict[str, Any] = yaml.load(text, Loader=loader)
        offices = _by_words(rows["titles"])
        for title in _split(rows["open_titles"]):
            offices.setdefault(tuple(title.split()), None)
        return Titles(
            offices=offices,
            groups=_by_words(rows["groups"]),
            bodies=_by_words(rows["bodies"]),
            things=_by_words(rows["things"]),
            name_words={k: v for k, v in _by_words(rows["name_words"]).items() if v},
            named_groups={
                name: code for code, names in rows["named_groups"].items() for name in _split(names)
            },
            peoples={name: code for code, names in rows["peoples"].items() for name in _split(names)},
            named_after={
                word: label for label, words in rows["named_after"].items() for word in _split(words)
            },
            office_kinds={title: tuple(_split(kinds)) for title, kinds in rows["office_kinds"].items()},
            **{
                part: frozenset(_split(rows[part]))
                for part in (
                    "state_bodies",
                    "modifiers",
                    "holding",
                    "former",
                    "honorifics",
                    "after_names",
                    "male",
                    "female",
                    "female_names",
                    "male_names",
                    "single_offices",
                    "plain_after",
                    "ships",
                    "addresses",
                    "parts_of_states",
                )
            },
        )
    except (OSError, KeyError, AttributeError, yaml.YAMLError) as fault:
        raise InstallationError(
            f"the table knowledge/titles.yaml cannot be read ({fault}): install communique again"
        ) from fault


def _split(names: str) -> list[str]:
    return [" ".join(name.split()) for name in names.split(",") if name.strip()]


def _by_words(rows: dict[str, str]) -> dict[tuple[str, ...], str | None]:
    out: dict[tuple[str, ...], str | None] = {}
    for code, names in rows.items():
        for name in _split(names):
            out.setdefault(tuple(name.split()), None if code in _NO_SECTOR else code)
    return out
