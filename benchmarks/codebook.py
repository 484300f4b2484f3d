"""A new type from sixteen examples: PLOVER types that a network never learned, learned as a codebook.

    python -m benchmarks.codebook ROWS.jsonl --network DIR --types AID,PROTEST… [--examples 16]

``DIR`` is the export of a network trained without these types (``training.coder --without``). For each, the
examples are sentences of the project's own corpus, the word that tells of the event marked. The rows (as
for ``benchmarks.relation``) are then told to be of one of the types or of none, by the surest word; prints F1
of each type against all the rest, and their mean.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np

from benchmarks.corpora import rows, show
from communique.codebook import Codebook, CodebookModel, UserType, learn
from communique.codebook.book import Example
from communique.language.analyse import analyse
from communique.language.network import Network
from training.annotations import load

SENTENCES = Path(__file__).parent.parent / "training" / "corpus" / "sentences"
LEAST = 0.5


def examples(kind: str, count: int, seed: int) -> tuple[Example, ...]:
    """Sentences of the corpus that tell of that type and no other, their word marked."""
    out = []
    for path in sorted(SENTENCES.glob("*.txt")):
        found = load(path)
        for number, (start, end) in enumerate(found.sentences, start=1):
            here = [e for e in found.events if e["sentence"] == number]
            if len(here) == 1 and here[0]["type"] == kind:
                a, b = here[0]["trigger"]
                out.append(Example(found.text[start:end], (a - start, b - start)))
    random.Random(f"{seed} {kind}").shuffle(out)
    return tuple(out[:count])


def answer(text: str, model: CodebookModel, network: Network) -> str | None:
    """The type that the surest word of a text tells of, or None."""
    best, chance = None, LEAST
    for sentence in analyse(text, (), network, vectors=True).sentences:
        scores = np.exp(model.chances(sentence))[:, 1:]
        k = int(scores.max(axis=0).argmax())
        if float(scores[:, k].max()) > chance:
            best, chance = model.types[k].name, float(scores[:, k].max())
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description="New types from a few examples.")
    parser.add_argument("rows", type=Path)
    parser.add_argument("--network", type=Path, required=True)
    parser.add_argument("--types", required=True, help="types that the network was trained without, by comma")
    parser.add_argument("--examples", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    network = Network(args.network)
    kinds = args.types.split(",")
    book = Codebook("left-out", [UserType(k, "", examples(k, args.examples, args.seed), 1) for k in kinds])
    model = learn(book, network)
    pairs = [(r["type"], answer(r["text"], model, network)) for r in rows(args.rows)]
    each = {}
    for kind in kinds:
        hit = sum(g == kind == t for g, t in pairs)
        each[kind] = 2 * hit / max(sum(g == kind for g, _ in pairs) + sum(t == kind for _, t in pairs), 1)
    show("examples_a_type", args.examples)
    show("macro_f1", sum(each.values()) / len(each))
    for kind, value in each.items():
        show(kind, value)


if __name__ == "__main__":
    main()
