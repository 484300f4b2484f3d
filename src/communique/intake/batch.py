"""Many inputs, in order: paths and addresses to articles; a fault never stops what follows it."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from communique.article import Article
from communique.errors import CommuniqueError, InputError
from communique.intake.files import KINDS, STDIN, damaged, is_address, kind_of, open_input, peek, suffix_of
from communique.intake.readers import reader_of

if TYPE_CHECKING:
    from communique.intake.web import Visitor

__all__ = ["Placed", "count_articles", "files_of", "read_articles", "read_placed"]

_GLOB = frozenset("*?[")
_COUNTED = 256 * 1024 * 1024  # bytes of rows that are worth counting for a progress bar


@dataclass(frozen=True, slots=True)
class Placed:
    """What stands at one place of the input.

    Attributes:
        path: the file or address, as given or as found in a folder.
        number: 1, 2, 3 and so on, of all that the file or address yields, faults among them.
        found: the article, or the fault in its stead.
        place: where it stands, in words: a file, 'rows.jsonl, item 3', or the address of a page.
    """

    path: str
    number: int
    found: Article | InputError
    place: str


def read_articles(
    paths: Iterable[str | os.PathLike[str]],
    *,
    published: date | None = None,
    visitor: Visitor | None = None,
    known: Callable[[str], bool] | None = None,
) -> Iterator[Article | InputError]:
    """The articles of files and addresses, in the order given.

    Args:
        paths: each a file, a folder (with all below it, sorted, files of known suffixes only, no
            README), a glob, an address of http or https, or '-' for standard input. Any file may
            be gzipped.
        published: publication date that stands above what the articles say themselves.
        visitor: who fetches. Without one an address is fetched by a new ``Visitor()``, and links in
            files (feeds, sitemaps) are not followed; with one they are.
        known: whether a page is known already; links to such pages are not followed.

    Yields:
        An ``Article``, or the ``InputError`` that stands in its place (``where`` is the file, or
        file and line). Ids are unique: of articles with the same id the second gets '-2' after it.

    Raises:
        MissingExtra: if a package that a format needs is not installed.
    """
    seen: set[str] = set()
    for placed in read_placed(paths, published=published, visitor=visitor, known=known):
        found = placed.found
        yield _with_own_id(found, seen) if isinstance(found, Article) else found


def read_placed(
    paths: Iterable[str | os.PathLike[str]],
    *,
    published: date | None = None,
    visitor: Visitor | None = None,
    known: Callable[[str], bool] | None = None,
) -> Iterator[Placed]:
    """As ``read_articles``, each article with its place; ids are the articles' own and may repeat.

    The order is that of the input, so that path and number name the same article the next time.

    Raises:
        MissingExtra: if a package that a format needs is not installed.
    """
    guest = visitor
    for path in paths:
        for item in files_of(os.fspath(path)):
            if isinstance(item, InputError):
                yield Placed(os.fspath(path), 1, item, item.where or os.fspath(path))
                continue
            if is_address(item):
                from communique.intake.web import Visitor
                from communique.intake.web.pages import read_address

                guest = guest or Visitor()
                pairs = read_address(item, guest, published, known)
            else:
                pairs = _read(item, published, visitor, known)
            for number, (place, found) in enumerate(pairs, 1):
                if isinstance(found, InputError):
                    place = found.where or place
                yield Placed(item, number, found, place)


def count_articles(paths: Iterable[str | os.PathLike[str]]) -> int | None:
    """How many items ``read_articles`` will yield, or None where that is not cheap to know.

    Files of JSON lines are counted by line, tables by row; a list in a .json file, a feed, a WARC file,
    an address and standard input are not known.
    """
    total = 0
    try:
        for path in paths:
            for item in files_of(os.fspath(path)):
                count = 1 if isinstance(item, InputError) else _count(item)
                if count is None:
                    return None
                total += count
    except (OSError, EOFError, zlib.error):
        return None
    return total


def _count(path: str) -> int | None:
    if path == "-" or is_address(path):
        return None
    kind = KINDS.get(suffix_of(path))
    if kind in {"text", "html", "pdf"}:
        return 1
    if kind in {"feed", "xml", "warc"}:
        return None
    if kind != "parquet" and os.path.getsize(path) > _COUNTED:
        return None
    try:
        with open_input(path) as stream:
            kind = kind_of(path, peek(stream, path))
            if kind == "jsonl":
                return max(1, sum(1 for line in stream if line.strip()))
            if kind == "csv":
                from communique.intake import table_rows

                return table_rows.count(stream, path)
            if kind == "parquet":
                from communique.intake import parquet

                return parquet.count(stream, path)
            return 1 if kind in {"text", "html", "pdf"} else None
    except InputError:
        return 1


def files_of(path: str) -> Iterator[str | InputError]:
    """The files that a path names, in order, or the fault that it names none.

    Args:
        path: a file, a folder, a glob, an address or '-'; the last two are given back as they are.
    """
    if path == "-" or is_address(path):
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


def _read(
    path: str, published: date | None, visitor: Visitor | None, known: Callable[[str], bool] | None
) -> Iterator[tuple[str, Article | InputError]]:
    """What a file holds, each with its place."""
    where = STDIN if path == "-" else path
    try:
        with open_input(path) as stream:
            kind = kind_of(path, peek(stream, where))
            if visitor is not None and kind in {"feed", "sitemap"}:
                from communique.intake.web.pages import read_links

                yield from read_links(kind, stream, where, visitor, published, known)
                return
            single = kind in {"text", "html", "pdf"}
            for number, found in enumerate(reader_of(kind)(stream, where, published), 1):
                yield where if single else f"{where}, item {number}", found
    except InputError as fault:
        yield where, fault
    except CommuniqueError:
        raise
    except (OSError, EOFError, zlib.error) as error:
        yield where, damaged(error, where)


def _with_own_id(article: Article, seen: set[str]) -> Article:
    own, number = article.id, 1
    while own in seen:
        number += 1
        own = f"{article.id}-{number}"
    seen.add(own)
    return article if number == 1 else replace(article, id=own)
