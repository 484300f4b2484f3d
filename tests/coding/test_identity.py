import pytest

import communique
from communique.reading import Entity


def persons(text: str, day: str | None) -> dict[str, Entity]:
    return {e.kb or e.name: e for e in communique.read(text, published=day).entities if e.kind == "person"}


def test_a_full_name_is_linked_with_the_office_of_the_day() -> None:
    found = persons("Boris Johnson flew to Kyiv on Friday.", "2022-06-17")["person:gbr-boris-johnson"]
    assert (found.country, found.role, found.sectors) == ("GBR", "Prime Minister", ["GOV"])
    before = persons("Boris Johnson flew to Oslo on Friday.", "2017-06-17")["person:gbr-boris-johnson"]
    assert before.role == "Foreign Secretary"
    after = persons("Boris Johnson flew to Rome on Friday.", "2024-06-17")["person:gbr-boris-johnson"]
    assert (after.role, after.sectors) == (None, ["ELI"])


def test_a_surname_needs_a_title_or_a_country_beside_it() -> None:
    found = persons("Ukrainian President Zelensky met reporters in Kyiv.", "2023-01-10")
    assert "person:ukr-volodymyr-zelensky" in found
    assert not any(k.startswith("person:") for k in persons("A man called Key met reporters.", "2012-01-10"))


def test_another_country_speaks_against_it() -> None:
    found = persons("Australian judge Gordon Brown met reporters in Sydney.", "2009-01-10")
    assert "person:gbr-gordon-brown" not in found


@pytest.mark.parametrize(
    ("day", "id_"), [("2024-02-15", "person:jpn-fumio-kishida"), ("2019-02-15", "person:jpn-shinzo-abe")]
)
def test_a_title_alone_is_its_holder_on_the_day(day: str, id_: str) -> None:
    found = persons("The Japanese prime minister arrived in Seoul.", day)
    assert id_ in found
    assert [m.form for m in found[id_].mentions] == ["title"]


def test_without_a_day_a_title_alone_is_nobody() -> None:
    assert not any(k.startswith("person:") for k in persons("The Japanese prime minister arrived.", None))


def test_own_actors_stand_before_the_tables(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "own.csv"
    path.write_text("name,country,sectors,title,from,to\nTarla Venn,NOR,GOV,fisheries minister,2020,\n")
    reading = communique.read("Tarla Venn met reporters in Bergen.", published="2024-02-15", actors=path)
    (found,) = [e for e in reading.entities if e.kind == "person"]
    assert (found.kb, found.country, found.role) == ("person:own-nor-tarla-venn", "NOR", "Fisheries Minister")


@pytest.mark.parametrize(
    "text",
    [
        "The next Japanese prime minister will face many questions.",
        "The longtime president of Tunisia left the country.",
        "The gallery shut its doors. Its president resigned.",
        "A Texas boy, Ahmed Mohamed, was arrested. Somalia thanked Ahmed Mohamed for his clock.",
    ],
)
def test_who_may_be_another_is_nobody_in_the_tables(text: str) -> None:
    assert not any(k.startswith("person:") for k in persons(text, "2024-02-15"))


def test_an_adjective_that_fits_who_is_in_office() -> None:
    assert "person:jpn-fumio-kishida" in persons("The embattled Japanese prime minister left.", "2024-02-15")
