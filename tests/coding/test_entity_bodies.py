"""Places, states and bodies among the entities."""

from __future__ import annotations

import pytest

import communique
from communique.coding.places import Places
from tests.coding.test_entities import entities, said


def test_capitals_that_act_are_their_states_and_towns_are_places() -> None:
    text = "Tokyo wants talks with Pyongyang in Beijing."
    reading, found = entities(
        text,
        """
        Tokyo PROPN NNP 2 nsubj *Location
        wants VERB VBZ 0 root want
        talks NOUN NNS 2 obj talk
        with ADP IN 5 case
        Pyongyang PROPN NNP 3 nmod *Location
        in ADP IN 7 case
        Beijing PROPN NNP 3 nmod *Location
        . PUNCT . 2 punct
        """,
    )
    assert said(reading, found["Japan"], "metonym") == ["Tokyo"]
    assert said(reading, found["North Korea"], "metonym") == ["Pyongyang"]
    assert (found["Beijing"].kind, found["Beijing"].country) == ("place", "CHN")
    (place,) = Places()(reading).places
    assert (place.id, reading.evidence(place), place.name, place.country) == (
        "p1",
        "Beijing",
        "Beijing",
        "CHN",
    )
    assert place.latitude == pytest.approx(39.9, abs=0.2) and place.geonames == 1816670


def test_both_sides_of_between_act() -> None:
    reading, found = entities(
        "Talks between Tokyo and Seoul began.",
        """
        Talks NOUN NNS 6 nsubj talk
        between ADP IN 3 case
        Tokyo PROPN NNP 1 nmod *Location
        and CCONJ CC 5 cc
        Seoul PROPN NNP 3 conj *Location
        began VERB VBD 0 root begin
        . PUNCT . 6 punct
        """,
    )
    assert said(reading, found["Japan"], "metonym") == ["Tokyo"]
    assert said(reading, found["South Korea"], "metonym") == ["Seoul"]


@pytest.mark.parametrize(
    ("text", "verb"),
    [("Kyiv woke early.", "woke VERB VBD 0 root wake"), ("Kyiv lies inland.", "lies VERB VBZ 0 root lie")],
)
def test_a_town_that_does_what_towns_do_is_a_place(text: str, verb: str) -> None:
    adverb = text.split()[2].rstrip(".")
    table = f"Kyiv PROPN NNP 2 nsubj *Location\n{verb}\n{adverb} ADV RB 2 advmod\n. PUNCT . 2 punct"
    _, found = entities(text, table)
    assert found["Kyiv"].kind == "place"


def test_acronym_in_brackets_is_the_name_before_it() -> None:
    reading, found = entities(
        "The Harbour Workers Front (HWF) rose. HWF won.",
        """
        The DET DT 4 det *Organization
        Harbour PROPN NNP 4 compound +
        Workers PROPN NNPS 4 compound +
        Front PROPN NNP 8 nsubj +
        ( PUNCT -LRB- 6 punct
        HWF PROPN NNP 4 appos *Organization
        ) PUNCT -RRB- 6 punct
        rose VERB VBD 0 root rise
        . PUNCT . 8 punct
        """,
        "HWF PROPN NNP 2 nsubj *Organization\nwon VERB VBD 0 root win\n. PUNCT . 2 punct",
    )
    assert said(reading, found["Harbour Workers Front"]) == ["Harbour Workers Front", "HWF", "HWF"]


def test_article_and_possessive_are_no_part_of_a_mention_and_the_tables_know_media() -> None:
    reading, found = entities(
        "the Financial Times's report",
        """
        the DET DT 3 det *Organization
        Financial PROPN NNP 3 compound +
        Times PROPN NNP 5 nmod:poss +
        's PART POS 3 case +
        report NOUN NN 0 root
        """,
    )
    paper = found["Financial Times"]
    assert said(reading, paper) == ["Financial Times"]
    assert (paper.kind, paper.kb, paper.country, paper.sectors) == (
        "media",
        "media:financial-times",
        "GBR",
        ["JRN"],
    )


def test_a_town_takes_the_country_that_stands_after_it() -> None:
    reading, found = entities(
        "They met in Osaka, Japan.",
        """
        They PRON PRP 2 nsubj they
        met VERB VBD 0 root meet
        in ADP IN 4 case
        Osaka PROPN NNP 2 obl *Location
        , PUNCT , 6 punct
        Japan PROPN NNP 4 appos *Location
        . PUNCT . 2 punct
        """,
    )
    osaka = found["Osaka"]
    assert (osaka.kind, osaka.country) == ("place", "JPN")
    place = Places()(reading).places[0]
    assert (place.name, place.country, place.geonames) == ("Osaka", "JPN", 1853909)


def test_a_state_is_a_place_where_something_happens_not_where_it_acts() -> None:
    text = "Japan helped in Chad."
    reading, _ = entities(
        text,
        """
        Japan PROPN NNP 2 nsubj *Location
        helped VERB VBD 0 root help
        in ADP IN 4 case
        Chad PROPN NNP 2 obl *Location
        . PUNCT . 2 punct
        """,
    )
    assert [reading.evidence(p) for p in Places()(reading).places] == ["Chad"]


def test_two_neighbouring_names_that_the_tables_know_as_one() -> None:
    reading, found = entities(
        "The Korean Peninsula froze.",
        """
        The DET DT 3 det
        Korean ADJ JJ 3 amod *NORP
        Peninsula PROPN NNP 4 nsubj *Location
        froze VERB VBD 0 root freeze
        . PUNCT . 4 punct
        """,
    )
    assert said(reading, found["Korean Peninsula"]) == ["Korean Peninsula"]


def test_the_north_is_the_half_that_the_article_names() -> None:
    spoke = "{} nsubj *Location\n{}spoke VERB VBD 0 root speak\n. PUNCT . 3 punct"
    north = "The DET DT 2 det\nNorth PROPN NNP " + spoke.format(3, "")
    korea = "South PROPN NNP " + spoke.format(3, "Korea PROPN NNP 1 flat +\n")
    reading, found = entities("South Korea spoke. The North spoke.", korea, north)
    assert said(reading, found["North Korea"]) == ["North"]
    africa = korea.replace("Korea", "Africa")
    _, found = entities("South Africa spoke. The North spoke.", africa, north)
    assert found["North"].country is None


def test_a_capital_before_its_country_or_after_in_is_a_town() -> None:
    spoke = "Tripoli PROPN NNP {0} nsubj *Location\n{1}spoke VERB VBD 0 root speak\n. PUNCT . {0} punct"
    country = ", PUNCT , 1 punct\nLibya PROPN NNP 1 appos *Location\n, PUNCT , 1 punct\n"
    for text, table in [
        ("Tripoli, Libya, spoke.", spoke.format(5, country)),
        ("In Tripoli spoke.", "In ADV RB 3 advmod\n" + spoke.format(3, "")),
    ]:
        _, found = entities(text, table)
        assert found["Tripoli"].kind == "place"


def test_a_body_of_which_only_pieces_were_seen() -> None:
    table = """
        Agence PROPN NNP 5 nsubj *Location
        France PROPN NNP 1 flat *Location
        - PUNCT HYPH 4 punct
        Presse PROPN NNP 1 flat *Organization
        reported VERB VBD 0 root report
        from ADP IN 7 case
        Beirut PROPN NNP 5 obl *Location
        . PUNCT . 5 punct
    """
    reading, by_name = entities("Agence France-Presse reported from Beirut.", table)
    assert by_name["Agence France-Presse"].kb == "media:afp"
    assert "France" not in by_name
    assert said(reading, by_name["Agence France-Presse"]) == ["Agence France-Presse"]


def test_pieces_that_are_no_known_body_stay_apart() -> None:
    table = """
        Peru PROPN NNP 4 nsubj *Location
        and CCONJ CC 3 cc
        Chile PROPN NNP 1 conj *Location
        agreed VERB VBD 0 root agree
        . PUNCT . 4 punct
    """
    _, by_name = entities("Peru and Chile agreed.", table)
    assert set(by_name) == {"Peru", "Chile"}


def test_what_stands_beside_a_known_body_is_none_of_its_name() -> None:
    table = """
        state-run ADJ JJ 2 amod *Organization
        Xinhua PROPN NNP 4 nsubj +
        news NOUN NN 2 flat +
        reported VERB VBD 0 root report
        . PUNCT . 4 punct
    """
    _, by_name = entities("state-run Xinhua news reported.", table)
    assert [e.kb for e in by_name.values()] == ["media:xinhua"]


def test_a_long_body_that_was_not_seen_at_all() -> None:
    table = """
        The DET DT 4 det
        World PROPN NNP 3 compound
        Food PROPN NNP 4 compound
        Programme PROPN NNP 5 nsubj
        left VERB VBD 0 root leave
        . PUNCT . 5 punct
    """
    _, by_name = entities("The World Food Programme left.", table)
    assert [e.kb for e in by_name.values()] == ["org:wfp"]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Harbourtown Police said a man was held.", "Harbourtown Police", None),
        ("The suspect was handed to Kampala Police on Monday.", "Kampala Police", "UGA"),
        ("A spokesman of Quito Fire Brigade thanked them.", "Quito Fire Brigade", "ECU"),
    ],
)
def test_a_towns_body_is_one_name(text: str, name: str, country: str | None) -> None:
    found = {e.name: e.country for e in communique.read(text).entities}
    assert name in found and found[name] == country
    assert name.split()[-1] not in found


def test_a_states_own_body_beside_a_town_is_not_the_towns() -> None:
    reading = communique.read("Washington put off the Cairo State Department briefing.")
    assert not any("Cairo State" in e.name for e in reading.entities)


def test_the_town_of_a_body_is_still_a_place() -> None:
    reading = communique.read("The suspect was handed to Kampala Police on Monday.")
    assert [(reading.evidence(p), p.country) for p in reading.places] == [("Kampala", "UGA")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("She teaches at the University of Harbourtown in Norvania.", "University of Harbourtown"),
        ("The ambassador of the State of Qatar spoke first.", "Qatar"),
    ],
)
def test_a_body_called_by_a_place_behind_it_has_its_name(text: str, name: str) -> None:
    names = {e.name for e in communique.read(text).entities}
    assert name in names and not {"University", "State"} & names
