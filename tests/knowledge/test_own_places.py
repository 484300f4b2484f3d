"""A user's own places."""

from __future__ import annotations

from pathlib import Path

import pytest

import communique
from communique.errors import InputError
from communique.knowledge.own_places import places_of

TABLE = """\
name,names,country,division,latitude,longitude,population,geonames
Yokota House,Megumi Hall|old hall,JPN,,35.5,139.25,,
Lyon,,CAN,ON,45.1,-80.2,900,777
"""


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "places.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


def test_own_rows_go_before_the_tables_and_are_found_by_name(table: str) -> None:
    text = "The ministers met at Yokota House on Friday. A court in Lyon sentenced the man."
    reading = communique.read(text, places=table)
    house, lyon = reading.places
    assert (reading.evidence(house), house.country, house.latitude) == ("Yokota House", "JPN", 35.5)
    assert house.geonames is None and lyon.geonames == 777
    assert (lyon.country, lyon.latitude) == ("CAN", 45.1)
    assert communique.read(text).places[-1].country == "FRA"


def test_other_names(table: str) -> None:
    found = places_of(table)
    assert [t.name for t in found.named("Megumi Hall")] == ["Yokota House"]
    assert found.named("Paris") == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("name,latitude\nX,1\n", "'longitude'"),
        ("name,latitude,longitude\nX,95,1\n", "line 2: latitude '95'"),
        ("name,latitude,longitude\n# a remark\nX,north,1\n", "line 3: latitude 'north'"),
        ("name,latitude,longitude,country\nX,5,1,Japan\n", "Japan"),
        ("name,latitude,longitude\n,5,1\n", "without a name"),
    ],
)
def test_faults_say_where_and_what(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=word):
        places_of(str(path))
