"""Which events a question is about: one set of filters for all questions, checked when it is made.

What is wrong with a filter is told in one sentence that lists the choices there were; so the command line, a
page and Python say the same.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from communique.errors import BadDate, BadQuestion

__all__ = [
    "HAPPENED",
    "QUADS",
    "STATUSES",
    "Filters",
    "chosen",
    "chosen_all",
    "first_day",
    "last_day",
    "word",
]

STATUSES = ("occurred", "ongoing", "planned", "hypothetical", "negated")
HAPPENED = ("occurred", "ongoing")
QUADS = {
    1: "verbal-cooperation",
    2: "material-cooperation",
    3: "verbal-conflict",
    4: "material-conflict",
}

_PART = re.compile(r"(\d{4})(?:-(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that an event must meet, all of them; of several values of one filter, any.

    A value that stands alone may be given without a list. A party is a country's code or name, which stands
    for all that is of the country, any part of the name of a person or organisation, or an actor's key
    (``person:jpn-fumio-kishida``, ``iso:JPN``, ``~its whole name``).

    Attributes:
        actor: who did it.
        recipient: to whom.
        between: two parties, either of which did it to the other.
        since: first day, or the first of a month (``2024-01``) or year.
        until: last day, or the last of a month or year.
        type: PLOVER's types, or those of the codebook that the store was coded with.
        mode: the finer kinds, such as ``visit``.
        status: of ``STATUSES``.
        quad: quad codes, 1 to 4, or their names, see ``QUADS``.
        country: where it happened, code or name.
        place: the same, as the name of a place or its number at GeoNames.
        min_confidence: 0 to 1.
        text: words that stand in the sentence of the event.
        historical: only events long before the article's time, or (False) none of them.

    Raises:
        BadQuestion: if a value is none that there is.
    """

    actor: Iterable[str] = ()
    recipient: Iterable[str] = ()
    between: Iterable[str] = ()
    since: date | str | None = None
    until: date | str | None = None
    type: Iterable[str] = ()
    mode: Iterable[str] = ()
    status: Iterable[str] = ()
    quad: Iterable[int | str] | int = ()
    country: Iterable[str] = ()
    min_confidence: float | None = None
    text: str | None = None
    historical: bool | None = None
    place: Iterable[str] = ()

    def __post_init__(self) -> None:
        from communique.store.questions.parties import country_code

        for name in ("actor", "recipient", "between", "type", "mode", "place"):
            self._put(name, tuple(word(v, name) for v in _several(getattr(self, name))))
        if len(self._values("between")) not in (0, 2):
            raise BadQuestion("between needs two parties, such as JPN and PRK")
        self._put("since", first_day(self.since, "since"))
        self._put("until", last_day(self.until, "until"))
        if isinstance(self.since, date) and isinstance(self.until, date) and self.since > self.until:
            raise BadQuestion(f"since ({self.since}) is after until ({self.until})")
        self._put("status", chosen_all(self.status, STATUSES, "status"))
        self._put("quad", tuple(_quad(v) for v in _several(self.quad)))
        self._put("country", tuple(country_code(v, "country") for v in _several(self.country)))
        self._put("min_confidence", _share(self.min_confidence))
        if self.text is not None:
            self._put("text", word(self.text, "text"))

    def _put(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)

    def _values(self, name: str) -> tuple[Any, ...]:
        values: tuple[Any, ...] = getattr(self, name)
        return values


def first_day(value: date | str | None, name: str) -> date | None:
    """The first day of a day, month or year.

    Args:
        value: a day, ``2024``, ``2024-01``, ``2024-01-15``, or a date as ``communique.intake.parse_date``
            reads it.
        name: of the filter, for the message.

    Raises:
        BadQuestion: if it is no date.
    """
    return _day(value, name, last=False)


def last_day(value: date | str | None, name: str) -> date | None:
    """The last day of a day, month or year, see ``first_day``."""
    return _day(value, name, last=True)


def chosen(value: str, choices: Collection[str], name: str) -> str:
    """The choice that a value is, in its own spelling.

    Raises:
        BadQuestion: if it is none; the choices are listed.
    """
    given = _folded(value)
    for choice in choices:
        if _folded(choice) == given:
            return choice
    near = get_close_matches(given, [_folded(c) for c in choices], n=1)
    hint = next((f"; did you mean {c}?" for c in choices if near and _folded(c) == near[0]), "")
    raise BadQuestion(f"there is no {name} {_shown(value)}, but {', '.join(choices)}{hint}")


def chosen_all(values: Iterable[str], choices: Collection[str], name: str) -> tuple[str, ...]:
    """Each of several values as ``chosen``."""
    return tuple(chosen(v, choices, name) for v in _several(values))


def word(value: Any, name: str) -> str:
    """A value that is text and not empty.

    Raises:
        BadQuestion: if it is not.
    """
    if not isinstance(value, str) or not value.strip():
        raise BadQuestion(f"{name} is empty; give a word or name")
    return value.strip()


def _several(values: Any) -> tuple[Any, ...]:
    if values is None:
        return ()
    return (values,) if isinstance(values, (str, int)) else tuple(values)


def _folded(value: Any) -> str:
    return re.sub(r"[\s_-]+", "-", str(value).strip()).lower()


def _shown(value: Any) -> str:
    text = str(value)
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def _day(value: date | str | None, name: str, last: bool) -> date | None:
    from communique.intake import parse_date

    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    part = _PART.fullmatch(str(value).strip())
    try:
        if part is None:
            return parse_date(str(value))
        year = int(part[1])
        month = int(part[2]) if part[2] else 12 if last else 1
        return date(year, month, monthrange(year, month)[1] if last else 1)
    except BadDate as error:
        raise BadQuestion(f"{name}: {error}") from None
    except ValueError:
        raise BadQuestion(
            f"{name}: {_shown(value)} is no date; write it as 2024, 2024-01 or 2024-01-15"
        ) from None


def _quad(value: int | str) -> int:
    if str(value).strip() in map(str, QUADS):
        return int(value)
    names = {name: code for code, name in QUADS.items()}
    choices = [*(f"{code} ({name})" for code, name in QUADS.items())]
    try:
        return names[chosen(str(value), names, "quad")]
    except BadQuestion:
        raise BadQuestion(f"there is no quad code {_shown(value)}, but {', '.join(choices)}") from None


def _share(value: float | None) -> float | None:
    if value is None:
        return None
    try:
        share = float(value)
    except (TypeError, ValueError):
        share = -1.0
    if not 0 <= share <= 1:
        raise BadQuestion(f"min_confidence is {_shown(value)}; it goes from 0 to 1")
    return share
