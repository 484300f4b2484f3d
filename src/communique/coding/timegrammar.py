"""The grammar of time expressions: words to classes, classes to rules.

A text becomes a string with one character a word: the character stands for the set of classes the
word belongs to ('.' for none, ``NAME`` for an unknown word with a capital). A rule is then a plain
regular expression over that string, and all rules together are one. The grammar itself is data,
``data/times.yaml``; it is read and compiled on first use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

__all__ = ["Grammar", "Words", "load"]

OTHER, NAME, BREAK = ".", "~", "\n"
_TOKEN = re.compile(
    r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?(?!\d)"  # ISO
    r"|\d{1,4}([/.-])\d{1,2}\1\d{2,4}(?![\d/])"  # 3/4/2011
    r"|\d+/\d+"  # 1/2, 9/11, 2010/11
    r"|\d+(?:[.,:]\d+)*(?:(?:st|nd|rd|th|s)\b)?"
    r"|[apAP](?:\.[mM]\b\.?|[mM]\b)"
    r"|[oO]['’][cC]lock"
    r"|[^\W\d_][^\W_]*"
    r"|['’]s\b"
    r"|[^\w\s]"
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_PIECE = re.compile(r"\(\?:\s*([A-Za-z]\w*(?:\s*\|\s*[A-Za-z]\w*)*)\s*\)|[A-Za-z][A-Za-z0-9]*")
_CURRENCY = frozenset("$€£¥₹")
# classes that numbers written in figures fall into; see _figures
_FIGURES = {
    "day": ("DAYN",),
    "day2": ("DAYN", "NUM2"),
    "num2": ("NUM", "NUM2"),
    "num": ("NUM",),
    "year": ("YEAR",),
    "money": ("MONEY",),
    "ordinal": ("ORDN",),
    "decade": ("DECD",),
    "decade2": ("DEC2",),
    "clock": ("CLOCKN",),
    "dotted": ("DOTTED", "NUM"),
    "iso": ("ISO",),
    "date": ("NDATE",),
    "half": ("FRAC",),
    "years": ("SLASHYEARS",),
    "911": ("NINEELEVEN",),
}


def _figures(word: str) -> str | None:
    """The kind of a token that begins with a digit; None if it can be no part of a time."""
    if word.isdigit():
        number = int(word) if len(word) < 9 else 0
        if len(word) <= 2:
            if 1 <= number <= 31:
                return "day2" if len(word) == 2 else "day"
            return "num2" if len(word) == 2 else "num"
        return "year" if len(word) == 4 and 1000 <= number <= 2199 else "num"
    if ":" in word:
        return "clock" if re.fullmatch(r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?", word) else None
    if word[-1] in "tdh":
        return "ordinal" if word[:-2].isdigit() and len(word) <= 4 and 1 <= int(word[:-2]) <= 31 else None
    if word[-1] == "s":
        if len(word) == 5 and word[3] == "0" and "1000" <= word[:4] <= "2190":
            return "decade"
        return "decade2" if len(word) == 3 and word[1] == "0" else None
    if "-" in word:
        return "iso" if re.match(r"\d{4}-\d\d-\d\d", word) else "date"
    if word.count("/") == 1:
        if word == "9/11":
            return "911"
        if re.fullmatch(r"[12]\d{3}/(?:\d\d|[12]\d{3})", word):
            return "years"
        return "half" if re.fullmatch(r"[1-3]/[2-4]", word) else None
    if "/" in word or re.fullmatch(r"\d+\.\d+\.\d+", word):
        return "date"
    if re.fullmatch(r"(?:[01]?\d|2[0-3])\.[0-5]\d", word):
        return "dotted"
    return "num"


@dataclass(slots=True)
class Words:
    """The words of a text: offsets, the words in lower case, and the class string."""

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    classes: str


@dataclass(slots=True)
class Grammar:
    """The compiled grammar.

    Attributes:
        tables: the other tables of the YAML file, by name.
        rules: one pattern of all rules over a class string; the rule that matched is group
            ``r<n>``, its function ``names[n]``.
        full_date: a month with its year.
        values: (class, word in lower case) to the word's value.
    """

    tables: dict[str, Any]
    rules: re.Pattern[str]
    full_date: re.Pattern[str]
    names: list[str]
    values: dict[tuple[str, str], Any]
    sets: dict[str, frozenset[str]]
    _chars: dict[str, str]
    _figure_chars: dict[str, str]
    _lists: dict[str, frozenset[str]] = field(default_factory=dict)

    def listed(self, table: str) -> frozenset[str]:
        """The words of a table that is a plain list."""
        if table not in self._lists:
            self._lists[table] = frozenset(self.tables[table].split())
        return self._lists[table]

    def words(self, text: str, spans: Sequence[tuple[int, int]]) -> Words:
        """The words of the given spans, with a break between one span and the next."""
        starts: list[int] = []
        ends: list[int] = []
        words: list[str] = []
        classes: list[str] = []
        get, figure_chars = self._chars.get, self._figure_chars
        for first, last in spans:
            for match in _TOKEN.finditer(text, first, last):
                word = match[0]
                char = get(word)
                if char is None:
                    head = word[0]
                    if head.isdecimal() and word.isascii():
                        kind = "money" if words and words[-1] in _CURRENCY else _figures(word)
                        char = figure_chars[kind] if kind else OTHER
                    else:
                        char = NAME if head.isupper() else OTHER
                starts.append(match.start())
                ends.append(match.end())
                words.append(word)
                classes.append(char)
            starts.append(last)
            ends.append(last)
            words.append("")
            classes.append(BREAK)
        return Words(text, starts, ends, words, "".join(classes))


@lru_cache(maxsize=1)
def load() -> Grammar:
    """The grammar of the package, compiled on the first call."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    source = files("communique.coding").joinpath("data/times.yaml").read_text(encoding="utf-8")
    return _compile(yaml.load(source, Loader=loader))


def _compile(tables: dict[str, Any]) -> Grammar:
    values: dict[tuple[str, str], Any] = {}
    members: dict[str, set[str]] = {}
    for name, entries in tables["classes"].items():
        for entry in entries.split():
            word, _, value = entry.partition("=")
            values[name, word] = int(value) if value.lstrip("-").isdigit() else value
            members.setdefault(word, set()).add(name)
    for word in tables["month_nouns"].split():
        members.setdefault(word, set()).add("MONTHNOUN")
    lines = [line.strip() for line in tables["rules"].splitlines()]
    rules = [line.split(": ", 1) for line in lines if line and not line.startswith("#")]
    macros: dict[str, str] = {}
    for name, pattern in tables["macros"].items():
        macros[name] = _expand(pattern, macros)
    phrases = sorted(tables["holidays"], key=len, reverse=True)
    macros["HOLIDAY"] = "(?:" + "|".join(p.replace("'s", " POSS") for p in phrases) + ")"
    patterns = [_expand(pattern, macros) for _, pattern in rules]
    for pattern in patterns:
        for word in re.findall(r"\b[a-z][a-z]*\b", pattern):
            members.setdefault(word, set()).add(word)

    # a character for each distinct set of classes, neighbours for classes that share a name
    keys = {frozenset(classes) for classes in members.values()} | {frozenset(c) for c in _FIGURES.values()}
    chars = dict(zip(sorted(keys, key=sorted), _supply(), strict=False))
    by_word: dict[str, str] = {}
    capitalised, lower = set(tables["capitalised"]), set(tables["lower"])
    for word, classes in members.items():
        forms = [word.capitalize(), word.upper()] if classes & capitalised else [word]
        if not classes & (capitalised | lower):
            forms = [word, word.capitalize(), word.upper()]
        for form in forms:
            by_word[form] = chars[frozenset(classes)]
    figure_chars = {kind: chars[frozenset(classes_of)] for kind, classes_of in _FIGURES.items()}

    sets: dict[str, frozenset[str]] = {}
    for key, char in chars.items():
        for name in key:
            sets[name] = sets.get(name, frozenset()) | {char}
    for name, parts in tables["unions"].items():
        sets[name] = frozenset().union(*(sets[part] for part in parts))
    sets["NAME"] = frozenset(NAME)
    written = {name: _charset(found) for name, found in sets.items()}

    def piece(match: re.Match[str]) -> str:
        # (?:A|B) becomes one set of characters, which is far quicker to compile and to match
        if match[1]:
            return _charset(frozenset().union(*(sets[name] for name in _NAME.findall(match[1]))))
        return written[match[0]]

    def compiled(pattern: str) -> str:
        return _PIECE.sub(piece, pattern).replace(" ", "")

    alternatives = "|".join(f"(?P<r{n}>{compiled(p)})" for n, p in enumerate(patterns))
    # a rule can only match where one of these comes before the next word without a class
    core = _charset(frozenset().union(*(sets[name] for name in tables["core"].split())))
    whole = f"(?=[^{OTHER}{NAME}\\n]{{0,10}}{core})(?:{alternatives})"
    names = [name for name, _ in rules]
    full_date = re.compile(compiled(_expand("MON (?:D COMMA?)? YEAR", macros)))
    return Grammar(tables, re.compile(whole), full_date, names, values, sets, by_word, figure_chars)


def _supply() -> Iterator[str]:
    """Characters that mean nothing in a regular expression, in order."""
    ranges = (range(0x30, 0x3A), range(0x41, 0x5B), range(0x61, 0x7B), range(0xA1, 0x250))
    return (chr(n) for r in ranges for n in r)


def _charset(chars: frozenset[str]) -> str:
    """A regular expression for any of these characters, with runs as ranges: quicker to compile."""
    runs: list[list[int]] = []
    for n in sorted(ord(c) for c in chars):
        if runs and runs[-1][1] == n - 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    inside = "".join(chr(a) if a == b else chr(a) + (chr(b) if b == a + 1 else "-" + chr(b)) for a, b in runs)
    return inside if len(inside) == 1 else f"[{inside}]"


def _expand(pattern: str, macros: dict[str, str]) -> str:
    return _NAME.sub(lambda m: macros.get(m[0], m[0]), pattern)
