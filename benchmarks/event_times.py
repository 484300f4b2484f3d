"""When: the day, month or year of events, where the text tells it.

    python -m benchmarks.event_times GOLD.jsonl

Gold is what ``training.annotations compile`` writes. Of the told events that are right (``benchmarks.events``
says how) and whose day, month or year the gold tells (a length of time is none): the share with the same. Of
what lasts "since" a day that day is enough; "a year ago" is right as the year in which the gold's month lies.
Of those without a time in the gold: the share that is told one all the same.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from benchmarks.corpora import rows, show
from benchmarks.events import articles, compare
from communique.coding.timecalendar import span_of
from communique.pipeline import Pipeline

DAY = re.compile(r"(\d{4}-\d{2}-\d{2})T.*")


def same_days(gold: str, told: dict[str, Any] | None) -> bool:
    """Is it the same stretch of days? The gold says how finely: a day, a month, a year, or from one to
    another; an hour or a part of a day is that day."""
    if told is None or not told["value"]:
        return False
    if str(told["value"]) == gold:
        return True
    ends = [span_of(DAY.sub(r"\1", value)) for value in (gold.split("/")[0], gold.split("/")[-1])]
    if ends[0] is None or ends[1] is None or not told["from"]:
        return False
    return told["from"] == ends[0][0].isoformat() and told["to"] == ends[1][1].isoformat()


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
            value = gold["time"]["value"]
            if value.startswith("P"):
                continue
            words = article.text[: gold["time"]["span"][1]].lower()
            if words[: gold["time"]["span"][0]].rstrip().endswith("since") or "since" in words[-20:]:
                value = value.split("/")[0]
            if told is not None and words.endswith("ago") and value.startswith(str(told["value"])):
                value = str(told["value"])
            good = same_days(value, told)
            known += 1
            right += good
            if args.show and not good:
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
