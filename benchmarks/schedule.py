"""What will come: entries of the schedule against annotation.

    python -m benchmarks.schedule [training/corpus/schedule.txt] [--only-test]

A line of gold: article, sentence, status, words of the time, value, the word that names what happens, what it
is. An entry is right where it stands in that sentence, on those days, and its words touch the gold's. Prints
precision, recall, F1, and the status of those that are right.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from benchmarks.corpora import show
from benchmarks.event_times import same_days
from communique.article import Article
from communique.pipeline import Pipeline
from training.annotations import load

DISPATCHES = Path("training") / "corpus" / "dispatches"
Line = tuple[int, str, str, str, str]


def gold_of(path: Path) -> dict[str, list[Line]]:
    """The entries of each article: sentence, status, value, head word, what."""
    out: dict[str, list[Line]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [c.strip() for c in line.split("|")]
        if not line.strip() or line.startswith("#"):
            continue
        entries = out.setdefault(cells[0], [])
        if len(cells) == 7:
            entries.append((int(cells[1]), cells[2], cells[4], cells[5].partition("#")[0], cells[6]))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description="The schedule against annotation.")
    parser.add_argument("gold", type=Path, nargs="?", default=Path("training") / "corpus" / "schedule.txt")
    parser.add_argument("--only-test", action="store_true", help="dispatches whose number ends in 5 or 0")
    parser.add_argument("--without-test", action="store_true", help="the others")
    parser.add_argument("--show", action="store_true", help="print what is missed and what is wrong")
    args = parser.parse_args()
    pipeline = Pipeline()
    told = hits = wanted = status = 0
    for name, entries in gold_of(args.gold).items():
        test = int(name[2:]) % 5 == 0
        if (args.only_test and not test) or (args.without_test and test):
            continue
        file = load(DISPATCHES / f"{name}.txt")
        reading = pipeline.read(
            Article(file.text, id=name, published=date.fromisoformat(str(file.published)))
        )
        times = {t.id: t for t in reading.times}
        free = list(reading.schedule)
        told += len(free)
        wanted += len(entries)
        for number, kind, value, head, what in entries:
            first, last = file.sentences[number - 1]
            words = {head.lower(), *what.lower().split()}
            match = None
            for one in free:
                time = times[one.time]
                plain = {"value": time.value, "from": time.start_day, "to": time.end_day}
                mine = set(reading.article.text[one.start : one.end].lower().split())
                if first <= one.start < last and same_days(value, plain) and mine & words:
                    match = one
                    break
            if match is None:
                if args.show:
                    print("-", name, kind, value, what, "|", " ".join(file.text[first:last].split()))
                continue
            free.remove(match)
            hits += 1
            status += match.status == kind
        if args.show:
            for one in free:
                place = next(s for s in reading.sentences if s.start <= one.start < s.end)
                when = times[one.time]
                print("+", name, one.status, when.value, one.what, "|", reading.evidence(place))
    precision, recall = hits / max(told, 1), hits / max(wanted, 1)
    show("entries", wanted)
    show("precision", precision)
    show("recall", recall)
    show("f1", 2 * precision * recall / max(precision + recall, 1e-9))
    show("status", status / max(hits, 1))


if __name__ == "__main__":
    main()
