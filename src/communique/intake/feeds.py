"""RSS and Atom: entries that hold their article, and links to those that do not."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from communique.article import Article
from communique.errors import BadRow, EmptyInput, InputError
from communique.intake.building import build
from communique.intake.lines import tables
from communique.intake.links import Link, day_of, xml_of
from communique.intake.markup import paragraphs_of, words_of

__all__ = ["MAX_FEED", "entries", "pause_of", "read"]

MAX_FEED = 32 * 1024 * 1024  # bytes
_SHORTEST = 200  # letters of an entry's content that is an article; less is a lead
_SHORTEST_SUMMARY = 1200  # letters of a summary that can only be the whole article
_END = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_ROOT = re.compile(rb"<((?:[\w.-]{1,40}:)?[A-Za-z][\w.-]{0,60})")


def read(stream: BinaryIO, where: str, published: date | None = None) -> Iterator[Article | InputError]:
    """The articles that a feed holds; the entries that hold none are one fault together.

    Raises:
        InputError: if it is no feed, or cannot be read.
    """
    links: list[Link] = []
    for found in entries(stream, where, published):
        if isinstance(found, Link):
            links.append(found)
        else:
            yield found
    if links:
        yield InputError(
            f"holds only a link and a summary for {len(links)} of its entries; give the feed's own "
            f"address to fetch them, or the address of a page, such as {links[0].url}",
            where,
        )


def entries(
    stream: BinaryIO, where: str, published: date | None = None, address: str | None = None
) -> Iterator[Article | InputError | Link]:
    """What a feed's entries are, in its order: an article, the link to one, or a fault.

    Args:
        stream: the feed.
        where: place to name in errors.
        published: date that stands above the entries' own.
        address: where the feed was fetched, for links that are relative.

    Raises:
        EmptyInput: if it has no entries.
        InputError: if it is no feed, or cannot be read.
    """
    data = xml_of(stream, where, MAX_FEED)
    feed = _parsed(data, address)
    if not feed.get("version") and not feed.entries:
        root = _ROOT.search(data)
        name = root[1].decode("utf-8", "replace") if root else "none"
        raise InputError(f"is XML, but neither a feed nor a sitemap (its first element is “{name}”)", where)
    if not feed.entries and _END.search(data):
        raise EmptyInput("is a feed without entries", where)
    publisher = words_of(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries, 1):
        try:
            yield _entry(entry, publisher, f"{where}, entry {number}", published)
        except InputError as fault:
            yield fault
    if not _END.search(data):
        yield BadRow("is a feed that breaks off before its end; fetch it anew", where)


def pause_of(data: bytes) -> float | None:
    """Seconds that a feed asks to wait before it is looked at again (RSS's ttl), or None."""
    found = re.search(rb"<ttl>\s*(\d{1,6})\s*</ttl>", data)
    return int(found[1]) * 60.0 if found else None


def _parsed(data: bytes, address: str | None) -> Any:
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8"}
    if address:
        headers["content-location"] = address
    # As a stream: text or bytes might be taken for an address or a path.
    return feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)


def _entry(entry: Any, publisher: str | None, where: str, published: date | None) -> Article | Link:
    source = entry.get("source")
    publisher = (words_of(source.get("title")) if source else None) or publisher
    title = words_of(entry.get("title"))
    url = _address(entry)
    day = _day(entry)
    text = _text(entry, has_page=url is not None)
    if text is not None:
        # Its guid is no id of ours: it may be any text, and the page itself does not tell it.
        return build(
            text,
            option=published,
            stated=day,
            title=title,
            author=words_of(entry.get("author")),
            publisher=publisher,
            url=url,
            where=where,
        )
    if url is None:
        raise BadRow("is an entry with neither a text nor a link", where)
    return Link(url, title, published or day, publisher)


def _address(entry: Any) -> str | None:
    for url in (entry.get("link"), entry.get("id")):
        if isinstance(url, str) and re.match(r"(?i)https?://\S+$", url.strip()):
            return url.strip()
    return None


def _day(entry: Any) -> date | None:
    """The day of publication: as written, then as the feed's parser understands it."""
    for name in ("published", "created", "updated"):
        # Asked with “in” first: feedparser warns of a day that it takes from another field.
        if name in entry and (day := day_of(entry[name])):
            return day
        parsed = entry[f"{name}_parsed"] if f"{name}_parsed" in entry else None  # noqa: SIM401
        if parsed and 1600 <= parsed[0] <= 2200:
            return date(*parsed[:3])
    return None


def _text(entry: Any, has_page: bool) -> str | None:
    """The article that an entry holds, or None if it holds a summary only."""
    for part in entry.get("content") or ():
        text = _plain(part)
        if _letters(text) >= (_SHORTEST if has_page else 1) and not _is_cut(text):
            return text
    summary = _plain(entry.get("summary_detail") or {"value": entry.get("summary")})
    if _letters(summary) >= (_SHORTEST_SUMMARY if has_page else 1) and not (has_page and _is_cut(summary)):
        return summary
    return None


def _plain(part: Any) -> str:
    value = part.get("value") or ""
    return value if part.get("type") == "text/plain" and "</" not in value else paragraphs_of(value)


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _is_cut(text: str) -> bool:
    """Does it end as a text does whose rest stands elsewhere?"""
    last = text.rstrip().rpartition("\n")[2]
    return last.endswith(("…", "...", "[…]", "[...]")) or tables().cut.fullmatch(last) is not None
