"""Texts for the intake tests, written for them."""

from __future__ import annotations

import pytest

from communique.article import Article
from communique.errors import InputError
from communique.intake import read_articles

BODY = (
    "The foreign minister of Arendia said on Monday that her government would reopen its embassy in the "
    "capital of Belmark. Officials in both countries welcomed the step, which follows two years of talks."
)
SECOND = (
    "Critics in parliament said that the decision had been taken without them, and that they would ask for "
    "a vote before the end of the month."
)


@pytest.fixture
def body() -> str:
    return BODY


@pytest.fixture
def second() -> str:
    return SECOND


@pytest.fixture
def fault():
    """The one fault that reading a path gives."""

    def read(path, **options) -> InputError:
        found = list(read_articles([str(path)], **options))
        assert len(found) == 1 and isinstance(found[0], InputError), found
        assert "\n" not in str(found[0]) and not found[0].message.endswith(".")
        return found[0]

    return read


@pytest.fixture
def one():
    """The one article that reading a path gives."""

    def read(path, **options) -> Article:
        found = list(read_articles([str(path)], **options))
        assert len(found) == 1 and isinstance(found[0], Article), found
        return found[0]

    return read
