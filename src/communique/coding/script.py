"""Dialogue as a script or an interview has it: "SMITH: We decided." Whose turn is it to speak?

A label alone makes no script ("Venue: Geneva"): somebody must speak twice with somebody else between, or be
asked and another answer, and most turns must be whole sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

__all__ = ["Turn", "turns"]

# A name or role of up to five words, a letter or two ("Q"), before a colon at the beginning of a line.
_LABEL = re.compile(
    r"^[ \t]*(?P<label>[A-Z][\w.'’-]*(?:,? (?:[A-Z][\w.'’-]*|of|the|de|al|van|von|bin)){0,4}):[ \t]+(?=\S)",
    re.MULTILINE,
)
ENDS = (".", "?", "!", "…", '"', "”", ")", "]")
# Labels of a page's parts, which nobody says.
_PARTS = (
    "photo, photos, image, picture, video, watch, source, sources, credit, caption, related, read more, "
    "see also, update, updated, note, editor's note, correction, date, time"
)
NOBODY = frozenset(_PARTS.split(", "))


@dataclass(frozen=True, slots=True)
class Turn:
    """What one says without a break.

    Attributes:
        label: span of the name before the colon.
        start, end: what is said, without the label.
    """

    label: tuple[int, int]
    start: int
    end: int


def turns(text: str) -> list[Turn]:
    """The turns of a script, in text order; none where the text is no script."""
    found = list(_LABEL.finditer(text)) if ":" in text else []
    found = [m for m in found if m["label"].casefold() not in NOBODY]
    if len(found) < 2:
        return []
    # The last ends with its paragraph: what follows may be the article again.
    last = text.find("\n\n", found[-1].end())
    ends = [*(m.start() for m in found[1:]), len(text) if last < 0 else last]
    said = [text[m.end() : end].rstrip() for m, end in zip(found, ends, strict=True)]
    names = [m["label"].casefold() for m in found]
    row = [name for name, _ in groupby(names)]
    asked = any(a != b and s.endswith("?") for a, b, s in zip(names, names[1:], said, strict=False))
    whole = sum(s.endswith(ENDS) for s in said)
    if len(row) == len(set(row)) and not asked or 2 * whole <= len(said):
        return []
    return [Turn(m.span("label"), m.end(), end) for m, end in zip(found, ends, strict=True)]
