"""An article as a dict: our own row and news-please's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from communique.article import Article
from communique.errors import BadRow
from communique.intake.building import build
from communique.intake.dates import stated_date

__all__ = ["article_of"]

# Our field, and the names under which a row may hold it: our own first, then news-please's.
_FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("text", "maintext"),
    "title": ("title",),
    "author": ("author", "authors"),
    "publisher": ("publisher", "source_domain"),
    "url": ("url",),
    "published": ("published", "date_publish"),
}


def article_of(row: Any, where: str | None = None, published: date | None = None) -> Article:
    """The article in a row ``{id, text, title, author, published, publisher, url}`` or in a
    news-please dict ``{maintext, title, authors, date_publish, source_domain, url, language}``.

    Args:
        row: what JSON gave.
        where: place to name in errors.
        published: date that stands above the row's own.

    Raises:
        BadRow: if it is no object, has no text, or a field is of the wrong type.
        BadDate: if its date is none; an empty or absent date is no fault.
        InputError: if its text cannot be read.
    """
    if not isinstance(row, Mapping):
        raise BadRow(f"is {_kind(row)}, not an object with a “text”", where)
    text = _field(row, "text", where)
    if text is None:
        has = ", ".join(f"“{key}”" for key in list(row)[:8]) or "none"
        raise BadRow(f"has no “text” (its fields: {has})", where)
    given = row.get("id")
    if given is not None and not isinstance(given, (str, int)):
        raise BadRow(f"“id” is {_kind(given)}, not text", where)
    stated = None
    if published is None:
        key = next((k for k in _FIELDS["published"] if row.get(k) not in (None, "")), None)
        stated = stated_date(row[key], where) if key else None
    return build(
        text,
        option=published,
        stated=stated,
        title=_field(row, "title", where),
        author=_field(row, "author", where),
        publisher=_field(row, "publisher", where),
        url=_field(row, "url", where),
        id=str(given) if given is not None else None,
        where=where,
    )


def _field(row: Mapping[str, Any], name: str, where: str | None) -> str | None:
    for key in _FIELDS[name]:
        value = row.get(key)
        if value is None:
            continue
        if isinstance(value, str):
            return value
        if isinstance(value, list) and name == "author" and all(isinstance(v, str) for v in value):
            return "; ".join(v.strip() for v in value if v.strip()) or None
        raise BadRow(f"“{key}” is {_kind(value)}, not text", where)
    return None


def _kind(value: object) -> str:
    if value is None:
        return "null"
    kinds = {bool: "a truth value", int: "a number", float: "a number", str: "a string", list: "a list"}
    return kinds.get(type(value), "an object")
