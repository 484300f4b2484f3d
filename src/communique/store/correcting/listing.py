"""Corrections as rows of an answer: who said what of which event, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from communique.reading import Reading
from communique.store.correcting.correction import Correction
from communique.store.correcting.mending import placed

if TYPE_CHECKING:
    from communique.store.questions import Answer
    from communique.store.store import Store

__all__ = ["listed", "readings_of", "summary"]

_COLUMNS = {
    "id": "VARCHAR",
    "when": "VARCHAR",
    "who": "VARCHAR",
    "verdict": "VARCHAR",
    "kind": "VARCHAR",
    "article": "INTEGER",
    "of": "VARCHAR",
    "words": "VARCHAR",
    "was": "VARCHAR",
    "now": "VARCHAR",
    "state": "VARCHAR",
    "note": "VARCHAR",
    "title": "VARCHAR",
    "hash": "VARCHAR",
    "undone_by": "VARCHAR",
}


def listed(store: Store | None, corrections: Iterable[Correction], history: bool = False) -> Answer:
    """A row a correction, the latest first.

    Args:
        store: in which their articles are; None where there is none.
        corrections: all, with what was undone.
        history: also those that were undone.

    Returns:
        ``article`` is the number in the store, ``of`` the id of the event, claim or party there; ``was`` and
        ``now`` what the machine said and what should stand there, in short. ``state`` is that of ``Placed``,
        or 'gone' of an orphan that was rejected, or 'undone', or 'no article' where the store has not its
        text.

    Raises:
        StoreError: if the store cannot be read.
    """
    from communique.store.questions import Answer

    known = list(corrections)
    undone = {c.undoes: c.who for c in known if c.undoes}
    places: dict[str, tuple[str | None, str]] = {}
    numbers: dict[str, int] = {}
    for number, reading, said in readings_of(store, known):
        numbers[said[0].hash] = number
        places |= {p.correction.id: (p.of, p.state) for p in placed(reading, said)}
    rows = []
    for one in sorted(known, key=lambda c: (c.when, c.id), reverse=True):
        if one.kind == "undo" or (one.id in undone and not history):
            continue
        of, state = places.get(one.id, (None, "no article"))
        if state == "orphan" and one.verdict == "reject":
            # Somebody said that it is not so, and no more does the machine say that it is.
            state = "gone"
        was, now = summary(one)
        rows.append(
            {
                "id": one.id,
                "when": one.when,
                "who": one.who,
                "verdict": one.verdict,
                "kind": one.kind,
                "article": numbers.get(one.hash),
                "of": of,
                "words": one.target.words,
                "was": was,
                "now": now,
                "state": "undone" if one.id in undone else state,
                "note": one.note,
                "title": one.article.get("title"),
                "hash": one.hash,
                "undone_by": undone.get(one.id),
            }
        )
    return Answer(columns=dict(_COLUMNS), rows=rows, sql="", total=len(rows))


def readings_of(
    store: Store | None, corrections: Iterable[Correction]
) -> Iterator[tuple[int, Reading, list[Correction]]]:
    """The articles of corrections that a store has, with their number, reading and corrections, in order."""
    if store is None:
        return
    by_hash: dict[str, list[Correction]] = {}
    for one in corrections:
        by_hash.setdefault(one.hash, []).append(one)
    numbers = {n: h for h in by_hash if (n := store.known(h)) is not None}
    for number, reading in store.readings_of(numbers):
        yield number, reading, by_hash[numbers[number]]


def summary(one: Correction) -> tuple[str, str]:
    """What the machine said and what should stand there, in a few words each; '' for nothing."""
    said, tell = one.target.said, _TOLD[one.kind]
    if one.verdict == "add":
        return "", tell(one.value)
    if one.kind == "party":
        return tell({k: said.get(k) for k in one.value or ("name", "country")}), tell(one.value or said)
    named = {
        "time": said.get("time"),
        "source": said.get("source"),
        "act": one.target.type,
        **dict.fromkeys(("actor", "recipient"), said.get("party")),
    }.get(one.kind, said)
    was = tell(named)
    return was, "" if one.verdict == "reject" else was if one.value is None else tell(one.value)


def _named(row: dict[str, Any] | None) -> str:
    known = row or {}
    return str(known.get("name") or ("anonymous" if known.get("anonymous") else ""))


def _type(row: dict[str, Any]) -> str:
    return "/".join(str(row[k]) for k in ("type", "mode") if row.get(k))


def _status(row: dict[str, Any]) -> str:
    return f"{row.get('status') or ''}{', long ago' if row.get('historical') else ''}"


def _time(row: dict[str, Any] | None) -> str:
    return str((row or {}).get("value") or "")


def _flat(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _entity(row: dict[str, Any]) -> str:
    return ", ".join(f"{name} {_flat(value)}" for name, value in row.items() if value and name in _SHOWN)


_SHOWN = ("name", "kind", "country", "sectors", "role")
_TOLD: dict[str, Callable[[Any], str]] = {
    "event": _type,
    "type": _type,
    "status": _status,
    "time": _time,
    "actor": _named,
    "recipient": _named,
    "party": _entity,
    "claim": lambda row: str(row.get("act") or ""),
    "source": _named,
    "act": lambda act: str(act or ""),
}
