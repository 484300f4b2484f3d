"""Many articles: order, faults, and what reaches whom."""

from __future__ import annotations

import pytest

from communique.article import Article
from communique.batch import process, without_analysis
from communique.errors import EmptyInput, InputError, InstallationError, NotEnglish
from communique.language.analysis import Analysis
from communique.reading import Producer, Reading
from tests.samples import FakeReader


def title(reading: Reading) -> str | None:
    return reading.article.title


def test_faults_keep_their_place() -> None:
    items = [Article("One.", title="1"), EmptyInput("is empty", "b.txt"), Article("Three.", title="3")]
    one, fault, three = process(items, title, 1, FakeReader)
    assert (one, three) == ("1", "3")
    assert str(fault) == "b.txt: is empty"


def test_a_fault_of_a_reading_is_named_after_the_article() -> None:
    (fault,) = process([Article("FOREIGN", title="Le port")], title, 1, FakeReader)
    assert isinstance(fault, NotEnglish)
    assert str(fault) == "Le port: is written in French"


def test_a_step_that_stumbles_costs_only_its_article() -> None:
    fault, two = process(
        [Article("STUMBLE", url="http://a/b"), Article("Two.", title="2")], title, 1, FakeReader
    )
    assert isinstance(fault, InputError)
    assert "http://a/b: could not be read" in str(fault)
    assert "KeyError" in str(fault)
    assert isinstance(fault.__cause__, KeyError)
    assert two == "2"


def test_a_damaged_installation_ends_the_run() -> None:
    with pytest.raises(InstallationError, match="weights are damaged"):
        list(process([Article("DAMAGED")], title, 1, FakeReader))


def test_no_reader_is_made_where_all_inputs_are_faults() -> None:
    def never(threads: int | None) -> FakeReader:
        raise AssertionError("made")

    assert len(list(process([EmptyInput("is empty", "a.txt")], title, 1, never))) == 1


def test_articles_are_drawn_one_at_a_time() -> None:
    drawn = 0

    def items() -> object:
        nonlocal drawn
        for drawn in range(1, 100):
            yield Article(f"Number {drawn}.", title=str(drawn))

    found = process(items(), title, 1, FakeReader)  # type: ignore[arg-type]
    assert next(found) == "1"
    assert drawn == 1


def test_readings_are_given_without_the_networks_view() -> None:
    reading = Reading(Producer("0", "m"), Article("One."), analysis=Analysis())
    assert without_analysis(reading).analysis is None
