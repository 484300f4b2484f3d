"""What was found out of a few dozen articles goes into the store at once, or not at all.

A batch is one transaction: new articles with their readings and fingerprints, sources of copies, faults, and
the marks of files that are done. Whatever ends the program, the store holds whole batches only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from communique.article import Article
from communique.errors import InputError, StoreError
from communique.reading import Reading
from communique.store.screening import Known, Newcomer, keep_fingerprints

if TYPE_CHECKING:
    from communique.store import Store

__all__ = ["Copy", "Done", "Fault", "New", "Step", "Tally", "Writer", "utc_now"]


@dataclass(frozen=True, slots=True)
class New:
    """An article that was read."""

    place: str
    newcomer: Newcomer
    reading: Reading


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that is a copy of one stored, or to be stored before it."""

    place: str
    article: Article
    known: Known


@dataclass(frozen=True, slots=True)
class Fault:
    """What could not be read, and why."""

    place: str
    fault: InputError


@dataclass(frozen=True, slots=True)
class Done:
    """A file all of whose articles stand before this in the batches; ``began`` is when they began to come."""

    place: str
    mark: str
    articles: int
    faults: int
    began: datetime


Step = New | Copy | Fault | Done


@dataclass(slots=True)
class Tally:
    """What went into the store.

    Attributes:
        new: articles.
        same_text: copies with the same text.
        same_address: copies at the same address, with a few other words.
        near: near copies.
        fuller: new articles that took the place of a shorter copy; they count among ``new``.
        there: articles that the store had already from the very same place.
        faults: what could not be read, in order.
    """

    new: int = 0
    same_text: int = 0
    same_address: int = 0
    near: int = 0
    fuller: int = 0
    there: int = 0
    faults: list[InputError] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        for name in ("new", "same_text", "same_address", "near", "fuller", "there", "faults"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Writer:
    """Writes batches into a store.

    Attributes:
        tally: what was written; only what is safely in the store counts.
    """

    def __init__(self, store: Store) -> None:
        self.tally = Tally()
        self._store = store
        self._moved: dict[int, int] = {}  # article → the fuller one that took its place
        rows = store.connection.execute("SELECT DISTINCT place FROM faults").fetchall()
        self._faulty = {place for (place,) in rows}
        self._refused: list[str] = []  # places whose readings the store could not hold

    def write(self, steps: list[Step]) -> None:
        """Write steps in order, and take them out of the list.

        Raises:
            StoreError: if they cannot be written, such as ``DiskFull``; what is not written is still listed.
        """
        while steps:
            part = _first_part(steps)
            batch = _Batch(self._store, dict(self._moved), set(self._faulty), list(self._refused))
            with self._store.transaction():
                batch.write(part)
            del steps[: len(part)]
            self._moved, self._faulty, self._refused = batch.moved, batch.faulty, batch.refused
            self.tally.add(batch.tally)


def utc_now() -> datetime:
    """The time, as the store has it: UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def _first_part(steps: list[Step]) -> list[Step]:
    """Up to a fuller version: what it takes the place of must be in the tables, not on its way there."""
    for i, step in enumerate(steps):
        if i and isinstance(step, New) and step.newcomer.shorter is not None:
            return steps[:i]
    return list(steps)


class _Batch:
    """One transaction."""

    def __init__(self, store: Store, moved: dict[int, int], faulty: set[str], refused: list[str]) -> None:
        self.tally = Tally()
        self.moved = moved
        self.faulty = faulty
        self.refused = refused
        self._store = store
        self._now = utc_now()
        self._places: dict[str, int] = {}  # written by this batch, and perhaps not in the table yet
        self._new: list[Newcomer] = []

    def write(self, steps: list[Step]) -> None:
        for step in steps:
            if isinstance(step, Done):
                refused = sum(p == step.place or p.startswith(f"{step.place},") for p in self.refused)
                self._run(
                    "INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?)",
                    *(step.place, step.mark, step.articles - refused, step.faults + refused, self._now),
                )
                # What was wrong with the file before it was changed, and is not now.
                self._run(
                    "DELETE FROM faults WHERE seen < ? AND (place = ? OR starts_with(place, ? || ':') "
                    "OR starts_with(place, ? || ','))",
                    *(step.began, step.place, step.place, step.place),
                )
                continue
            if step.place in self.faulty:
                self._run("DELETE FROM faults WHERE place = ?", step.place)
                self.faulty.discard(step.place)
            if isinstance(step, New):
                self._add(step)
            elif isinstance(step, Copy):
                self._add_source(step)
            else:
                self._add_fault(step.place, step.fault)
        keep_fingerprints(self._store, self._new)

    def _run(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._store.connection.execute(sql, list(values)).fetchall()
        return rows

    def _add(self, step: New) -> None:
        newcomer = step.newcomer
        place = self._free_place(step.place, None) or step.place
        try:
            newcomer.number = self._store.add(step.reading, place=place)
        except StoreError as error:
            if type(error) is not StoreError:
                raise
            # This reading cannot be held; the others can.
            self._refuse(step.place, str(error))
            return
        self._places[place] = newcomer.number
        self._new.append(newcomer)
        self.tally.new += 1
        if newcomer.shorter is not None:
            self._take_place(newcomer.number, *newcomer.shorter)

    def _add_fault(self, place: str, fault: InputError) -> None:
        self._run("INSERT INTO faults VALUES (?, ?, ?)", place, fault.message, self._now)
        self.faulty.add(place)
        self.tally.faults.append(fault)

    def _refuse(self, place: str, why: str) -> None:
        self._add_fault(place, InputError(why, place))
        self.refused.append(place)

    def _add_source(self, step: Copy) -> None:
        if isinstance(step.known.of, Newcomer) and step.known.of.number is None:
            self._refuse(step.place, "is a copy of what could not be stored")
            return
        number = self._number(step.known.of)
        place = self._free_place(step.place, number)
        if place is None:
            self.tally.there += 1
            return
        article = step.article
        self._store.add_source(
            number,
            place=place,
            likeness=step.known.likeness,
            url=article.url,
            publisher=article.publisher,
            title=article.title,
            published=article.published,
            shared=step.known.shared,
        )
        self._places[place] = number
        self.tally.same_text += step.known.likeness == "same text"
        self.tally.same_address += step.known.likeness == "same address"
        self.tally.near += step.known.likeness == "near copy"

    def _number(self, of: int | Newcomer) -> int:
        number = of if isinstance(of, int) else of.number
        assert number is not None, "a copy stands after what it is a copy of"
        while number in self.moved:
            number = self.moved[number]
        return number

    def _free_place(self, place: str, number: int | None) -> str | None:
        """The place, or the next version of it where another article was found there before; None where
        this very article was."""
        version, free = 1, place
        while (holder := self._holder(free)) is not None:
            if holder == number:
                return None
            version += 1
            free = f"{place}, version {version}"
        return free

    def _holder(self, place: str) -> int | None:
        if place in self._places:
            return self._number(self._places[place])
        rows = self._run("SELECT article FROM sources WHERE place = ?", place)
        return rows[0][0] if rows else None

    def _take_place(self, number: int, of: int | Newcomer, shared: float) -> None:
        """The fuller article stands for the shorter one from now on: it has its sources."""
        shorter = of if isinstance(of, int) else of.number
        if shorter is None or shorter in self.moved:
            # Another fuller one did so first, and need not be like this one.
            return
        self._run(
            "UPDATE sources SET article = ?, shared = coalesce(shared, ?), "
            "likeness = CASE likeness WHEN 'first' THEN 'near copy' ELSE likeness END WHERE article = ?",
            *(number, shared, shorter),
        )
        for table, column in self._run(
            "SELECT table_name, column_name FROM duckdb_columns() "
            "WHERE table_name IN (SELECT table_name FROM duckdb_tables()) AND table_name <> 'sources' "
            "AND column_name IN ('article', 'article_a', 'article_b') ORDER BY ALL"
        ):
            self._run(f"DELETE FROM {table} WHERE {column} = ?", shorter)
        self.moved[shorter] = number
        self.tally.fuller += 1
