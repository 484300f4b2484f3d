"""Compile ``src/communique/knowledge/countries.csv`` from public sources.

    python tools/build_knowledge.py --factbook factbook.jsonl.gz --codes country-codes.csv.gz \
        [--check countries.json.gz] [--out countries.csv]

Sources:
    factbook  The World Factbook (CC0), one JSON object ``{profile, data}`` a line: names, demonyms,
              capitals, coordinates.
    codes     the "country-codes" data package: ISO 3166-1 codes joined to the factbook's codes.
    check     the mledoze list of countries (ODbL), read to report differences, never copied.

What the sources leave out or get wrong stands in ``knowledge_extra.yaml`` beside this script.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import html
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
TABLE = HERE.parent / "src" / "communique" / "knowledge" / "countries.csv"
COLUMNS = [
    "alpha3", "alpha2", "name", "names", "adjectives", "people", "capitals", "seats", "metonym", "latitude",
    "longitude",
]  # fmt: skip
HEADER = """\
# States and territories: ISO 3166-1 and Kosovo. Compiled by tools/build_knowledge.py; do not edit.
# Source: The World Factbook (CC0), country-codes (ISO codes: facts), and our knowledge_extra.yaml.
# Lists are parted by "|"; people are "one/many"; a city is "name;latitude;longitude", with ";shared" where
# other towns are better known by that name; metonym: 1 if the city's name stands for the government.
"""
# Codes whose row of the join table names no profile of the factbook, or one of another entity.
FACTBOOK_CODES = {"SRB": "RI", "XKX": "KV", "BES": ""}
_DEGREES = re.compile(r"(\d+)\s+(\d+)(?:\s+\d+)?\s*([NS])\s*,\s*(\d+)\s+(\d+)(?:\s+\d+)?\s*([EW])")
_NO_NAME = {"", "none", "NA"}


def lines(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    yield from (
        (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8").splitlines(keepends=True)
    )


def text(tree: Any, *keys: str) -> str:
    """The plain text that stands at a path in a factbook profile, '' where there is none."""
    for key in keys:
        tree = tree.get(key) if isinstance(tree, dict) else None
    value = tree.get("text") if isinstance(tree, dict) else tree
    return html.unescape(re.sub(r"<[^>]+>", " ", value or "")).strip()


def point(words: str) -> tuple[float, float] | None:
    """'35 41 N, 139 45 E' as degrees; None where minutes of 60 or more show that it is garbled."""
    found = _DEGREES.search(words)
    if not found or int(found[2]) > 59 or int(found[5]) > 59:
        return None
    north = (int(found[1]) + int(found[2]) / 60) * (-1 if found[3] == "S" else 1)
    east = (int(found[4]) + int(found[5]) / 60) * (-1 if found[6] == "W" else 1)
    return round(north, 2), round(east, 2)


def demonyms(words: str) -> list[str]:
    """'Afghan(s)' as 'Afghan/Afghans', 'Thai (singular and plural)' as 'Thai/Thai'."""
    words = re.sub(r"\((?:US (?:citizens|nationals)|colloquial|collective plural)\)", "", words.split(";")[0])
    out = []
    for part in re.split(r",\s*|\s+or\s+", words):
        part = part.strip()
        if part in _NO_NAME:
            continue
        if part.endswith("(singular and plural)"):
            one = part.removesuffix("(singular and plural)").strip()
            out.append(f"{one}/{one}")
        elif found := re.fullmatch(r"([\w' -]+?)\((e?s)\)", part):
            out.append(f"{found[1]}/{found[1]}{found[2]}")
        elif re.fullmatch(r"[\w' -]+", part):
            out.append(f"{part}/{part}s")
    return out


def adjectives(words: str) -> list[str]:
    parts = re.split(r",\s*|\s+or\s+|;\s*", re.sub(r"\([^)]*\)", "", words.split("; note")[0]))
    return [
        p.strip()
        for p in parts
        if p.strip() and p.strip() not in _NO_NAME and re.fullmatch(r"[\w' -]+", p.strip())
    ]


def capital(government: dict[str, Any]) -> list[list[Any]]:
    name = text(government, "Capital", "name")
    at = point(text(government, "Capital", "geographic coordinates"))
    name = re.split(r"\s*[(;]|,\s*(?!D\.C)|\s+in\s+Romanian", name)[0].strip()
    return [[name, *at]] if at and name and name[0].isupper() else []


def bare(name: str) -> str:
    """A name without diacritics, if it has any: newspapers write both."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def row(
    code: str, codes: dict[str, str], profile: dict[str, Any], extra: dict[str, Any], shared: set[str]
) -> dict[str, Any]:
    """One row of the table; ``shared`` are the city names that mean a capital only beside its country."""
    government = profile.get("Government", {})
    called = government.get("Country name", {})
    nation = profile.get("People and Society", {}).get("Nationality", {})
    short = text(called, "conventional short form").removeprefix("The ").strip()
    short = short.split(" (")[0]
    names = [short, text(called, "conventional long form").split(" (")[0].removeprefix("The ")]
    names += [codes.get("official_name_en", ""), codes.get("CLDR display name", "").replace(" & ", " and ")]
    names = [n for n in names if n not in _NO_NAME and " - " not in n]
    name = extra.get("name") or next(iter(names), codes.get("CLDR display name", ""))
    if re.fullmatch("[A-Z]{3,5}", short_form := text(called, "abbreviation")):
        names.append(short_form)
    names += extra.get("names", [])
    adjective = extra.get("adjectives", adjectives(text(nation, "adjective")))
    at = extra.get("point") or point(text(profile, "Geography", "Geographic coordinates")) or ("", "")
    cities = extra.get("capitals", capital(government))
    return {
        "alpha3": code,
        "alpha2": extra.get("alpha2") or codes.get("ISO3166-1-Alpha-2", "").strip(),
        "name": name,
        "names": "|".join(dict.fromkeys(n for n in names if n != name)),
        "adjectives": "|".join(dict.fromkeys(adjective)),
        "people": "|".join(dict.fromkeys(extra.get("people", demonyms(text(nation, "noun"))))),
        "capitals": "|".join(f"{n};{a};{b}" + ";shared" * (n in shared) for n, a, b in cities),
        "seats": "|".join(f"{n};{a};{b}" for n, a, b in extra.get("seats", [])),
        "metonym": "" if extra.get("not_metonym") else "1",
        "latitude": at[0],
        "longitude": at[1],
    }


def build(factbook: Path, codes: Path) -> list[dict[str, Any]]:
    """All rows, by alpha-3 code."""
    more = yaml.safe_load((HERE / "knowledge_extra.yaml").read_text(encoding="utf-8"))
    extra, shared = more["countries"], set(more["shared"])
    profiles = {r["profile"].split("/")[-1].upper(): r["data"] for r in map(json.loads, lines(factbook))}
    joined = {r["ISO3166-1-Alpha-3"]: r for r in csv.DictReader(lines(codes))}
    joined["XKX"] = {}
    rows = []
    for code in sorted(joined):
        key = FACTBOOK_CODES.get(code, joined[code].get("FIPS", "").split(",")[0].strip())
        rows.append(row(code, joined[code], profiles.get(key, {}), extra.get(code, {}), shared))
    return rows


def check(rows: list[dict[str, Any]], path: Path) -> None:
    """Report where another list places a capital or a country otherwise."""
    other = {c["cca3"]: c for c in json.loads("".join(lines(path)))}
    other["XKX"] = other.pop("UNK", {})
    for r in rows:
        c = other.get(r["alpha3"])
        if not c:
            print(f"{r['alpha3']}: not in the other list", file=sys.stderr)
            continue
        cities = {bare(x.split(";")[0]) for x in (r["capitals"] + "|" + r["seats"]).split("|") if x}
        wanted = {bare(x) for x in c["capital"]}
        if wanted and not cities & wanted:
            print(f"{r['alpha3']}: capital {sorted(cities)}, there {sorted(wanted)}", file=sys.stderr)
        if r["latitude"] == "" or any(
            abs(a - b) > 6 for a, b in zip((r["latitude"], r["longitude"]), c["latlng"], strict=True)
        ):
            print(
                f"{r['alpha3']}: at {r['latitude']}, {r['longitude']}, there {c['latlng']}", file=sys.stderr
            )
        if c["name"]["common"] not in (r["name"], *r["names"].split("|")):
            print(f"{r['alpha3']}: not called {c['name']['common']!r} here", file=sys.stderr)
        if (folk := c["demonyms"].get("eng", {}).get("m")) and folk not in r["adjectives"] + r["people"]:
            print(f"{r['alpha3']}: no demonym {folk!r} here", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--factbook", type=Path, required=True)
    parser.add_argument("--codes", type=Path, required=True)
    parser.add_argument("--check", type=Path)
    parser.add_argument("--out", type=Path, default=TABLE)
    given = parser.parse_args()
    rows = build(given.factbook, given.codes)
    with given.out.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    print(f"{len(rows)} rows to {given.out}")
    if given.check:
        check(rows, given.check)


if __name__ == "__main__":
    main()
