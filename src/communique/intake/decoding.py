"""Bytes to text: what is no text is named, what is text in an old encoding is read.

The order is: byte order mark, strict UTF-8, the page's own declared charset, UTF-8 with a few broken
bytes, Windows-1252. Line ends and control characters stay as they are.
"""

from __future__ import annotations

import re

from communique.errors import EmptyInput, NotText

__all__ = ["decode", "refuse_binary", "text_in"]

# First bytes of a file, what it is, and what to do about it.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "is a PDF, not text"),
    (b"PAR1", "is a Parquet file, not text"),
    (b"PK\x03\x04", "is a zip archive or an office document; unpack it, or save it as text or HTML"),
    (b"\xd0\xcf\x11\xe0", "is an old office document; save it as text or HTML"),
    (b"{\\rtf", "is an RTF document; save it as text or HTML"),
    (b"\x89PNG", "is a PNG image, not text"),
    (b"\xff\xd8\xff", "is a JPEG image, not text"),
    (b"GIF8", "is a GIF image, not text"),
    (b"BZh", "is compressed with bzip2; unpack it first (only gzip is read as it is)"),
    (b"\xfd7zXZ\x00", "is compressed with xz; unpack it first (only gzip is read as it is)"),
    (b"\x28\xb5\x2f\xfd", "is compressed with zstd; unpack it first (only gzip is read as it is)"),
    (b"SQLite format 3\x00", "is an SQLite database, not text"),
    (b"\x7fELF", "is a program, not text"),
)
_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
# Bytes that Windows-1252 lacks, or that no English text has ("ÿ", and "þ" but in a word).
_NOISE = re.compile(rb"[\x81\x8d\x8f\x90\x9d\xff]|(?<![A-Za-z])\xfe|\xfe(?![A-Za-z])")
_HIGH = re.compile(rb"[\x80-\xff]")


def refuse_binary(head: bytes, where: str | None = None) -> None:
    """Raises NotText if the first bytes of a file (4 kB will do) show that it is no text."""
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise NotText(what, where)
    marked = head.startswith(tuple(mark for mark, _ in _MARKS[1:]))
    if b"\x00" in head and not marked and _utf16_without_mark(head) is None:
        raise NotText("is binary data, not text", where)


def decode(data: bytes, where: str | None = None) -> str:
    """The text of a file.

    Args:
        data: all its bytes.
        where: place to name in the error.

    Raises:
        EmptyInput: if there are no bytes.
        NotText: if it is binary, or in no encoding that is known.
    """
    if not data:
        raise EmptyInput("is empty", where)
    refuse_binary(data[:4096], where)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    if b"\x00" in data:
        codec16 = _utf16_without_mark(data[:4096])
        if codec16 is None:
            raise NotText("is binary data, not text", where)
        return data.decode(codec16, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _old(data, where)


def text_in(data: bytes, charset: str | None, where: str | None = None) -> str:
    """As ``decode``, with the encoding that a server named: below UTF-8, which it is if it can be read so,
    and above what the page says of itself.

    Raises:
        EmptyInput: if there are no bytes.
        NotText: if it is binary, or in no encoding that is known.
    """
    if charset and data and not data.startswith(tuple(mark for mark, _ in _MARKS)):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            old = charset.lower() in {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"}
            try:
                return data.decode("cp1252" if old else charset)
            except (LookupError, ValueError):
                pass
    return decode(data, where)


def _old(data: bytes, where: str | None) -> str:
    declared = _CHARSET.search(data[:4096])
    name = declared.group(1).decode("ascii").lower() if declared else ""
    # What can be read as ASCII letters is not in the UTF-16 that it may claim to be in.
    if name and not name.startswith(("utf-16", "utf-32", "utf16", "utf32", "ucs-2", "ucs-4")):
        try:
            # Browsers read what says ISO-8859-1 as Windows-1252: its C1 controls are never meant.
            return data.decode("cp1252" if name in {"iso-8859-1", "latin-1", "latin1", "ascii"} else name)
        except (LookupError, UnicodeDecodeError):
            pass
    patched = data.decode("utf-8", "replace")
    # A character of several bytes hardly ever comes about by chance in an old encoding, broken bytes
    # do all the time; U+FFFD that the file itself has written out is no broken byte.
    written = data.count("\ufffd".encode())
    broken = patched.count("\ufffd") - written
    sound = sum(1 for c in patched if c > "\x7f") - broken - written
    if sound > broken or _is_ascii_with_noise(data):
        return patched
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    high = sum(1 for c in text if c > "\x7f")
    if len(_CONTROL.findall(text)) * 50 > len(text) or high * 3 > len(text):
        raise NotText("is in no known encoding (UTF-8, UTF-16, Windows-1252); save it as UTF-8", where)
    return text


def _is_ascii_with_noise(data: bytes) -> bool:
    noise = len(_NOISE.findall(data))
    return noise * 50 <= len(data) and noise == len(_HIGH.findall(data))


def _utf16_without_mark(head: bytes) -> str | None:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half < 8:
        return None
    if odd * 10 > half * 7 and even * 20 < half:
        return "utf-16-le"
    if even * 10 > half * 7 and odd * 20 < half:
        return "utf-16-be"
    return None
