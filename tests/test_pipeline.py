"""The whole line: contract, order of steps, the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

import communique
from communique.pipeline import Pipeline, check_order
from communique.reading import Reading

EXAMPLES = Path(__file__).parent.parent / "examples"


class _Step:
    def __init__(self, reads: set[str], writes: set[str]) -> None:
        self.reads, self.writes = frozenset(reads), frozenset(writes)

    def __call__(self, reading: Reading) -> Reading:
        return reading


def test_nothing_is_read_before_it_is_written() -> None:
    with pytest.raises(ValueError, match="reads events before"):
        check_order([_Step(set(), {"sentences"}), _Step({"events"}, {"schedule"})])


def test_only_parts_of_a_reading_are_named() -> None:
    with pytest.raises(ValueError, match="which no reading has"):
        check_order([_Step(set(), {"sentence"})])


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    found = list(communique.read_many([str(EXAMPLES)]))
    assert all(isinstance(r, Reading) for r in found)
    return [r for r in found if isinstance(r, Reading)]


def test_a_reading_comes_back_from_its_json(readings: list[Reading]) -> None:
    for reading in readings:
        again = Reading.from_json(reading.to_json())
        assert again.to_json() == reading.to_json()


def test_every_span_is_within_the_text_and_every_id_is_known(readings: list[Reading]) -> None:
    for reading in readings:
        size = len(reading.article.text)
        ids = {e.id for e in reading.entities}
        for part in ("sentences", "times", "places", "events", "schedule"):
            for item in getattr(reading, part):
                assert 0 <= item.start < item.end <= size
        for entity in reading.entities:
            assert entity.mentions
            assert all(0 <= m.start < m.end <= size for m in entity.mentions)
        for event in reading.events:
            assert set(event.actors + event.recipients) <= ids
            assert event.claim is None or event.claim in {c.id for c in reading.claims}
            assert event.time is None or event.time in {t.id for t in reading.times}
        for claim in reading.claims:
            assert claim.content
            assert all(0 <= a < b <= size for a, b in [*claim.content, *claim.cue, *claim.source.spans])
            assert claim.source.entity is None or claim.source.entity in ids


def test_the_same_bytes_again_and_with_two_workers(readings: list[Reading]) -> None:
    first = [r.to_json() for r in readings]
    for workers in (1, 2):
        again = list(communique.read_many([str(EXAMPLES)], workers=workers))
        assert [r.to_json() for r in again if isinstance(r, Reading)] == first


def test_threads_make_no_difference() -> None:
    text = (EXAMPLES / "01-sympathy-message.txt").read_text(encoding="utf-8")
    from communique.intake import from_text

    article = from_text(text)
    assert Pipeline(threads=1).read(article).to_json() == Pipeline(threads=3).read(article).to_json()


@pytest.mark.parametrize(
    "text",
    [
        "“Yes.” “No.” “Perhaps.”",
        "a\u202eb \u0007 c\u200d said.",
        "the and of it " * 3000,
        "x" * 5000,
        "1 2 3 4 5 6 7 8 9",
    ],
)
def test_odd_texts_are_read(text: str) -> None:
    reading = communique.read(text)
    assert reading.article.text == text
    assert Reading.from_json(reading.to_json()).to_json() == reading.to_json()
