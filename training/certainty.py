"""Fit how sure cues, negations, modals and hedges make what is said sound.

    python -m training.certainty ../shared/data/factuality --out src/communique/coding/data/certainty.yaml

The sets rate, by readers, how factual a word of a sentence is, from -3 to 3 (six sets in one format, Jiang
and de Marneffe 2021). Used are the words that head what a claim says. A claim's certainty is the cue's
value times the factors of its negation, its modal, a source left out, and the strongest mark; each begins
at what the lists of the package have and is drawn back there (a ridge), so that what is seldom rated stays.
Three of the sets ask whether the reader himself believes it; they have a scale of their own, which is
thrown away. Denials are left out: there the sets rate who is believed, not how firmly it is denied.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch

from benchmarks.corpora import rows
from communique.article import Article
from communique.coding import attribution
from communique.coding.certainty import AGAINST, NEGATIONS, Heard, hear
from communique.coding.cues import report_cues
from communique.coding.mentions import head_of
from communique.language.analyse import analyse, shared_network
from communique.language.analysis import Parsed
from communique.reading import Span

SETS = ("UW", "MEANTIME", "CB", "RP", "MV2", "UDS_IH2")
FITTED = SETS[:5]  # the last asks whether it has happened, so that what will be counts as what is not
NEWS = SETS[:2]  # how sure the text sounds; the others ask what the reader believes
LEAST = 5  # ratings of a cue before it has a value of its own; of one that is in no list, twice as many
RIDGE = {"cue": 0.02, "group": 0.01, "mark": 0.04, "negated": 0.01, "single": 0.01}  # by four folds
# Where marks begin that are no hedges, and a cue that is in no list.
BESIDES = {"will": 0.95, "to": 0.9, "must": 0.9, "if": 0.5, "whether": 0.5}
NO_GROUP = 0.8
SINGLE = {"modal": 0.75, "unsourced": 0.6, "passive": 0.9}
CLOSE = ".,!?;:%)]}"
SPELLED = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}

HEADER = """\
# How sure a cue makes what is said sound, 0 to 1, and what weakens it (coding/certainty.py). Made by
# training/certainty.py. Source: fitted to readers' ratings in the training parts of five event-factuality
# sets (UW, MEANTIME, CommitmentBank, RP, MegaVeridicality 2, in the format of Jiang and de Marneffe 2021).
"""


@dataclass(slots=True)
class Rated:
    """A claim whose head is rated, -1 to 1; ``against`` where its certainty is that it is not so."""

    set: str
    rating: float
    heard: Heard
    against: bool


def text_of(words: list[str]) -> tuple[str, list[int]]:
    """Words as a text, with where each begins."""
    text, begins, glued = "", [], True
    for word in words:
        shown = SPELLED.get(word, word)
        if not glued and shown not in CLOSE and not word.startswith("'") and word != "n't":
            text += " "
        begins.append(len(text))
        text += shown
        glued = shown in "($" or word == "``"
    return text, begins


def examples(folder: Path, names: tuple[str, ...], part: str) -> Iterator[Rated]:
    """The rated heads of claims in a part ('train' or 'dev') of the sets."""
    network = shared_network(1)
    for name in names:
        for row in rows(folder / name / f"{part}.jsonl"):
            text, begins = text_of(row["text"].split())
            rated = {begins[t["span1"][0]]: t["label"] / 3 for t in row["targets"]}
            analysis = analyse(text, Article(text).blocks, network, False)
            for number, sentence in enumerate(analysis.sentences):
                if not any(w.start in rated for w in sentence.words):
                    continue
                for one in attribution.find_in_sentence(number, sentence, analysis.labels):
                    yield from _rated(name, sentence, one, rated)


def _rated(name: str, sentence: Parsed, one: attribution.Found, rated: dict[int, float]) -> Iterator[Rated]:
    def words(spans: list[Span]) -> list[int]:
        return [w.index for w in sentence.words if any(a <= w.start < b for a, b in spans)]

    cue, content = words(one.cue), words(one.content)
    if not content:
        return
    top = head_of(sentence, content[0], content[-1])
    if top.start not in rated:
        return
    heard = hear(sentence, one.anchor, cue, content)
    below = [sentence.words[i].lemma.lower() for i in sentence.children(top.index) if i not in cue]
    against = (heard.act in AGAINST) != any(w in NEGATIONS for w in below)
    yield Rated(name, rated[top.start], heard, against)


def agreement(given: list[Rated], certainty: list[float]) -> tuple[float, float]:
    """Correlation and mean absolute error of the signed certainty with the ratings."""
    signed = [-c if r.against else c for r, c in zip(given, certainty, strict=True)]
    return correlated([(told, r.rating) for told, r in zip(signed, given, strict=True)])


def correlated(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    """Pearson's correlation and the mean absolute error of pairs; 0 where there are fewer than two."""
    if len(pairs) < 2:
        return 0.0, 0.0
    told, true = torch.tensor(pairs, dtype=torch.double).T
    both = torch.nan_to_num(torch.corrcoef(torch.stack([told, true])))
    return float(both[0, 1]), float((told - true).abs().mean())


class Table(torch.nn.Module):
    """The values as log odds, each an offset from where it begins."""

    def __init__(self, given: list[Rated]) -> None:
        super().__init__()
        start = {**report_cues().hedges, **BESIDES}
        counts = Counter(r.heard.cue for r in given)
        self.near = {r.heard.cue: r.heard.group for r in given}
        self.cues = sorted(c for c, n in counts.items() if n >= LEAST * (1 + (self.near[c] == "unknown")))
        self.groups = sorted(set(self.near.values()))
        self.negations = sorted({r.heard.negated for r in given} - {""})
        self.marks = sorted({m for r in given for m in r.heard.marks if m in start})
        priors = [NO_GROUP if g == "unknown" else float(g.split()[1]) for g in self.groups]
        self.begin = {
            "group": torch.logit(torch.tensor(priors), 0.02),
            "mark": torch.logit(torch.tensor([start[m] for m in self.marks]), 0.02),
            "negated": torch.logit(torch.tensor([0.3] * len(self.negations))),
            "single": torch.logit(torch.tensor(list(SINGLE.values()))),
        }
        self.moved = torch.nn.ParameterDict(
            {key: torch.nn.Parameter(torch.zeros(len(value))) for key, value in self.begin.items()}
        )
        self.moved["cue"] = torch.nn.Parameter(torch.zeros(len(self.cues)))
        self.scale = torch.nn.Parameter(torch.ones(len(SETS)))

    def value(self, key: str) -> torch.Tensor:
        return torch.sigmoid(self.begin[key] + self.moved[key])

    def certainty(self, given: list[Rated]) -> torch.Tensor:
        """Of each, as ``coding/certainty.py`` has it."""
        own = {c: i for i, c in enumerate(self.cues)}
        at = {g: i for i, g in enumerate(self.groups)}
        rows_ = torch.tensor([at[r.heard.group] for r in given])
        cue = torch.cat([self.moved["cue"], torch.zeros(1)])[
            torch.tensor([own.get(r.heard.cue, len(own)) for r in given])
        ]
        out = torch.sigmoid((self.begin["group"] + self.moved["group"])[rows_] + cue)
        one = torch.ones(1)
        marks = torch.cat([self.value("mark"), one])
        slot = {m: i for i, m in enumerate(self.marks)}
        widest = max(1, *(len(r.heard.marks) for r in given))
        index = [[slot.get(m, len(slot)) for m in r.heard.marks] for r in given]
        padded = torch.tensor([i + [len(slot)] * (widest - len(i)) for i in index])
        negated = torch.cat([self.value("negated"), one])
        order = {n: i for i, n in enumerate(self.negations)}
        single = torch.cat([self.value("single"), one])
        modal = torch.tensor([0 if r.heard.modal else 3 for r in given])
        left = torch.tensor([{"to": 1, "passive": 2}.get(r.heard.left_out, 3) for r in given])
        turned = negated[torch.tensor([order.get(r.heard.negated, len(order)) for r in given])]
        return out * marks[padded].min(1).values * turned * single[modal] * single[left]


def fit(given: list[Rated]) -> Table:
    """The table that fits the ratings best (Huber's loss, L-BFGS)."""
    table = Table(given)
    true = torch.tensor([-r.rating if r.against else r.rating for r in given])
    news = torch.tensor([r.set in NEWS for r in given])
    which = torch.tensor([SETS.index(r.set) for r in given])
    solver = torch.optim.LBFGS(table.parameters(), max_iter=300, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        solver.zero_grad()
        scale = torch.where(news, torch.ones(len(given)), torch.sigmoid(table.scale[which]))
        told = table.certainty(given) * scale
        errors = torch.nn.functional.huber_loss(told, true, delta=0.3, reduction="none")
        total = (errors * torch.where(news, 1.0, 0.5)).sum()
        total = total + sum(RIDGE[key] * (value**2).sum() for key, value in table.moved.items())
        total.backward()
        return total

    solver.step(loss)
    return table


def written(table: Table) -> str:
    """The table as YAML."""
    out: list[str] = []

    def lines(name: str, keys: list[str], values: torch.Tensor) -> None:
        out.append(f"{name}:")
        out.extend(f"  {k}: {v:.2f}" for k, v in zip(keys, values.tolist(), strict=True))

    base = table.begin["group"] + table.moved["group"]
    at = torch.tensor([table.groups.index(table.near[c]) for c in table.cues])
    lines("cues", table.cues, torch.sigmoid(base[at] + table.moved["cue"]))
    lines("groups", table.groups, torch.sigmoid(base))
    lines("negated", table.negations, table.value("negated"))
    lines("marks", table.marks, table.value("mark"))
    out.extend(f"{k}: {v:.2f}" for k, v in zip(SINGLE, table.value("single").tolist(), strict=True))
    return HEADER + "\n".join(out) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(1)
    given = [r for r in examples(args.folder, FITTED, "train") if not r.heard.cue.startswith("deny ")]
    text = written(fit(given))
    if args.out is None:
        print(text, end="")
    else:
        args.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
