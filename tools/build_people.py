"""Compile ``src/communique/knowledge/people.csv`` from the tables of offices and of other people.

    python tools/build_people.py [--factbook factbook.jsonl.gz] [--reign leaderlist_3_21.csv.gz]

Sources:
    tools/knowledge/offices/*.csv   terms of office, one a row, the project's own: general reference
    knowledge, checked against
                                    REIGN's list of leaders (MIT) and the executives of The World Factbook
                                    (CC0)
    tools/knowledge/same.csv        one person in two tables
    tools/knowledge/people/*.csv    others the news names: party and rebel leaders, heads of international
    bodies, envoys
    factbook, reign                 read to report who is missing; nothing is copied from them

People of one name and country are one. The keys of a row are all that may be asked for: full names, what
the news calls
them, and each word of the name that is long enough to be one.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import html
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from communique.knowledge.people import FIELDS
from communique.knowledge.spelling import folded, sound

HERE = Path(__file__).parent
TABLE = HERE.parent / "src" / "communique" / "knowledge" / "people.csv"
CHECKED = "2026-11"
HEADER = f"""\
# People and their terms of office. Compiled by tools/build_people.py from tools/knowledge/; do not edit.
# Source: the project's own, general reference knowledge, checked against REIGN (MIT) and The World
# Factbook (CC0); last checked {CHECKED}.
# offices: kind;title;country;first day;last day;1 if acting, parted by "|". Days are as exact as is known.
#
"""
INDEX = HERE.parent / "src" / "communique" / "knowledge" / "people_index.csv"
INDEX_HEADER = """\
# Names and parts of names, folded and sorted, with the numbers of the rows of people.csv that bear them.
# Compiled by tools/build_people.py; do not edit.
name,rows
"""
SMALL = frozenset(
    (
        "abu",
        "al",
        "and",
        "ben",
        "bin",
        "bint",
        "da",
        "de",
        "del",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "ibn",
        "ii",
        "iii",
        "iv",
        "jr",
        "la",
        "las",
        "le",
        "los",
        "of",
        "sr",
        "ten",
        "ter",
        "the",
        "ul",
        "ur",
        "van",
        "von",
        "y",
    )
)
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")


@dataclass
class Draft:
    name: str
    country: str
    sex: str = ""
    names: dict[str, None] = field(default_factory=dict)
    known: dict[str, None] = field(default_factory=dict)
    sectors: dict[str, None] = field(default_factory=dict)
    offices: list[tuple[str, ...]] = field(default_factory=list)


def rows(folder: str) -> Iterator[tuple[Path, dict[str, str]]]:
    for path in sorted((HERE / "knowledge" / folder).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(line for line in lines if not line.startswith("#")):
                if row.get("country") == "country" or not row.get("person"):
                    continue
                yield path, {k: (v or "").strip() for k, v in row.items() if k}


def parts(cell: str) -> list[str]:
    return [p.strip() for p in cell.split("|") if p.strip()]


def same() -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Rows that are of one person though country or spelling differ."""
    with (HERE / "knowledge" / "same.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            yield (
                (row["country"], folded(row["person"])),
                (row["as_country"], folded(row["as_person"])),
            )


def gather() -> dict[tuple[str, str], Draft]:
    """All people, by country and folded name."""
    out: dict[tuple[str, str], Draft] = {}
    also = dict(same())
    for path, row in [*rows("offices"), *rows("people")]:
        at = (row["country"], folded(row["person"]))
        at = also.get(at, at)
        draft = out.setdefault(at, Draft(row["person"], at[0], row.get("sex", "")))
        draft.sex = draft.sex or row.get("sex", "")
        for name in [row["person"], *parts(row.get("aliases", ""))]:
            if name != draft.name:
                draft.names[name] = None
            if " " in name:
                also.setdefault((row["country"], folded(name)), at)
        draft.known |= dict.fromkeys(parts(row.get("known_as", "")))
        draft.sectors |= dict.fromkeys(parts(row.get("sectors", "")))
        first, last = row.get("from", ""), row.get("to", "")
        if row.get("title"):
            if first and not _DAY.match(first) or last and not _DAY.match(last):
                print(f"{path.name}: {row['person']}: no date: {first!r} {last!r}", file=sys.stderr)
                continue
            term = (row["office"] or "OTH", row["title"].lower(), row.get("where") or row["country"],
                    first or "1900", last, "1" if row.get("acting") == "1" else "")  # fmt: skip
            if term not in draft.offices:
                draft.offices.append(term)
    return out


def keys(draft: Draft) -> list[str]:
    out: dict[str, None] = {}
    for name in [*draft.known, draft.name, *draft.names]:
        out[folded(name)] = None
    for name in [draft.name, *draft.names]:
        words = folded(name).split()
        for i, word in enumerate(words):
            if (
                len(word) > 2
                and word not in SMALL
                or (len(words) == 2 and len(word) > 1 and word not in SMALL)
            ):
                out[word] = None
            if i and words[i - 1] in SMALL:
                out[f"{words[i - 1]} {word}"] = None
                out[words[i - 1] + word] = None
    return [k for k in out if k]


def identity(draft: Draft) -> str:
    return f"person:{draft.country.lower()}-{folded(draft.name).replace(' ', '-')}"


def write(found: dict[tuple[str, str], Draft]) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        out = csv.writer(file, lineterminator="\n")
        out.writerow(FIELDS)
        for draft in sorted(found.values(), key=identity):
            offices = sorted(set(draft.offices), key=lambda o: (o[3], o))
            row: list[str | Iterable[str]] = [identity(draft), draft.name]
            row += [draft.names, draft.known, draft.country, draft.sex, draft.sectors]
            row.append([";".join(o) for o in offices])
            out.writerow([c if isinstance(c, str) else "|".join(c) for c in row])


def write_index(found: dict[tuple[str, str], Draft]) -> None:
    index: dict[str, list[str]] = {}
    for number, draft in enumerate(sorted(found.values(), key=identity)):
        for key in keys(draft):
            index.setdefault(key, []).append(str(number))
    # By the line, as it is searched: a space stands before a comma, a comma before letters.
    rows = sorted(f"{key},{' '.join(numbers)}" for key, numbers in index.items())
    INDEX.write_text(INDEX_HEADER + "\n".join(rows) + "\n", encoding="utf-8")


def missing(found: dict[tuple[str, str], Draft], factbook: Path | None, reign: Path | None) -> None:
    """Report leaders of the sources whom the tables lack."""
    sounds: dict[str, set[str]] = {}
    for draft in found.values():
        sounds.setdefault(draft.country, set()).update(w for k in keys(draft) for w in [sound(k)])
    if reign:
        from communique.knowledge import gazetteer

        with gzip.open(reign, "rt", encoding="utf-8", errors="replace", newline="") as lines:
            everywhere = set().union(*sounds.values())
            for row in csv.DictReader(lines):
                if int(row["eyear"] or 0) < 1990:
                    continue
                words = [w for w in re.split(r"[ .-]+", row["leader"]) if len(w) > 2]
                if words and not any(sound(w) in everywhere for w in words):
                    print("reign:", row["stateabb"], row["leader"], row["syear"], row["eyear"])
    if factbook:
        from communique.knowledge import gazetteer

        for line in gzip.decompress(factbook.read_bytes()).decode("utf-8").splitlines():
            data = json.loads(line)["data"]
            branch = data.get("Government", {}).get("Executive branch", {})
            name = data.get("Government", {}).get("Country name", {})
            name = name.get("conventional short form", name.get("conventional long form", {})).get("text", "")
            country = gazetteer().country(name.split(";")[0].strip())
            for kind in ("chief of state", "head of government"):
                shown = html.unescape(re.sub(r"<[^>]+>", " ", branch.get(kind, {}).get("text", "")))
                shown = shown.split("(since")[0].split(";")[0].strip()
                capitals = re.findall(r"\b[A-Z][A-Z'’-]{1,}(?: [A-Z'’-]{2,})*\b", shown)
                words = [w for c in capitals for w in c.split()]
                mine = sounds.get(country.alpha3 if country else "", set())
                if country and words and not any(sound(w) in mine for w in words):
                    print("factbook:", country.alpha3, kind, shown[:80])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--factbook", type=Path)
    parser.add_argument("--reign", type=Path)
    args = parser.parse_args()
    found = gather()
    write(found)
    write_index(found)
    terms = [o for d in found.values() for o in d.offices]
    print(f"{len(found)} people, {len(terms)} terms of office, {TABLE.stat().st_size / 1e6:.2f} MB")
    missing(found, args.factbook, args.reign)


if __name__ == "__main__":
    main()
