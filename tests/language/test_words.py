"""Words and sentences, by rule."""

from __future__ import annotations

import pytest

from communique.language.sentences import split_sentences
from communique.language.words import split_words


def words(text: str) -> list[str]:
    return [text[a:b] for a, b in split_words(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Japan's envoy didn't speak.", ["Japan", "'s", "envoy", "did", "n't", "speak", "."]),
        ("The US-led pact", ["The", "US", "-", "led", "pact"]),
        ("Mr. Abe met U.S. officials.", ["Mr.", "Abe", "met", "U.S.", "officials", "."]),
        ("It cost $14.9 billion (5%).", ["It", "cost", "$", "14.9", "billion", "(", "5", "%", ")", "."]),
        ("“We’re ready,” he said", ["“", "We", "’re", "ready", ",", "”", "he", "said"]),
        ("workers' union", ["workers", "'", "union"]),
        ("They cannot go", ["They", "can", "not", "go"]),
        ("see https://example.org/a?b=1.", ["see", "https://example.org/a?b=1", "."]),
        ("in the 1990s, on 3 May", ["in", "the", "1990s", ",", "on", "3", "May"]),
        ("O'Brien's car", ["O'Brien", "'s", "car"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text", ["Зеленский met 李强.", "a\u202eb\u0007c \u200d d", "1,2;3 … -- ?!", "don’t “x” 'y'"]
)
def test_no_character_is_lost(text: str) -> None:
    covered = "".join(words(text))
    assert [c for c in covered if not c.isspace()] == [c for c in text if not c.isspace()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He met Gen. Lee. They spoke.", ["He met Gen. Lee.", "They spoke."]),
        ("The U.S. Senate voted. It passed.", ["The U.S. Senate voted.", "It passed."]),
        (
            "It was signed in the U.S. The text is secret.",
            ["It was signed in the U.S.", "The text is secret."],
        ),
        ("“Stop!” he cried. She left.", ["“Stop!” he cried.", "She left."]),
        ('"We will go." The hall fell silent.', ['"We will go."', "The hall fell silent."]),
        ("John F. Kennedy spoke. Crowds came.", ["John F. Kennedy spoke.", "Crowds came."]),
        ("On Feb. 9 he left. On Sept. 10 he came.", ["On Feb. 9 he left.", "On Sept. 10 he came."]),
        ("A line\nthat is wrapped. And on.", ["A line\nthat is wrapped.", "And on."]),
        ("A heading\n\nThe text begins.", ["A heading", "The text begins."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in split_sentences(text)] == expected


def test_blocks_decide_the_paragraphs() -> None:
    text = "The next\n\nelection is near. Furniture"
    assert [text[a:b] for a, b in split_sentences(text, [(0, 27)])] == ["The next\n\nelection is near."]


def test_endless_line_is_cut() -> None:
    text = "word " * 5000
    spans = split_sentences(text)
    assert max(b - a for a, b in spans) <= 2500
    assert "".join(text[a:b] for a, b in spans).count("word") == 5000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KYIV, March 3 (Agency) — The bridge is open.", ["KYIV, March 3 (Agency)", "The bridge is open."]),
        ("SEOUL - Talks failed.", ["SEOUL", "Talks failed."]),
        ("NATO-led forces left. They won.", ["NATO-led forces left.", "They won."]),
    ],
)
def test_a_dateline_is_no_part_of_its_sentence(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in split_sentences(text)] == expected
