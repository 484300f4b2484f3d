"""What somebody types to search, made an expression that SQLite's full-text index understands.

Words must all be there; ``"in this order"``, ``-not``, ``begin*`` and ``this OR that`` mean what they mean
elsewhere. Whatever else is typed is words: nothing that is typed can be wrong, or do anything but search.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.errors import BadQuestion

__all__ = ["Wording", "wording"]

_PIECE = re.compile(r'(?P<no>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_LETTERS = re.compile(r"[^\W_]")
_MOST = 32  # words


@dataclass(frozen=True, slots=True)
class Wording:
    """A search.

    Attributes:
        expression: in the language of SQLite's FTS5, of quoted strings and operators alone.
        any_of: the same words, any of which is enough: by it the sentences are found that show them.
    """

    expression: str
    any_of: str


def wording(text: str) -> Wording:
    """The search that is meant.

    Raises:
        BadQuestion: if there is no word in it, only words that must not be there, or too many.
    """
    groups: list[list[str]] = []  # all of the groups, of each any
    without: list[str] = []
    alternative = False
    for piece in _PIECE.finditer(text):
        given = piece["phrase"] if piece["phrase"] is not None else piece["word"]
        if piece["phrase"] is None and given == "OR" and groups and not piece["no"]:
            alternative = True
            continue
        if not _LETTERS.search(given):
            continue
        term = _quoted(given, piece["phrase"] is None)
        if piece["no"]:
            without.append(term)
        elif alternative:
            groups[-1].append(term)
        else:
            groups.append([term])
        alternative = False
    if not groups:
        hint = "; a word that must not be there needs one that must" if without else "; give a word"
        raise BadQuestion(f"there is nothing to search for{hint}")
    if sum(map(len, groups)) + len(without) > _MOST:
        raise BadQuestion(f"a search may have {_MOST} words; give fewer")
    wanted = " AND ".join(f"({' OR '.join(g)})" for g in groups)
    return Wording(
        expression=f"({wanted})" + "".join(f" NOT {term}" for term in without),
        any_of=" OR ".join(dict.fromkeys(t for g in groups for t in g)),
    )


def _quoted(text: str, may_begin: bool) -> str:
    """A string of FTS5; a star after a word stands for any end of it."""
    begins = may_begin and text.endswith("*") and _LETTERS.search(text) is not None
    clean = text.replace("\0", " ").replace('"', " ")
    return '"' + clean.rstrip("*") + '"' + ("*" if begins else "")
