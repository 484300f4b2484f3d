"""Columns, wrapping and colours."""

from __future__ import annotations

import pytest

from communique.cli.page import Screen, columns, screen, width_of, wrapped


def plain(text: str, width: int) -> list[str]:
    return ["".join(t for t, _ in line) for line in wrapped([(text, "")], width)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("one\n→ two", ["one", "→ two"]),
        ("abcdefghijk", ["abcdefgh", "ijk"]),
        ("on abcdefghijk", ["on abcde", "fghijk"]),
        ("東京大阪京都", ["東京大阪", "京都"]),
        ("", [""]),
        ("seven77 x", ["seven77", "x"]),
        ("eight888 x", ["eight888", "x"]),
    ],
)
def test_lines_break_at_spaces_and_only_long_words_within(text: str, lines: list[str]) -> None:
    assert plain(text, 8) == lines


def test_styles_survive_the_wrapping() -> None:
    parts = [("the envoys ", "italic"), ("met", "bold"), (" today", "italic")]
    assert wrapped(parts, 14) == [[("the envoys ", "italic"), ("met", "bold")], [("today", "italic")]]


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("é", 1), ("e\u0301", 1), ("東京", 4), ("–“”…", 4)])
def test_width_counts_columns_not_characters(text: str, width: int) -> None:
    assert width_of(text) == width


def test_cells_stand_under_each_other() -> None:
    row = columns(Screen(), [("one two", ""), ("東京", ""), ("end of it", "bold")], [4, 5, 4])
    assert row == "one   東京   end\ntwo          of\n             it\n"


def test_colours_only_where_there_are_some() -> None:
    assert columns(Screen(colors=True), [("a", "bold cyan"), ("b", "")], [2, 2]) == "\x1b[1;36ma\x1b[0m   b\n"
    assert columns(Screen(), [("a", "bold cyan"), ("b", "")], [2, 2]) == "a   b\n"


def test_a_file_and_a_pipe_are_plain_and_of_one_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert screen(to_file=True) == screen() == Screen(80, False)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"COLUMNS": "100", "TERM": "xterm"}, Screen(100, True)),
        ({"COLUMNS": "300", "TERM": "xterm", "NO_COLOR": "1"}, Screen(120, False)),
        ({"COLUMNS": "20", "TERM": "dumb"}, Screen(60, False)),
    ],
)
def test_a_terminal_says_how_wide_it_is(
    environment: dict[str, str], expected: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert screen() == expected
