"""WARC: the pages that a crawl has kept, as Common Crawl's news archive has them, read by warcio.

Most pages of a crawl are no article, or in another language. They are no fault each: one at the end
counts them.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from datetime import date
from typing import Any, BinaryIO, NamedTuple, cast

from communique.article import Article
from communique.errors import BadRow, EmptyInput, InputError, MissingExtra, NoArticle, NotEnglish, NotText
from communique.intake.decoding import text_in
from communique.intake.files import MAX_FILE, damaged
from communique.intake.html_page import article_on
from communique.intake.links import day_of

__all__ = ["read"]

_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_BLOCK = 65536  # bytes read at once


def read(stream: BinaryIO, where: str, published: date | None = None) -> Iterator[Article | InputError]:
    """The articles on the pages of a WARC file.

    An article's day is the page's own; only where that tells none, it is the day of the crawl.

    Yields:
        Articles; the faults of pages that could not be read; if the file breaks off, that fault; at
        the end one fault that counts the pages without an article.

    Raises:
        MissingExtra: if warcio is not installed.
        EmptyInput: if it holds no page.
    """
    pages = none = foreign = faults = 0
    for page in _pages(stream, where):
        if isinstance(page, InputError):
            faults += 1
            yield page
            continue
        pages += 1
        try:
            yield _article(page, published)
        except NotEnglish:
            foreign += 1
        except (NoArticle, EmptyInput):
            none += 1
        except InputError as fault:
            yield fault
    if none or foreign:
        yield NoArticle(_told(pages, none, foreign), where)
    if not pages and not faults:
        raise EmptyInput("is a WARC file without a web page (a response with text/html)", where)


def _told(pages: int, none: int, foreign: int) -> str:
    of = f"of {pages:,} page{'s' if pages != 1 else ''} "
    first = f"{none:,} without an article" if none else ""
    second = f"{foreign:,} in another language than English" if foreign else ""
    return of + " and ".join(part for part in (first, second) if part) + "; they are passed over"


class _Page(NamedTuple):
    """A response of a server: its body, the encoding it named, the address, the day of the crawl."""

    body: bytes
    charset: str | None
    url: str
    crawled: date | None
    place: str


def _article(page: _Page, published: date | None) -> Article:
    markup = text_in(page.body, page.charset, page.place)
    article = article_on(markup, page.place, published, page.url)
    if article.published is None and page.crawled is not None:
        return replace(article, published=page.crawled, published_from="metadata")
    return article


def _pages(stream: BinaryIO, where: str) -> Iterator[_Page | InputError]:
    """The pages, and the faults of those that cannot be had."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise MissingExtra(
            f'reading WARC files needs warcio: pip install "communique[warc]" ({error})'
        ) from error
    source = _Source(stream)
    whole = True
    try:
        records = ArchiveIterator(io.BufferedReader(source, _BLOCK))
        while (record := _next(records)) is not None:
            if record.rec_headers is None:
                raise ArchiveLoadFailed("no record")
            with redirect_stderr(io.StringIO()):  # as in _next
                page = _page(record, where)
                whole = _is_whole(record)
            if page is not None:
                yield page
            if not whole:
                break
    except (ArchiveLoadFailed, AttributeError, ValueError, TypeError):
        # warcio meets the end of a file inside a record's head with errors of many kinds.
        if source.fault is None:
            yield NotText(
                "is a WARC file that is damaged or breaks off; the pages before that are read", where
            )
            return
    except (OSError, EOFError, zlib.error) as error:
        source.fault = source.fault or error
    if source.fault is not None:
        yield damaged(source.fault, where)
    elif not whole:
        yield NotText("is a WARC file that breaks off before its end; the pages before that are read", where)


def _next(records: Iterator[Any]) -> Any:
    """The next record, or None. What warcio has to say of it is not for the user's screen."""
    import logging

    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    with redirect_stderr(io.StringIO()):
        return next(records, None)


def _page(record: Any, where: str) -> _Page | InputError | None:
    """The page in a record, or None if it is none, or was cut off."""
    if record.rec_type != "response" or record.http_headers is None:
        return None
    head = record.http_headers
    if head.get_statuscode() != "200":
        return None
    kind, _, more = (head.get_header("Content-Type") or "").partition(";")
    if kind.strip().lower() not in _PAGES:
        return None
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    place = f"{where}, {url}" if url else where
    body = _body(record)
    if len(body) > MAX_FILE:
        return BadRow(f"is larger than {MAX_FILE // 1024**2} MiB, the limit for a page", place)
    if not _is_whole(record):
        return None
    charset = more.lower().partition("charset=")[2].split(";")[0].strip("\"' ") or None
    crawled = day_of(record.rec_headers.get_header("WARC-Date"))
    return _Page(body, charset, url, crawled, place)


def _body(record: Any) -> bytes:
    """The body, unpacked, and no more of it than one byte above the limit."""
    content = record.content_stream()
    parts: list[bytes] = []
    size = 0
    while size <= MAX_FILE and (part := content.read(_BLOCK)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _is_whole(record: Any) -> bool:
    """Did the file hold all bytes that the record's head promises? Reads over those that are left."""
    raw = record.raw_stream
    while raw.read(_BLOCK):
        pass
    # Without a limit there was no Content-Length, which every record has: its head is cut off.
    return bool(getattr(raw, "limit", 1) <= 0)


class _Source(io.RawIOBase):
    """The unpacked stream; it keeps the error at which it ended, which warcio reads over."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner
        self.fault: BaseException | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        if self.fault is not None:
            return 0
        try:
            # One read of the stream below: what it gave before it broke off would else be lost.
            data = cast(io.BufferedReader, self._inner).read1(len(view))
        except (OSError, EOFError, zlib.error) as error:
            self.fault = error
            return 0
        view[: len(data)] = data
        return len(data)
