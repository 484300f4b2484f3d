"""Heads that give each word one label: parts of speech, lemma, names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from communique.language.lemmas import lemma_rule
from training.heads.base import IGNORE, Head, cross_entropy, stable_labels

if TYPE_CHECKING:
    from training.corpora import SentenceRow
    from training.export import Graph


class TagHead(Head):
    """One linear layer over the word vector, or over a small hidden one where ``hidden`` says its width.

    Args:
        width: size of a word vector.
        labels: this head's label sets, as ``inventory`` gave them.
    """

    target: str
    hidden = 0

    def __init__(self, width: int, labels: dict[str, list[str]]) -> None:
        super().__init__()
        self.index = {label: i for i, label in enumerate(labels[self.target])}
        self.drop = nn.Dropout(0.2)
        if self.hidden:
            self.enter = nn.Linear(width, self.hidden)
        self.out = nn.Linear(self.hidden or width, len(self.index))

    @classmethod
    def values(cls, sentence: SentenceRow) -> list[str]:
        """The labels of a sentence as strings."""
        return sentence.labels[cls.target]

    @classmethod
    def inventory(cls, sentences: Iterable[SentenceRow]) -> dict[str, list[str]]:
        return {cls.target: stable_labels(v for s in sentences for v in cls.values(s))}

    def encode(self, sentence: SentenceRow) -> dict[str, list[int]]:
        return {self.target: [self.index.get(v, IGNORE) for v in self.values(sentence)]}

    def loss(self, words: Tensor, sentence_of: Tensor, targets: dict[str, Tensor]) -> Tensor:
        words = self.drop(words)
        if self.hidden:
            words = self.drop(torch.relu(self.enter(words)))
        return cross_entropy(self.out(words), targets[self.target])

    def export(self, graph: Graph, words: str) -> None:
        if self.hidden:
            words = graph.node("Relu", [graph.linear(words, self.enter)])
        graph.best(self.target, graph.linear(words, self.out))


class UposHead(TagHead):
    """Universal part of speech."""

    target = "upos"
    hidden = 192
    needs = ("upos",)


class XposHead(TagHead):
    """Penn Treebank tag, which tells tense and number."""

    target = "xpos"
    needs = ("xpos",)


class LemmaHead(TagHead):
    """Lemma as an edit rule on the word (Straka 2018, UDPipe 2.0): what to cut, what to add."""

    target = "lemma"
    needs = ("lemma",)

    @classmethod
    def values(cls, sentence: SentenceRow) -> list[str]:
        pairs = zip(sentence.words, sentence.labels["lemma"], strict=True)
        return [lemma_rule(word, lemma) for word, lemma in pairs]

    @classmethod
    def inventory(cls, sentences: Iterable[SentenceRow]) -> dict[str, list[str]]:
        counts = Counter(v for s in sentences for v in cls.values(s))
        return {cls.target: sorted(rule for rule, n in counts.items() if n >= 3)}


class NamesHead(TagHead):
    """Names of people, organisations, places and groups, in BIO."""

    target = "names"
    needs = ("names",)

    @classmethod
    def inventory(cls, sentences: Iterable[SentenceRow]) -> dict[str, list[str]]:
        found = super().inventory(sentences)
        kinds = sorted({label[2:] for label in found["names"] if label != "O"})
        return {"names": ["O"] + [f"{mark}-{kind}" for kind in kinds for mark in "BI"]}

    def export(self, graph: Graph, words: str) -> None:
        # Decoding needs all scores: a name is a path through them, and has a probability.
        scores = graph.node("LogSoftmax", [graph.linear(words, self.out)], axis=-1)
        graph.output("names", scores, [1, "W", len(self.index)])
