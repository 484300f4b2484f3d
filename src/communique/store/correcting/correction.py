"""A correction: what somebody says of one thing that was read in an article, and its form as JSON."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from communique.errors import BadCorrection
from communique.reading import Span

__all__ = ["FORMAT", "KINDS", "VERDICTS", "Correction", "Target", "live"]

FORMAT = "communique-correction/1"
# What can be said of each kind of thing.
KINDS: dict[str, tuple[str, ...]] = {
    "event": ("confirm", "reject", "add"),
    "type": ("confirm", "mend"),
    "status": ("confirm", "mend"),
    "time": ("confirm", "reject", "mend"),
    "actor": ("confirm", "reject", "mend", "add"),
    "recipient": ("confirm", "reject", "mend", "add"),
    "party": ("confirm", "mend"),
    "claim": ("confirm", "reject", "add"),
    "source": ("confirm", "reject", "mend"),
    "act": ("confirm", "mend"),
    "undo": ("undo",),
}
VERDICTS = ("confirm", "reject", "mend", "add", "undo")

_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
_HASH = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Target:
    """What is corrected: where it stands and what the machine said, so that it is found in a newer reading.

    Attributes:
        spans: of an event its trigger, of a claim its cue (else its content), of a party its mentions.
        type: of the event, or the act of the claim; None of a party.
        words: at the first span.
        said: what the machine said of it, as plain JSON; empty for what was added.
    """

    spans: tuple[Span, ...] = ()
    type: str | None = None
    words: str = ""
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Correction:
    """One thing that somebody says of a reading; made by ``corrections.correction``, never changed.

    Attributes:
        hash: of the article's text, as ``text_hash`` gives it.
        kind: of ``KINDS``.
        verdict: one of those that its kind can have.
        target: what it is said of.
        value: what should stand there, by kind (``docs/corrections.md``); None to confirm and reject.
        who: a name, as the person gives it.
        when: UTC, ISO 8601 with a Z, such as ``2024-02-15T09:30:00.123456Z``.
        note: why, in words of the person's own; may be empty.
        article: ``id``, ``title``, ``publisher``, ``published`` and ``url``, for whom has not the article.
        undoes: the id of the correction that this one takes back, else None.
    """

    hash: str
    kind: str
    verdict: str
    target: Target
    value: Any
    who: str
    when: str
    note: str = ""
    article: dict[str, Any] = field(default_factory=dict)
    undoes: str | None = None

    @cached_property
    def id(self) -> str:
        """24 hexadecimal digits of a hash of all the rest: the same correction has one id on all machines."""
        return hashlib.sha256(_canonical(self._fields()).encode("utf-8")).hexdigest()[:24]

    def to_dict(self) -> dict[str, Any]:
        """As plain lists and dicts."""
        return {"format": FORMAT, "id": self.id, **self._fields()}

    def to_json(self) -> str:
        """As a line of JSON; the same correction gives the same bytes."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @classmethod
    def from_dict(cls, row: Any) -> Correction:
        """A correction from what ``to_dict`` gave.

        Raises:
            BadCorrection: if it is not of the format, or was altered after it got its id.
        """
        if not isinstance(row, dict) or row.get("format") != FORMAT:
            raise BadCorrection(f"this is no correction: its format is not {FORMAT!r}")
        try:
            target = row["target"]
            made = cls(
                hash=_checked(row["hash"], _HASH, "hash"),
                kind=row["kind"],
                verdict=row["verdict"],
                target=Target(
                    tuple(_span(s) for s in target["spans"]),
                    _text(target["type"], True),
                    str(_text(target["words"])),
                    dict(target["said"]),
                ),
                value=row["value"],
                who=str(_text(row["who"])),
                when=_checked(row["when"], _WHEN, "when"),
                note=str(_text(row["note"])),
                article=dict(row["article"]),
                undoes=_text(row["undoes"], True),
            )
        except (KeyError, TypeError, ValueError) as error:
            what = f"lacks {error.args[0]!r}" if isinstance(error, KeyError) else str(error)
            raise BadCorrection(f"this is no correction of {FORMAT!r}: it {what}") from None
        kinds = KINDS.get(made.kind, ()) if isinstance(made.kind, str) else ()
        if made.verdict not in kinds:
            raise BadCorrection(
                f"there is no correction {str(made.verdict)[:40]!r} of {str(made.kind)[:40]!r}"
            )
        if (made.kind == "undo") != (made.undoes is not None):
            raise BadCorrection("only an undo says what it undoes, and every undo does")
        try:
            own = made.id
        except ValueError:
            raise BadCorrection(
                "this is no correction: it has half characters, or numbers that are none"
            ) from None
        if row.get("id", own) != own:
            raise BadCorrection(
                f"the correction {str(row['id'])[:40]!r} was altered after it was made; "
                "make a new one, or leave out its id"
            )
        return made

    def _fields(self) -> dict[str, Any]:
        target = self.target
        return {
            "hash": self.hash,
            "kind": self.kind,
            "verdict": self.verdict,
            "target": {
                "spans": [list(s) for s in target.spans],
                "type": target.type,
                "words": target.words,
                "said": target.said,
            },
            "value": self.value,
            "who": self.who,
            "when": self.when,
            "note": self.note,
            "article": self.article,
            "undoes": self.undoes,
        }


def live(corrections: Iterable[Correction]) -> list[Correction]:
    """Those that hold, the oldest first: without what was undone, and without the undoings."""
    known = list(corrections)
    undone = {c.undoes for c in known if c.undoes}
    return sorted((c for c in known if c.kind != "undo" and c.id not in undone), key=lambda c: (c.when, c.id))


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _checked(value: Any, pattern: re.Pattern[str], name: str) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError(f"has no {name} that is one: {str(value)[:40]!r}")
    return value


def _text(value: Any, optional: bool = False) -> str | None:
    if value is None and optional:
        return None
    if not isinstance(value, str):
        raise TypeError(f"has {str(value)[:40]!r} where text is expected")
    return value


def _span(value: Any) -> Span:
    start, end = value
    if not (type(start) is int and type(end) is int and 0 <= start < end):
        raise ValueError(f"has {str(value)[:40]!r} where a span [start, end] is expected")
    return start, end
