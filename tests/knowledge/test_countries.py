from __future__ import annotations

import pytest

from communique.knowledge import gazetteer

WORLD = gazetteer()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Japan", "JPN"),
        ("the Netherlands", "NLD"),
        ("U.S.", "USA"),
        ("US", "USA"),
        ("UK", "GBR"),
        ("DPRK", "PRK"),
        ("ROK", "KOR"),
        ("UAE", "ARE"),
        ("JAPAN", "JPN"),
        ("Côte d’Ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("St. Lucia", "LCA"),
        ("Burma", "MMR"),
        ("Swaziland", "SWZ"),
        ("Kosovo", "XKX"),
        ("South\nKorea", "KOR"),
        ("Trinidad & Tobago", "TTO"),
    ],
)
def test_names_of_countries(name: str, code: str) -> None:
    found = WORLD.country(name)
    assert found is not None and found.alpha3 == code


@pytest.mark.parametrize("name", ["us", "who", "", "Tokyo", "Japanese", "Atlantis", "can"])
def test_what_names_no_country(name: str) -> None:
    assert WORLD.country(name) is None


def test_all_of_iso_3166_and_kosovo_once() -> None:
    assert len(WORLD.countries) == 250
    assert len({c.alpha2 for c in WORLD.countries.values()}) == 250
    for country in WORLD.countries.values():
        assert len(country.alpha3) == 3 and len(country.alpha2) == 2
        assert -90 <= country.latitude <= 90 and -180 <= country.longitude <= 180


def test_every_country_is_found_by_its_own_name() -> None:
    for country in WORLD.countries.values():
        assert WORLD.country(country.name) == country


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Japanese", "JPN"),
        ("Danes", "DNK"),
        ("Briton", "GBR"),
        ("Americans", "USA"),
        ("North Korean", "PRK"),
        ("Swiss", "CHE"),
    ],
)
def test_nationalities(word: str, code: str) -> None:
    found = WORLD.nationality(word)
    assert found is not None and found.alpha3 == code


def test_nationality_of_several_countries_needs_one_of_them_in_the_text() -> None:
    assert WORLD.nationality("Congolese") is None
    assert WORLD.nationality("Congolese", {"COD", "RWA"}) == WORLD.countries["COD"]
    assert WORLD.nationality("Congolese", {"COD", "COG"}) is None


def test_capitals_stand_where_they_are() -> None:
    tokyo = WORLD.capital("Tokyo")
    assert tokyo is not None and tokyo.country == "JPN" and tokyo.acts
    assert tokyo.latitude == pytest.approx(35.7, abs=0.2)
    assert tokyo.longitude == pytest.approx(139.7, abs=0.2)
    kiev, kyiv = WORLD.capital("Kiev"), WORLD.capital("Kyiv")
    assert kiev is not None and kyiv is not None
    assert (kiev.latitude, kiev.country) == (kyiv.latitude, "UKR")


def test_capital_with_a_common_name_needs_its_country_in_the_text() -> None:
    assert WORLD.capital("Victoria") is None
    found = WORLD.capital("Victoria", {"SYC"})
    assert found is not None and found.country == "SYC"


def test_brussels_is_a_town_for_several_governments() -> None:
    brussels = WORLD.capital("Brussels")
    assert brussels is not None and brussels.country == "BEL" and not brussels.acts


def test_regions() -> None:
    europe, gaza, ussr = WORLD.region("Europe"), WORLD.region("the Gaza Strip"), WORLD.region("USSR")
    assert europe is not None and (europe.kind, europe.country) == ("place", None)
    assert gaza is not None and gaza.country == "PSE"
    assert ussr is not None and (ussr.kind, ussr.country) == ("state", None)
    assert WORLD.regional_people("Soviet") == ussr
