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

__all__ = [
    "KINDS",
    "MAX_FILE",
    "STDIN",
    "is_address",
    "kind_of",
    "open_bytes",
    "open_input",
    "peek",
    "read_all",
    "suffix_of",
]

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
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".parquet": "parquet",
    ".pdf": "pdf",
    ".warc": "warc",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "xml",
}
# First bytes that name the format, whatever the file is called.
_SIGNED: dict[bytes, str] = {b"%PDF-": "pdf", b"PAR1": "parquet", b"WARC/": "warc"}
_ROOT = re.compile(
    rb"\s*(?:<\?xml.{0,200}?\?>\s*)?(?:<\?.{0,500}?\?>\s*|<!--.{0,2000}?-->\s*|<!doctype[^>\[]{0,300}>\s*)*"
    rb"<(?:[\w.-]{1,40}:)?(rss|feed|rdf|urlset|sitemapindex)\b",
    re.IGNORECASE | re.DOTALL,
)
_ROOTS = {b"urlset": "sitemap", b"sitemapindex": "sitemap"}
_BOMB_SIZE = 256 * 1024 * 1024  # unpacked bytes from which on the ratio is looked at
_BOMB_RATIO = 250  # text packs to a tenth, seldom to a hundredth; deflate can do a thousandth
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
        return _unpacked(raw)
    except OSError as error:
        raw.close()
        raise InputError(f"cannot be read: {_reason(error)}", path) from None


def open_bytes(data: bytes) -> BinaryIO:
    """A buffered stream of bytes that are in memory, unpacked, as ``open_input`` gives a file's."""
    return _unpacked(cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, io.BytesIO(data)))))


def _unpacked(raw: BinaryIO) -> BinaryIO:
    if cast(io.BufferedReader, raw).peek(2)[:2] != b"\x1f\x8b":
        return raw
    return cast(BinaryIO, io.BufferedReader(_Unpacked(raw), 65536))


def is_address(path: str) -> bool:
    """Is it an address on the web rather than a file?"""
    return path[:8].lower().startswith(("http://", "https://"))


def peek(stream: BinaryIO, where: str) -> bytes:
    """The first bytes (some 4 kB), left in the stream.

    Raises:
        NotText: if they are those of a binary format, or of a damaged gzip file.
    """
    try:
        head = cast(io.BufferedReader, stream).peek(4096)[:4096]
    except (OSError, EOFError, zlib.error) as error:
        raise damaged(error, where) from None
    if not head.startswith(tuple(_SIGNED)):
        refuse_binary(head, where)
    return head


def kind_of(path: str, head: bytes) -> str:
    """The reader a file needs: 'text', 'html', 'jsonl', 'json', 'csv', 'parquet', 'pdf', 'feed',
    'sitemap', 'warc', or 'xml' where its XML is none of these."""
    for signature, signed in _SIGNED.items():
        if head.startswith(signature):
            return signed
    kind = KINDS.get(suffix_of(path)) if path != "-" else None
    if kind in {"html", "jsonl", "json", "csv", "parquet", "pdf", "warc"}:
        return kind
    # UTF-16 is ASCII to the eye without its zero bytes.
    bare = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if root := _ROOT.match(bare):
        return _ROOTS.get(root[1].lower(), "feed")
    if kind == "feed":
        return kind
    if _HTML.match(bare):
        return "html"
    if kind in {"text", "xml"}:
        return kind
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
    if isinstance(error, _Bomb):
        return InputError(
            f"unpacks to more than {_BOMB_RATIO} times its size, as no text does; unpack and check it first",
            where,
        )
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


class _Bomb(OSError):
    """A packed file that unpacks to far more than any text would."""


class _Unpacked(io.RawIOBase):
    """What a gzipped stream holds; closing it closes the stream below."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._size = 0
        self._taken = _Counted(raw)
        self._packed = gzip.GzipFile(fileobj=cast(io.BytesIO, self._taken), mode="rb")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._packed.read1(len(view))
        view[: len(data)] = data
        self._size += len(data)
        if self._size > _BOMB_SIZE and self._size > _BOMB_RATIO * self._taken.size:
            raise _Bomb
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._packed.close()
            self._raw.close()
        super().close()


class _Counted:
    """The packed bytes, counted as they are read."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        data = self._inner.read(size)
        self.size += len(data)
        return data
