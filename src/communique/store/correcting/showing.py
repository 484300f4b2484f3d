"""Rows of events, claims and disputes as people corrected them.

Questions are asked of the store, which holds what the machine read, and so do their filters and counts; here
the rows that were found are mended, from the readings of the articles that somebody corrected.

    found = events(store, actor="JPN")
    look = looking(store, Corrections.beside("news.duckdb"), found.rows)
    rows = event_rows(found.rows, look)  # with a column ``corrected``
    answer = as_corrected(store, found, event_rows)  # and without what was rejected
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from communique.reading import Claim, Dispute, Event, Reading, Span
from communique.store.correcting.mending import apply
from communique.store.failing import told

if TYPE_CHECKING:
    from communique.store.corrections import Corrections
    from communique.store.questions import Answer
    from communique.store.store import Store

__all__ = [
    "COLUMN",
    "REJECTED",
    "Both",
    "Look",
    "articles_of",
    "as_corrected",
    "both_of",
    "claim_rows",
    "corrected_articles",
    "dispute_rows",
    "event_rows",
    "is_rejected",
    "kept",
    "looking",
]

REJECTED = "rejected"  # stands alone in the column ``corrected``
COLUMN = {"corrected": "VARCHAR[]"}  # its type in an answer
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Both:
    """An article as the machine read it, and as people mended it."""

    machine: Reading
    mended: Reading


Look = Callable[[int], Both | None]  # the article of a number; None where nobody corrected it


def corrected_articles(store: Store, corrections: Corrections) -> frozenset[int]:
    """The numbers of the articles of a store of which corrections hold.

    Raises:
        StoreError: if the store or the corrections cannot be read.
    """
    hashes = list(corrections.counts())
    if not hashes:
        return frozenset()
    with told(store.path):
        rows = store.connection.execute(
            "SELECT article FROM articles WHERE hash IN (SELECT unnest($hashes))", {"hashes": hashes}
        ).fetchall()
    return frozenset(number for (number,) in rows)


def both_of(store: Store, corrections: Corrections, numbers: Iterable[int]) -> dict[int, Both]:
    """Articles of some numbers as they were read and as they were mended, by number.

    Raises:
        StoreError: if the store or the corrections cannot be read.
    """
    return {
        number: Both(machine, apply(machine, corrections.of(machine)))
        for number, machine in store.readings_of(numbers)
    }


def articles_of(rows: Iterable[Row]) -> frozenset[int]:
    """The numbers of the articles that rows of events, claims or disputes are of."""
    return frozenset(
        row[name] for row in rows for name in ("article", "article_a", "article_b") if name in row
    )


def looking(store: Store, corrections: Corrections, rows: Iterable[Row]) -> Look:
    """What finds the corrected articles of some rows."""
    some = corrected_articles(store, corrections)
    return both_of(store, corrections, some & articles_of(rows) if some else ()).get


def as_corrected(store: Store, answer: Answer, mend: Callable[[Iterable[Row], Look], list[Row]]) -> Answer:
    """An answer as people corrected it, without the rows that they rejected.

    Args:
        store: that was asked; the corrections are beside it.
        answer: with all its columns.
        mend: ``event_rows``, ``claim_rows`` or ``dispute_rows``.

    Returns:
        It has the column ``corrected``, and fewer in ``total`` by the rows that are left out here.

    Raises:
        StoreError: if the corrections cannot be read.
    """
    from communique.store.corrections import Corrections

    look = looking(store, Corrections.beside(store.path, create=False), answer.rows)
    rows = kept(mend(answer.rows, look))
    total = None if answer.total is None else answer.total - len(answer.rows) + len(rows)
    return replace(answer, rows=rows, columns={**answer.columns, **COLUMN}, total=total)


def event_rows(rows: Iterable[Row], look: Look) -> list[Row]:
    """Rows with ``article`` and ``event`` (its number) as people corrected them.

    Args:
        rows: of ``questions.events``, ``timeline`` or ``telling``; they are not changed.
        look: finds their articles.

    Returns:
        As many rows, with ``corrected``: the names of the columns that a correction changed, in which the row
        has what the correction says; or ``REJECTED`` alone, of an event that was found to be none, whose row
        is as the machine has it.
    """
    return [_mended(row, look, "e", "event", _event_values) for row in rows]


def claim_rows(rows: Iterable[Row], look: Look) -> list[Row]:
    """Rows with ``article`` and ``claim`` as people corrected them; else as ``event_rows``.

    Args:
        rows: of ``questions.said``.
        look: finds their articles.
    """
    return [_mended(row, look, "c", "claim", _claim_values) for row in rows]


def dispute_rows(rows: Iterable[Row], look: Look) -> list[Row]:
    """Rows of ``questions.disputes`` as people corrected them: ``said_by_a`` and ``said_by_b`` are mended,
    and a dispute that rests on what was rejected is rejected; else as ``event_rows``."""
    return [_mended_dispute(row, look) for row in rows]


def kept(rows: Iterable[Row]) -> list[Row]:
    """Mended rows without those that were rejected, all with the column ``corrected``."""
    return [{**row, "corrected": row.get("corrected", [])} for row in rows if not is_rejected(row)]


def is_rejected(row: Mapping[str, Any]) -> bool:
    """Whether people found that what a row tells is not told."""
    return REJECTED in row.get("corrected", ())


def _mended(
    row: Row, look: Look, letter: str, kind: str, values: Callable[[Reading, Any], dict[str, Any]]
) -> Row:
    both = look(row["article"])
    if both is None or both.mended is both.machine:
        return {**row, "corrected": []}
    of = f"{letter}{row[kind]}"
    machine, mended = (_one(reading, kind, of) for reading in (both.machine, both.mended))
    if machine is None:
        return {**row, "corrected": []}
    if mended is None:
        return {**row, "corrected": [REJECTED]}
    was, now = values(both.machine, machine), values(both.mended, mended)
    # The tellings of a happening name its source alone, not a list.
    changed = {
        name: value
        for name, value in now.items()
        if name in row and value != was[name] and isinstance(row[name], list) == isinstance(value, list)
    }
    return {**row, **changed, "corrected": list(changed)}


def _one(reading: Reading, kind: str, of: str) -> Any:
    things: Sequence[Event | Claim] = reading.events if kind == "event" else reading.claims
    return next((t for t in things if t.id == of), None)


def _event_values(reading: Reading, event: Event) -> dict[str, Any]:
    """What the columns of an event are made of that a correction can change."""
    first, last = _days(reading, event.time)
    published = reading.article.published
    return {
        "day": first or published,
        "day_from": "text" if first else "published" if published else None,
        "from_day": first,
        "to_day": last,
        "actors": [e.name for n in event.actors if (e := reading.entity(n))],
        "type": event.type,
        "mode": event.mode,
        "recipients": [e.name for n in event.recipients if (e := reading.entity(n))],
        "status": event.status,
        "historical": event.historical,
        "quad_code": event.quad_code,
        "intensity": event.intensity,
        "confidence": event.confidence,
        "said_by": _voices(reading, event.claim),
    }


def _days(reading: Reading, time: str | None) -> tuple[date | None, date | None]:
    found = next((t for t in reading.times if t.id == time), None)
    ends = (found.start_day, found.end_day) if found else (None, None)
    first, last = (date.fromisoformat(day) if day else None for day in ends)
    return first, last


def _claim_values(reading: Reading, claim: Claim) -> dict[str, Any]:
    entity = reading.entity(claim.source.entity)
    return {
        "who": _speaker(reading, claim),
        "country": entity.country if entity else None,
        "role": entity.role if entity else None,
        "kb": entity.kb if entity else None,
        "anonymous": claim.source.anonymous,
        "act": claim.act,
        "certainty": claim.certainty,
        "told_by": _voices(reading, claim.within),
    }


def _speaker(reading: Reading, claim: Claim) -> str | None:
    """Who makes a claim, as ``chains.speaker`` has it."""
    entity = reading.entity(claim.source.entity)
    words = reading.evidence(claim.source.spans[0]) if claim.source.spans else ""
    return (entity.name if entity else words) or ("anonymous" if claim.source.anonymous else None)


def _voices(reading: Reading, claim: str | None) -> list[str | None]:
    """Whose word it is, from the inside out; who is not known is left out but at the first place."""
    names = [_speaker(reading, c) for c in reversed(reading.chain(claim))]
    return [name for depth, name in enumerate(names) if name is not None or not depth]


def _mended_dispute(row: Row, look: Look) -> Row:
    sides = {side: look(row[f"article_{side}"]) for side in "ab"}
    spans = {side: (row[f"start_{side}"], row[f"stop_{side}"]) for side in "ab"}
    within = sides["a"] if row["happening"] is None else None
    if within is not None:
        machine = _dispute(within.machine, row["kind"], spans.values())
        if machine is not None and all(d.id != machine.id for d in within.mended.disputes):
            return {**row, "corrected": [REJECTED]}
    changed = {}
    for side, both in sides.items():
        name = f"said_by_{side}"
        now = row[name] if both is None else _said_now(both, spans[side], row[name])
        if now is None:
            return {**row, "corrected": [REJECTED]}
        if now != row[name]:
            changed[name] = now
    return {**row, **changed, "corrected": list(changed)}


def _dispute(reading: Reading, kind: str, spans: Iterable[Span]) -> Dispute | None:
    wanted = set(spans)
    return next((d for d in reading.disputes if d.kind == kind and wanted <= {*map(tuple, d.spans)}), None)


def _said_now(both: Both, span: Span, voices: list[str | None]) -> list[str | None] | None:
    """Whose word a side of a dispute is after the mending, of which the store says that it is that of
    ``voices``; None where nobody says it any more."""
    for claim in both.machine.claims:
        here = any(start <= span[0] and span[1] <= stop for start, stop in claim.content)
        if here and _voices(both.machine, claim.id) == voices:
            return _voices(both.mended, claim.id) if _one(both.mended, "claim", claim.id) else None
    return voices
