"""When: the day, month or year of events, where the text tells it.

    python -m benchmarks.event_times GOLD.jsonl

Gold is what ``training.annotations compile`` writes. Of the told events that are right (``benchmarks.events``
says how) and whose time the gold tells: the share with the same day, month or year. Of those without one in
the gold: the share that is told one all the same.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks.corpora import rows, show
from benchmarks.events import articles, compare
from communique.pipeline import Pipeline


def same_days(gold: str, told: dict[str, Any] | None) -> bool:
    """Is it the same stretch of time? The gold says how finely: a day, a month, a year, or from one to
    another; an hour of that day is that day."""
    if told is None or not told["value"]:
        return False
    value = str(told["value"])
    if value == gold:
        return True
    if "/" in gold:
        first, _, last = gold.partition("/")
        return bool(told["from"]) and told["from"].startswith(first) and told["to"].startswith(last)
    return value.startswith(f"{gold}T")


def main() -> None:
    parser = argparse.ArgumentParser(description="Times of events.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--news", type=Path, default=Path("..") / "shared" / "data" / "news")
    parser.add_argument("--show", action="store_true", help="print what is missed")
    args = parser.parse_args()
    pipeline = Pipeline()
    known = right = untimed = invented = 0
    for row, article in articles(rows(args.gold), args.news):
        reading = json.loads(pipeline.read(article).to_json())
        times = {t["id"]: t for t in reading["times"]}
        for event, gold in compare(row, reading)[0]:
            if gold is None:
                continue
            told = times.get(event["time"])
            if not gold["time"]:
                untimed += 1
                invented += told is not None
                continue
            known += 1
            right += same_days(gold["time"]["value"], told)
            if args.show and not same_days(gold["time"]["value"], told):
                words = article.text[slice(*row["sentences"][gold["sentence"] - 1])]
                said = (told["value"], article.text[told["start"] : told["end"]]) if told else None
                trigger = article.text[event["start"] : event["end"]]
                print(row["id"], trigger, gold["time"], said, "|", " ".join(words.split()))
    show("events_with_time", known)
    show("right", right / max(known, 1))
    show("events_without", untimed)
    show("told_one_all_the_same", invented / max(untimed, 1))


if __name__ == "__main__":
    main()
