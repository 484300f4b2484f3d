"""Compile ``parties.csv`` and ``members.csv`` of ``src/communique/knowledge`` from The World Factbook.

    python tools/build_bodies.py factbook.jsonl.gz
    python tools/build_bodies.py            # only bodies_index.tsv, after a table was edited by hand

What the news calls a party stands in ``tools/knowledge/parties.csv``, with parties that are no more.

Source: The World Factbook (CC0), one JSON object ``{profile, data}`` a line: each country's political
parties with their
abbreviations, and the international organisations that it is in. What organisations are called in full
stands in
``organizations.csv``, by the abbreviation that is among their names.
"""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.knowledge import find_organization, gazetteer
from communique.knowledge.names import articleless, key
from communique.knowledge.organizations import index_lines
from communique.knowledge.spelling import folded

TABLES = Path(__file__).parent.parent / "src" / "communique" / "knowledge"
PARTIES = """\
# Political parties: id, name, other names and abbreviations, PLOVER sectors, ISO country. Compiled by
# tools/build_bodies.py; do not edit. Source: The World Factbook (CC0), to May 2026, and the project's own
# tools/knowledge/parties.csv. names are parted by "|"; keys: what a row is found by.
"""
MEMBERS = """\
# Which states are in which international organisation: its id in organizations.csv, ISO codes parted by "|".
# Compiled by tools/build_bodies.py; do not edit. Source: The World Factbook (CC0), to May 2026.
"""
_TAG = re.compile(r"<[^>]+>")
_NOTE = re.compile(
    r"\((?:note|see|formerly|includes|an? |the |includ|part of|former)[^()]*\)|\[[^\]]*\]", re.I
)
# A list of parties also has remarks, alliances' members and empty words.
_NO_PARTY = re.compile(
    r"^(note|none|other|various|numerous|no |political parties|independent|parliamentary|pro-government"
    r"|opposition|government|in |coalition of|includes|the following|as of|there are|major|minor|list of"
    r"|unions?$)",
    re.I,
)
# Abbreviations of the Factbook that mean too much else to be names in the table of organisations.
SHORT = {
    "C": "Commonwealth of Nations", "BA": "Baltic Assembly", "CD": "Community of Democracies",
    "CE": "Council of Europe", "CP": "Colombo Plan", "NC": "Nordic Council", "CAN": "Andean Community",
    "FZ": "Franc Zone",
}  # fmt: skip
# What stands in brackets behind a party's name and is no name of it.
NO_NAMES = frozenset({"Party", "Northern Ireland", "ershad faction", "Ershad faction"})
# Memberships that are none: "(observer)", "(partner)" …
_PART = re.compile(
    r"\((?!NGOs|national)[^)]*(observer|partner|associate|nonregional|correspondent|subscriber|suspended)"
)


def profiles(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The countries' codes with what their profile says of government."""
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
        government = json.loads(line)["data"].get("Government", {})
        name = government.get("Country name", {})
        for form in ("conventional short form", "conventional long form"):
            shown = html.unescape(_TAG.sub(" ", name.get(form, {}).get("text", ""))).split(";")[0].strip()
            found = gazetteer().country(shown) if shown else None
            if found is not None:
                yield found.alpha3, government
                break


def parties(government: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Names of parties, each with its other names."""
    text = government.get("Political parties", {}).get("text", "")
    for cell in re.split(r"<br\s*/?>|</?p>|<li>|;", text):
        shown = " ".join(html.unescape(_TAG.sub(" ", cell)).replace("\xa0", " ").split())
        shown = _NOTE.sub("", shown).strip(" .,:")
        shown = re.sub(r"^[A-Z][\w ,'’-]{3,40}:\s*", "", shown)
        names = [n.strip(" .,") for n in re.split(r"\s+or\s+|\s*\(([^()]*)\)", shown) if n and n.strip(" .,")]
        names = [n for n in names if 1 < len(n) < 70 and not _NO_PARTY.match(n) and not n[:1].islower()]
        full = [n for n in names if " " in n or len(n) > 5 or not n.isupper()]
        if full and re.search(r"[A-Za-z]", full[0]) and not _NO_PARTY.match(shown):
            yield full[0], [n for n in names if n != full[0]]


def named_parties() -> dict[str, dict[str, str]]:
    """The rows of ``tools/knowledge/parties.csv`` by id."""
    path = Path(__file__).parent / "knowledge" / "parties.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(x for x in file if not x.startswith("#"))}


def write_parties(path: Path) -> int:
    own = named_parties()
    found: dict[str, tuple[str, dict[str, None], str]] = {}
    for id_, row in own.items():
        found[id_] = (row["name"], dict.fromkeys(n for n in row["names"].split("|") if n), row["country"])
    for code, government in profiles(path):
        for name, others in parties(government):
            id_ = f"party-{code.lower()}-{folded(name).replace(' ', '-')[:40]}"
            names = dict.fromkeys(n for n in (name, *others) if n not in NO_NAMES)
            # One party, one id: that of the table of organisations if it stands there.
            also = (find_organization(n) for n in names)
            known = next((k for k in also if k and k.country == code and "PTY" in k.sectors), None)
            plain = find_organization(name)
            if known is None and plain is not None and plain.country is None:
                continue
            if known is not None:
                id_ = known.id.removeprefix("org:")
                found.setdefault(id_, (known.name, {}, code))
            if id_ in found and id_ not in own and known is None:
                continue
            full, given, _ = found.setdefault(id_, (name, {}, code))
            given.update(dict.fromkeys(n for n in names if n != full))
    rows = {}
    for id_, (name, others_, code) in found.items():
        keys = dict.fromkeys(key(articleless(n)) for n in (name, *others_))
        rows[id_] = ["|".join(keys), id_, name, "|".join(others_), "PTY", code]
    with (TABLES / "parties.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(PARTIES)
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["keys", "id", "name", "names", "sectors", "country"])
        out.writerows(rows[k] for k in sorted(rows))
    return len(rows)


def write_members(path: Path) -> tuple[int, list[str]]:
    members: dict[str, set[str]] = {}
    unknown: dict[str, int] = {}
    for code, government in profiles(path):
        text = html.unescape(government.get("International organization participation", {}).get("text", ""))
        for cell in re.split(r",(?![^(]*\))", _TAG.sub(" ", text)):
            name = re.sub(r"\([^)]*\)", "", cell).strip()
            if not name or _PART.search(cell):
                continue
            found = find_organization(SHORT.get(name, name))
            if found is None:
                unknown[name] = unknown.get(name, 0) + 1
            elif found.id.startswith("org:"):
                members.setdefault(found.id.removeprefix("org:"), set()).add(code)
    with (TABLES / "members.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(MEMBERS)
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "members"])
        out.writerows([k, "|".join(sorted(v))] for k, v in sorted(members.items()))
    return len(members), [n for n, k in sorted(unknown.items(), key=lambda x: -x[1]) if k > 1]


def write_index() -> int:
    """The index of names of the tables that are written by hand."""
    rows = index_lines()
    head = "# Keys of names, sorted, with table and row. Compiled by tools/build_bodies.py; do not edit.\n"
    text = head + "key\tplace\n" + "\n".join(rows) + "\n"
    (TABLES / "bodies_index.tsv").write_text(text, encoding="utf-8")
    return len(rows)


def main() -> None:
    print(f"{write_index()} names of bodies")
    if len(sys.argv) != 2:
        sys.exit("for parties and members, name the Factbook's file")
    path = Path(sys.argv[1])
    print(f"{write_parties(path)} parties")
    count, unknown = write_members(path)
    print(f"members of {count} organisations; not in organizations.csv: {', '.join(unknown)}")


if __name__ == "__main__":
    main()
