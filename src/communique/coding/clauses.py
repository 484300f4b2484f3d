"""Questions that several steps ask of a tree: whose verb is this, which words are its clause."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from communique.language.analysis import Parsed, Word
from communique.reading import Span

__all__ = [
    "agent_of",
    "base",
    "conjuncts",
    "leading_words",
    "own_clause",
    "span_of",
    "spans_of",
    "subject_of",
    "trimmed",
    "verb_group",
]


def base(deprel: str) -> str:
    """A relation without its subtype."""
    return deprel.partition(":")[0]


def subject_of(sentence: Parsed, verb: Word) -> Word | None:
    """Who does it: the verb's own subject, or one it shares through conjunction or control.

    The antecedent stands for a relative pronoun. A passive's subject is not who does it: see ``agent_of``.
    """
    word, hops = verb, 0
    while hops < 4:
        found = sentence.child(word.index, "nsubj", "csubj")
        if found is not None:
            if (
                found.lemma in ("who", "which", "that", "whom")
                and base(word.deprel) == "acl"
                and word.head >= 0
            ):
                return sentence.words[word.head]
            return found
        rel = base(word.deprel)
        if word.head < 0 or rel not in ("conj", "xcomp", "advcl", "acl"):
            return None
        if rel == "acl":
            # "the decision to leave" has no subject here, "officials working in Kyiv" has.
            return sentence.words[word.head] if word.xpos == "VBG" else None
        word = sentence.words[word.head]
        hops += 1
    return None


def agent_of(sentence: Parsed, verb: Word) -> Word | None:
    """Who does it in a passive: "by the police"."""
    for i in sentence.children(verb.index):
        word = sentence.words[i]
        if word.deprel == "obl:agent":
            return word
        if word.deprel.startswith("obl") and any(
            sentence.words[k].lemma == "by" and sentence.words[k].deprel == "case"
            for k in sentence.children(i)
        ):
            return (
                word if sentence.child(verb.index, "nsubj:pass", "aux:pass") or verb.xpos == "VBN" else None
            )
    return None


def conjuncts(sentence: Parsed, word: Word) -> list[Word]:
    """A word and what is joined to it by "and"."""
    return [
        word,
        *(sentence.words[i] for i in sentence.children(word.index) if sentence.words[i].deprel == "conj"),
    ]


def verb_group(sentence: Parsed, verb: Word) -> list[Word]:
    """The verb with its auxiliaries, negation and particle."""
    group = [verb]
    for i in sentence.children(verb.index):
        word = sentence.words[i]
        negation = word.deprel == "advmod" and word.lemma in ("not", "never", "n't")
        if base(word.deprel) == "aux" or word.deprel == "compound:prt" or negation:
            group.append(word)
    return sorted(group, key=lambda w: w.index)


def leading_words(sentence: Parsed, indices: Iterable[int], drop: Collection[int]) -> list[int]:
    """Indices in text order, without those to drop."""
    return [i for i in sorted(indices) if i not in drop]


def spans_of(sentence: Parsed, indices: Iterable[int]) -> list[Span]:
    """Words as spans, neighbours joined; marks at the ends of a span are cut off, quotation marks kept."""
    runs: list[list[int]] = []
    for i in sorted(indices):
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    out = []
    for run in runs:
        run = trimmed(sentence, run)
        if run:
            out.append((sentence.words[run[0]].start, sentence.words[run[-1]].end))
    return out


def trimmed(sentence: Parsed, run: list[int]) -> list[int]:
    """A run of words without commas, stops and dashes at its ends, and without half a pair of quotes."""
    marks = {",", ".", ";", ":", "-", "–", "—", "--", "*", "(", ")"}
    while run and sentence.words[run[0]].text in marks:
        run = run[1:]
    while run and sentence.words[run[-1]].text in marks:
        run = run[:-1]
    if all(sentence.words[i].upos == "PUNCT" for i in run):
        return []
    return run


def span_of(sentence: Parsed, word: Word, without: Collection[str] = ()) -> list[int]:
    """Indices of a phrase: the word and what depends on it, leaving out branches with these relations."""
    out, stack = [], [word.index]
    while stack:
        i = stack.pop()
        out.append(i)
        stack.extend(
            k
            for k in sentence.children(i)
            if i != word.index or base(sentence.words[k].deprel) not in without
        )
    return sorted(out)


def own_clause(sentence: Parsed, word: Word) -> list[int]:
    """The words of the trigger's own clause: its phrase, and its verb's where it is a noun."""
    top = word
    while top.upos != "VERB" and top.head >= 0 and base(top.deprel) not in ("root", "parataxis"):
        top = sentence.words[top.head]
    out, stack = [], [top.index]
    while stack:
        i = stack.pop()
        out.append(i)
        stack.extend(
            k
            for k in sentence.children(i)
            if not (
                sentence.words[k].upos == "VERB"
                and base(sentence.words[k].deprel) in ("conj", "advcl", "ccomp", "parataxis", "acl")
            )
        )
    if word.index not in out:
        out.extend(sentence.subtree(word.index))
    return sorted(set(out))
