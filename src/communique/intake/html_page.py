"""A web page, by trafilatura: its article's text, title, author, date and publisher."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from communique.article import Article
from communique.errors import MissingExtra, NoArticle
from communique.intake.building import build
from communique.intake.dates import stated_date
from communique.intake.decoding import decode
from communique.intake.files import read_all

__all__ = ["article_on", "read"]

_SHORTEST = 140  # letters of an article; less is a menu, a cookie notice, a log-in page
_SENTENCE = re.compile(r"\w[\w\"'”’)]*[.!?。！？]")


def read(stream: BinaryIO, where: str, published: date | None = None) -> Iterator[Article]:
    """The article on a page; its paragraphs stand one a line in ``text``.

    Raises:
        NoArticle: if none was found on it.
        InputError: if the page cannot be read.
    """
    yield article_on(decode(read_all(stream, where), where), where, published)


def article_on(page: str, where: str, published: date | None = None, url: str | None = None) -> Article:
    """The article on a page whose markup is in memory.

    Args:
        page: its markup.
        where: place to name in errors.
        published: date that stands above the page's own.
        url: the address it was fetched from, if that is known.

    Raises:
        NoArticle: if none was found on it.
        InputError: if its text cannot be read.
    """
    found = _extract(page, url)
    text = (found.text or "").strip() if found is not None else ""
    if sum(map(str.isalpha, text)) < _SHORTEST or not _SENTENCE.search(text):
        raise NoArticle("is a page without an article on it; give the page of the article itself", where)
    publisher = found.sitename or found.hostname
    return build(
        text,
        option=published,
        stated=stated_date(found.date, where) if published is None else None,
        title=_title(found.title, found.sitename, found.hostname),
        author=found.author,
        publisher=publisher,
        url=url or found.url,
        where=where,
    )


def _extract(page: str, url: str | None) -> Any:
    try:
        # Its parts log what a page lacks; the user gets one sentence instead.
        import logging

        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
        logging.getLogger("htmldate").setLevel(logging.CRITICAL)
        from trafilatura import bare_extraction
    except ImportError as error:
        raise MissingExtra(f"reading HTML needs trafilatura: pip install trafilatura ({error})") from error
    try:
        return bare_extraction(
            page,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            # Only dates that the page states: no year from a copyright line.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return None  # markup that the extractor stumbles over holds no article that can be found


def _title(title: str | None, *sites: str | None) -> str | None:
    """The headline without the site's name after it ("… | CBC News")."""
    if not title:
        return None
    head, _, tail = re.sub(r"\s+[|–—-]\s+([^|–—-]{2,40})$", r"\0\1", title).partition("\0")
    folded = re.sub(r"\W", "", tail).lower()
    names = [re.sub(r"\W", "", s).lower() for s in sites if s]
    if folded and any(folded in n or (n.split("com")[0] or n) in folded for n in names):
        return head.strip()
    return title
