"""Columns, wrapped text and colours on a screen of fixed width.

rich does this and more, and the other commands use it; but its import and its measuring take a sixth
of the time in which ``communique read`` answers, so the one page that is always shown is laid out here.
"""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

__all__ = ["GAP", "Screen", "Styled", "columns", "screen", "width_of", "wrapped"]

GAP = 2  # columns between two columns
_USUAL = 80  # where there is no terminal to ask
_WIDEST = 120  # longer lines are hard to follow
_NARROWEST = 60
_CODES = {"bold": "1", "dim": "2", "italic": "3", "underline": "4", "cyan": "36"}
Styled = tuple[str, str]  # a text and its style, such as ("met", "bold underline")


@dataclass(frozen=True, slots=True)
class Screen:
    """What the page is shown on: how many columns, and whether there are colours."""

    width: int = _USUAL
    colors: bool = False

    def styled(self, text: str, style: str) -> str:
        """The text with the codes of a style, where there are colours."""
        if not self.colors or not style or not text:
            return text
        return f"\x1b[{';'.join(_CODES[s] for s in style.split())}m{text}\x1b[0m"


def screen(to_file: bool = False) -> Screen:
    """The screen that standard output is; a plain one for a file.

    ``COLUMNS`` gives the width, ``NO_COLOR`` and ``TERM=dumb`` take the colours away.
    """
    if to_file:
        return Screen()
    terminal = sys.stdout.isatty()
    plain = not terminal or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") in ("dumb", "unknown")
    # Not the terminal's width where the page goes down a pipe: the same input gives the same bytes.
    width = shutil.get_terminal_size().columns if terminal or os.environ.get("COLUMNS") else _USUAL
    return Screen(max(_NARROWEST, min(_WIDEST, width)), not plain)


def width_of(text: str) -> int:
    """How many columns a text takes: two for a wide character, none for a combining mark."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrapped(parts: Sequence[Styled], width: int) -> list[list[Styled]]:
    """Text in lines of at most ``width`` columns, broken at spaces and where a text says so.

    A word that is wider than a line is broken anywhere.
    """
    lines: list[list[Styled]] = [[]]
    room = width
    word: list[Styled] = []
    for text, style in parts:
        for character in text:
            if character not in " \n":
                word.append((character, style))
                continue
            room = _place(word, lines, room, width)
            word.clear()
            if character == "\n":
                lines.append([])
                room = width
            elif room and lines[-1]:
                lines[-1].append((" ", style))
                room -= 1
    _place(word, lines, room, width)
    return [_joined(line) for line in lines]


def _place(word: list[Styled], lines: list[list[Styled]], room: int, width: int) -> int:
    """Put a word on the last line, or on a new one; what room is then left."""
    need = width_of("".join(c for c, _ in word))
    if need > room and need <= width:
        lines.append([])
        room = width
    for character, style in word:
        cells = _cells(character)
        if cells > room:
            lines.append([])
            room = width
        lines[-1].append((character, style))
        room -= cells
    return room


def _joined(line: list[Styled]) -> list[Styled]:
    while line and line[-1][0] == " ":
        line.pop()
    out: list[Styled] = []
    for character, style in line:
        if out and out[-1][1] == style:
            out[-1] = (out[-1][0] + character, style)
        else:
            out.append((character, style))
    return out


def columns(screen: Screen, cells: Sequence[Styled], widths: Sequence[int]) -> str:
    """A row of cells side by side, each wrapped in its width; lines end with a newline."""
    out = []
    stacks = [wrapped([cell], width) for cell, width in zip(cells, widths, strict=True)]
    for row in zip_longest(*stacks, fillvalue=[]):
        line, gap = "", 0
        for parts, width in zip(row, widths, strict=True):
            text = "".join(t for t, _ in parts)
            if text:
                line += " " * gap + "".join(screen.styled(*part) for part in parts)
                gap = 0
            gap += width - width_of(text) + GAP
        out.append(line + "\n")
    return "".join(out)
