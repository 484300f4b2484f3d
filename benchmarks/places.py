"""Toponyms found and resolved, against the Local-Global Lexicon (Lieberman et al. 2010).

    python -m benchmarks.places lgl.xml[.gz]

Prints precision, recall and F1 of toponyms (a place of the reading that overlaps one of the gold, one to
one), and the share of those found that lie within 161 km (100 miles) of the gold; gold without
coordinates counts for finding only.
"""

from __future__ import annotations

import argparse
import gzip
import math
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.corpora import show
from communique.article import Article
from communique.pipeline import Pipeline

CLOSE = 161.0


def apart(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres."""
    p, q = math.radians(a[0]), math.radians(b[0])
    inner = (
        math.sin((p - q) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(a[1] - b[1]) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(inner)))


def main() -> None:
    parser = argparse.ArgumentParser(description="Toponyms found and resolved.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--every", type=int, default=1, help="read every so manieth article")
    args = parser.parse_args()
    opener = gzip.open if args.file.suffix == ".gz" else open
    with opener(args.file, "rb") as source:
        articles = list(ElementTree.parse(source).getroot())
    pipeline = Pipeline()
    told = gold = hits = located = near = 0
    for node in articles[:: args.every]:
        text = node.findtext("text") or ""
        if not text.strip():
            continue
        reading = pipeline.read(Article(text, id=str(node.get("docid"))))
        found = list(reading.places)
        told += len(found)
        for one in node.iter("toponym"):
            gold += 1
            start, end = int(one.findtext("start") or 0), int(one.findtext("end") or 0)
            match = next((p for p in found if p.start < end and p.end > start), None)
            if match is None:
                continue
            found.remove(match)
            hits += 1
            latitude, longitude = one.findtext("gaztag/lat"), one.findtext("gaztag/lon")
            if latitude and longitude:
                located += 1
                if match.latitude is not None and match.longitude is not None:
                    far = apart((match.latitude, match.longitude), (float(latitude), float(longitude)))
                    near += far <= CLOSE
    precision, recall = hits / max(told, 1), hits / max(gold, 1)
    show("toponyms", gold)
    show("precision", precision)
    show("recall", recall)
    show("f1", 2 * precision * recall / max(precision + recall, 1e-9))
    show("resolved_within_161_km", near / max(located, 1))


if __name__ == "__main__":
    main()
