from __future__ import annotations

from pathlib import Path

import pytest

from communique import knowledge
from communique.errors import InstallationError
from communique.knowledge import find_organization, gazetteer, key
from communique.knowledge.names import table

# PLOVER's sectors, and the codes it sets in place of a country.
CODES = {
    "COP",
    "GOV",
    "JUD",
    "LEG",
    "MIL",
    "PRM",
    "PTY",
    "REB",
    "SPY",
    "UAF",
    "UNK",
    "AGR",
    "BUS",
    "CRM",
    "CVL",
    "EDU",
}
CODES |= {"ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"}
CODES |= {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}
TABLES = ("organizations.csv", "armed_groups.csv", "media.csv")


@pytest.mark.parametrize(
    ("name", "id_", "kind", "sector", "country"),
    [
        ("NATO", "org:nato", "organization", "IGO", None),
        ("Nato", "org:nato", "organization", "IGO", None),
        ("the United Nations", "org:un", "organization", "UNO", None),
        ("U.N. Security Council", "org:un-security-council", "organization", "UNO", None),
        ("Hezbollah", "org:hezbollah", "organization", "REB", "LBN"),
        ("al-Qaida", "org:al-qaeda", "organization", "IMG", None),
        ("FT", "media:financial-times", "media", "JRN", "GBR"),
        ("the Financial Times", "media:financial-times", "media", "JRN", "GBR"),
        ("The Times", "media:times-london", "media", "JRN", "GBR"),
        ("Médecins Sans Frontières", "org:msf", "organization", "NGO", None),
    ],
)
def test_known_organizations(name: str, id_: str, kind: str, sector: str, country: str | None) -> None:
    found = find_organization(name)
    assert found is not None
    assert (found.id, found.kind, found.sectors[0], found.country) == (id_, kind, sector, country)


@pytest.mark.parametrize("name", ["who", "is", "Times", "the", "", "Ministry of Silly Walks"])
def test_words_that_are_no_organization(name: str) -> None:
    assert find_organization(name) is None


@pytest.mark.parametrize("name", TABLES)
def test_rows_have_known_codes_and_their_own_ids(name: str) -> None:
    ids = set()
    for row in table(name):
        assert None not in row and None not in row.values(), row
        assert row["id"] not in ids
        ids.add(row["id"])
        assert set(row.get("sectors", "JRN").split("|")) <= CODES, row
        assert not row["country"] or row["country"] in gazetteer().countries, row


@pytest.mark.parametrize("name", [*TABLES, "shared_names.csv", "countries.csv", "regions.csv", "titles.yaml"])
def test_tables_name_their_source(name: str) -> None:
    text = (Path(knowledge.__file__).parent / name).read_text(encoding="utf-8")
    comment = [line for line in text.splitlines()[:4] if line.startswith("#")]
    assert any("Source:" in line for line in comment)


def test_spellings_with_one_key() -> None:
    assert key("U.S.") == key("US") != key("us")
    assert key("São Tomé") == key("Sao  Tome")
    assert key("Saint Lucia") == key("St. Lucia")
    assert key("People’s Daily") == key("people's daily")


def test_a_missing_table_is_named() -> None:
    with pytest.raises(InstallationError, match=r"knowledge/atlantis\.csv"):
        list(table("atlantis.csv"))


def test_the_index_of_names_is_that_of_the_tables() -> None:
    from communique.knowledge.names import lines
    from communique.knowledge.organizations import index_lines

    assert lines("bodies_index.tsv") == index_lines(), "run: python tools/build_bodies.py"


def test_a_party_needs_its_country() -> None:
    from communique.knowledge import find_party

    assert find_party("Socialist Party", ()) is None
    found = find_party("the Liberal Democratic Party", {"JPN"})
    assert found is not None and found.country == "JPN" and found.sectors == ("PTY",)


def test_one_party_has_one_id() -> None:
    from communique.knowledge import find_party

    for names, country in [
        (("Democrats", "Democratic Party", "DNC"), "USA"),
        (("SPD", "Social Democratic Party", "Social Democrats"), "DEU"),
        (("Labour", "Labour Party"), "GBR"),
    ]:
        found = {p.id if (p := find_party(name, {country})) else None for name in names}
        assert len(found) == 1 and None not in found, names
    assert find_party("Northern Ireland", {"GBR"}) is None and find_party("Party", {"EGY"}) is None


def test_capitals_within_an_acronym_tell_it_from_another() -> None:
    jem, other = find_organization("JeM"), find_organization("JEM")
    assert jem is not None and jem.country == "PAK"
    assert other is not None and other.country == "SDN"
    assert find_organization("Jem") is None
    assert find_organization("Nato") == find_organization("NATO")


def test_shared_names_are_of_bodies_that_are() -> None:
    from communique.knowledge import body_of, shared
    from communique.knowledge.organizations import of_id

    for row in table("shared_names.csv"):
        assert of_id(row["body"]) is not None, row
        assert not row["state"] or row["state"] in gazetteer().countries, row
    assert set(shared("Senate")) >= {"USA", "CAN"} and shared("NATO") == {}
    commons = body_of("House of Commons", "CAN")
    assert commons is not None and commons.id == "org:canadian-house-of-commons"
    assert body_of("Senate", "NOR") is None


def test_members_of_an_organisation() -> None:
    from communique.knowledge.organizations import members

    assert {"DEU", "TUR"} <= members("org:nato") and "RUS" not in members("org:nato")
    assert members("org:no-such-thing") == frozenset()
