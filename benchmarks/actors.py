"""Country and sector of actors, against gold records and our own annotation.

    python -m benchmarks.actors GOLD.jsonl [--misses]
    python -m benchmarks.actors training/corpus/parties.txt

Rows are PLOVER's gold records ({text, date, source: [{actorText, code, sector}], target}), or our own
({text, published, actors:
[[start, end, country, sectors]]}). The entity is the one with the shortest mention that touches the gold
words' last word. Prints
the share whose country is right (also rightly none), and of those with a sector the share of which it is
among the first two.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpora import rows, show
from communique.article import Article
from communique.intake import parse_date
from communique.pipeline import shared_pipeline
from communique.reading import Entity, Reading

# Codes that the gold records misspell, and those of bodies of no one state.
COUNTRIES = {"ITL": "ITA", "JAP": "JPN", "VTN": "VNM", "IGO": None}
# Sectors of the older code book, and what the newer has for them.
SECTORS = {"MOS": "REL", "CVL": "CVL"}
Gold = tuple[int, int, str | None, list[str]]


def gold_of(row: dict[str, Any]) -> tuple[str, list[Gold]]:
    """Text, and the actors with place, country and sectors."""
    if "actors" in row:
        return row["text"], [(a, b, c or None, s) for a, b, c, s in row["actors"]]
    text = row["text"].strip("{} ")
    out: list[Gold] = []
    for side in ("source", "target"):
        for actor in row.get(side) or []:
            if not isinstance(actor, dict):
                continue
            words = [
                re.escape(w) for w in re.split(r"\s*\.\.\.\s*|\s+", actor["actorText"].removesuffix("'s"))
            ]
            found = re.search(r"\b.{0,40}?".join(words), text) or re.search(words[-1], text)
            if found:
                code = actor["code"]
                sector = (actor.get("sector") or "")[:3]
                place = COUNTRIES.get(code, code)
                out.append(
                    (found.start(), found.end(), place, [SECTORS.get(sector, sector)] if sector else [])
                )
    return text, out


def own_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Rows of ``parties.txt``, with the texts of the dispatches beside it."""
    from training.annotations import load

    found: dict[str, dict[str, Any]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        name, _, rest = (part.strip() for part in line.partition("|"))
        words, _, told = (part.strip() for part in rest.rpartition("="))
        if name not in found:
            dispatch = load(path.parent / "dispatches" / f"{name}.txt").to_json(False)
            found[name] = {k: dispatch[k] for k in ("text", "published", "events")} | {"actors": []}
        sides = [s for e in found[name]["events"] for s in (*e["actors"], *e["recipients"])]
        start, end = min(s for s in sides if found[name]["text"][s[0] : s[1]] == words)
        country, sectors = told.split()
        found[name]["actors"].append((start, end, country.strip("-"), sectors.split(",")))
    yield from found.values()


def entity_at(reading: Reading, start: int, end: int) -> Entity | None:
    """The entity with the shortest mention over the last words of a span."""
    found = [
        (m.end - m.start, -m.start, e.id, e)
        for e in reading.entities
        for m in e.mentions
        if m.start < end and m.end > start
    ]
    last = [f for f in found if -f[1] + f[0] >= end] or found
    return min(last)[3] if last else None


def judged(row: dict[str, Any]) -> Iterator[tuple[Gold, str, Entity | None]]:
    text, gold = gold_of(row)
    day = row.get("published") or row.get("date")
    day = None if day == "2000-01-01" else day  # what the gold records write where they know no day
    reading = shared_pipeline().read(Article(text, published=parse_date(day) if day else None))
    for one in gold:
        yield one, text[one[0] : one[1]], entity_at(reading, one[0], one[1])


def sectors_of(entity: Entity) -> list[str]:
    return entity.sectors or (["GOV"] if entity.kind == "state" else [])


def main() -> None:
    parser = argparse.ArgumentParser(description="Country and sector of actors.")
    parser.add_argument("gold", type=Path, nargs="?", default=Path("training") / "corpus" / "parties.txt")
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    found = countries = with_sector = sectors = total = 0
    for row in own_rows(args.gold) if args.gold.suffix == ".txt" else rows(args.gold):
        for (_, _, country, gold), words, entity in judged(row):
            total += 1
            found += entity is not None
            right = entity is not None and entity.country == country
            countries += right
            fits = entity is not None and bool(set(gold) & set(sectors_of(entity)[:2]))
            with_sector += bool(gold)
            sectors += bool(gold) and fits
            if args.misses and (not right or (gold and not fits)):
                shown = f"{entity.name} {entity.country} {entity.sectors}" if entity else "-"
                print(f"  {words!r}: {country} {gold}, told {shown}")
    show("actors", total)
    show("found", found / max(total, 1))
    show("country", countries / max(total, 1))
    show("with a sector", with_sector)
    show("sector", sectors / max(with_sector, 1))


if __name__ == "__main__":
    main()
