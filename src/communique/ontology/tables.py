"""Reading the ontology's YAML, and finding its cue words in a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from communique.errors import InstallationError

__all__ = ["Cues", "damaged", "load", "split"]

FOLDER = Path(__file__).parent


def load(name: str) -> dict[str, Any]:
    """The table ``name.yaml`` of this folder.

    Raises:
        InstallationError: if it is missing or is no YAML mapping.
    """
    import yaml

    path = FOLDER / f"{name}.yaml"
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        table = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    except FileNotFoundError:
        raise damaged(name, "the file is missing; reinstall communique") from None
    except yaml.YAMLError as error:
        raise damaged(name, f"no YAML: {' '.join(str(error).split())}") from None
    if not isinstance(table, dict):
        raise damaged(name, "the file is no mapping")
    return table


def damaged(name: str, what: str) -> InstallationError:
    """The error that says what is wrong in a table."""
    return InstallationError(f"ontology/{name}.yaml: {what}")


def split(words: object) -> tuple[str, ...]:
    """The entries of a comma-separated list."""
    return tuple(entry for entry in (part.strip() for part in str(words).split(",")) if entry)


class Cues:
    """Finds cues in lemmas: for each key, how often its cues stand there and how long the longest is.

    A cue of several words is found where they stand side by side. The longest cue is taken at each
    word and uses its words up, so that "state of emergency" is not also "emergency".

    Args:
        keyed: key to its cues; a cue may belong to several keys.
    """

    def __init__(self, keyed: Mapping[str, Iterable[str]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], list[str]]]] = {}
        owners: dict[tuple[str, ...], list[str]] = {}
        for key, cues in keyed.items():
            for cue in cues:
                owned = owners.setdefault(tuple(cue.split()), [])
                if key not in owned:
                    owned.append(key)
        for words, keys in sorted(owners.items(), key=lambda item: -len(item[0])):
            self._by_first.setdefault(words[0], []).append((words, keys))

    def find(self, lemmas: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Key to (words of its longest cue, number of cues found); keys without any are left out."""
        text = [lemma.lower() for lemma in lemmas]
        found: dict[str, tuple[int, int]] = {}
        at = 0
        while at < len(text):
            length = 1
            for words, keys in self._by_first.get(text[at], ()):
                if tuple(text[at : at + len(words)]) == words:
                    length = len(words)
                    for key in keys:
                        longest, count = found.get(key, (0, 0))
                        found[key] = (max(longest, length), count + 1)
                    break
            at += length
        return found
