"""The article's own voice: loaded words, hedges and intensifiers outside anything that somebody says.

A reader sees where the outlet judges rather than reports. The words are in ``data/language.yaml``.
"""

from __future__ import annotations

from functools import cache

from communique.coding.lexicons import DATA, load_yaml
from communique.language.analysis import Parsed, Word
from communique.language.quotes import overlap
from communique.reading import LanguageMark, Reading

__all__ = ["Voice"]

KINDS = ("loaded", "hedge", "intensifier")


@cache
def judging() -> dict[tuple[str, str], str]:
    """(lemma, UPOS) to kind."""
    raw = load_yaml(DATA / "language.yaml")
    out: dict[tuple[str, str], str] = {}
    for kind in KINDS:
        for upos, lemmas in raw[kind].items():
            for lemma in lemmas.split(","):
                out.setdefault((lemma.strip(), upos), kind)
    return out


class Voice:
    """Marks the words in which the article itself judges."""

    reads = frozenset({"sentences", "entities", "claims"})
    writes = frozenset({"language"})

    def prepare(self) -> None:
        """Load the word lists."""
        judging()

    def __call__(self, reading: Reading) -> Reading:
        """Fill ``reading.language``, in text order."""
        assert reading.analysis is not None
        quotes = reading.analysis.quotes
        said = sorted(span for c in reading.claims for span in (*c.content, *c.source.spans, *c.cue))
        marks = []
        for sentence in reading.analysis.sentences:
            named = {i for n in sentence.names for i in range(n.first, n.last + 1)}
            for word in sentence.words:
                kind = _kind(sentence, word)
                if kind is None or word.index in named:
                    continue
                span = (word.start, word.end)
                if overlap(span, quotes) or any(a < word.end and b > word.start for a, b in said):
                    continue
                marks.append(LanguageMark(word.start, word.end, kind))
        reading.language = marks
        return reading


def _kind(sentence: Parsed, word: Word) -> str | None:
    kind = judging().get((word.lemma.lower(), word.upos))
    if kind == "hedge" and word.upos == "AUX" and word.text.lower() == "could":
        # "Could not" of ability in the past says nothing of doubt.
        above = sentence.words[word.head] if word.head >= 0 else None
        if above is not None and sentence.child(above.index, "advmod") is not None:
            negated = any(sentence.words[i].lemma in ("not", "n't") for i in sentence.children(above.index))
            return None if negated else kind
    return kind
