"""How names are compared: the same name in two spellings has one key."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

__all__ = ["articleless", "header", "key", "keys", "lines", "table"]

HERE = Path(__file__).parent
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "–": "-", "‑": "-", "&": "and", "ʼ": "'", "“": '"', "”": '"'}
)
_LONGEST_ACRONYM = 6


def key(name: str) -> str:
    """What two spellings of a name have in common.

    White space, full stops, diacritics, kinds of apostrophe and, but for acronyms, case do not count:
    "U.S." and "US" have one key, "us" another.
    """
    name = " ".join(name.translate(_SAME).split())
    bare = name.replace(".", "").replace(" ", "") if "." in name else name
    if 1 < len(bare) <= _LONGEST_ACRONYM and bare.isupper() and bare.isalpha():
        return bare
    return _folded(name)


@lru_cache(1 << 15)  # an article's names are looked up in table after table
def keys(name: str) -> tuple[str, ...]:
    """The keys to look a name up by, best first: "JAPAN" may be an acronym or a word in capitals."""
    first, folded = key(name), _folded(" ".join(name.translate(_SAME).split()))
    return (first,) if first == folded else (first, folded)


def articleless(name: str) -> str:
    """A name without "the" before it."""
    return name[4:].lstrip() if name[:4].lower() in ("the ", "the\n") else name


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV table of this folder; lines that begin with "#" are comments.

    Raises:
        InstallationError: the file is missing or is no table.
    """
    from communique.errors import InstallationError

    try:
        with (HERE / name).open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(line for line in file if not line.startswith("#"))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise InstallationError(
            f"the table knowledge/{name} cannot be read ({fault}): install communique again"
        ) from fault


def lines(name: str) -> list[str]:
    """The rows of a large table as lines, without comments and head; each row is one line.

    Raises:
        InstallationError: the file is missing or is no text.
    """
    return _lines(name)[1:]


def header(name: str) -> list[str]:
    """The names of the columns of such a CSV table."""
    return _lines(name)[0].split(",")


@cache
def _lines(name: str) -> list[str]:
    from communique.errors import InstallationError

    try:
        text = (HERE / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise InstallationError(
            f"the table knowledge/{name} cannot be read ({fault}): install communique again"
        ) from fault
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def _folded(name: str) -> str:
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    name = name.casefold().replace(".", "")
    return "st " + name[6:] if name.startswith("saint ") else name
