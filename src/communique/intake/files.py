"""Opening what a path names: plain or gzipped, from disk or standard input, and what kind it is."""

from __future__ import annotations

import gzip
import io
import re
import sys
import zlib
from pathlib import PurePath
from typing import BinaryIO, cast

from communique.errors import InputError, NotText
from communique.intake.decoding import refuse_binary

__all__ = ["KINDS", "MAX_FILE", "STDIN", "kind_of", "open_input", "peek", "read_all", "suffix_of"]

STDIN = "<stdin>"
MAX_FILE = 32 * 1024 * 1024  # bytes of a file that holds one article
KINDS: dict[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
}
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|article|div|p|section|h1)\b",
    re.IGNORECASE | re.DOTALL,
)


def suffix_of(path: str) -> str:
    """The suffix that names the format, in lower case, '.gz' aside."""
    name = PurePath(path).name.lower()
    if name.endswith(".gz"):
        name = name[:-3]
    return PurePath(name).suffix


def open_input(path: str) -> BinaryIO:
    """A buffered stream of the file's bytes, unpacked; '-' is standard input.

    Raises:
        InputError: if it cannot be opened.
    """
    try:
        if path == "-":
            # Wrapped anew, so that closing our stream leaves the process's own open.
            raw: BinaryIO = io.BufferedReader(cast(io.RawIOBase, _Unclosed(sys.stdin.buffer)))
        else:
            raw = open(path, "rb")  # noqa: SIM115 - the caller closes it
    except OSError as error:
        raise InputError(f"cannot be opened: {_reason(error)}", path) from None
    try:
        if cast(io.BufferedReader, raw).peek(2)[:2] == b"\x1f\x8b":
            packed = gzip.GzipFile(fileobj=raw)
            packed.myfileobj = cast(io.FileIO, raw)  # closing the stream closes the file below it too
            return cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, packed), 65536))
    except OSError as error:
        raw.close()
        raise InputError(f"cannot be read: {_reason(error)}", path) from None
    return raw


def peek(stream: BinaryIO, where: str) -> bytes:
    """The first bytes (some 4 kB), left in the stream.

    Raises:
        NotText: if they are those of a binary format, or of a damaged gzip file.
    """
    try:
        head = cast(io.BufferedReader, stream).peek(4096)[:4096]
    except (OSError, EOFError, zlib.error) as error:
        raise damaged(error, where) from None
    refuse_binary(head, where)
    return head


def kind_of(path: str, head: bytes) -> str:
    """The reader a file needs: 'text', 'html', 'jsonl' or 'json'."""
    kind = KINDS.get(suffix_of(path)) if path != "-" else None
    if kind in {"html", "jsonl", "json"}:
        return kind
    # UTF-16 is ASCII to the eye without its zero bytes.
    bare = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _HTML.match(bare):
        return "html"
    if kind == "text":
        return "text"
    if re.match(rb"\s*(?:\{\s*\"|\{\s*\}|\[\s*\{)", bare):
        return "json" if bare.lstrip().startswith(b"[") or re.match(rb"\s*\{\s*\n", bare) else "jsonl"
    return "text"


def read_all(stream: BinaryIO, where: str, limit: int = MAX_FILE) -> bytes:
    """All bytes of a stream.

    Raises:
        InputError: if there are more than ``limit``, or the file is damaged.
    """
    try:
        data = stream.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise damaged(error, where) from None
    if len(data) > limit:
        raise InputError(
            f"is larger than {limit // 1024**2} MiB, the limit for such a file; "
            "give many articles as JSON lines or as one file each",
            where,
        )
    return data


def damaged(error: BaseException, where: str) -> InputError:
    """The fault that a failed read is."""
    if isinstance(error, EOFError):
        return NotText("is a gzip file that breaks off before its end; fetch or pack it anew", where)
    if isinstance(error, (gzip.BadGzipFile, zlib.error)):
        return NotText("is a damaged gzip file; fetch or pack it anew", where)
    return InputError(f"cannot be read: {_reason(error)}", where)


def _reason(error: BaseException) -> str:
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return said[:1].lower() + said[1:]


class _Unclosed(io.RawIOBase):
    """A stream that reads another and does not close it."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        reader = getattr(self._inner, "read1", self._inner.read)
        data = reader(len(view))
        view[: len(data)] = data
        return len(data)
