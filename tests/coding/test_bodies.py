"""Bodies whose names several may bear, and what is no body though its name says so."""

from __future__ import annotations

import pytest

import communique
from communique.reading import Entity


def linked(text: str, day: str | None = None) -> dict[str, str | None]:
    """The ids of what the text names, by the words it is named with."""
    reading = communique.read(text, published=day)
    return {reading.evidence(m): e.kb for e in reading.entities for m in e.mentions if m.form != "pronoun"}


def of_kind(text: str, kind: str) -> list[Entity]:
    return [e for e in communique.read(text).entities if e.kind == kind]


@pytest.mark.parametrize(
    ("text", "said", "id_"),
    [
        ("Tories and Labour quarrelled in London.",
            "Tories",
            "org:party-gbr-conservative-and-unionist-party"),
        ("Tories and Labour quarrelled in London.", "Labour", "org:party-gbr-labor"),
        ("Britain's Conservative Party chose a leader.", "Conservative Party",
         "org:party-gbr-conservative-and-unionist-party"),
        ("Fidesz won again in Budapest, Hungary.", "Fidesz", "org:party-hun-fidesz-hungarian-civic-alliance"),
        ("Israel's Labour Party turned the offer down.", "Labour Party", "org:party-isr-labor-party"),
        ("Norway's Labour Party lost two seats.", "Labour Party", "org:party-nor-labor-party"),
    ],
)  # fmt: skip
def test_a_party_is_that_of_the_country_beside_it_or_of_the_article(text: str, said: str, id_: str) -> None:
    assert linked(text)[said] == id_


def test_a_party_of_two_countries_is_two() -> None:
    found = communique.read("Britain's Labour Party met. Israel's Labour Party met, too.").entities
    assert {e.kb for e in found if "Lab" in e.name} == {"org:party-gbr-labor", "org:party-isr-labor-party"}


@pytest.mark.parametrize(
    "text",
    [
        "The Labour Party met to choose a leader.",
        "Azerbaijan sent guests. In Ohio, the Unity Party held its meeting in the United States.",
        "The Christian Democratic Party met in Ohio in the United States.",
        "The Democratic Rally of Cyprus met in the United States.",
    ],
)
def test_a_party_without_its_country_is_none(text: str) -> None:
    assert not any(kb and "party" in kb for kb in linked(text).values())


def test_members_and_party_are_one() -> None:
    text = "In the United States, Democrats cheered. The Democratic Party had won. The DNC thanked voters."
    found = linked(text)
    assert {found["Democrats"], found["Democratic Party"], found["DNC"]} == {"org:party-usa-democratic-party"}
    republicans = linked("In the United States, Republicans voted no. The Republican Party cheered.")
    assert republicans["Republicans"] == republicans["Republican Party"] == "org:republican-party"


@pytest.mark.parametrize(
    ("text", "said", "id_"),
    [
        ("The Canadian Senate passed the bill.", "Canadian Senate", "org:senate-can"),
        (
            "The Supreme Court of India struck down the law.",
            "Supreme Court of India",
            "org:supreme-court-ind",
        ),
        ("Russia's Security Council met in Moscow.", "Security Council", None),
        ("The Security Council met over Mali.", "Security Council", "org:un-security-council"),
        ("The Philippine Red Cross sent blankets.", "Red Cross", None),
        ("The U.N. refugee agency counted thousands in Sudan.", "U.N. refugee agency", "org:unhcr"),
        ("In the United States, the House and the Senate voted.", "House", "org:us-house"),
        ("The governor of Ohio, United States, sued in the state's Supreme Court.", "Supreme Court", None),
    ],
)
def test_a_body_of_a_common_name_is_its_owners_or_nobodys(text: str, said: str, id_: str | None) -> None:
    assert linked(text)[said] == id_


@pytest.mark.parametrize(
    ("text", "said", "id_"),
    [
        ("JEM rebels attacked a town in Sudan.", "JEM", "org:jem"),
        ("Jem rejoiced in Pakistan.", "Jem", None),
        ("The SDF sent a ship from Japan to the gulf.", "SDF", "org:jsdf"),
        ("The PLA of Namibia honoured its dead.", "PLA", None),
        ("AAP won the vote in Delhi, India.", "AAP", "org:party-ind-aam-aadmi-party"),
    ],
)
def test_an_acronym_is_told_by_its_letters_and_the_countries(text: str, said: str, id_: str | None) -> None:
    assert linked(text).get(said) == id_


def test_inhabitants_and_adjectives_are_no_papers() -> None:
    assert not of_kind("A New Yorker died in the crash in Peru.", "media")
    assert not of_kind("Two East African nations signed the treaty.", "media")


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Time magazine put the activist on its cover.", "media:time-magazine"),
        ("The minister told Foreign Policy magazine that he would resign.", "media:foreign-policy"),
        ("The minister told ABC in Sydney, Australia, that he would resign.", "media:abc-australia"),
    ],
)
def test_outlets(text: str, id_: str) -> None:
    assert [e.kb for e in of_kind(text, "media")] == [id_]


def test_a_fundamentalist_state_is_not_the_group() -> None:
    assert not any(linked("They want to found an Islamic state in the desert.").values())


@pytest.mark.parametrize("place", ["UNITED NATIONS", "JERUSALEM", "SINGAPORE", "MOSCOW"])
def test_where_it_was_written_does_nothing(place: str) -> None:
    reading = communique.read(f"{place} (AP) — Diplomats met on Tuesday.")
    named = {reading.evidence(e.mentions[0]): e for e in reading.entities}
    assert (named[place].kind, named[place].kb) == ("place", None)
    assert named["AP"].kb == "media:ap"
