"""Wikidata's ids of people."""

from __future__ import annotations

import re

import pytest

from communique.knowledge import wikidata
from communique.knowledge.people import everybody
from communique.knowledge.wikidata import wikidata_of


@pytest.mark.parametrize(
    ("kb", "expected"),
    [
        ("person:jpn-fumio-kishida", "Q359480"),
        ("person:rus-vladimir-putin", "Q7747"),
        ("person:nobody", None),
        ("state:JPN", None),
        (None, None),
    ],
)
def test_an_id_where_it_is_known(kb: str | None, expected: str | None) -> None:
    assert wikidata_of(kb) == expected


def test_every_row_is_of_a_person_of_the_table_and_no_id_is_given_twice() -> None:
    rows = wikidata._table()
    assert set(rows) <= {p.id for p in everybody()}
    assert len(set(rows.values())) == len(rows)
    assert all(re.fullmatch(r"Q[1-9][0-9]*", one) for one in rows.values())
