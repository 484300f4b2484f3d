"""Text that people give with a correction, kept to what a screen can show."""

from __future__ import annotations

import unicodedata
from typing import Any

from communique.errors import BadCorrection

__all__ = ["line", "plain", "prose", "shown"]

_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # controls, turns of direction, half characters, line separators
_JOINERS = "\u200c\u200d"  # format characters that words of many scripts need


def line(value: Any, name: str, most: int) -> str:
    """Text on one line; white space becomes single spaces.

    Args:
        value: as it was given.
        name: of what it is, for the message.
        most: characters.

    Raises:
        BadCorrection: if it is empty, too long, or has characters that no screen shows.
    """
    if not isinstance(value, str) or not value.strip():
        raise BadCorrection(f"{name} is empty; give a name")
    return _bounded(" ".join(value.split(" ")).strip(), name, most, "")


def prose(value: Any, name: str, most: int) -> str:
    """Text of several lines, which may be empty.

    Raises:
        BadCorrection: as ``line``.
    """
    if not isinstance(value, str):
        raise BadCorrection(f"{name} is no text")
    return _bounded(value.replace("\r\n", "\n").replace("\r", "\n").strip(), name, most, "\n\t")


def plain(value: str, most: int) -> str:
    """Words of an article on one line, without what no screen shows; cut where they are too long."""
    kept = (c for c in value if unicodedata.category(c) not in _HIDDEN or c in _JOINERS + "\n\t\r")
    return " ".join("".join(kept).split())[:most].strip() or "?"


def shown(value: Any) -> str:
    """A value in a message: in quotation marks, and not longer than it helps."""
    text = str(value)
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def _bounded(value: str, name: str, most: int, allowed: str) -> str:
    if len(value) > most:
        raise BadCorrection(f"{name} has {len(value)} characters; {most} at most")
    for character in value:
        if unicodedata.category(character) in _HIDDEN and character not in _JOINERS + allowed:
            raise BadCorrection(
                f"{name} has a character that no screen shows (U+{ord(character):04X}); leave it out"
            )
    return value
