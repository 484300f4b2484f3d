"""CSV and TSV: one row, one article; the first row names the columns.

The file is read as a stream. A cell may run over many lines, so a quotation mark that is never closed
would draw the rest of the file into one cell: where that happens, the row is a fault and reading goes
on with the line after its first.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from communique.article import Article
from communique.errors import BadRow, EmptyInput, InputError
from communique.intake.columns import article_in, field_of, fields_of
from communique.intake.decoding import decode
from communique.intake.files import peek, read_all

__all__ = ["MAX_ROW", "count", "read"]

MAX_ROW = 16 * 1024 * 1024  # characters of one row
_DELIMITERS = (
    "\t,;|"  # a tab first: of a table of one column no delimiter can be seen, and texts hold the others
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def read(stream: BinaryIO, where: str, published: date | None = None) -> Iterator[Article | InputError]:
    """The articles of a table; a broken row is yielded as its fault, the others are read.

    Raises:
        EmptyInput: if it holds nothing.
        BadRow: if no column is one of text; the message lists the columns.
    """
    rows = 0
    fields, table = _opened(stream, where)
    for number, cells in table:
        rows += 1
        if isinstance(cells, InputError):
            yield cells
            continue
        try:
            yield article_in(cells, fields, f"{where}:{number}", published)
        except InputError as fault:
            yield fault
    if not rows:
        yield EmptyInput("has a row of column names and no other", where)


def count(stream: BinaryIO, where: str) -> int:
    """How many items ``read`` yields for the table, faults among them.

    Raises:
        InputError: as ``read``.
    """
    return sum(1 for _ in _opened(stream, where)[1]) or 1


_Rows = Iterator[tuple[int, "list[str] | InputError"]]


def _opened(stream: BinaryIO, where: str) -> tuple[dict[str, list[int]], _Rows]:
    """Our fields and their columns, and the rows below the first."""
    source = _Lines(stream, where)
    try:
        head = next((line for line in source if line.strip()), None)
    except _TooLong:
        raise source.too_long() from None
    if head is None:
        raise EmptyInput("is empty", where)
    source.back([head])
    table = _records(source, _delimiter(head))
    columns = next(table)[1]
    if isinstance(columns, InputError):
        raise columns
    return fields_of(columns, where), table


def _delimiter(head: str) -> str:
    """What parts the cells: with which the first row names most that we know, or else has most cells."""

    def known(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([head], delimiter=delimiter), [])
        return sum(field_of(cell) is not None for cell in cells), len(cells)

    return max(_DELIMITERS, key=known)


def _records(source: _Lines, delimiter: str) -> _Rows:
    """The rows that are not blank, each with the number of the line on which it begins."""
    csv.field_size_limit(2 * MAX_ROW)  # of the process: Python has no other way to say it
    reader = csv.reader(source, delimiter=delimiter)
    while True:
        source.begin()
        fault: InputError | None = None
        cells: list[str] = []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _TooLong:
            fault = source.too_long()
        except csv.Error as error:
            fault = BadRow(f"is no row of a table: {error}", source.place)
        except InputError as unreadable:
            fault = unreadable
        if fault is None and source.ended_inside:
            fault = BadRow("has a quotation mark that is never closed", source.place)
        if fault is not None:
            source.back(source.row[1:])
            reader = csv.reader(source, delimiter=delimiter)
            yield source.first, fault
        elif any(cell.strip() for cell in cells):
            yield source.first, cells


class _TooLong(Exception):
    """A row that has gone on for longer than any article."""


class _Lines(Iterator[str]):
    """The lines of a table as text, line ends kept, counted from 1; those of the row at hand are held."""

    def __init__(self, stream: BinaryIO, where: str) -> None:
        if peek(stream, where).startswith((b"\xff\xfe", b"\xfe\xff")):
            # UTF-16 cannot be cut into lines at a byte.
            text = decode(read_all(stream, where), where)
            stream = io.BytesIO(text.encode("utf-8", "surrogatepass"))
        self._stream = stream
        self._where = where
        self._waiting: list[str] = []  # the next one last
        self._number = 0  # of lines given out
        self._size = 0
        self.row: list[str] = []
        self.first = 1
        self.ended_inside = False

    @property
    def place(self) -> str:
        return f"{self._where}:{self.first}"

    def begin(self) -> None:
        """A new row begins with the next line."""
        self.first = self._number + 1
        self._size = 0
        self.row = []
        self.ended_inside = False

    def back(self, lines: list[str]) -> None:
        """Give lines back, to be read again."""
        self._waiting += reversed(lines)
        self._number -= len(lines)

    def too_long(self) -> BadRow:
        """The fault of the row at hand."""
        hint = "; is a quotation mark not closed?" if len(self.row) > 1 else ""
        return BadRow(f"is longer than {MAX_ROW // 1024**2} MiB, the limit for one row{hint}", self.place)

    def __next__(self) -> str:
        if not self._waiting:
            self._waiting = self._read()
        if not self._waiting:
            self.ended_inside = bool(self.row)
            raise StopIteration
        line = self._waiting.pop()
        self._number += 1
        self._size += len(line)
        self.row.append(line)
        if self._size > MAX_ROW:
            raise _TooLong
        return line

    def _read(self) -> list[str]:
        """The next line, which old ways of ending lines may make several."""
        data = self._stream.readline(MAX_ROW + 1)
        if len(data) > MAX_ROW:
            while data and not data.endswith(b"\n"):
                data = self._stream.readline(MAX_ROW)
            self._number += 1
            raise _TooLong
        try:
            text = data.decode("utf-8-sig" if not self._number else "utf-8")
        except UnicodeDecodeError:
            self._number += 1
            text = decode(data, f"{self._where}:{self._number}")
            self._number -= 1
        return _LINE.findall(text)[::-1]
