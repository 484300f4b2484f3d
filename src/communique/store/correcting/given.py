"""The small pieces of which values are made: numbers, spans, names, and one of several choices.

Each function checks what was given, and raises ``BadCorrection`` where it is something else; ``name`` is what
the message calls it.
"""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from typing import Any

from communique.errors import BadCorrection
from communique.store.correcting.prose import line, shown

__all__ = [
    "LONGEST",
    "chosen",
    "country_of",
    "name_of",
    "parts_of",
    "real",
    "sectors_of",
    "several",
    "span_of",
    "spans_of",
    "whole",
]

LONGEST = 300  # characters of a name, or of the words of a party, a trigger, a time
MOST = 50  # parties of a side, or spans of a claim


def parts_of(value: Any, name: str) -> dict[str, Any]:
    """A value that has parts."""
    if not isinstance(value, dict):
        raise BadCorrection(f"{name} is given as its parts, not as {shown(value)}")
    return value


def several(value: Any, name: str) -> list[Any]:
    """A list; None is an empty one."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadCorrection(f"{name} is a list, not {shown(value)}")
    if len(value) > MOST:
        raise BadCorrection(f"{name} has {len(value)} entries; {MOST} at most")
    return value


def span_of(text: str | None, row: dict[str, Any], name: str) -> tuple[int, int]:
    """The span of a few words, within the text where that is known."""
    start, end = whole(row.get("start"), "start"), whole(row.get("end"), "end")
    _check(text, start, end, name)
    if end - start > LONGEST:
        raise BadCorrection(f"the words of {name} are {end - start} characters; {LONGEST} at most")
    return start, end


def spans_of(text: str | None, value: Any, name: str) -> list[list[int]]:
    """Several spans, in order."""
    out = []
    for span in several(value, name):
        if not isinstance(span, (list, tuple)) or len(span) != 2:
            raise BadCorrection(f"{name} has {shown(span)}, where a span [start, end] is expected")
        start, end = whole(span[0], "start"), whole(span[1], "end")
        _check(text, start, end, name)
        out.append([start, end])
    return sorted(out)


def _check(text: str | None, start: int, end: int, name: str) -> None:
    if start >= end:
        raise BadCorrection(f"{name} has the span {start} to {end}; the end comes after the start")
    if text is None:
        return
    if end > len(text):
        raise BadCorrection(f"{name} ends at {end}, and the article has {len(text)} characters")
    if not text[start:end].strip():
        raise BadCorrection(f"{name} has no words from {start} to {end}")


def whole(value: Any, name: str) -> int:
    """A whole number from 0 on; a form may have it as text."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10:
        return int(value)
    if type(value) is not int or not 0 <= value < 1 << 31:
        raise BadCorrection(f"{name} is {shown(value)}; it is a number, 0 or more")
    return value


def real(value: Any, name: str) -> float:
    """A score, from -10 to 10."""
    if type(value) not in (int, float) or not -10 <= value <= 10:
        raise BadCorrection(f"{name} is {shown(value)}; it goes from -10 to 10")
    return float(value)


def name_of(value: Any) -> str:
    """A name on one line."""
    return line(value, "the name", LONGEST)


def country_of(value: Any) -> str | None:
    """A country's code."""
    from communique.errors import BadQuestion
    from communique.store.questions.parties import country_code

    if value in (None, ""):
        return None
    try:
        return country_code(str(value), "country")
    except BadQuestion as fault:
        raise BadCorrection(str(fault)) from None


def sectors_of(value: Any) -> list[str]:
    """PLOVER's sectors, each once."""
    from communique.ontology import sectors

    return list(dict.fromkeys(chosen(s, sectors(), "sector") for s in several(value, "sectors")))


def chosen(value: Any, choices: Collection[str], name: str) -> str:
    """One of several choices, in its own spelling."""
    if not isinstance(value, str) or not value.strip():
        raise BadCorrection(f"the {name} is missing; choices: {', '.join(choices)}")
    given = value.strip().lower()
    by_name = {c.lower(): c for c in choices}
    if given in by_name:
        return by_name[given]
    near = get_close_matches(given[:100], by_name, n=1)
    hint = f"; did you mean {by_name[near[0]]}?" if near else ""
    raise BadCorrection(f"there is no {name} {shown(value)}, but {', '.join(choices)}{hint}")
