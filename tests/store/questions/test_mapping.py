"""Where things happened."""

from __future__ import annotations

from communique.store import Store
from communique.store.questions.mapping import by_country, by_place


def test_countries_and_what_has_no_place(store: Store) -> None:
    rows = by_country(store).rows
    assert [(r["country"], r["happenings"]) for r in rows] == [("JPN", 1), (None, 2)]
    assert rows[0]["verbal_cooperation"] == 1


def test_places_have_coordinates(store: Store) -> None:
    answer = by_place(store)
    (row,) = answer.rows
    assert (row["place"], row["country"], row["latitude"], row["longitude"]) == ("Kobe", "JPN", 34.69, 135.19)
    assert (row["happenings"], row["whole"]) == (1, False)
    assert list(row) == list(answer.columns)


def test_a_filter_that_fits_nothing(store: Store) -> None:
    assert by_place(store, type="AID").rows == []
    assert by_country(store, type="AID").rows == []
