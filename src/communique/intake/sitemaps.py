"""Sitemaps, sitemaps of news, and indexes of sitemaps: lists of pages, no articles themselves."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from urllib.parse import urljoin

from communique.errors import EmptyInput, InputError
from communique.intake.links import Link, day_of, xml_of

__all__ = ["MAX_SITEMAP", "links", "read"]

MAX_SITEMAP = 52_428_800  # bytes unpacked, the limit of the sitemaps protocol
_FIELDS = frozenset(("loc", "title", "publication_date", "name", "language"))


def read(stream: BinaryIO, where: str, published: date | None = None) -> Iterator[InputError]:
    """The fault that a sitemap in a file is: it names pages, and a file is read without the web.

    Raises:
        InputError: if it cannot be read.
    """
    del published
    pages = further = 0
    for found in links(stream, where):
        if isinstance(found, InputError):
            yield found
        elif found.is_sitemap:
            further += 1
        else:
            pages += 1
    what = f"{further} further sitemaps" if further else f"{pages} pages"
    yield InputError(
        f"is a sitemap: it names {what} and holds no article; give its own address to fetch them", where
    )


def links(stream: BinaryIO, where: str, address: str | None = None) -> Iterator[Link | InputError]:
    """The pages and further sitemaps that a sitemap names, in its order.

    Args:
        stream: the sitemap.
        where: place to name in errors.
        address: where it was fetched, for links that are relative.

    Yields:
        The links; if its XML breaks, those before that, and one fault.

    Raises:
        EmptyInput: if it names nothing.
        InputError: if it is too large, damaged, or no text.
    """
    from lxml import etree

    data = xml_of(stream, where, MAX_SITEMAP)
    count = 0
    # Nothing outside the file is opened, no entity is expanded, no tree grows without limit.
    walk = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    fields: dict[str, str] = {}
    try:
        for _, element in walk:
            name = _name(element.tag)
            if name in _FIELDS and element.text and element.text.strip():
                fields.setdefault(name, element.text.strip())
            elif name in {"url", "sitemap"}:
                if found := _link(fields, address, name == "sitemap"):
                    count += 1
                    yield found
                fields = {}
                _forget(element)
    except etree.XMLSyntaxError as error:
        line = f" at line {error.lineno}" if error.lineno else ""
        before = f"; the {count} links before that are taken" if count else ""
        yield InputError(f"is a sitemap whose XML is broken{line}{before}", where)
        return
    if not count:
        raise EmptyInput("is a sitemap that names no page", where)


def _name(tag: object) -> str:
    """An element's name; those of pictures and films, which have a loc and a title too, have none."""
    space, _, name = tag.rpartition("}") if isinstance(tag, str) else ("", "", "")
    return "" if "image" in space or "video" in space else name.lower()


def _link(fields: dict[str, str], address: str | None, is_sitemap: bool) -> Link | None:
    url = fields.get("loc")
    if url is None:
        return None
    try:
        url = urljoin(address, url) if address else url
    except ValueError:
        return None
    return Link(
        url=url,
        title=fields.get("title"),
        published=day_of(fields.get("publication_date")),
        publisher=fields.get("name"),
        language=fields.get("language"),
        is_sitemap=is_sitemap,
    )


def _forget(element: Any) -> None:
    """Let go of what has been read, so that memory stays flat."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
