"""Event labels for training: which word of a sentence tells of the event that its corpus names.

The corpora mark the two parties and the type, not the word. The word is taken from the tree (parsed
with the network as trained so far): the lowest one that governs both parties.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from communique.coding.eventwords import EventWords, event_words
from communique.language.analyse import analyse
from communique.language.analysis import Parsed, Word
from communique.language.network import Network as Shipped
from training.corpora import Document, SentenceRow, open_text

MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
HELD_OUT = 5  # every fifth row of the marked pairs is kept for calibration


def marked_pairs(path: Path, network: Shipped, held_out: bool = False) -> list[Document]:
    """Sentences with both parties marked, one document each.

    Args:
        path: JSONL rows ``{id, text, actor, recipient, type}``.
        network: the network that parses them.
        held_out: the rows kept for calibration, else the others.
    """
    out = []
    with open_text(path) as lines:
        for number, line in enumerate(lines):
            if (number % HELD_OUT == 0) != held_out:
                continue
            row = json.loads(line)
            sentences = [labelled(s, row, event_words()) for s in analyse(row["text"], (), network).sentences]
            out.append(Document(row["id"], sentences))
    return out


def labelled(sentence: Parsed, row: dict[str, Any], lexicon: EventWords) -> SentenceRow:
    """Labels of one sentence of a marked pair."""
    labels = _negatives(sentence, lexicon)
    ends = [_head_of(sentence, row[side]) for side in ("actor", "recipient")]
    if None not in ends:
        trigger = governor(sentence, ends[0], ends[1])  # type: ignore[arg-type]
        kind = row["type"]
        labels[trigger.index] = kind
        # "held talks with": the noun under a light verb tells it as well.
        noun = sentence.child(trigger.index, "obj")
        if trigger.lemma in lexicon.light and noun is not None and lexicon.types_of(noun.lemma, noun.upos):
            labels[noun.index] = kind
    return SentenceRow([w.text for w in sentence.words], {"event": labels})


def governor(sentence: Parsed, a: Word, b: Word) -> Word:
    """The lowest word that governs both, passing over the parties' own phrases to their predicate."""
    chain = [a, *sentence.ancestors(a.index)]
    other = {w.index for w in (b, *sentence.ancestors(b.index))}
    common = next(w for w in chain if w.index in other)
    if common.index in (a.index, b.index) and common.head >= 0:
        return sentence.words[common.head]
    return common


def _head_of(sentence: Parsed, spans: list[list[int]]) -> Word | None:
    """The word of a marked party that the others of it hang on."""
    inside = [
        w for w in sentence.words if any(w.start < e and w.end > s for s, e in spans) and w.upos != "PUNCT"
    ]
    indices = {w.index for w in inside}
    return next((w for w in inside if w.head not in indices), None)


def _negatives(sentence: Parsed, lexicon: EventWords) -> list[str]:
    """NONE for verbs and nouns that no list has; nothing is known of the listed ones."""
    return [
        "NONE"
        if w.upos in ("VERB", "NOUN", "AUX")
        and not lexicon.types_of(w.lemma, w.upos)
        and w.lemma not in lexicon.light
        else ""
        for w in sentence.words
    ]


def stories(path: Path, network: Shipped, most: int) -> list[Document]:
    """Machine-written stories with one type each: a word counts where the list of that type has it."""
    out = []
    with open_text(path) as lines:
        for row in list(csv.DictReader(lines))[:: max(1, 4500 // most)]:
            values = {k.lower(): v for k, v in row.items() if k}
            text = values.get("text") or ""
            kind = (values.get("label") or "").upper()
            kind = MERGED.get(kind, kind)
            sentences = []
            for sentence in analyse(text, (), network).sentences[:3]:
                labels = _negatives(sentence, event_words())
                for word in sentence.words:
                    types = {MERGED.get(t, t) for t in event_words().types_of(word.lemma, word.upos)}
                    if kind in types:
                        labels[word.index] = kind
                sentences.append(SentenceRow([w.text for w in sentence.words], {"event": labels}))
            if sentences and any(kind in s.labels["event"] for s in sentences):
                out.append(Document(str(len(out)), sentences))
    return out
