from datetime import date
from pathlib import Path

import pytest

from communique.errors import InputError
from communique.knowledge import find_organization
from communique.knowledge.own import actors_of, using
from communique.knowledge.people import named
from communique.knowledge.who import candidates

TABLE = """\
# our own
name,names,kind,country,sectors,title,from,to,known_as
Tarla Venn,T. Venn,person,JPN,GOV,prime minister,2031-01-02,2032-05,Venn
Tarla Venn,,person,JPN,,foreign minister,2029,2030,
Front for Dry Land,FDL,organization,NLD,REB,,,,
The Lamp Post,,media,IRL,,,,,
"""


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "actors.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


def test_rows_of_ones_own_are_found_while_they_are_used(table: str) -> None:
    assert not named("Venn")
    with using(actors_of(table)):
        (person,) = named("Venn")
        assert person.name == "Tarla Venn" and person.country == "JPN"
        assert [o.title for o in person.offices] == ["foreign minister", "prime minister"]
        assert [o.title for o in person.held(date(2032, 5, 31))] == ["prime minister"]
        assert not person.held(date(2032, 6, 1))
        found = find_organization("the FDL")
        assert found is not None and found.sectors == ("REB",) and found.country == "NLD"
        press = find_organization("The Lamp Post")
        assert press is not None and press.kind == "media" and press.sectors == ("JRN",)
    assert find_organization("FDL") is None


def test_they_are_among_the_candidates(table: str) -> None:
    with using(actors_of(table)):
        best = candidates("Venn", date(2031, 6, 1), "Japanese prime minister")[0]
    assert best.person.name == "Tarla Venn"
    assert best.offices[0].title == "prime minister"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("who,country\nx,JPN\n", "name"),
        ("name,colour\nx,red\n", "colour"),
        ("name,country\nx,JAPAN\n", "JAPAN"),
        ("name,kind\nx,robot\n", "robot"),
        ("name,from\nx,spring\n", "spring"),
        ("name,country\n,JPN\n", "without a name"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=word) as fault:
        actors_of(str(path))
    assert "bad.csv" in str(fault.value)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(b"name\n\xff\xfe\n")
    with pytest.raises(InputError, match="UTF-8"):
        actors_of(str(path))
    with pytest.raises(InputError, match="cannot be read"):
        actors_of(str(tmp_path / "none.csv"))
