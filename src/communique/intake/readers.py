"""Which module reads which kind of input."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from typing import BinaryIO

from communique.article import Article
from communique.errors import InputError

__all__ = ["Reader", "reader_of"]

Reader = Callable[[BinaryIO, str, "date | None"], Iterator["Article | InputError"]]

# kind, as ``files.kind_of`` names it → module of communique.intake; imported when such a file comes
_READERS = {
    "text": "plain_text",
    "html": "html_page",
    "jsonl": "json_lines",
    "json": "news_please",
    "csv": "table_rows",
    "parquet": "parquet",
    "pdf": "pdf",
    "feed": "feeds",
    "sitemap": "sitemaps",
    "xml": "feeds",
    "warc": "warc",
}


def reader_of(kind: str) -> Reader:
    """The reader of a kind: called with a stream, the place to name in errors, and the user's date."""
    module = import_module(f"communique.intake.{_READERS[kind]}")
    reader: Reader = module.read
    return reader
