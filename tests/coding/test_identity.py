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


@pytest.mark.parametrize(
    ("text", "day", "id_"),
    [
        ("Ferdinand Marcos fled the Philippines.", "1996-02-25", "person:phl-ferdinand-marcos"),
        ("Philippine President Ferdinand Marcos Jr. spoke.", "2023-02-25", "person:phl-ferdinand-marcos-jr"),
        ("The late Philippine dictator Ferdinand Marcos Sr. was buried.", "2023-02-25",
         "person:phl-ferdinand-marcos"),
        ("President Richard Nixon went to China.", "2019-02-25", "person:usa-richard-nixon"),
        ("Egypt mourned Gamal Abdel Nasser.", "2011-02-25", "person:egy-gamal-abdel-nasser"),
    ],
)  # fmt: skip
def test_who_left_long_ago_is_found_by_full_name(text: str, day: str, id_: str) -> None:
    assert id_ in persons(text, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("France prepares to vote. Macron made a speech on banking.", "2008-05-01"),
        ("Manhattan District Attorney Cyrus Vance Jr. of the United States filed charges.", "2019-09-20"),
        ("John Prescott, a shipping correspondent in Britain, wrote of tankers.", "1990-08-16"),
        ("Panama was shaken. Rodriguez denied the charge.", "2016-04-05"),
    ],
)
def test_a_name_that_another_bears_later_or_bore_before(text: str, day: str) -> None:
    assert not any(k.startswith("person:") for k in persons(text, day))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The Clinton Foundation in the United States denied the report.", "1999-02-25"),
        ("In Washington, the United States honoured winners at the Reagan Library.", "1985-02-25"),
        ("Iraq closed the Saddam Hussein Bridge in Baghdad.", "2001-01-01"),
        ("Iraq opened Saddam airport again.", "2001-01-01"),
        ("The United States sent the carrier Ronald Reagan to the gulf.", "2011-01-01"),
        ("Shibley Telhami, the Hosni Mubarak professor of peace, spoke.", "2005-05-05"),
    ],
)
def test_what_bears_a_name_is_not_the_person(text: str, day: str) -> None:
    assert not any(k.startswith("person:") for k in persons(text, day))
