"""Text of others, made safe for a screen.

An article may hold characters that move the cursor, colour the terminal or turn the writing
direction round. On a screen they are shown as ``\\x1b`` or ``\\u202e`` and do nothing.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["excerpt", "shortened", "visible"]

_SPACES = re.compile(r"\s+")
_SUSPECT = re.compile("[^\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]")
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_SOFT_HYPHEN = "\u00ad"  # marks where a word may break; no reader misses it


def visible(text: str) -> str:
    """The text on one line: white space as single spaces, control and format characters spelled out."""
    return _SUSPECT.sub(_spelled, _SPACES.sub(" ", text))


def _spelled(found: re.Match[str]) -> str:
    character = found.group()
    if character == _SOFT_HYPHEN:
        return ""
    if unicodedata.category(character) not in _HIDDEN:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def shortened(text: str, width: int) -> str:
    """The text made ``visible``, cut at a word and ended with '…' where it is longer than ``width``."""
    text = visible(text).strip()
    if len(text) <= width:
        return text
    return _cut(text, width - 1).rstrip(" ,;:–—-") + "…"


def excerpt(text: str, focus: tuple[int, int], within: tuple[int, int], width: int) -> tuple[str, str, str]:
    """The words around a focus, on one line.

    Args:
        text: the article's text.
        focus: ``[start, end)`` of the words that matter.
        within: ``[start, end)`` of the sentence they stand in.
        width: characters there is room for, '…' included.

    Returns:
        What stands before, the focus, and what stands after, all ``visible``.
    """
    before = visible(text[within[0] : focus[0]]).lstrip()
    middle = visible(text[focus[0] : focus[1]])
    after = visible(text[focus[1] : within[1]]).rstrip()
    if len(middle) >= width - 2:
        return "", shortened(middle, width), ""
    room = width - len(middle)
    if len(before) + len(after) <= room:
        return before, middle, after
    # The words before get up to half of the room, and more where those after leave some.
    lead = max(room // 2, room - len(after))
    if len(before) > lead:
        before = "…" + _cut(before[::-1], max(0, lead - 1))[::-1].lstrip()
    rest = room - len(before)
    if len(after) > rest:
        after = _cut(after, max(0, rest - 1)).rstrip(" ,;:–—-") + "…"
    return before, middle, after


def _cut(text: str, width: int) -> str:
    """At most ``width`` characters, ending with a whole word where one ends in the last half."""
    part = text[:width]
    if len(text) > width and text[width] != " " and (space := part.rfind(" ")) >= width // 2:
        part = part[: space + 1]
    return part
