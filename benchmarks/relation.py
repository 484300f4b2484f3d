"""The type of an event, given both its parties: PLOVER's types over marked sentences.

    python -m benchmarks.relation ROWS.jsonl [--folds DIR]

Rows: ``{sentence_id, text, actor: [[s, e]…], recipient: [[s, e]…], type}``, CONCEDE and RETREAT as YIELD.
The network scores every word as telling of each type in each status and as having the marked parties; the
type whose tellings are likeliest is the answer. On rows that the shipped weights have not learned from, they
answer. For rows that they have learned from, ``--folds DIR`` names five exports ``fold0`` … ``fold4``
(``training.coder --folds 5``), each of which has not seen the fifth of the sentences that it answers for;
without them such rows are refused. Prints macro F1 over the types of the gold, accuracy, and F1 a type.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import lines, rows, show
from communique.coding.mentions import head_of
from communique.language.analyse import parse, shared_network
from communique.language.network import Network
from communique.language.words import split_words

SEEN = Path(__file__).parent.parent / "training" / "corpus" / "seen_pairs.txt"
FOLDS = 5
MUTUAL = ("CONSULT", "AGREE", "COOPERATE")
YIELD = ("CONCEDE", "RETREAT")
COOPERATIVE = ("CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT")
CONFLICTUAL = ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")
Row = dict[str, Any]


def fold_of(row: Row) -> int:
    """The fifth that a row belongs to, by its sentence."""
    return int(hashlib.sha256(str(row["sentence_id"]).encode()).hexdigest(), 16) % FOLDS


def mark(text: str) -> str:
    """By which a sentence that was learned from is known again."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def coded_as(kind: str, status: str) -> str | None:
    """The type under which these rows have an event of a type and status, None for one that they pass over.

    They know no status: what is still to come is coded as the word given now (a visit planned is AGREE, a ban
    planned THREATEN), what is refused or does not happen as REJECT or as giving way.
    """
    merged = "YIELD" if kind in YIELD else kind
    if status in ("occurred", "ongoing"):
        return merged
    if kind in COOPERATIVE:
        return {"planned": "AGREE", "negated": "REJECT"}.get(status)
    if kind in CONFLICTUAL:
        return {"planned": "THREATEN", "negated": "YIELD"}.get(status)
    return "REJECT" if status == "negated" and kind == "AGREE" else merged


def groups(
    events: Sequence[str], statuses: Sequence[str], types: Sequence[str]
) -> list[list[tuple[int, int]]]:
    """For each of the rows' types, the pairs of event label and status that are coded as it."""
    out: list[list[tuple[int, int]]] = [[] for _ in types]
    for e, kind in enumerate(events):
        for s, status in enumerate(statuses):
            found = coded_as(kind, status) if kind != "NONE" else None
            if found is not None:
                out[types.index(found)].append((e, s))
    return out


def answer(row: Row, network: Network, types: Sequence[str]) -> str:
    """The likeliest of the types for a row."""
    words = split_words(row["text"], 0, len(row["text"]))
    analysis = parse(row["text"], [words], network)
    sentence = analysis.sentences[0]
    heads = []
    for side in ("actor", "recipient"):
        found = []
        for a, b in row[side]:
            inside = [w.index for w in sentence.words if w.start < b and w.end > a and w.upos != "PUNCT"]
            if inside:
                found.append(head_of(sentence, inside[0], inside[-1]).index)
        heads.append(found)
    names, statuses = analysis.labels["event"], analysis.labels["status"]
    does, gets = sentence.scores["actor"], sentence.scores["recipient"]
    straight = _side(does, heads[0]) + _side(gets, heads[1])
    either = np.maximum(does, gets)
    mutual = _side(either, heads[0]) + _side(either, heads[1])
    event, status = sentence.scores["event"], sentence.scores["status"][:, :-1]
    status = status - np.logaddexp.reduce(status, axis=1, keepdims=True)
    best, best_score = types[0], -np.inf
    for kind, pairs in zip(types, groups(names, statuses, types), strict=True):
        told = [event[:, e] + status[:, s] + (mutual if names[e] in MUTUAL else straight) for e, s in pairs]
        score = float(np.logaddexp.reduce(np.array(told), axis=None))
        if score > best_score:
            best, best_score = kind, score
    return best


def _side(table: NDArray[np.float32], words: list[int]) -> NDArray[np.float32]:
    """Log-probability, a word, that one of the words named is its party."""
    if not words:
        return np.zeros(len(table), np.float32)
    return np.asarray(-np.logaddexp(0, -table[:, words].max(axis=1)))


def agreement(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Macro F1, accuracy, and F1 a type, of gold and answer."""
    each = {}
    for kind in sorted({g for g, _ in pairs}):
        hit = sum(g == kind == t for g, t in pairs)
        each[kind] = 2 * hit / max(sum(g == kind for g, _ in pairs) + sum(t == kind for _, t in pairs), 1)
    right = sum(g == t for g, t in pairs) / max(len(pairs), 1)
    return {"macro_f1": sum(each.values()) / max(len(each), 1), "accuracy": right} | each


def main() -> int:
    parser = argparse.ArgumentParser(description="The type of an event, given both its parties.")
    parser.add_argument("rows", type=Path)
    parser.add_argument("--folds", type=Path)
    args = parser.parse_args()
    given = rows(args.rows)
    seen = set("".join(lines(SEEN)).split()) if SEEN.exists() else set()
    learned = sum(mark(r["text"]) in seen for r in given)
    if learned and args.folds is None:
        print(
            f"{args.rows}: {learned} of {len(given)} rows are rows that the shipped weights learned from; "
            "name five networks that did not see them with --folds (training/README.md tells how)",
            file=sys.stderr,
        )
        return 1
    if args.folds:
        networks = [Network(args.folds / f"fold{k}") for k in range(FOLDS)]
    else:
        networks = [shared_network()] * FOLDS
    names = [k for k in networks[0].labels["event"] if k not in ("NONE", *YIELD)] + ["YIELD"]
    pairs = []
    for row in given:
        gold = "YIELD" if row["type"] in YIELD else row["type"]
        pairs.append((gold, answer(row, networks[fold_of(row)], names)))
    show("rows", len(given))
    show("rows_learned_from", learned)
    for name, value in agreement(pairs).items():
        show(name, value)
    return 0


if __name__ == "__main__":
    sys.exit(main())
