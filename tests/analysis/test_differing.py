"""What the tellings of one happening do not agree on."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.analysis.differing import Difference, differences
from communique.analysis.happenings import update
from communique.analysis.tellings import read
from communique.reading import Reading
from communique.store import open_store
from tests.analysis.telling_readings import Told, reading

SHELLED = "Ostria shelled the market of Brisk on Monday, killing {} at the fish stalls."


def shelled(id_: str, words: str, value: float, published: str = "2031-02-18", **more: str) -> Reading:
    sentence = SHELLED.format(words)
    counts = [(words.removeprefix("at least ").removeprefix("another "), value, "people")]
    told = Told(
        sentence, "shelled", "ASSAULT", ["Ostria"], ["market"], day="2031-02-17", counts=counts, **more
    )
    return reading(id_, published, told)


def found(*readings: Reading) -> list[Difference]:
    """The differences of the tellings, taken as of one happening."""
    return differences(read(enumerate(readings, start=1))[0])


def test_two_numbers_of_the_killed_differ() -> None:
    one, other = shelled("a", "12 people", 12), shelled("b", "17 people", 17)
    (difference,) = found(one, other)
    assert (difference.kind, difference.about) == ("number", "killed")
    assert one.evidence(difference.span) == "12 people"
    assert other.evidence(difference.other_span) == "17 people"


def test_a_later_and_higher_toll_is_called_so() -> None:
    (later,) = found(shelled("a", "12 people", 12), shelled("b", "17 people", 17, "2031-02-19"))
    assert later.about == "killed, later count"
    (lower,) = found(shelled("a", "17 people", 17), shelled("b", "12 people", 12, "2031-02-19"))
    assert lower.about == "killed"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("12 people", 12),  # the same
        ("at least 17 people", 17),  # not exact
        ("another 17 people", 17),  # a part
    ],
)
def test_what_is_no_difference(words: str, value: float) -> None:
    assert found(shelled("a", "12 people", 12), shelled("b", words, value)) == []


def test_large_numbers_may_be_rounded() -> None:
    assert found(shelled("a", "4,980 people", 4980), shelled("b", "5,000 people", 5000)) == []
    assert len(found(shelled("a", "4,980 people", 4980), shelled("b", "7,000 people", 7000))) == 1


def test_the_killed_are_not_set_against_the_injured() -> None:
    sentence = "Ostria shelled Brisk on Monday and 17 people were injured."
    injured = reading(
        "b",
        "2031-02-18",
        Told(sentence, "shelled", "ASSAULT", ["Ostria"], counts=[("17 people", 17.0, "people")]),
    )
    assert found(shelled("a", "12 people", 12), injured) == []


def test_numbers_of_one_article_are_left_to_its_own_disputes() -> None:
    one = SHELLED.format("12 people")
    other = "Ostria shelled the market of Brisk, killing 17 people."
    told = [
        Told(s, "shelled", "ASSAULT", ["Ostria"], counts=[(f"{n} people", float(n), "people")])
        for s, n in ((one, 12), (other, 17))
    ]
    assert found(reading("a", "2031-02-18", *told)) == []


def denied(status: str, act: str | None) -> Reading:
    sentence = "The foreign ministry in Ferro said no such town was ever shelled by its own gunners."
    return reading(
        "b", "2031-02-18", Told(sentence, "shelled", "ASSAULT", ["Ostria"], status=status, act=act)
    )


def test_what_one_tells_as_done_and_another_as_not_done() -> None:
    (difference,) = found(shelled("a", "12 people", 12), denied("negated", None))
    assert (difference.kind, difference.about, difference.other_claim) == ("status", "shelled", None)
    (difference,) = found(shelled("a", "12 people", 12), denied("occurred", "deny"))
    assert (difference.kind, difference.other_claim) == ("denial", 1)
    assert found(shelled("a", "12 people", 12), denied("planned", None)) == []


def test_the_same_words_read_in_two_ways_are_no_denial() -> None:
    assert found(shelled("a", "12 people", 12), shelled("b", "12 people", 12, status="negated")) == []


def test_differences_are_kept_in_a_store(tmp_path: Path) -> None:
    with open_store(tmp_path / "news.duckdb") as store:
        store.add(shelled("a", "12 people", 12), place="a")
        store.add(shelled("b", "17 people", 17), place="b")
        assert update(store) == 1
        rows = store.connection.execute(
            "SELECT d.kind, d.about, substr(a.text, d.start_a + 1, d.stop_a - d.start_a), "
            "substr(b.text, d.start_b + 1, d.stop_b - d.start_b) FROM differences d "
            "JOIN articles a ON a.article = d.article_a JOIN articles b ON b.article = d.article_b"
        ).fetchall()
    assert rows == [("number", "killed", "12 people", "17 people")]
