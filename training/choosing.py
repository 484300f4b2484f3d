"""Learning to whom an event is done, where the sentence's own words may not tell.

    python -m training.choosing GOLD.jsonl… --news DIR [--out src/communique/coding/data/recipients.csv]

Reads articles that no weight was fitted to, and asks of each word that tells of an event of the annotation
which of the options (``coding/choosing.py``) touch what the annotation names. Learned is a softmax over the
options. Prints the share of recipients that are right as the sentence's own words have them and as what is
learned has them, by folds of articles; those of whom the annotation names none are left out, unless the
sentence names none either.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.corpora import rows
from benchmarks.events import articles
from communique.coding.choosing import Chooser, Option
from communique.coding.events import Events
from communique.coding.parties import MUTUAL, Who
from communique.coding.tellings import Told
from communique.pipeline import Pipeline, default_steps
from communique.reading import Reading
from training.apart import fold_of
from training.coreference import Example, learn, written

HEADER = """\
# Weights of what speaks for the recipient of an event (coding/choosing.py), by training/choosing.py.
# Source: our own annotation of articles that the network has not learned from.
"""
FOLDS, NETS, EPOCHS = 5, 3, 6


class Choices(Chooser):
    """Notes the options and which are right; stays with the sentence's own.

    Args:
        reading, who: as ``Chooser`` has them.
        gold: the article's annotation.
        found: where to put each choice, with the article's id.
    """

    def __init__(
        self, reading: Reading, who: Who, gold: dict[str, Any], found: list[tuple[str, Example]]
    ) -> None:
        super().__init__(reading, who)
        self.gold, self.found = gold, found
        self.sentences = [tuple(s) for s in self.gold["sentences"]]

    def choice(self, told: Told, options: list[Option]) -> list[str]:
        gold = self._gold(told)
        if gold is not None and len(options) > 1:
            spans = gold["recipients"]
            if told.type in MUTUAL:
                spans = [*gold["actors"], *spans]
            rights = [i for i, o in enumerate(options) if spans and self._touches(o, spans)]
            if not spans and not options[0].entities:
                rights = [0]
            if rights:
                # What the sentence names goes last, as "none of the others" does.
                features = [o.features for o in (*options[1:], options[0])]
                right = rights[0] - 1 if rights[0] else len(options) - 1
                self.found.append((str(self.gold["id"]), Example(features, right, 1.0)))
        return options[0].entities

    def _gold(self, told: Told) -> dict[str, Any] | None:
        """The annotated event of that type that the word tells; else the only one of its sentence."""
        start, end = told.word.start, told.word.end
        here: list[dict[str, Any]] = [g for g in self.gold["events"] if g["type"] == told.type]
        at = [g for g in here if g["trigger"][0] < end and start < g["trigger"][1]]
        if at:
            return at[0]
        mine = next((i for i, (a, b) in enumerate(self.sentences) if a <= start < b), None)
        here = [g for g in here if g["sentence"] - 1 == mine]
        return here[0] if len(here) == 1 else None

    def _touches(self, option: Option, spans: Sequence[Sequence[int]]) -> bool:
        wanted = set(option.entities)
        entities = [e for e in (*self.reading.entities, *self.who.new) if e.id in wanted]
        return any(m.start < b and m.end > a for e in entities for m in e.mentions for a, b in spans)


def examples(gold: Sequence[dict[str, Any]], news: Path) -> list[tuple[str, Example]]:
    """By article, the options of each told event of the annotation, the sentence's own last."""
    events, found = Events(0.0), list[tuple[str, Example]]()

    def steps(network: Any) -> list[Any]:
        return [events if isinstance(s, Events) else s for s in default_steps(network)]

    pipeline = Pipeline(steps)
    for row, article in articles(gold, news):
        events.chooser = partial(Choices, gold=row, found=found)
        pipeline.read(article)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--news", type=Path, default=Path("..") / "shared" / "data" / "news")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    found = examples([r for p in args.gold for r in rows(p)], args.news)
    fold = [fold_of(name, FOLDS) for name, _ in found]
    before = after = changed = 0
    for k in range(FOLDS):
        table = learn([e for (_, e), f in zip(found, fold, strict=True) if f != k], NETS, EPOCHS)
        for (_, (options, right, _)), f in zip(found, fold, strict=True):
            if f == k:
                *others, own = table.scores(options)
                best = max(range(len(others)), key=lambda i: (others[i], -i))
                told = best if others[best] > own else len(others)
                before += right == len(others)
                after += right == told
                changed += told != len(others)
    n = max(len(found), 1)
    print(f"recipients {n}, right as the sentence has them {before / n:.3f}, as learned {after / n:.3f}")
    print(f"changed {changed / n:.3f}")
    if args.out:
        table = learn([e for _, e in found], NETS, EPOCHS)
        args.out.write_text(written(table, HEADER), encoding="utf-8")


if __name__ == "__main__":
    main()
