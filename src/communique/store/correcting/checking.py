"""Making a correction: what a person gives is checked against article and ontology, and brought into form.

Every fault is a ``BadCorrection`` in one sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from communique.errors import BadCorrection
from communique.reading import Claim, Event, Reading
from communique.store.correcting.anchors import SIDES, target_of
from communique.store.correcting.correction import KINDS, Correction, Target
from communique.store.correcting.prose import line, prose, shown
from communique.store.correcting.values import Room, value_of
from communique.store.rows import text_hash, writable

__all__ = ["LONGEST_NAME", "LONGEST_NOTE", "check", "correction", "undoing"]

LONGEST_NAME = 100  # characters of who
LONGEST_NOTE = 2000


def correction(
    reading: Reading,
    kind: str,
    verdict: str,
    *,
    who: str,
    of: str | None = None,
    party: str | None = None,
    value: Any = None,
    note: str = "",
    when: datetime | None = None,
    types: Mapping[str, tuple[int, float]] | None = None,
) -> Correction:
    """A correction of a thing in a reading, checked.

        correction(reading, "status", "mend", of="e3", value="planned", who="Ada")
        correction(reading, "actor", "mend", of="e3", party="n2", value="n5", who="Ada")
        correction(reading, "event", "reject", of="e3", who="Ada", note="a plan of last year")

    Args:
        reading: of the article, as the machine made it or as it was mended.
        kind: of ``KINDS``.
        verdict: one of those that the kind has.
        who: the person; a name of at most 100 characters.
        of: id of the event or claim, or, for the kind 'party', of the entity; None to add an event or claim.
        party: id of the entity, to confirm, reject or mend an actor or recipient.
        value: what should stand there, to mend or add; see ``docs/corrections.md`` for each kind.
        note: why; at most 2000 characters.
        when: UTC; now if it is None.
        types: event types beyond PLOVER's, such as those of a codebook, with quad code and intensity. Those
            that the reading itself has are known.

    Raises:
        BadCorrection: if there is no such thing, or the value is none that it could have.
    """
    choices = KINDS.get(kind)
    if choices is None or kind == "undo":
        raise BadCorrection(
            f"there is no kind {shown(kind)}, but {', '.join(k for k in KINDS if k != 'undo')}"
        )
    if verdict not in choices:
        raise BadCorrection(f"of {_named(kind)} one can say {', '.join(choices)}, not {shown(verdict)}")
    adds_whole = verdict == "add" and kind in ("event", "claim")
    if adds_whole != (of is None):
        raise BadCorrection(
            f"a new {kind} is of nothing that is there; leave out its id"
            if adds_whole
            else "say of what: give its id"
        )
    target = Target() if of is None else target_of(reading, kind, of, party)
    if kind in SIDES and (party is None) != (verdict == "add"):
        raise BadCorrection(
            f"a new {kind} takes the place of nobody; leave out the party"
            if verdict == "add"
            else f"say which {kind}: give the id of the party"
        )
    if verdict in ("mend", "add"):
        things: list[Event | Claim] = [*reading.events, *reading.claims]
        about = next((x for x in things if x.id == of), None)
        value = value_of(Room(reading, types or {}, about), kind, value)
    elif value is not None:
        raise BadCorrection(f"to {verdict} needs no value; to give another, mend it")
    if adds_whole:
        target = _of_value(reading, kind, value)
    return Correction(
        hash=text_hash(reading.article.text),
        kind=kind,
        verdict=verdict,
        target=target,
        value=value,
        who=line(who, "who", LONGEST_NAME),
        when=_utc(when),
        note=prose(note, "the note", LONGEST_NOTE),
        article=_article(reading),
    )


def undoing(undone: Correction, who: str, note: str = "", when: datetime | None = None) -> Correction:
    """The correction that takes another one back.

    Raises:
        BadCorrection: if it is an undoing itself, or ``who`` is no name.
    """
    if undone.kind == "undo":
        raise BadCorrection(f"{undone.id} takes a correction back; make that correction again instead")
    return Correction(
        hash=undone.hash,
        kind="undo",
        verdict="undo",
        target=Target(),
        value=None,
        who=line(who, "who", LONGEST_NAME),
        when=_utc(when),
        note=prose(note, "the note", LONGEST_NOTE),
        article=undone.article,
        undoes=undone.id,
    )


def check(one: Correction, reading: Reading | None = None) -> None:
    """Check a correction that was made elsewhere.

    Args:
        one: the correction.
        reading: of its article, where that is at hand; without it only the form can be checked.

    Raises:
        BadCorrection: if it is none that ``correction`` could have made.
    """
    line(one.who, "who", LONGEST_NAME)
    prose(one.note, "the note", LONGEST_NOTE)
    if one.kind == "undo":
        return
    wanted = one.verdict in ("mend", "add")
    if wanted != (one.value is not None):
        raise BadCorrection(f"{one.id} {'lacks a value' if wanted else 'has a value, but mends nothing'}")
    if wanted and value_of(Room(reading, {}, foreign=True), one.kind, one.value) != one.value:
        raise BadCorrection(f"{one.id}: the value is not in the form of its kind")
    if reading is not None:
        _check_words(one, reading)
    if not one.target.spans and one.kind != "party":
        raise BadCorrection(f"{one.id} stands nowhere: it has no spans")


def _check_words(one: Correction, reading: Reading) -> None:
    text = reading.article.text
    if any(end > len(text) for _, end in one.target.spans):
        raise BadCorrection(f"{one.id} has spans beyond the end of the article")
    if one.target.spans and reading.evidence(one.target.spans[0]) != one.target.words:
        raise BadCorrection(f"{one.id}: the article has other words at {one.target.spans[0][0]}")


def _of_value(reading: Reading, kind: str, value: dict[str, Any]) -> Target:
    """What is added is known by its own words."""
    if kind == "event":
        span = (value["start"], value["end"])
        return Target((span,), value["type"], reading.evidence(span), {})
    spans = tuple((a, b) for a, b in (value["cue"] or value["content"]))
    said = {"cue": value["cue"], "content": value["content"]}
    return Target(spans, value["act"], reading.evidence(spans[0]), said)


def _named(kind: str) -> str:
    return f"{'an' if kind[0] in 'ae' else 'a'} {kind}"


def _article(reading: Reading) -> dict[str, Any]:
    article = reading.article
    day = article.published
    known = {"id": article.id, "title": article.title, "publisher": article.publisher, "url": article.url}
    return {
        **{k: None if v is None else writable(v) for k, v in known.items()},
        "published": day.isoformat() if day else None,
    }


def _utc(when: datetime | None) -> str:
    if when is None:
        when = datetime.now(UTC)
    elif when.tzinfo is not None:
        when = when.astimezone(UTC)
    return when.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
