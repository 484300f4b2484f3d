"""Text to ``Analysis``: sentences and words by rule, everything else by the network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from communique.language.analysis import Analysis, Parsed, Word
from communique.language.decode import decode_names, decode_tree
from communique.language.lemmas import apply_rule, irregular, mended
from communique.language.network import LONGEST_SENTENCE, Network, Tagged
from communique.language.quotes import find_quotes, quoted_words
from communique.language.sentences import split_sentences
from communique.language.wordpiece import WordPiece
from communique.language.words import split_words
from communique.reading import Span

__all__ = ["analyse", "parse", "shared_network"]


@cache
def shared_network(threads: int | None = None) -> Network:
    """The shipped network, one a process."""
    return Network(threads=threads)


def analyse(
    text: str, blocks: Sequence[Span] = (), network: Network | None = None, vectors: bool = False
) -> Analysis:
    """The sentences of a text with their words, tags, trees and names.

    Args:
        text: the text; offsets in the answer point into it.
        blocks: spans of its paragraphs, where the layout is known.
        network: another network than the shipped one.
        vectors: whether ``scores`` shall also have each word's vector, ``[W, D]``, on which codebooks stand.
    """
    network = network or shared_network()
    found = split_sentences(text, blocks)
    spans = (part for a, b in found for part in _short_enough(split_words(text, a, b), text, network))
    return parse(text, spans, network, vectors, blocks)


def parse(
    text: str,
    sentences: Iterable[Sequence[Span]],
    network: Network,
    vectors: bool = False,
    blocks: Sequence[Span] = (),
) -> Analysis:
    """Tags, trees and names of sentences whose words are given as offsets into ``text``."""
    marks = find_quotes(text, blocks or ((0, len(text)),))
    given: list[tuple[Sequence[Span], list[str]]] = []

    def words() -> Iterator[tuple[list[str], list[int]]]:
        for spans in sentences:
            if spans:
                given.append((spans, [text[a:b] for a, b in spans]))
                yield given[-1][1], quoted_words(spans, marks)

    tagged = network.run(words(), vectors)
    return Analysis(
        [_parsed(*given[k], answer, network) for k, answer in enumerate(tagged)], network.labels, marks
    )


def _short_enough(words: list[Span], text: str, network: Network) -> list[list[Span]]:
    """A run of words that the encoder cannot hold at once (a list, a table) is cut into several."""
    if words:
        a, b = words[0][0], words[-1][1]
        # No more pieces than letters; one that Unicode takes apart is at most three.
        if (b - a) * (1 if text[a:b].isascii() else 3) <= LONGEST_SENTENCE:
            return [words]
    out: list[list[Span]] = []
    room = 0
    for a, b in words:
        size = len(network.wordpiece.pieces(text[a:b]))
        if size > room:
            out.append([])
            room = LONGEST_SENTENCE
        out[-1].append((a, b))
        room -= size
    return out


def _parsed(spans: Sequence[Span], texts: Sequence[str], tagged: Tagged, network: Network) -> Parsed:
    labels = network.labels
    heads, as_scored = decode_tree(tagged.arcs)
    columns = [
        [labels[name][k] for k in tagged.tags[name].tolist()] for name in ("upos", "xpos", "lemma", "deprel")
    ]
    upos, xpos, rules, deprels = columns
    lemmas = [
        _lemma(rule, text, tag == "VERB", network.wordpiece)
        for rule, text, tag in zip(rules, texts, upos, strict=True)
    ]
    starts, ends = zip(*spans, strict=True)
    words = list(map(Word, starts, ends, texts, range(len(spans)), lemmas, upos, xpos, heads, deprels))
    if not as_scored:
        # The relation was chosen for the best-scored head; where the tree took another, only the root shows.
        for word in words:
            if word.head < 0:
                word.deprel = "root"
            elif word.deprel == "root":
                word.deprel = "parataxis"
    names = decode_names(tagged.scores["names"], tuple(labels["names"]))
    return Parsed(spans[0][0], spans[-1][1], words, names, tagged.scores)


@lru_cache(1 << 16)
def _lemma(rule: str, text: str, verb: bool, wordpiece: WordPiece) -> str:
    if verb and text.lower() in irregular():
        return irregular()[text.lower()]
    return mended(apply_rule(rule, text), text, wordpiece.ids, verb)
