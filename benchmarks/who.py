"""Who is meant by a surname on a day, beside "<country adjective> president" or "prime minister".

    python -m benchmarks.who REIGN.csv.gz WIKIDATA.csv [--misses]

Leaders of REIGN (in office 1990–2021, the office not told: "leader") and of Wikidata's list, each asked for
by the last word of the name on a day in the middle of the term. Right is the first candidate if one of his
names has the asked one's sound and one of his countries is the asked one's. Prints the share that is right.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpora import show
from communique.knowledge import gazetteer
from communique.knowledge.names import key, table
from communique.knowledge.spelling import folded, sound
from communique.knowledge.who import candidates

# Names that the lists have and the gazetteer does not.
ALSO = {"bosnia": "BIH", "macedonia": "MKD", "drc": "COD", "congo-brz": "COG", "uae": "ARE", "usa": "USA"}


class Asked(NamedTuple):
    name: str
    full: str
    country: str
    day: date
    near: str


def adjectives() -> dict[str, str]:
    """The first adjective of each country, or its name."""
    return {r["alpha3"]: (r["adjectives"].split("|")[0] or r["name"]) for r in table("countries.csv")}


def text_of(path: Path) -> io.StringIO:
    data = path.read_bytes()
    data = gzip.decompress(data) if path.suffix == ".gz" else data
    return io.StringIO(data.decode("utf-8", errors="replace"), newline="")


def code_of(name: str) -> str | None:
    found = gazetteer().country(name)
    return found.alpha3 if found else ALSO.get(key(name))


def reign(path: Path, codes: dict[str, str]) -> Iterator[Asked]:
    """``codes`` joins the list's own abbreviations to ISO's."""
    for row in csv.DictReader(text_of(path)):
        first, last = (
            (int(row["syear"] or 0), int(row["smonth"] or 1)),
            (int(row["eyear"] or 0), int(row["emonth"] or 1)),
        )
        code = codes.get(row["stateabb"])
        if last[0] < 1990 or code is None or not row["leader"].strip():
            continue
        begin, end = max(date(1990, 1, 1), date(*first, 1)), date(*last, 1)
        middle = date.fromordinal((begin.toordinal() + max(begin, end).toordinal()) // 2)
        words = [w for w in re.split(r"[ ,]+", row["leader"].replace(".", " ")) if w and not w.isdigit()]
        words = [
            w for w in words if w.lower() not in ("jr", "sr", "ii", "iii", "iv", "von", "der", "de")
        ] or words
        yield Asked(words[-1], row["leader"], code, middle, f"{adjectives()[code]} leader")


def wikidata(path: Path) -> Iterator[Asked]:
    for row in csv.DictReader(text_of(path)):
        code = code_of(row["country"])
        title = row["positionLabel"].split(" of ")[0].lower()
        if code is None or not row["start_year"]:
            continue
        year, end = int(row["start_year"]), int(row["end_year"] or 2021)
        day = date((year + end) // 2, 7, 1) if end > year + 1 else date(year, 12, 1)
        yield Asked(
            row["officeholderLabel"].split()[-1],
            row["officeholderLabel"],
            code,
            day,
            f"{adjectives()[code]} {title}",
        )


def right(asked: Asked) -> tuple[bool, str]:
    found = candidates(asked.name, asked.day, asked.near, 1)
    if not found:
        return False, "-"
    person = found[0].person
    theirs = {sound(w) for n in (*person.names, *person.known_as) for w in folded(n).split()}
    asks = {sound(w) for w in folded(asked.full).split() if len(w) > 2}
    codes = {person.country, *(o.country for o in person.offices)}
    return asked.country in codes and bool(asks & theirs), person.id


def state_codes() -> dict[str, str]:
    """The Correlates of War abbreviations of states, where they differ from ISO's."""
    lines = (Path(__file__).parent / "state_codes.csv").read_text(encoding="utf-8").splitlines()
    differ = {r["cow"]: r["iso"] for r in csv.DictReader(x for x in lines if not x.startswith("#"))}
    return {c: c for c in gazetteer().countries} | differ


def main() -> None:
    parser = argparse.ArgumentParser(description="Who is meant by a surname on a day.")
    known = Path("..") / "shared" / "data" / "knowledge"
    parser.add_argument("reign", type=Path, nargs="?", default=known / "leaderlist_3_21.csv.gz")
    parser.add_argument("wikidata", type=Path, nargs="?", default=known / "wl21_wikidata.csv")
    parser.add_argument("--misses", action="store_true", help="print those that are not right")
    args = parser.parse_args()
    for name, found in (("reign", reign(args.reign, state_codes())), ("wikidata", wikidata(args.wikidata))):
        asked = list(found)
        answers = [right(a) for a in asked]
        show(f"{name} asked", len(asked))
        show(f"{name} right", sum(ok for ok, _ in answers) / max(len(asked), 1))
        if args.misses:
            for a, (ok, best) in zip(asked, answers, strict=True):
                if not ok:
                    print(f"  {a.name} ({a.full}), {a.near}, {a.day}: {best}")


if __name__ == "__main__":
    main()
