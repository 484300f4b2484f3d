"""Annotated articles and marked pairs as windows of numbers for the branch that reads events."""

from __future__ import annotations

import csv
import gzip
import random
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from communique.coding.mentions import head_of
from communique.language.analyse import parse
from communique.language.analysis import Analysis
from communique.language.network import Network as Shipped
from communique.language.sentences import split_sentences
from communique.language.windows import pack
from communique.language.wordpiece import WordPiece, case_class
from communique.language.words import split_words
from communique.ontology import event_types
from communique.reading import Span

EVENTS = ["NONE", *event_types()]
STATUSES = ["occurred", "ongoing", "planned", "hypothetical", "negated"]
MUTUAL = ("CONSULT", "AGREE", "COOPERATE")
LABELS = {"event": EVENTS, "status": STATUSES}


@dataclass(slots=True)
class Sample:
    """One window with what is known of it.

    Attributes:
        pieces, cases, first, last, sentence: as the network takes them.
        event: label a word, or -100 where nothing is known.
        status: status a word, or -100; ``historical`` likewise, 0 or 1.
        roles: for an event word and a role (0 actor, 1 recipient), the words that name the party.
        pair: actor words, recipient words and type of a marked pair, or None.
        about: the type of which some word tells, where no more is known of the window, or None.
        told: what a larger network makes of it, or None: ``event`` ``[W, L]`` log-probabilities, and scores
            of words ``at`` that may tell of an event: ``status`` ``[K, S + 1]`` and ``roles`` ``[K, 2, W]``.
        name: the article.
        trunk: what the shared layers make of its words, ``[W, D]``; ``final``, what the trunk's last layer
            makes of them; both filled in once before training (``training.frozen``).
    """

    pieces: list[int]
    cases: list[int]
    first: list[int]
    last: list[int]
    sentence: list[int]
    name: str
    event: list[int] = field(default_factory=list)
    status: list[int] = field(default_factory=list)
    historical: list[int] = field(default_factory=list)
    roles: list[tuple[int, int, tuple[int, ...]]] = field(default_factory=list)
    pair: tuple[tuple[int, ...], tuple[int, ...], str] | None = None
    about: str | None = None
    told: dict[str, Tensor] | None = None
    trunk: np.ndarray[Any, Any] | None = None
    final: np.ndarray[Any, Any] | None = None


def samples(
    rows: Iterable[dict[str, Any]], shipped: Shipped, wordpiece: WordPiece, limit: int = 128
) -> list[Sample]:
    """Windows of annotated articles, with every word's label known."""
    out = []
    for row in rows:
        text = row["text"]
        words = [split_words(text, a, b) for a, b in row["sentences"]]
        words = [w for w in words if w]
        analysis = parse(text, words, shipped)
        triggers = {e["trigger"][0]: e for e in row["events"]}
        for group, sample in windows_of(text, words, wordpiece, str(row["id"]), limit):
            at = list(accumulate((len(words[k]) for k in group), initial=0))
            for k in group:
                _label(sample, analysis, k, dict(zip(group, at, strict=False)), triggers)
            out.append(sample)
    return out


def samples_of_each(given: Sequence[dict[str, Any]], weights: Path, workers: int = 2) -> list[list[Sample]]:
    """The windows of each annotated article; articles are read by several processes at once."""
    parts = [given[k : k + 40] for k in range(0, len(given), 40)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return [one for part in pool.map(_part, parts, repeat(weights)) for one in part]


def _part(given: Sequence[dict[str, Any]], weights: Path) -> list[list[Sample]]:
    shipped = _shipped(weights)
    return [samples([row], shipped, shipped.wordpiece) for row in given]


@cache
def _shipped(weights: Path) -> Shipped:
    return Shipped(weights, threads=1)


def plain_windows(row: dict[str, Any], wordpiece: WordPiece, limit: int = 128) -> list[Sample]:
    """Windows of an annotated article of which nothing is told but the words."""
    words = [w for a, b in row["sentences"] if (w := split_words(row["text"], a, b))]
    return [s for _, s in windows_of(row["text"], words, wordpiece, str(row["id"]), limit)]


def windows_of(
    text: str, words: Sequence[Sequence[Span]], wordpiece: WordPiece, name: str, limit: int
) -> Iterator[tuple[list[int], Sample]]:
    coded = [[wordpiece.pieces(text[a:b]) for a, b in spans] for spans in words]
    for group in pack([sum(map(len, c)) for c in coded], limit):
        sample = Sample([wordpiece.cls], [0], [], [], [], name)
        for k in group:
            for (a, b), ids in zip(words[k], coded[k], strict=True):
                sample.first.append(len(sample.pieces))
                sample.pieces.extend(ids)
                sample.cases.extend([case_class(text[a:b])] * len(ids))
                sample.last.append(len(sample.pieces) - 1)
                sample.sentence.append(k)
        sample.pieces.append(wordpiece.sep)
        sample.cases.append(0)
        if len(sample.pieces) <= 512:
            yield list(group), sample


def _label(sample: Sample, analysis: Analysis, k: int, at: dict[int, int], triggers: dict[int, Any]) -> None:
    """Label the words of sentence ``k``; ``at`` has the first word of each sentence of the window. Parties
    may stand in any of them."""
    sentence = analysis.sentences[k]
    for word in sentence.words:
        found = next((triggers[c] for c in range(word.start, word.end) if c in triggers), None)
        if found is None:
            sample.event.append(0)
            sample.status.append(-100)
            sample.historical.append(-100)
            continue
        sample.event.append(EVENTS.index(found["type"]))
        sample.status.append(STATUSES.index(found["status"]))
        sample.historical.append(int(found["historical"]))
        for role, key in enumerate(("actors", "recipients")):
            heads = ((j, head_word(analysis, j, span)) for span in found[key] for j in at)
            named = tuple(sorted({at[j] + h for j, h in heads if h is not None}))
            sample.roles.append((at[k] + word.index, role, named))


def head_word(analysis: Analysis, k: int, span: Sequence[int]) -> int | None:
    """The word of sentence ``k`` that heads a span; None where the span stands elsewhere."""
    words = analysis.sentences[k].words
    inside = [w.index for w in words if w.start < span[1] and w.end > span[0] and w.upos != "PUNCT"]
    return head_of(analysis.sentences[k], inside[0], inside[-1]).index if inside else None


def marked_pairs(rows: Iterable[dict[str, Any]], shipped: Shipped, wordpiece: WordPiece) -> list[Sample]:
    """Windows of sentences of which the parties and the type are known, but not the word that tells it."""
    out = []
    for row in rows:
        text = row["text"]
        words = split_words(text, 0, len(text))
        analysis = parse(text, [words], shipped)
        (_, sample), *_ = windows_of(text, [words], wordpiece, str(row["id"]), 512)
        sample.event = [-100] * len(words)
        sample.status = sample.historical = list(sample.event)
        heads = [
            tuple(sorted({h for s in row[side] if (h := head_word(analysis, 0, s)) is not None}))
            for side in ("actor", "recipient")
        ]
        sample.pair = (heads[0], heads[1], row["type"])
        out.append(sample)
    return out


def stories(
    path: Path, count: int, shipped: Shipped, wordpiece: WordPiece, chance: random.Random
) -> list[Sample]:
    """The openings of machine-written stories of which only the type is known, ``count`` a type at most."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = [r for r in csv.DictReader(lines) if r["label"].upper() in EVENTS]
    chance.shuffle(rows)
    taken: dict[str, int] = {}
    out = []
    for n, row in enumerate(rows):
        kind, text = row["label"].upper(), row["text"][:600]
        taken[kind] = taken.get(kind, 0) + 1
        if taken[kind] > count:
            continue
        words = [w for a, b in split_sentences(text)[:2] if (w := split_words(text, a, b))]
        for _, sample in list(windows_of(text, words, wordpiece, f"story-{n}", 128))[:1]:
            sample.event = [-100] * len(sample.first)
            sample.status = sample.historical = list(sample.event)
            sample.about = kind
            out.append(sample)
    return out


def sentences_alone(sample: Sample, wordpiece: WordPiece) -> Iterator[Sample]:
    """The sentences of an annotated window, each a window of its own; events whose parties stand elsewhere
    keep no row for them."""
    for number in dict.fromkeys(sample.sentence):
        at = [i for i, k in enumerate(sample.sentence) if k == number]
        begin, end = at[0], at[-1] + 1
        left, right = sample.first[begin], sample.last[end - 1] + 1
        one = Sample([wordpiece.cls, *sample.pieces[left:right], wordpiece.sep], [], [], [], [], sample.name)
        one.cases = [0, *sample.cases[left:right], 0]
        one.first = [k - left + 1 for k in sample.first[begin:end]]
        one.last = [k - left + 1 for k in sample.last[begin:end]]
        one.sentence = [0] * (end - begin)
        for name in ("event", "status", "historical"):
            setattr(one, name, list(getattr(sample, name)[begin:end]))
        for word, role, named in sample.roles:
            here = tuple(k - begin for k in named if begin <= k < end)
            if begin <= word < end and (here or not named):
                one.roles.append((word - begin, role, here))
        yield one


def batches(found: Sequence[Sample], size: int, chance: random.Random) -> Iterator[list[Sample]]:
    """Groups of about ``size`` pieces, of like length, in random order."""
    order = sorted(range(len(found)), key=lambda i: (len(found[i].pieces) + chance.randint(-8, 8), i))
    groups: list[list[Sample]] = [[]]
    for i in order:
        if groups[-1] and len(found[i].pieces) * (len(groups[-1]) + 1) > size:
            groups.append([])
        groups[-1].append(found[i])
    chance.shuffle(groups)
    yield from groups


def collate(group: Sequence[Sample]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Inputs and targets of a group, padded."""

    def padded(rows: Sequence[Sequence[int]], fill: int) -> Tensor:
        width = max(map(len, rows))
        return torch.tensor([list(r) + [fill] * (width - len(r)) for r in rows])

    inputs = {k: padded([getattr(s, k) for s in group], 0) for k in ("pieces", "cases", "first", "last")}
    inputs["sentence"] = padded([s.sentence for s in group], -1)
    targets = {k: padded([getattr(s, k) for s in group], -100) for k in ("event", "status", "historical")}
    width = inputs["first"].shape[1]
    for name in ("trunk", "final"):
        given = [getattr(s, name) for s in group]
        if given[0] is not None:
            filled = torch.zeros(len(group), width, given[0].shape[1])
            for i, value in enumerate(given):
                filled[i, : len(value)] = torch.from_numpy(value.astype(np.float32))
            inputs[name] = filled
    return inputs, targets
