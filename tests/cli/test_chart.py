"""Bars and sparklines, in blocks and in plain characters."""

from __future__ import annotations

import io

import pytest

from communique.cli.chart import Blocks, blocks, sparkline, stacked

MADE_OF = Blocks("ab", "0123456789", ".", "|")


def test_a_bar_fills_its_width_in_proportion() -> None:
    assert stacked([2, 2], 4, 10, "ab") == ["aaaaa", "bbbbb"]
    assert stacked([1, 0], 4, 8, "ab") == ["aa", ""]
    assert stacked([0, 0], 0, 8, "ab") == ["", ""]


def test_what_is_there_is_seen_and_no_bar_is_too_long() -> None:
    assert stacked([1, 999], 1000, 10, "ab") == ["a", "b" * 9]
    assert sum(map(len, stacked([3, 3], 6, 5, "ab"))) <= 5


def test_sparkline() -> None:
    assert sparkline([-10, None, 0, 10, 99], -10, 10, MADE_OF) == "0.499"
    assert sparkline([], -10, 10, MADE_OF) == ""


@pytest.mark.parametrize(("encoding", "plain"), [("utf-8", False), ("ascii", True), ("cp1252", True)])
def test_plain_characters_where_there_are_no_others(
    encoding: str, plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    found = blocks()
    assert all("".join((f.cells, f.steps, f.gap, f.axis)).isascii() for f in [found]) == plain
    assert not blocks(to_file=True).cells.isascii()
