"""Analyses written by hand, for tests of the coding steps."""

from __future__ import annotations

from communique.article import Article
from communique.language.analysis import Analysis, NameSpan, Parsed, Word
from communique.reading import Producer, Reading, Sentence


def parsed(text: str, table: str, start: int = 0) -> Parsed:
    """A sentence from a table, one word a line: ``word UPOS XPOS head deprel [lemma] [*Label]``.

    ``head`` counts from 1, 0 is the root. ``*Label`` begins a name, ``+`` carries it on. The lemma is
    the word in lower case unless given. Words are looked for in ``text`` from ``start`` on.
    """
    words: list[Word] = []
    names: list[NameSpan] = []
    at = start
    for index, line in enumerate(filter(None, map(str.strip, table.strip().splitlines()))):
        form, upos, xpos, head, deprel, *more = line.split()
        at = text.index(form, at)
        lemma = next((m for m in more if m[0] not in "*+"), form if upos == "PROPN" else form.lower())
        words.append(Word(at, at + len(form), form, index, lemma, upos, xpos, int(head) - 1, deprel))
        at += len(form)
        for mark in more:
            if mark.startswith("*"):
                names.append(NameSpan(index, index, mark[1:], 0.9))
            elif mark == "+":
                names[-1].last = index
    return Parsed(words[0].start, words[-1].end, words, names)


def reading_of(text: str, *tables: str) -> Reading:
    """A reading whose analysis is written out, one table a sentence (see ``parsed``)."""
    analysis = Analysis()
    at = 0
    for table in tables:
        sentence = parsed(text, table, at)
        analysis.sentences.append(sentence)
        at = sentence.end
    reading = Reading(Producer("0", "by hand"), Article(text), analysis=analysis)
    reading.sentences = [Sentence(f"s{i}", s.start, s.end) for i, s in enumerate(analysis.sentences, 1)]
    return reading
