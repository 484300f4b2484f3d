"""How publishers tell."""

from __future__ import annotations

from datetime import date

import pytest

from communique.errors import BadQuestion
from communique.store import Store
from communique.store.questions.telling import coverage, differing, silent, telling
from communique.store.questions.voices import heard, publishers, shares
from communique.web.pages.sources import gathered
from tests.store.asked import FIRST, SECOND


def test_publishers_have_words_of_their_own(store: Store) -> None:
    rows = {r["publisher"]: r for r in publishers(store).rows}
    assert set(rows) == {"Harbour Gazette", "Évening Mail", "Third Wire", "Fourth Star"}
    gazette, mail = rows["Harbour Gazette"], rows["Évening Mail"]
    # What is said takes its share of the words with it.
    said = len("Ada Holm denied that 12 ferries sank")
    assert gazette["words"] == round(len(FIRST.split()) * (1 - said / len(FIRST)))
    assert mail["words"] == round(len(SECOND.split()) * (1 - len("Ada Holm met Ivo Brandt") / len(SECOND)))
    assert (gazette["loaded"], gazette["hedges"], mail["loaded"]) == (0, 1, 1)
    assert mail["loaded_per_1000"] == pytest.approx(1000 / mail["words"])
    assert (mail["claims"], mail["anonymous"]) == (1, 1.0)
    assert (gazette["happenings"], gazette["first"], mail["first"]) == (1, 1, 0)
    star = rows["Fourth Star"]
    assert (star["words"], star["happenings"], star["left_out"]) == (5, 0, 1)
    # The one told it, the other published months later.
    assert gazette["left_out"] == rows["Third Wire"]["left_out"] == 0


def test_days_of_publication_are_a_window(store: Store) -> None:
    assert {r["publisher"] for r in publishers(store, since="2024-03").rows} == {"Third Wire"}
    with pytest.raises(BadQuestion):
        publishers(store, since="soon")


@pytest.mark.parametrize(
    ("since", "until"), [(None, None), (date(2024, 2, 7), None), (None, date(2024, 3, 1))]
)
def test_days_added_up_are_what_a_window_has(since: date | None, until: date | None, store: Store) -> None:
    whole = publishers(store, since=since, until=until)
    rows = gathered(heard(store).within(since, until), shares(store, since=since, until=until).rows)
    assert rows == [{name: row[name] for name in rows[0]} for row in whole.rows]
    assert set(rows[0]) == set(whole.columns)


def test_coverage_knows_who_was_first_and_who_left_it_out(store: Store) -> None:
    answer = coverage(store)
    (row,) = answer.rows
    assert row["happening"] == 7
    assert row["publishers"] == ["Harbour Gazette", "Évening Mail"]
    assert row["days"] == [date(2024, 2, 6), date(2024, 2, 20)]
    # Two days after the first telling, and nothing of it; the Third Wire came months later.
    assert row["left_out"] == ["Fourth Star"]
    assert (row["articles"], row["differences"], row["day"]) == (2, 1, date(2024, 2, 5))
    assert coverage(store, since="2024-02-10").rows == []


def test_tellings_side_by_side(store: Store) -> None:
    one, two = telling(store, 7).rows
    assert (one["publisher"], one["from_day"], one["place"]) == ("Harbour Gazette", date(2024, 2, 5), "Kobe")
    assert (one["said_by"], one["loaded"], one["numbers"]) == (None, [], [])
    assert (two["from_day"], two["place"], two["said_by"]) == (None, None, "an aide")
    assert two["numbers"] == ["met sides"]
    assert two["sentence"] == "Ada Holm met Ivo Brandt, an aide said."
    start = two["start"] - two["sentence_start"]
    assert two["sentence"][start : start + 3] == two["words"] == "met"
    assert telling(store, 99).rows == []


def test_differences_have_the_words_of_both_sides(store: Store) -> None:
    (row,) = differing(store, 7).rows
    assert (row["kind"], row["about"]) == ("number", "ferries")
    assert (row["words_a"], row["words_b"]) == ("12 ferries", "met")
    assert differing(store, 99).rows == []


def test_who_is_silent(store: Store) -> None:
    assert silent(store, 7).rows == [{"publisher": "Fourth Star", "articles": 1}]
    assert silent(store, 99).rows == []
