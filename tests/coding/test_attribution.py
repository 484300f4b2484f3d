"""From scores to stretches; disputes, sources and the article's own voice, from the shipped network."""

from __future__ import annotations

import numpy as np
import pytest

import communique
from communique.coding.attribution import together
from communique.exports import citron
from communique.reading import Claim, Reading


def words(reading: Reading, spans: list[tuple[int, int]]) -> str:
    return " … ".join(reading.article.text[a:b] for a, b in spans)


def claim(reading: Reading, cue: str) -> Claim:
    return next(c for c in reading.claims if words(reading, c.cue) == cue)


@pytest.mark.parametrize(
    ("odds", "switch", "inside"),
    [
        ([-1, 2, 2, -1], 0.5, [1, 2]),
        ([2, -0.5, 2], 0.5, [0, 1, 2]),  # a dip costs less than an end and a new beginning
        ([2, -3, 2], 0.5, [0, 2]),
        ([0.5, 0.5], 1.0, []),  # not worth the price of beginning and ending
        ([-1, -1], 0.0, []),
        ([], 1.0, []),
    ],
)
def test_stretches(odds: list[float], switch: float, inside: list[int]) -> None:
    assert together(np.array(odds, np.float32), switch) == inside


@pytest.mark.parametrize(
    ("text", "cue", "anonymous", "count"),
    [
        (
            "Six unnamed Chilean customs officers told the paper that files had vanished.",
            "told",
            True,
            6,
        ),
        ("A senior diplomat said the embassy would close.", "said", True, 1),
        ("Witnesses said the soldiers fired on the crowd.", "said", True, None),
        ("The ministry said the embassy would close.", "said", False, None),
        ("The president said the embassy would close.", "said", False, None),
        ("A spokesman, John Smith, said the embassy would close.", "said", False, None),
        ("Angela Merkel said the embassy would close.", "said", False, None),
        ("A government report said the bridge was unsafe.", "said", False, None),
    ],
)
def test_anonymous(text: str, cue: str, anonymous: bool, count: int | None) -> None:
    source = claim(communique.read(text), cue).source
    assert (source.anonymous, source.count) == (anonymous, count)


def test_chain_from_the_outermost() -> None:
    reading = communique.read("The newspaper reported that the minister said the treaty was dead.")
    inner = claim(reading, "said")
    assert [words(reading, c.cue) for c in reading.chain(inner.id)] == ["reported", "said"]
    assert reading.chain(None) == []


def test_a_quotation_goes_on_in_the_next_sentences() -> None:
    reading = communique.read('"We will not leave," she said. "We have nowhere to go. They took our houses."')
    assert len(reading.claims) == 1
    assert "took our houses" in words(reading, reading.claims[0].content)


def test_a_denied_charge_is_a_dispute() -> None:
    reading = communique.read(
        "Paris accused Azerbaijan of stirring up the unrest. Baku rejected the accusation."
    )
    assert [d.kind for d in reading.disputes] == ["denial"]
    dispute = reading.disputes[0]
    assert "stirring up the unrest" in reading.evidence(dispute.spans[0])
    assert [c is not None for c in dispute.claims] == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "The minister did not deny the report. The general said the road was open.",
        "The army said 12 people were killed. The army said 15 people were injured.",
        "Police said two men were arrested on Monday. Prosecutors said four women were charged.",
        "Nobody denies that the war is over, and everyone says that the war is over.",
    ],
)
def test_no_dispute(text: str) -> None:
    assert communique.read(text).disputes == []


def test_the_articles_own_voice() -> None:
    text = 'The brutal regime arrested the editor. "The brutal regime must go," the priest said.'
    reading = communique.read(text)
    marked = [(reading.evidence(m), m.kind) for m in reading.language]
    assert marked == [("brutal", "loaded"), ("regime", "loaded")]
    assert all(m.end < text.index('"') for m in reading.language)


def test_citron_names() -> None:
    reading = communique.read("The foreign minister said that the talks would resume in May.")
    found = citron(reading)
    assert set(found) == {"text", "quotes", "coreference_groups"}
    quote = found["quotes"][0]
    assert set(quote) == {"id", "cue", "sources", "contents", "coreferences", "confidence"}
    assert quote["cue"] == {"start": 21, "end": 25, "text": "said"}
    for part in (*quote["sources"], *quote["contents"]):
        assert found["text"][part["start"] : part["end"]] == part["text"]


@pytest.mark.parametrize(
    "text",
    [
        '"We will not go, he said. And then he went.',
        "“He told me ‘she said “no”’ and left,” the clerk said.",
        '"""" said "the" """',
        "MINISTER: We have decided.\n\nREPORTER: Why?\n\nMINISTER: Because we had to.",
        '"' + "The whole article is one quotation. " * 40 + '"',
        "“It opens here.\n\n“It goes on here.\n\n“It ends here,” the bishop said.",
        "said said said said",
        "»Wir« said «they» and ‚no‘.",
    ],
)
def test_odd_quotation_marks(text: str) -> None:
    reading = communique.read(text)
    for one in reading.claims:
        assert one.content
        for a, b in (*one.content, *one.cue, *one.source.spans):
            assert 0 <= a < b <= len(text)
