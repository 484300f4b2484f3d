"""Who did what to whom, and whether it happened."""

from __future__ import annotations

import pytest

import communique
from communique.coding.events import parties_of
from communique.coding.status import status_of
from communique.coding.tellings import Told
from communique.language.analyse import analyse
from communique.language.analysis import Word
from communique.reading import Event, Reading


def parties(reading: Reading, event: Event) -> tuple[list[str], list[str]]:
    names = {e.id: e.name for e in reading.entities}
    return [names[i] for i in event.actors], [names[i] for i in event.recipients]


def event_of(reading: Reading, word: str) -> Event:
    return next(e for e in reading.events if reading.evidence(e) == word)


@pytest.mark.parametrize(
    ("text", "word", "kind", "actors", "recipients"),
    [
        ("Germany condemned Belarus on Monday.", "condemned", "ACCUSE", ["Germany"], ["Belarus"]),
        ("Israeli forces attacked Hamas in Gaza.", "attacked", "ASSAULT", None, ["Hamas"]),
        ("Kenya and Uganda held talks on trade.", "talks", "CONSULT", ["Kenya", "Uganda"], []),
        ("Russia threatened Finland on Monday.", "threatened", "THREATEN", ["Russia"], ["Finland"]),
        ("Poland was accused by Belarus.", "accused", "ACCUSE", ["Belarus"], ["Poland"]),
    ],
)
def test_types_and_parties(
    text: str, word: str, kind: str, actors: list[str] | None, recipients: list[str]
) -> None:
    reading = communique.read(text, min_confidence=0.0)
    event = event_of(reading, word)
    assert event.type == kind
    found = parties(reading, event)
    if kind == "CONSULT":  # both sides do the same
        found = (sorted(found[0] + found[1]), [])
    assert found[1] == recipients
    if actors is not None:
        assert found[0] == actors


STATUS = [
    ("Chile attacked Peru.", "attacked", "occurred"),
    ("Chile did not attack Peru.", "attack", "negated"),
    ("Chile will attack Peru.", "attack", "planned"),
    ("Chile may attack Peru.", "attack", "hypothetical"),
    ("Chile is attacking Peru.", "attacking", "ongoing"),
    ("Chile refused to meet Peru.", "meet", "negated"),
    ("Chile plans to meet Peru.", "meet", "planned"),
    ("Chile is seeking a summit with Peru.", "summit", "planned"),
    ("If Chile attacks Peru, prices will rise.", "attacks", "hypothetical"),
    ("Chile cancelled talks with Peru.", "talks", "negated"),
    ("Chile held talks with Peru.", "talks", "occurred"),
    ("Chile will hold talks with Peru.", "talks", "planned"),
]


@pytest.mark.parametrize(("text", "word", "expected"), STATUS)
def test_status(text: str, word: str, expected: str) -> None:
    sentence = analyse(text).sentences[0]
    trigger = next(w for w in sentence.words if w.text == word)
    assert status_of(sentence, trigger) == expected


def test_an_event_told_in_a_claim_names_it() -> None:
    reading = communique.read(
        "The minister said that Russia attacked Ukraine on Tuesday.", published="2024-02-15"
    )
    event = event_of(reading, "attacked")
    assert event.claim == reading.claims[0].id
    time = next(t for t in reading.times if t.id == event.time)
    assert time.start_day == "2024-02-13"


def test_nothing_political_happens() -> None:
    text = "The soup should simmer for an hour. Add salt and stir it well before you serve it with bread."
    assert communique.read(text).events == []


def test_every_number_is_within_its_bounds() -> None:
    text = "France imposed sanctions on Iran. Protesters attacked police in Paris. Turkey will visit Greece."
    reading = communique.read(text)
    assert reading.events
    for event in reading.events:
        assert 0 <= event.confidence <= 1
        assert -10 <= event.intensity <= 10
        assert event.quad_code in (1, 2, 3, 4)
        assert reading.article.text[event.start : event.end].strip()


ODD = {
    "no verb": "No deal. Not yet. Nine years, two wars, one border. A long night in Vienna.",
    "headlines": "Floods in north\n\nShares up 3 percent\n\nWeather: fair, 21C\n\nSee page 7",
    "list": "Items on sale:\n- apples, 2.30\n- pears, 1.90\n- bread, 3.10\n- soap, 0.99",
    "table": "Team P W D L Pts Arsenal 38 26 6 6 84 City 38 28 5 5 89 Villa 38 18 7 13 61 Luton 38 6 8 24 26",
    "long": "The recipe " + "takes one more spoon of sugar and " * 60 + "is done at last.",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_text_tells_of_nothing(text: str) -> None:
    assert communique.read(text).events == []


def test_capitals_and_quotes_within_quotes_are_read() -> None:
    shouted = communique.read("POLICE ARRESTED TWO OPPOSITION LEADERS IN HARARE ON MONDAY, THE PARTY SAID.")
    assert all(e.actors or e.recipients for e in shouted.events)
    nested = "“He told us ‘they said “we condemn France” and left’,” the envoy recalled. "
    reading = communique.read(nested + "“" * 40 + " Nothing came of it.")
    assert all(0 <= e.start < e.end <= len(reading.article.text) for e in reading.events)


def test_least_confidence_decides_what_is_shown() -> None:
    text = "Germany condemned Belarus. Some in Minsk may have sought talks with a neighbour of theirs."
    everything = communique.read(text, min_confidence=0.0).events
    sure = communique.read(text, min_confidence=0.99).events
    assert len(sure) < len(everything)
    assert all(e.confidence >= 0.5 for e in communique.read(text, min_confidence=0.5).events)


def test_told_again_is_one_event() -> None:
    text = "Germany condemned Belarus. Fog lay over the lake. Germany condemned Belarus."
    events = [e for e in communique.read(text, min_confidence=0.0).events if e.type == "ACCUSE"]
    assert len(events) == 1


def test_where_little_is_public_only_what_is_sure_is_shown() -> None:
    from communique.coding.events import Events
    from communique.coding.tellings import load_settings
    from communique.reading import Entity, Mention

    reading = communique.read("Chile attacked Peru.", published="2024-02-15")
    usual, quiet = load_settings()["threshold"], load_settings()["quiet"]
    assert Events()._least(reading, 0.0) == usual  # too short to tell what it is about
    mentions = [Mention(i, i + 1, "name") for i in range(quiet["mentions"])]
    reading.entities = [Entity("n1", "x", "person", mentions=mentions)]
    least = [Events()._least(reading, step["politics"] - 0.01) for step in quiet["steps"]]
    assert least == [step["threshold"] for step in quiet["steps"]]
    assert [Events()._least(reading, 0.0), *least, Events()._least(reading, 1.0)] == [least[0], *least, usual]
    assert sorted(least, reverse=True) == least and least[-1] > usual
    assert Events(0.1)._least(reading, 0.0) == 0.1


def test_the_known_of_film_and_sport_are_not_public() -> None:
    from communique.coding.parties import is_public
    from communique.reading import Entity

    assert not is_public(Entity("n1", "Ana Ruiz", "person", None, ["ELI"], role="Oscar-winning actress"))
    assert not is_public(Entity("n1", "two singers", "group", None, ["ELI"]))
    assert is_public(Entity("n1", "Ana Ruiz", "person", None, ["ELI"], role="former prime minister"))
    assert is_public(Entity("n1", "Ana Ruiz", "person", None, ["GOV", "ELI"], role="actress"))
    assert is_public(Entity("n1", "a defence contractor", "group", None, ["ELI"]))


def test_nobody_consults_alone() -> None:
    told = communique.read("Chile held talks on Monday.", published="2024-02-15", min_confidence=0.0)
    assert not [e for e in told.events if e.type == "CONSULT"]
    text = "Chile held talks with Peru on Monday."
    both = communique.read(text, published="2024-02-15", min_confidence=0.0)
    assert [e.type for e in both.events] == ["CONSULT"]


def test_a_match_is_no_event() -> None:
    text = (
        "Last week North Korea told the league that it could not host a World Cup qualifier against Japan, "
        "which had been scheduled for Tuesday in Pyongyang; the match was cancelled."
    )
    told = communique.read(text, min_confidence=0.0)
    assert not {"qualifier", "match"} & {text[e.start : e.end] for e in told.events}


class ByText:
    """Whom a word names: somebody of that name."""

    def named_by(self, number: int, word: Word) -> str | None:
        return word.text


@pytest.mark.parametrize("first", range(12))
def test_of_two_who_stand_on_both_sides_the_clearer_one_is_put_first(first: int) -> None:
    # The hash of a name differs from run to run: what went by it went by chance.
    one, two = (Word(0, 1, f"n{first + k}", k, upos="PROPN") for k in (0, 40))
    sides = ([(one, 0.6), (two, 0.5)], [(one, 0.7), (two, 0.8)])
    told = Told(0, one, "ASSAULT", 0.9, "occurred", False, sides, [], {})
    assert parties_of(told, ByText()) == ([one.text], [two.text])  # type: ignore[arg-type]


def test_a_trade_war_is_no_assault() -> None:
    def assaults(text: str) -> int:
        reading = communique.read(text, published="2024-02-15", min_confidence=0.0)
        return sum(e.type == "ASSAULT" for e in reading.events)

    assert assaults("Russia waged a war against Ukraine for two years.")
    assert not assaults("The United States waged a trade war against China for two years.")


@pytest.mark.parametrize(
    ("text", "against"),
    [
        ("Protests and riots spread through the country while Ana Ruiz kept her lead in the polls.", set()),
        ("Thousands marched in Madrid to protest against Prime Minister Papadakis.", {"Papadakis"}),
    ],
)
def test_a_protest_is_not_against_whoever_stands_near(text: str, against: set[str]) -> None:
    reading = communique.read(text, published="2024-02-15", min_confidence=0.0)
    names = {n.id: n.name for n in reading.entities}
    protests = [e for e in reading.events if e.type == "PROTEST"]
    assert {names[i] for e in protests for i in e.recipients} == against
