import communique
from communique.coding.homes import Homes
from communique.reading import Entity, Mention


def entity(kind: str, country: str | None, sectors: list[str], *places: int, kb: str | None = None) -> Entity:
    return Entity("n", "x", kind, country, sectors, None, kb, [Mention(p, p + 1, "name") for p in places])


STARTS = [0, 100, 200, 300]
NAMED = [entity("state", "KEN", [], 5, 105, 305), entity("state", "UGA", [], 210)]


def test_the_country_of_the_article_is_that_of_its_police() -> None:
    assert Homes(NAMED, STARTS).of(entity("group", None, ["COP"], 320)) == "KEN"


def test_bodies_of_no_one_state_and_those_known_have_none() -> None:
    homes = Homes(NAMED, STARTS)
    assert homes.of(entity("organization", None, ["UNO"], 320)) is None
    assert homes.of(entity("organization", None, ["GOV"], 320, kb="org:x")) is None
    assert homes.of(entity("person", None, ["EDU"], 320)) is None
    assert homes.of(entity("group", None, [], 320)) is None


def test_without_countries_there_is_no_home() -> None:
    assert Homes([], STARTS).of(entity("group", None, ["COP"], 320)) is None


def test_a_phrase_tells_country_and_sector() -> None:
    text = "Warplanes killed 46 Afghan civilians near the border on Monday."
    reading = communique.read(text, published="2024-02-15", min_confidence=0)
    (found,) = [e for e in reading.entities if "civilians" in e.name]
    assert (found.country, found.sectors) == ("AFG", ["CVL"])


def test_counted_people_are_not_their_state() -> None:
    reading = communique.read("Boats brought 30 Cubans to Florida on Monday.", published="2024-02-15")
    (found,) = [e for e in reading.entities if e.name == "Cubans"]
    assert (found.kind, found.country, found.sectors) == ("group", "CUB", ["CVL"])


def test_an_ethnic_group_is_at_home_where_the_article_is() -> None:
    reading = communique.read("Igbo elders met the Nigerian president in Abuja.", published="2024-02-15")
    (found,) = [e for e in reading.entities if e.name == "Igbo elders"]
    assert (found.country, found.sectors) == ("NGA", ["ELI"])
    abroad = communique.read("Shona rebels attacked a town in Mozambique.", published="2024-02-15")
    (found,) = [e for e in abroad.entities if e.name == "Shona rebels"]
    assert found.country != "ZWE"
