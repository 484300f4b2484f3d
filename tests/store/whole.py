"""A reading by hand in which every kind of thing is there, with and without what may be unknown."""

from __future__ import annotations

from datetime import date

from communique.article import Article
from communique.reading import (
    Candidate,
    Claim,
    Dispute,
    Entity,
    Event,
    LanguageMark,
    Mention,
    Place,
    Producer,
    Quantity,
    Reading,
    Schedule,
    Sentence,
    Source,
    Time,
)

TEXT = (
    "Envoys of Norvania met Ostrian officials in Harbourtown on Monday. "
    "“We shamefully lost about 40 boats,” two aides said; the port says 12. "
    "The treaty is to be signed on 4 March 2031."
)


def at(words: str, text: str = TEXT) -> tuple[int, int]:
    """Where the words stand."""
    start = text.index(words)
    return start, start + len(words)


def whole(text: str = TEXT, **metadata: object) -> Reading:
    """The reading; ``text`` may hold more than ``TEXT``, and other things are known by ``metadata``."""
    known: dict[str, object] = {
        "id": "row 7",
        "title": "Talks “over” the port",
        "publisher": "Port Gazette",
        "url": "https://www.port.example/talks?utm_source=x",
        "published": date(2031, 2, 18),
        "published_from": "metadata",
        "blocks": ((0, 66), (67, len(text))),
    }
    first, second, third = text.index("Monday.") + 7, text.index("12.") + 3, len(text)
    quoted, port = at("We shamefully lost about 40 boats", text), at("12", text)
    return Reading(
        Producer("0.0.9", "by hand"),
        Article(text, **{**known, **metadata}),  # type: ignore[arg-type]
        sentences=[
            Sentence("s1", 0, first),
            Sentence("s2", first + 1, second),
            Sentence("s3", second + 1, third),
        ],
        entities=[
            # Mentions are not always in the order of the text.
            Entity(
                *("n1", "Norvania", "state", "NOR", ["GOV", "MIL"], None, "country:NOR"),
                [Mention(*at("Norvania", text), "name"), Mention(*at("Envoys", text), "metonym")],
            ),
            Entity("n2", "Ostria", "state", "AUT", mentions=[Mention(*at("Ostrian", text), "name")]),
            Entity("n3", "aides, [odd]", "group", role="aide", sectors=['it\'s "odd", [very]']),
            Entity("n4", "Envoys", "group", "NOR", mentions=[Mention(*at("Envoys", text), "description")]),
        ],
        times=[
            Time("t1", *at("Monday", text), "date", "2031-02-17", "2031-02-17", "2031-02-17"),
            Time("t2", *at("4 March 2031", text), "date", "2031-03-04", "2031-03-04", "2031-03-04"),
            Time("t3", *at("is to be", text), "duration", None),
        ],
        places=[
            Place("p1", *at("Harbourtown", text), "Harbourtown"),
            Place(
                *("p2", *at("Norvania", text), "Norvania", "NOR", 59.91273, 10.74609, 3143244, 0.1 + 0.2),
                Candidate("Norvania, the other", None, -1 / 3, 1e-9, None, 0.7),
            ),
        ],
        events=[
            Event(
                *(
                    "e1",
                    "CONSULT",
                    "visit",
                    ["diplomatic", "military"],
                    1,
                    1.5,
                    "042",
                    *at("met", text),
                    "s1",
                ),
                *(["n1", "n4"], ["n2"], "occurred", False, "t1", "p1", None, 0.8123456789012345),
            ),
            Event(
                *("e2", "AGREE", None, [], 2, -0.1, None, *at("signed", text), "s3", [], ["n2", "n1"]),
                *("planned", True, "t3", None, "c2", 1 / 3),
            ),
        ],
        claims=[
            Claim("c1", Source(None, [port]), [port], [port, quoted], "indirect", "deny", 0.25),
            Claim(
                *(
                    "c2",
                    Source("n3", [at("two aides", text)], True, 2),
                    [at("said", text)],
                    [quoted],
                    "mixed",
                ),
                *("assert", 1.0, "c1", "t1"),
            ),
            Claim("c3", Source(), [at("says", text)], [], "direct"),
        ],
        disputes=[Dispute("d1", ["c2", None], "number", "boats", [quoted, port])],
        schedule=[
            Schedule("k1", "t2", "e2", "treaty", *at("signed", text), "scheduled"),
            Schedule("k2", "t1", None, "met", *at("met", text), "expected"),
        ],
        quantities=[
            Quantity("q1", *at("40", text), 40, "boats", "fishing", True, "c2"),
            Quantity("q2", *port, 12.000001, None),
        ],
        language=[LanguageMark(*at("shamefully", text), "loaded")],
    )
