"""What stands at an address: an article, a feed of them, a sitemap that names them, a file."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import BinaryIO
from urllib.parse import urlsplit

from communique.article import Article
from communique.errors import InputError, NotEnglish
from communique.intake import feeds, sitemaps
from communique.intake.decoding import text_in
from communique.intake.files import damaged, kind_of, open_bytes, peek, read_all
from communique.intake.links import Link
from communique.intake.readers import reader_of
from communique.intake.web.fetching import Fetched
from communique.intake.web.visiting import Visitor

__all__ = ["found_in", "read_address", "read_links"]

Known = Callable[[str], bool]
Found = Iterator[tuple[str, Article | InputError]]

_DEPTH = 3  # of sitemaps named by sitemaps
_HTML = frozenset(("text/html", "application/xhtml+xml"))
_TYPES = {"text/csv": "csv", "text/tab-separated-values": "csv", "application/x-ndjson": "jsonl"}
_OWN_ADDRESS = frozenset(("text", "pdf"))  # kinds of which one is one article, and which tell no address


def read_address(
    address: str, visitor: Visitor, published: date | None = None, known: Known | None = None
) -> Found:
    """The articles at an address, each with the address of its page.

    Args:
        address: of a page, a feed, a sitemap or a file of any kind that is read.
        visitor: who fetches it, and what it links to if it is a feed or a sitemap.
        published: publication date that stands above what the articles say themselves.
        known: whether a page is known already; links to such pages are not followed.

    Yields:
        The address of the page, and the article or the fault in its stead.
    """
    try:
        answer = visitor.fetch(address)
    except InputError as fault:
        yield address, fault
        return
    yield from found_in(answer, address, visitor, published, known)


def found_in(
    answer: Fetched,
    address: str,
    visitor: Visitor,
    published: date | None = None,
    known: Known | None = None,
) -> Found:
    """The articles in what was fetched, as ``read_address``."""
    try:
        with open_bytes(answer.body) as stream:
            kind = _kind(answer, peek(stream, address))
            if kind in {"feed", "sitemap"}:
                yield from read_links(kind, stream, address, visitor, published, known, answer.final_url)
                return
            if kind == "html":
                yield answer.final_url, _page(answer, address, published)
                return
            for found in reader_of(kind)(stream, address, published):
                if isinstance(found, Article) and found.url is None and kind in _OWN_ADDRESS:
                    found = replace(found, url=answer.final_url)
                yield answer.final_url, found
    except InputError as fault:
        yield address, fault
    except (OSError, EOFError, zlib.error) as error:
        yield address, damaged(error, address)


def read_links(
    kind: str,
    stream: BinaryIO,
    where: str,
    visitor: Visitor,
    published: date | None = None,
    known: Known | None = None,
    address: str | None = None,
) -> Found:
    """The articles that a feed or sitemap holds or names, in its order; its pages are fetched as they are
    asked for.

    Args:
        kind: 'feed' or 'sitemap'.
        stream: the feed or sitemap.
        where: place to name in errors.
        visitor, published, known: as in ``read_address``.
        address: where it was fetched, for links that are relative.
    """
    seen: set[str] = {address} if address else set()
    foreign = 0
    for link in _links(kind, stream, where, visitor, published, address, seen, _DEPTH):
        if isinstance(link, InputError):
            yield link.where or where, link
        elif isinstance(link, Article):
            if not (link.url and known and known(link.url)):
                yield link.url or where, link
        elif link.url not in seen:
            seen.add(link.url)
            if known is not None and known(link.url):
                continue
            if link.language and not link.language.lower().startswith("en"):
                foreign += 1
                continue
            yield link.url, _visited(link, visitor, published)
    if foreign:
        pages = "a page" if foreign == 1 else f"{foreign:,} pages"
        yield where, NotEnglish(f"names {pages} in another language than English, passed over", where)


def _links(
    kind: str,
    stream: BinaryIO,
    where: str,
    visitor: Visitor,
    published: date | None,
    address: str | None,
    seen: set[str],
    depth: int,
) -> Iterator[Article | InputError | Link]:
    """What a feed or a sitemap holds and names; the sitemaps that it names are opened."""
    try:
        if kind == "feed":
            yield from feeds.entries(stream, where, published, address)
            return
        for link in sitemaps.links(stream, where, address):
            if isinstance(link, InputError) or not link.is_sitemap:
                yield link
            elif link.url not in seen:
                seen.add(link.url)
                yield from _further(link.url, visitor, published, seen, depth)
    except InputError as fault:
        yield fault


def _further(
    url: str, visitor: Visitor, published: date | None, seen: set[str], depth: int
) -> Iterator[Article | InputError | Link]:
    if not depth:
        yield InputError(f"is a sitemap named by more than {_DEPTH} sitemaps above it, and is left out", url)
        return
    try:
        answer = visitor.fetch(url)
        with open_bytes(answer.body) as stream:
            kind = _kind(answer, peek(stream, url))
            if kind not in {"feed", "sitemap"}:
                raise InputError("is named as a sitemap and is none", url)
            yield from _links(kind, stream, url, visitor, published, answer.final_url, seen, depth - 1)
    except InputError as fault:
        yield fault


def _visited(link: Link, visitor: Visitor, published: date | None) -> Article | InputError:
    """The article on a page that is named; what the page does not tell is taken from what named it."""
    try:
        answer = visitor.fetch(link.url)
        with open_bytes(answer.body) as stream:
            kind = _kind(answer, peek(stream, link.url))
            if kind == "html":
                article = _page(answer, link.url, published)
            elif kind in _OWN_ADDRESS:
                found = next(reader_of(kind)(stream, link.url, published))
                if isinstance(found, InputError):
                    return found
                article = found if found.url else replace(found, url=answer.final_url)
            else:
                return InputError("is neither a page nor a text; give its own address to read it", link.url)
    except InputError as fault:
        return fault
    except (OSError, EOFError, zlib.error) as error:
        return damaged(error, link.url)
    if article.published is None and link.published is not None:
        article = replace(article, published=link.published, published_from="metadata")
    return replace(article, title=article.title or link.title, publisher=article.publisher or link.publisher)


def _kind(answer: Fetched, head: bytes) -> str:
    """What was fetched: its first bytes tell it, then the suffix of its address, then its stated type."""
    kind = kind_of(urlsplit(answer.final_url).path or "/", head)
    if kind != "text":
        return kind
    stated = answer.content_type or ""
    if stated in _HTML:
        return "html"
    if stated.endswith(("/xml", "+xml")):
        return "xml"
    return _TYPES.get(stated, kind)


def _page(answer: Fetched, where: str, published: date | None) -> Article:
    from communique.intake.html_page import article_on

    with open_bytes(answer.body) as stream:
        markup = text_in(read_all(stream, where), answer.encoding, where)
    return article_on(markup, where, published, answer.final_url)
