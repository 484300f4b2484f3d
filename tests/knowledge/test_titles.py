from __future__ import annotations

import pytest

from communique.knowledge import titles
from communique.knowledge.titles import ending


@pytest.mark.parametrize(
    ("name", "sector"),
    [
        ("Ministry of Education", "GOV"),
        ("Supreme Court", "JUD"),
        ("Socialist Workers Party", "PTY"),
        ("University of Cape Town", "EDU"),
        ("National Police", "COP"),
        ("Kanagawa Steel Co.", "BUS"),
        ("Blue Meadow", None),
    ],
)
def test_sector_of_a_body_by_the_words_of_its_name(name: str, sector: str | None) -> None:
    assert titles().sector_of_name(name.split()) == sector


def test_longer_titles_win() -> None:
    offices = titles().offices
    assert ending(["deputy", "foreign", "minister"], offices) == 3
    assert ending(["the", "minister"], offices) == 1
    assert ending(["minister", "of"], offices) == 0


@pytest.mark.parametrize(
    ("title", "sector"),
    [
        ("prime minister", "GOV"),
        ("senator", "LEG"),
        ("judge", "JUD"),
        ("colonel", "MIL"),
        ("police chief", "COP"),
        ("leader", None),
    ],
)
def test_sectors_of_titles(title: str, sector: str | None) -> None:
    assert titles().offices[tuple(title.split())] == sector


def test_peoples_have_a_country_of_three_letters_and_a_sector() -> None:
    table = titles()
    assert table.peoples["igbo"] == "NGA"
    assert set(table.peoples) <= set(table.named_groups) | {"copts"}
    assert all(len(code) == 3 and code.isupper() for code in table.peoples.values())
