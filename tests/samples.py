"""A reading made by hand, and a reader that makes readings without the network."""

from __future__ import annotations

import os
from datetime import date

from communique.article import Article
from communique.errors import InstallationError, NotEnglish
from communique.reading import (
    Claim,
    Entity,
    Event,
    Mention,
    Producer,
    Reading,
    Schedule,
    Sentence,
    Source,
    Time,
)

TEXT = (
    "Envoys of Norvania met Ostrian officials on Monday. "
    "“We will not give up the port,” minister Ada Holm said, according to the Daily Wire. "
    "The two sides plan to sign a treaty on 4 March 2031."
)


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    """Where the words stand in the text."""
    start = text.index(words)
    return start, start + len(words)


def sample(text: str = TEXT, **metadata: object) -> Reading:
    """A reading of ``TEXT``: two events, two claims (one within the other) and a treaty ahead."""
    known: dict[str, object] = {
        "id": "a1",
        "title": "Talks over the port",
        "publisher": "Port Gazette",
        "published": date(2031, 2, 18),
        "published_from": "text",
    }
    reading = Reading(Producer("0.1.0", "test"), Article(text, **{**known, **metadata}))  # type: ignore[arg-type]
    ends = [text.index(". ") + 1, text.index("Wire. ") + 5, len(text)]
    reading.sentences = [
        Sentence("s1", 0, ends[0]),
        Sentence("s2", ends[0] + 1, ends[1]),
        Sentence("s3", ends[1] + 1, ends[2]),
    ]
    reading.entities = [
        Entity("n1", "Norvania", "state", mentions=[Mention(*span("Norvania", text), "name")]),
        Entity("n2", "Ostria", "state", mentions=[Mention(*span("Ostrian", text), "name")]),
        Entity("n3", "Ada Holm", "person", mentions=[Mention(*span("Ada Holm", text), "name")]),
        Entity("n4", "Daily Wire", "media", mentions=[Mention(*span("Daily Wire", text), "name")]),
    ]
    reading.times = [
        Time("t1", *span("Monday", text), "date", "2031-02-17", "2031-02-17", "2031-02-17"),
        Time("t2", *span("4 March 2031", text), "date", "2031-03-04", "2031-03-04", "2031-03-04"),
    ]
    reading.claims = [
        Claim(
            "c1",
            Source("n4"),
            [span("according to", text)],
            [span("“We will not give up the port,”", text)],
            "mixed",
        ),
        Claim(
            "c2",
            Source("n3", [span("minister Ada Holm", text)]),
            [span("said", text)],
            [span("“We will not give up the port,”", text)],
            "direct",
            act="deny",
            within="c1",
        ),
    ]
    reading.events = [
        Event(
            "e1",
            "CONSULT",
            "visit",
            [],
            1,
            1.0,
            "036",
            *span("met", text),
            "s1",
            ["n1"],
            ["n2"],
            "occurred",
            time="t1",
        ),
        Event(
            "e2",
            "YIELD",
            None,
            [],
            4,
            1.0,
            None,
            *span("give up", text),
            "s2",
            ["n1"],
            [],
            "negated",
            claim="c2",
        ),
        Event(
            "e3",
            "AGREE",
            None,
            [],
            2,
            1.0,
            None,
            *span("sign a treaty", text),
            "s3",
            ["n1"],
            ["n2"],
            "planned",
            time="t2",
        ),
    ]
    reading.schedule = [
        Schedule("k1", "t2", "e3", "treaty signing", *span("sign a treaty", text), "scheduled")
    ]
    return reading


class FakeReader:
    """Reads without the network; some words of the text make it fail, each in another way."""

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads

    def read(self, article: Article) -> Reading:
        if "STUMBLE" in article.text:
            raise KeyError("a step's mistake")
        if "FOREIGN" in article.text:
            raise NotEnglish("is written in French")
        if "DAMAGED" in article.text:
            raise InstallationError("the weights are damaged")
        if "DIE" in article.text:
            os._exit(9)
        reading = Reading(Producer("0.1.0", f"pid {os.getpid()}"), article)
        reading.sentences = [Sentence("s1", 0, len(article.text))]
        return reading
