"""An event that the machine did not read, as the form on the page of an article gives it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from communique.errors import BadCorrection
from communique.reading import Reading, Span
from communique.store.corrections import Correction, correction

__all__ = ["NEW", "added"]

NEW = "new"  # stands in the form where the id of an event does
_LONGEST = 300  # characters of the words


def added(reading: Reading, form: Mapping[str, str], who: str, note: str) -> Correction:
    """The correction that adds an event.

    Args:
        reading: as the page showed it.
        form: 'words' as they stand in the article, 'nth' (of several places where they do, from 0; may be
            empty), 'type', 'status', 'time', 'actor:new' and 'recipient:new' (ids of entities).
        who: the person.
        note: why; may be empty.

    Raises:
        BadCorrection: if the words stand nowhere, or it is no event.
    """
    start, end = _place(reading, form.get("words", ""), form.get("nth", ""))
    value = {
        "start": start,
        "end": end,
        "type": form.get("type", ""),
        "status": form.get("status") or "occurred",
        "time": form.get("time") or None,
        "actors": [form["actor:new"]] if form.get("actor:new") else [],
        "recipients": [form["recipient:new"]] if form.get("recipient:new") else [],
    }
    return correction(reading, "event", "add", value=value, who=who, note=note)


def _place(reading: Reading, words: str, nth: str) -> Span:
    """Where the words stand: at the place that was pointed at, else at the first that tells no event yet."""
    parts = words.split()
    if not parts:
        raise BadCorrection("give the words that tell of the event, as they stand in the article")
    if len(words) > _LONGEST:
        raise BadCorrection(f"the words are {len(words)} characters; {_LONGEST} at most, best the verb alone")
    pattern = r"\s+".join(map(re.escape, parts))
    places = [found.span() for found in re.finditer(pattern, reading.article.text)]
    if not places:
        raise BadCorrection("these words stand nowhere in the article; give them as they are in it")
    if nth.isascii() and nth.isdigit() and len(nth) < 6 and int(nth) < len(places):
        return places[int(nth)]
    free = (p for p in places if not any(e.start < p[1] and p[0] < e.end for e in reading.events))
    return next(free, places[0])
