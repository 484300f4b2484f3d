"""Invented news in English, and a reader that reads nothing: for tests of what is stored, and how often."""

from __future__ import annotations

import random

from communique.article import Article
from communique.errors import InputError
from communique.reading import Producer, Reading, Sentence

_WHO = [
    "Norvania",
    "Ostria",
    "The harbour council",
    "President Holm",
    "The fishing union",
    "General Brandt",
    "The port mayor",
]
_DID = [
    "said it would open",
    "has closed",
    "visited",
    "promised to repair",
    "refused to sell",
    "warned about",
    "will vote on",
]
_WHAT = [
    "the northern bridge",
    "a new treaty",
    "two old ships",
    "the customs house",
    "its grain reserve",
    "the border road",
]
_WHEN = [
    "on Monday",
    "after long talks",
    "before the winter",
    "in a letter to the press",
    "despite the strike",
]
_WHY = [
    "because prices had risen",
    "while thousands watched",
    "and nobody was hurt",
    "as both sides had agreed",
]


def story(seed: int, sentences: int = 12) -> str:
    """A story of so many sentences of some twenty words; the same seed begins with the same sentences."""
    chance = random.Random(seed)

    def name() -> str:
        return "".join(chance.choice("bdfklmnprstv") + chance.choice("aeiou") for _ in range(3)).capitalize()

    # A name between every two parts: so no five words come twice but in a copy.
    told = [
        f"{chance.choice(_WHO)} of {name()} {chance.choice(_DID)} {name()} and {chance.choice(_WHAT)} "
        f"of {name()} {chance.choice(_WHEN)} in {name()}, {chance.choice(_WHY)} there."
        for _ in range(sentences)
    ]
    return "\n\n".join(" ".join(told[i : i + 3]) for i in range(0, sentences, 3))


class Stub:
    """Reads one sentence in every article; an article with the word UNREADABLE is a fault."""

    def __init__(self) -> None:
        self.read_so_far: list[str] = []

    def read(self, article: Article) -> Reading:
        self.read_so_far.append(article.id)
        if "UNREADABLE" in article.text:
            raise InputError("cannot be read, as a test wants it")
        reading = Reading(Producer("0", "stub"), article)
        reading.sentences = [Sentence("s1", 0, len(article.text))]
        return reading


def stub_reader(threads: int | None) -> Stub:
    """A new stub, for worker processes too."""
    return Stub()
