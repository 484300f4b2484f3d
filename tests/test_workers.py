"""Several processes: the same answers in the same order, and no death unnoticed."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator

import pytest

from communique.article import Article
from communique.batch import process
from communique.errors import CommuniqueError, EmptyInput, InputError, InstallationError
from communique.reading import Reading
from tests.samples import FakeReader


def text(reading: Reading) -> str:
    return reading.article.text


def maker(reading: Reading) -> str:
    return reading.producer.model


def failing_start(threads: int | None) -> FakeReader:
    raise InstallationError("the weights are missing")


class Bomb:
    """Ends the process that unpickles it."""

    def __call__(self, reading: Reading) -> str:
        return ""

    def __setstate__(self, state: object) -> None:
        raise SystemExit(7)

    def __getstate__(self) -> dict[str, int]:
        return {"state": 1}


def articles(count: int) -> list[Article]:
    # Sizes differ, so that answers come in another order than they were asked for.
    return [
        Article(f"Number {i}. " + "word " * (5000 if i % 7 == 0 else 1), id=f"a{i}") for i in range(count)
    ]


def test_answers_are_those_of_one_process_in_the_same_order() -> None:
    items: list[Article | InputError] = [*articles(60), EmptyInput("is empty", "x.txt"), Article("Last.")]
    alone = [str(x) for x in process(items, text, 1, FakeReader)]
    together = [str(x) for x in process(items, text, 2, FakeReader)]
    assert together == alone
    assert multiprocessing.active_children() == []


def test_a_worker_that_dies_is_told_and_the_rest_is_read() -> None:
    items = [
        Article("One."),
        Article("DIE", title="The fatal one"),
        Article("Three."),
        Article("STUMBLE"),
        Article("Five."),
    ]
    found = list(process(items, text, 2, FakeReader))
    assert [x for x in found if isinstance(x, str)] == ["One.", "Three.", "Five."]
    assert isinstance(found[1], InputError)
    assert "The fatal one: could not be read: the worker process that read it ended (exit status 9)" in str(
        found[1]
    )
    assert "KeyError" in str(found[3])


def test_a_damaged_installation_ends_the_run_and_the_workers() -> None:
    with pytest.raises(InstallationError, match="missing"):
        list(process(articles(5), text, 2, failing_start))
    assert multiprocessing.active_children() == []


def test_a_worker_that_cannot_start_is_no_endless_loop() -> None:
    with pytest.raises(CommuniqueError, match="ended before it could start"):
        list(process(articles(3), Bomb(), 2, FakeReader))
    assert multiprocessing.active_children() == []


def test_the_input_is_drawn_no_further_than_the_window_and_leaving_early_ends_the_workers() -> None:
    drawn = 0

    def items() -> Iterator[Article]:
        nonlocal drawn
        for drawn in range(1, 10_001):
            yield Article(f"Number {drawn}.")

    found = process(items(), maker, 2, FakeReader)
    assert str(next(found)).startswith("pid ")
    found.close()  # type: ignore[attr-defined]
    assert drawn <= 2 * 16
    assert multiprocessing.active_children() == []


def test_an_error_of_the_input_comes_after_what_came_before_it() -> None:
    def items() -> Iterator[Article]:
        yield Article("One.")
        raise CommuniqueError("a package is missing")

    found = process(items(), text, 2, FakeReader)
    assert next(found) == "One."
    with pytest.raises(CommuniqueError, match="a package is missing"):
        next(found)
