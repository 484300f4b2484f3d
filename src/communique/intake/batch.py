"""Many inputs, in order: paths to files, files to articles; a fault never stops what follows it."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module
from typing import BinaryIO

from communique.article import Article
from communique.errors import CommuniqueError, InputError
from communique.intake.files import KINDS, STDIN, damaged, kind_of, open_input, peek, suffix_of

__all__ = ["count_articles", "read_articles"]

Reader = Callable[[BinaryIO, str, "date | None"], Iterator["Article | InputError"]]
_READERS = {"text": "plain_text", "html": "html_page", "jsonl": "json_lines", "json": "news_please"}
_GLOB = frozenset("*?[")
_COUNTED = 256 * 1024 * 1024  # bytes of JSON lines that are worth counting for a progress bar


def read_articles(
    paths: Iterable[str | os.PathLike[str]], *, published: date | None = None
) -> Iterator[Article | InputError]:
    """The articles of files, in the order given.

    Args:
        paths: each a file, a folder (with all below it, sorted, files of known suffixes only, no
            README), a glob, or '-' for standard input. Any file may be gzipped.
        published: publication date that stands above what the articles say themselves.

    Yields:
        An ``Article``, or the ``InputError`` that stands in its place (``where`` is the file, or
        file and line). Ids are unique: of articles with the same id the second gets '-2' after it.

    Raises:
        MissingExtra: if a package that a format needs is not installed.
    """
    seen: set[str] = set()
    for path in paths:
        for item in _files(os.fspath(path)):
            for found in (item,) if isinstance(item, InputError) else _read(item, published):
                yield _with_own_id(found, seen) if isinstance(found, Article) else found


def count_articles(paths: Iterable[str | os.PathLike[str]]) -> int | None:
    """How many items ``read_articles`` will yield, or None where that is not cheap to know.

    Files of JSON lines are counted by line; a list in a .json file and standard input are not known.
    """
    total = 0
    try:
        for path in paths:
            for item in _files(os.fspath(path)):
                count = 1 if isinstance(item, InputError) else _count(item)
                if count is None:
                    return None
                total += count
    except (OSError, EOFError, zlib.error):
        return None
    return total


def _count(path: str) -> int | None:
    if path == "-":
        return None
    kind = KINDS.get(suffix_of(path))
    if kind in {"text", "html"}:
        return 1
    if os.path.getsize(path) > _COUNTED:
        return None
    try:
        with open_input(path) as stream:
            kind = kind_of(path, peek(stream, path))
            if kind == "json":
                return None
            return max(1, sum(1 for line in stream if line.strip())) if kind == "jsonl" else 1
    except InputError:
        return 1


def _files(path: str) -> Iterator[str | InputError]:
    """The files that a path names, or the fault that it names none."""
    if path == "-":
        yield path
    elif os.path.isdir(path):
        yield from _folder(path)
    elif os.path.lexists(path):
        yield path
    elif _GLOB.intersection(path):
        from glob import glob

        hits = sorted(glob(path, recursive=True))
        # A pattern with ** names a folder and the files in it: files only, each once.
        chosen = [h for h in hits if not os.path.isdir(h)] if "**" in path else hits
        if not chosen:
            yield InputError("matches no file", path)
        for hit in chosen:
            yield from _folder(hit) if os.path.isdir(hit) else (hit,)
    else:
        yield InputError("does not exist", path)


def _folder(path: str) -> Iterator[str | InputError]:
    found: list[str] = []
    for folder, below, names in os.walk(path):
        below[:] = sorted(name for name in below if not name.startswith("."))
        found += [os.path.join(folder, n) for n in names if suffix_of(n) in KINDS and not _is_aside(n)]
    if not found:
        kinds = ", ".join(KINDS)
        yield InputError(f"holds no file of a kind that is read ({kinds}, each also with .gz)", path)
    yield from sorted(found)


def _is_aside(name: str) -> bool:
    """Is a file of that name about its folder, not in it: hidden, or a README?"""
    return name.startswith(".") or re.match(r"readme(?![^\W_])", name, re.IGNORECASE) is not None


def _read(path: str, published: date | None) -> Iterator[Article | InputError]:
    where = STDIN if path == "-" else path
    try:
        with open_input(path) as stream:
            head = peek(stream, where)
            module = import_module(f"communique.intake.{_READERS[kind_of(path, head)]}")
            reader: Reader = module.read
            yield from reader(stream, where, published)
    except InputError as fault:
        yield fault
    except CommuniqueError:
        raise
    except (OSError, EOFError, zlib.error) as error:
        yield damaged(error, where)


def _with_own_id(article: Article, seen: set[str]) -> Article:
    own, number = article.id, 1
    while own in seen:
        number += 1
        own = f"{article.id}-{number}"
    seen.add(own)
    return article if number == 1 else replace(article, id=own)
