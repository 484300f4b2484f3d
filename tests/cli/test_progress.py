"""The bar on stderr."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from communique.cli.progress import tracked


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_without_a_terminal_nothing_is_shown_or_counted(capsys: pytest.CaptureFixture[str]) -> None:
    def count() -> int:
        raise AssertionError("counted")

    assert list(tracked(iter("abcd"), count)) == list("abcd")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("total", "shown"), [(4, True), (None, True), (3, False)])
def test_many_show_a_bar(monkeypatch: pytest.MonkeyPatch, total: int | None, shown: bool) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    assert list(tracked(iter("abcd"), lambda: total)) == list("abcd")
    assert ("Reading" in screen.getvalue()) == shown


def test_the_bar_is_away_while_an_item_is_handled(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr("sys.stdout", screen)

    def items() -> Iterator[str]:
        yield from "abcde"

    for item in tracked(items(), lambda: 5, shares_screen=True):
        # The last thing done to the screen was to wipe the bar's line.
        assert screen.getvalue().rstrip("\r\n").endswith(("\x1b[2K", "\x1b[?25h"))
        print(f"<{item}>")
    assert "<e>" in screen.getvalue()
