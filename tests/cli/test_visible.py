"""Text of others on a screen."""

from __future__ import annotations

import pytest

from communique.cli.visible import excerpt, shortened, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\n\tb\u00a0 c", "a b c"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x9b31m", "\\x9b31m"),
        ("safe\u202egnp.exe", "safe\\u202egnp.exe"),
        ("\u2066x\u2069\u200b", "\\u2066x\\u2069\\u200b"),
        ("\U000e0041", "\\U000e0041"),
        ("\ud800", "\\ud800"),
        ("co\u00adoperation", "cooperation"),
        ("“naïve” – Zürich’s 東京 €5 Київ…", "“naïve” – Zürich’s 東京 €5 Київ…"),
    ],
)
def test_what_would_steer_a_terminal_is_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_long_text_is_cut_at_a_word() -> None:
    assert shortened("the two sides, which met", 16) == "the two sides…"
    assert shortened("the two sides", 13) == "the two sides"
    assert len(shortened("x" * 50, 10)) == 10


TEXT = "On Monday the envoys of five small states met in the old harbour to talk about fish and about peace."
FOCUS = (TEXT.index("met"), TEXT.index("met") + 3)


@pytest.mark.parametrize("width", [12, 20, 33, 50, 80, 200])
@pytest.mark.parametrize("focus", [FOCUS, (0, 2), (len(TEXT) - 6, len(TEXT))])
def test_an_excerpt_fits_and_holds_its_focus(focus: tuple[int, int], width: int) -> None:
    before, middle, after = excerpt(TEXT, focus, (0, len(TEXT)), width)
    assert middle == TEXT[slice(*focus)]
    assert len(before + middle + after) <= width
    assert TEXT[: focus[0]].endswith(before.lstrip("…"))
    assert TEXT[focus[1] :].startswith(after.rstrip("…"))
    assert (before + middle + after == TEXT) == (len(TEXT) <= width)


def test_an_excerpt_uses_the_room_it_has() -> None:
    shown = "".join(excerpt(TEXT, (len(TEXT) - 6, len(TEXT)), (0, len(TEXT)), 60))
    assert len(shown) > 45


def test_a_focus_longer_than_the_room_is_cut() -> None:
    assert excerpt(TEXT, (0, len(TEXT)), (0, len(TEXT)), 20) == ("", "On Monday the…", "")
