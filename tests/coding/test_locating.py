"""Which town of a name is meant."""

from __future__ import annotations

import pytest

import communique
from communique.knowledge.towns import towns_named
from communique.reading import Place


def place(text: str, name: str) -> Place:
    reading = communique.read(text)
    return next(p for p in reading.places if reading.evidence(p).startswith(name))


def test_the_largest_first() -> None:
    found = towns_named("Springfield")
    assert len(found) > 5
    assert [t.population for t in found] == sorted((t.population for t in found), reverse=True)
    assert towns_named("Nowhere-at-all") == ()


@pytest.mark.parametrize(
    ("text", "name", "country", "latitude"),
    [
        ("Rebels shelled the port in Misrata on Friday.", "Misrata", "LBY", 32.4),
        ("The strike began in Springfield, Illinois, on Monday.", "Springfield", "USA", 39.8),
        ("The strike began in Springfield, Missouri, on Monday.", "Springfield", "USA", 37.2),
        ("The court in Lyon sentenced him.", "Lyon", "FRA", 45.7),
    ],
)
def test_towns(text: str, name: str, country: str, latitude: float) -> None:
    found = place(text, name)
    assert found.country == country
    assert found.latitude == pytest.approx(latitude, abs=0.2)
    assert found.geonames is not None


def test_a_capital_may_be_another_town() -> None:
    text = "Police in Paris, Texas, arrested two men. The men are from Dallas and Tyler, Texas."
    found = place(text, "Paris")
    assert (found.country, round(found.latitude or 0)) == ("USA", 34)


def test_a_capital_is_meant_where_its_country_is_named() -> None:
    text = (
        "Egypt closed its borders. Egypt's rulers fled. Protests spread from Cairo to New York City, "
        "Jersey City and New Jersey. Egypt has been quiet since."
    )
    assert place(text, "Cairo").country == "EGY"


def test_a_state_is_meant_among_states() -> None:
    found = place("Voters went to the polls in Idaho, Ohio, Vermont and North Dakota.", "Vermont")
    assert found.latitude == pytest.approx(44.0, abs=0.3)


def test_a_states_name_alone_is_rather_its_town() -> None:
    found = place("Delegates gathered in New York on Monday.", "New York")
    assert found.latitude == pytest.approx(40.7, abs=0.1)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Voters in the state of Queensland go to the polls.", "Queensland", "AUS"),
        ("Floods killed nine people in West Bengal.", "West Bengal", "IND"),
        ("Fires burned in Alberta on Friday.", "Alberta", "CAN"),
    ],
)
def test_parts_of_states(text: str, name: str, country: str) -> None:
    found = place(text, name)
    assert found.country == country and found.latitude is not None


def test_no_town_of_the_name_of_a_planet() -> None:
    assert place("The probe will fly to Mars in May.", "Mars").latitude is None


def test_doubt_is_shown() -> None:
    found = place("A fire broke out in Springfield on Monday.", "Springfield")
    assert found.second is not None and found.probability is not None
    assert found.second.country == "USA" and found.second.latitude != found.latitude
    assert 0 < found.second.probability <= found.probability < 1
    sure = place("The strike began in Springfield, Illinois, on Monday.", "Springfield")
    assert sure.probability is not None and sure.probability > 0.95 > found.probability


def test_what_has_one_place_is_not_in_doubt() -> None:
    found = place("Rebels shelled the port in Misrata on Friday.", "Misrata")
    assert found.probability is None and found.second is None


def test_counties_lie_in_their_state() -> None:
    found = place("A jury in Harrison County, Texas, convicted the man on Monday.", "Harrison County")
    assert (found.country, round(found.latitude or 0)) == ("USA", 33)
    assert found.geonames is None
