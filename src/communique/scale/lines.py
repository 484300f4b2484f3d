"""Some lines of a file of JSON lines, numbered as in the whole file; and how many lines it has."""

from __future__ import annotations

import hashlib
import io
import zlib
from typing import BinaryIO, cast

__all__ = ["Lines", "count_lines"]

_PIECE = 1024 * 1024  # bytes read at once


class Lines:
    """A stream of lines in which those outside a range are blank, so that the others keep their numbers.

    Args:
        stream: the whole file, at its beginning.
        first: the first line of the range, from 1.
        last: the last line of it; the stream ends there.
    """

    def __init__(self, stream: BinaryIO, first: int, last: int) -> None:
        self._stream = stream
        self._range = range(first, last + 1)
        self._number = 0  # of the line whose end was read last
        self._inside = False  # a line that was too long for one piece goes on

    def peek(self, size: int = 0) -> bytes:
        """The first bytes of the file, left in it."""
        return cast(io.BufferedReader, self._stream).peek(size)

    def readline(self, limit: int = -1) -> bytes:
        """The next line, or the next piece of it; empty after the last of the range."""
        if not self._inside:
            if self._number + 1 >= self._range.stop:
                return b""
            if self._number + 1 < self._range.start:
                return b"\n" if self._pass() else b""
        line = self._stream.readline(limit)
        self._inside = bool(line) and not line.endswith(b"\n")
        if not self._inside:
            self._number += 1
        return line

    def _pass(self) -> bool:
        """Leave a line behind; False at the end of the file."""
        line = self._stream.readline(_PIECE)
        found = bool(line)
        while line and not line.endswith(b"\n"):
            line = self._stream.readline(_PIECE)
        self._number += 1
        return found


def count_lines(path: str) -> tuple[str, int | None]:
    """SHA-256 of a file of JSON lines as it is on the disk, and how many lines it has.

    The number is None where it cannot be cut into lines: in UTF-16, or damaged.

    Raises:
        OSError: if it cannot be read.
    """
    from communique.errors import InputError
    from communique.intake.files import open_input, peek

    with open(path, "rb") as whole:
        hash = hashlib.file_digest(whole, "sha256").hexdigest()
    count = 0
    last = b"\n"
    try:
        with open_input(path) as stream:
            if peek(stream, path).startswith((b"\xff\xfe", b"\xfe\xff")):
                return hash, None
            while piece := stream.read(_PIECE):
                count += piece.count(b"\n")
                last = piece[-1:]
    except (InputError, OSError, EOFError, zlib.error):
        return hash, None
    return hash, count + (last != b"\n")
