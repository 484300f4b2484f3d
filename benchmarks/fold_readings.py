"""Readings of marked sentences, each by a network that has not learned from it, for an outside scorer.

    python -m benchmarks.fold_readings ROWS.jsonl --folds DIR --out READINGS.jsonl

``DIR`` holds the exports ``fold0`` … ``fold4`` (see ``benchmarks.relation``); each row's text is read as an
article by the one that has not seen its sentence, in the order of the rows.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.corpora import rows, show
from benchmarks.relation import FOLDS, fold_of
from communique import __version__
from communique.article import Article
from communique.language.network import Network
from communique.pipeline import Options, default_steps
from communique.reading import Producer, Reading


def main() -> None:
    parser = argparse.ArgumentParser(description="Readings of marked sentences, by fold.")
    parser.add_argument("rows", type=Path)
    parser.add_argument("--folds", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--min-confidence", type=float)
    args = parser.parse_args()
    networks = [Network(args.folds / f"fold{k}") for k in range(FOLDS)]
    steps = [default_steps(n, Options(args.min_confidence)) for n in networks]
    given = rows(args.rows)
    with args.out.open("w", encoding="utf-8") as out:
        for row in given:
            k = fold_of(row)
            reading = Reading(
                Producer(__version__, networks[k].name), Article(row["text"], id=str(row["id"]))
            )
            for step in steps[k]:
                reading = step(reading)
            out.write(reading.to_json() + "\n")
    show("readings", len(given))


if __name__ == "__main__":
    main()
