"""What the language network makes of a text: sentences of words with tags, tree and names.

This module knows nothing of politics; the coding steps read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Analysis", "NameSpan", "Parsed", "Word"]


@dataclass(slots=True)
class Word:
    """One word, Universal Dependencies style ("don't" is two words, "US-led" three).

    Attributes:
        start, end: ``[start, end)`` code points in the article's text.
        text: ``article.text[start:end]``.
        lemma: dictionary form, lower case but for proper nouns.
        upos: universal part of speech, 'NOUN', 'VERB' …
        xpos: Penn Treebank tag, 'VBD', 'NNS' …
        index: place in its sentence, from 0.
        head: index of the word it depends on in the same sentence; -1 for the root.
        deprel: universal relation to the head, with subtype ('nsubj:pass').
    """

    start: int
    end: int
    text: str
    index: int
    lemma: str = ""
    upos: str = "X"
    xpos: str = ""
    head: int = -1
    deprel: str = "dep"


@dataclass(slots=True)
class NameSpan:
    """A name found by the network: words ``first`` to ``last`` (inclusive) of its sentence.

    ``label`` is 'Person', 'Organization', 'Location', 'Facility', 'NORP' (nationalities, religions,
    political groups), 'Misc', 'Product', 'Date' or 'Money'; ``confidence`` a probability.
    """

    first: int
    last: int
    label: str
    confidence: float


@dataclass(slots=True)
class Parsed:
    """One sentence with its words, tree and names.

    ``scores`` holds, by head name, log-probabilities of that head's labels a word, ``[W, L]``; the
    labels stand in ``Analysis.labels``.
    """

    start: int
    end: int
    words: list[Word]
    names: list[NameSpan] = field(default_factory=list)
    scores: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    _children: list[list[int]] | None = field(default=None, repr=False, compare=False)

    def children(self, index: int) -> list[int]:
        """Indices of the words that depend on a word, left to right."""
        if self._children is None:
            table: list[list[int]] = [[] for _ in self.words]
            for word in self.words:
                if word.head >= 0:
                    table[word.head].append(word.index)
            self._children = table
        return self._children[index]

    def subtree(self, index: int) -> list[int]:
        """Indices of a word and all that depends on it, in text order."""
        out, stack = [], [index]
        while stack:
            i = stack.pop()
            out.append(i)
            stack.extend(self.children(i))
        return sorted(out)

    def child(self, index: int, *deprels: str) -> Word | None:
        """First dependent with one of these relations (a bare 'nsubj' also takes its subtypes)."""
        for i in self.children(index):
            rel = self.words[i].deprel
            if rel in deprels or rel.split(":")[0] in deprels:
                return self.words[i]
        return None

    def ancestors(self, index: int) -> Iterator[Word]:
        """The word's head, its head's head, up to the root."""
        head = self.words[index].head
        while head >= 0:
            yield self.words[head]
            head = self.words[head].head


@dataclass(slots=True)
class Analysis:
    """The sentences of one article, in text order, the network's label sets by head name, the quoted
    stretches of the text, marks included, and the names that ``coding.mentions`` found, once it has."""

    sentences: list[Parsed] = field(default_factory=list)
    labels: dict[str, list[str]] = field(default_factory=dict, repr=False, compare=False)
    quotes: list[tuple[int, int]] = field(default_factory=list)
    found: list[Any] | None = field(default=None, repr=False, compare=False)
