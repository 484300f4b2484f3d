from __future__ import annotations

import random

import pytest

from communique.analysis.copies import ORDERS, PASSAGE, agreeing, fingerprint, likeness

WORDS = [
    a + b
    for a in ("ba", "ko", "mi", "tu", "re", "sal", "pen", "dor")
    for b in ("rin", "mek", "los", "vat", "ith")
]


def story(seed: int, words: int = 300) -> str:
    """Words of no language, in sentences of ten."""
    chance = random.Random(seed)
    sentences = [" ".join(chance.choice(WORDS) for _ in range(10)).capitalize() for _ in range(words // 10)]
    return ".\n\n".join(sentences) + "."


def is_copy(one: str, other: str) -> bool:
    a, b = fingerprint(one), fingerprint(other)
    assert likeness(a, b).copy == likeness(b, a).copy
    assert likeness(a, b).shared == likeness(b, a).shared
    return bool(agreeing(a, [b])) and likeness(a, b).copy


def test_the_same_words_in_other_signs_and_capitals_are_a_copy() -> None:
    one = "“We'll stay,” she said – on Monday. " + story(1)
    other = '"We’ll  stay," SHE said -- on Monday. ' + story(1).upper()
    assert likeness(fingerprint(one), fingerprint(other)).shared == 1.0
    assert is_copy(one, other)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_a_text_without_its_end_is_a_copy(kept: float) -> None:
    text = story(2, 400)
    assert is_copy(text, text[: round(len(text) * kept)])


def test_a_text_without_a_passage_in_its_middle_is_a_copy() -> None:
    text = story(3)
    assert is_copy(text, text[:500] + text[1500:])


def test_a_few_other_words_and_lines_around_leave_a_copy() -> None:
    text = story(4)
    edited = " ".join("other" if i % 25 == 0 else w for i, w in enumerate(text.split()))
    assert is_copy(text, f"Valley Herald online\n{edited}\nTags: world, politics")


def test_different_stories_are_no_copies() -> None:
    assert not is_copy(story(5), story(6))


def test_a_new_beginning_above_old_paragraphs_is_no_copy() -> None:
    background = story(7, 200)
    assert not is_copy(story(8, PASSAGE + 40) + background, story(9, PASSAGE + 40) + background)


def test_the_passage_that_only_the_first_text_has_is_measured() -> None:
    short, long = story(10, 100), story(10, 100) + " " + story(11, 90)
    assert likeness(fingerprint(long), fingerprint(short)).more == 90
    assert likeness(fingerprint(short), fingerprint(long)).more == 0


def test_texts_of_a_few_words_are_never_copies() -> None:
    assert not is_copy("No comment.", "No comment.")
    assert not fingerprint("No comment.").smallest.size
    assert not likeness(fingerprint(""), fingerprint("")).copy


def test_page_furniture_does_not_count() -> None:
    furniture, text = story(12, 200), story(13, 100)
    one = fingerprint(f"{furniture}\n{text}", [(len(furniture) + 1, len(furniture) + 1 + len(text))])
    assert one.words.tolist() == fingerprint(text).words.tolist()


def test_fingerprints_stay_as_they_are() -> None:
    # They are kept in stores: another result would hide the copies of what is there.
    smallest = fingerprint(" ".join(f"word{i}" for i in range(40))).smallest
    assert len(smallest) == ORDERS
    assert smallest[:3].tolist() == [95147135, 57426014, 58397053]


def test_candidates_come_with_the_likeliest_first() -> None:
    text = story(14, 400)
    others = [story(15), text[: len(text) // 3], text[: len(text) * 9 // 10]]
    assert agreeing(fingerprint(text), [fingerprint(o) for o in others]) == [2, 1]
