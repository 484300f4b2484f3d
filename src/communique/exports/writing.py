"""Every format by its name, and how readings become its text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import Protocol

from communique.errors import InputError
from communique.exports.cells import line
from communique.exports.citron import as_citron
from communique.exports.evidence import HEADER, evidence
from communique.exports.rows import Row, Selection, Tally, Telling, tellings
from communique.exports.sources import Sourced

__all__ = ["FORMATS", "TABLES", "WITH_EVIDENCE", "Writer", "writer"]

TABLES = ("polecat", "gdelt-events", "gdelt-mentions", "icews", "acled-like")
# Mentions have no evidence of their own: that of the events, by the same numbers, is theirs.
WITH_EVIDENCE = ("polecat", "gdelt-events", "icews", "acled-like")
FORMATS = (*TABLES[:1], "plover-jsonl", *TABLES[1:], "citron-json", "ftm-json", "parquet")


class Table(Protocol):
    """A format made of rows."""

    @property
    def encoding(self) -> str:
        """Of the file."""

    @property
    def header(self) -> list[str] | None:
        """Names of the columns, if the file begins with them."""

    def rows(self, telling: Telling, tally: Tally) -> Iterator[Row]:
        """The rows of an event."""


class Writer:
    """Turns readings into the text of a format: ``start``, then ``add`` for each reading, then ``end``.

    Attributes:
        encoding: of the file.
        tally: what was written and left out so far.
        evidence: lines of the sidecar that came since it was last emptied; without evidence it stays empty.
    """

    encoding = "utf-8"

    def __init__(self, selection: Selection | None = None) -> None:
        self.selection = selection or Selection()
        self.tally = Tally()
        self.evidence: list[str] = []

    def start(self) -> str:
        """What stands before all readings."""
        return ""

    def add(self, sourced: Sourced) -> str:
        """The text of a reading."""
        raise NotImplementedError

    def end(self) -> str:
        """What stands after all readings."""
        return ""

    def texts(self, readings: Iterable[Sourced | InputError], faults: list[InputError]) -> Iterator[str]:
        """The whole text, piece by piece.

        Args:
            readings: readings, and errors in the place of those that could not be read.
            faults: takes the errors.
        """
        given = iter(readings)
        # The first is awaited, so that nothing is written where a store cannot be opened.
        first = list(islice(given, 1))
        yield self.start()
        for one in chain(first, given):
            if isinstance(one, InputError):
                faults.append(one)
                yield ""
            else:
                yield self.add(one)
        yield self.end()

    def _told(self, sourced: Sourced) -> Iterator[Telling]:
        return tellings(sourced.reading, self.selection, self.tally, sourced.origins, sourced.coded)


class _TableWriter(Writer):
    def __init__(self, name: str, table: Table, selection: Selection | None) -> None:
        super().__init__(selection)
        self._proven = name in WITH_EVIDENCE
        self.table = table
        self.encoding = table.encoding
        self._line = _csv_line if name == "acled-like" else line

    def start(self) -> str:
        if self._proven:
            self.evidence.append(line(HEADER))
        return self._line(self.table.header) if self.table.header else ""

    def add(self, sourced: Sourced) -> str:
        out = []
        for telling in self._told(sourced):
            for row in self.table.rows(telling, self.tally):
                out.append(self._line(row.cells))
                if self._proven:
                    self.evidence.append(line(evidence(row)))
        self.tally.written += len(out)
        return "".join(out)


class _PloverWriter(Writer):
    def add(self, sourced: Sourced) -> str:
        from communique.exports.plover_jsonl import plover_line

        out = [plover_line(telling) for telling in self._told(sourced)]
        self.tally.written += len(out)
        return "".join(out)


class _CitronWriter(Writer):
    def add(self, sourced: Sourced) -> str:
        self.tally.written += 1
        return as_citron(sourced.reading)


class _FtmWriter(Writer):
    def __init__(self, selection: Selection | None = None) -> None:
        from communique.exports.ftm import FtmJson

        super().__init__(selection)
        self._ftm = FtmJson()

    def add(self, sourced: Sourced) -> str:
        out = list(self._ftm.lines(sourced.reading, list(self._told(sourced))))
        self.tally.written += len(out)
        return "".join(out)

    def end(self) -> str:
        out = list(self._ftm.end())
        self.tally.written += len(out)
        return "".join(out)


def writer(name: str, selection: Selection | None = None, *, intensity_name: str = "Intensity") -> Writer:
    """The writer of a format of text.

    Args:
        name: one of ``FORMATS`` but 'parquet', which is written by ``parquet.write_parquet``.
        selection: which events are told; citron-json, which has claims, pays no heed to it.
        intensity_name: polecat's name of its column of intensity.

    Raises:
        KeyError: for a format that there is not.
    """
    from communique.exports.acled_like import AcledLike
    from communique.exports.gdelt import GdeltEvents, GdeltMentions
    from communique.exports.icews import Icews
    from communique.exports.polecat import Polecat

    tables: dict[str, Callable[[], Table]] = {
        "polecat": partial(Polecat, intensity_name),
        "gdelt-events": GdeltEvents,
        "gdelt-mentions": GdeltMentions,
        "icews": Icews,
        "acled-like": AcledLike,
    }
    if name in tables:
        return _TableWriter(name, tables[name](), selection)
    others: dict[str, Callable[[Selection | None], Writer]] = {
        "plover-jsonl": _PloverWriter,
        "citron-json": _CitronWriter,
        "ftm-json": _FtmWriter,
    }
    if name not in others:
        raise KeyError(f"no format {name!r}; choices: {', '.join(FORMATS)}")
    return others[name](selection)


def _csv_line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
