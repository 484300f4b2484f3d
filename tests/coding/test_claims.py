"""Who said so: cue, source and content, from the shipped network's trees."""

from __future__ import annotations

import pytest

import communique
from communique.language.quotes import find_quotes
from communique.reading import Claim, Reading


def words(reading: Reading, spans: list[tuple[int, int]]) -> str:
    return " … ".join(reading.article.text[a:b] for a, b in spans)


def only(reading: Reading) -> Claim:
    assert len(reading.claims) == 1, [words(reading, c.content) for c in reading.claims]
    return reading.claims[0]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "manner"),
    [
        (
            "The foreign minister said that the talks would resume in May.",
            "The foreign minister",
            "said",
            "that the talks would resume in May",
            "indirect",
        ),
        (
            "“The border is closed,” the governor told reporters.",
            "the governor",
            "told",
            "“The border is closed,”",
            "direct",
        ),
        (
            "According to the health ministry, twelve people died in the floods.",
            "the health ministry",
            "According to",
            "twelve people died in the floods",
            "indirect",
        ),
        (
            "The strike will end on Friday, union leaders said.",
            "union leaders",
            "said",
            "The strike will end on Friday",
            "indirect",
        ),
    ],
)
def test_one_claim(text: str, source: str, cue: str, content: str, manner: str) -> None:
    reading = communique.read(text)
    claim = only(reading)
    assert words(reading, claim.source.spans) == source
    assert words(reading, claim.cue) == cue
    assert words(reading, claim.content) == content
    assert claim.manner == manner


def test_denial() -> None:
    reading = communique.read("The ministry denied that its agents had crossed the border.")
    assert only(reading).act == "deny"


def test_a_claim_in_a_claim_is_within_it() -> None:
    text = "The newspaper reported that the minister said the treaty was dead."
    reading = communique.read(text)
    inner = next(c for c in reading.claims if words(reading, c.cue) == "said")
    outer = next(c for c in reading.claims if words(reading, c.cue) == "reported")
    assert inner.within == outer.id
    assert outer.within is None


def test_reportedly_has_no_source() -> None:
    reading = communique.read("The general has reportedly fled the capital.")
    claim = only(reading)
    assert claim.source.spans == []
    assert claim.certainty < 0.8


def test_the_source_is_an_entity() -> None:
    reading = communique.read("President Emmanuel Macron said that France would send aid to Lebanon.")
    source = reading.entity(only(reading).source.entity)
    assert source is not None
    assert "Macron" in source.name


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "no" and left.', ['"no"']),
        ("“One,” he said. “Two.”", ["“One,”", "“Two.”"]),
        ("The workers' union and the teachers' league", []),
        ("“It opens\n\n“and goes on”", ["“It opens", "“and goes on”"]),
    ],
)
def test_quotes(text: str, quoted: list[str]) -> None:
    cut = text.find("\n\n")
    blocks = [(0, cut), (cut + 2, len(text))] if cut >= 0 else [(0, len(text))]
    assert [text[a:b] for a, b in find_quotes(text, blocks)] == quoted


def test_the_speakers_i_is_one_mention() -> None:
    reading = communique.read("“I have to leave, but I will write,” Marta Kovic told reporters in Geneva.")
    (who,) = (e for e in reading.entities if e.name == "Marta Kovic")
    spans = [(m.start, m.end) for m in who.mentions]
    assert len(spans) == len(set(spans)) == 3
