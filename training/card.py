"""The model card, with figures measured now from the shipped weights.

    python -m training.card --data DIR

Writes ``training/MODEL_CARD.md``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import claims, names, tree
from communique.language.network import WEIGHTS, Network

CARD = Path(__file__).parent / "MODEL_CARD.md"

TEXT = """# Model card: {name}

Written by `python -m training.card`; every figure was measured in that run, from the shipped 8-bit weights.

| | |
|---|---|
| what it does | tags, lemmas, trees, names; events (type, status, parties); claims (source, cue, content) |
| language | English, news |
| encoder | MiniLM, 6 × 384, uncased, with a letter-case embedding; from all-MiniLM-L6-v2 (Apache-2.0) |
| layers | the lower three read word pieces, those above words |
| events | branch off after layer 3, with three layers of their own, over words |
| claims | one layer of width 256 over the word vectors of trunk and branch |
| size | {size:.1f} MB, weights in 8 bits (7 used), scales a column, activations in 8 bits |
| heads | {heads} |

## Trained on

| data | what for | terms |
|---|---|---|
| UD English EWT, train | tags, lemmas, trees | CC BY-SA 4.0 |
| UD English GUM, train (free genres) | the same | CC BY 4.0; texts CC BY, BY-SA |
| Worldwide newswire names (Shan et al. 2023), train | names | none stated; texts are their publishers' |
| dispatches and sentences of `training/corpus` | events, statuses, parties | Apache-2.0, ours |
| articles annotated in `training/corpus/news.jsonl`: Wikinews 2019–2020 | the same | CC BY 2.5 |
| the same: outlets of 2011 and 2016–2018 | the same | texts are their publishers' |
| PolNeAR (Newell et al. 2018), train | claims | annotations published openly; texts their publishers' |
| the same: dev parts of PolNeAR and Worldwide | the same | texts are their publishers' |
| stories (Halterman 2023), local news (LGL), texts alone | events | none stated |
| PLV (Hu et al. 2024), 1,050 sentences | event types, parties | none stated |

None of these texts is in the package; the weights were trained on them.

## Figures

| data | figure | value |
|---|---|---|
{figures}

Trees and tags are on gold words and sentences, in percent, over all words and with relation subtypes.
Names are those of the whole reader, 0 to 1. The development files above were looked at during
development; no weight was fitted to them.

## Limits

- Edited English of newspapers; poor on chat, verse, tables, and text without capitals.
- Events were learned from a few thousand annotated ones. Types told mostly by nouns, recipients that the
  sentence only hints at, and parties named in another sentence are weak. What is measured, and how the
  confidence is fitted, stands in `docs/events.md`.
- Names of the regions and outlets that the corpora cover; it repeats their view of what is a name.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the model card.")
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    network = Network()
    rows = []
    for treebank in ("ewt_dev", "gum_dev"):
        found = tree.measure(args.data / "treebank" / f"{treebank}.conllu", network)
        rows += [f"| {treebank} | {k} | {found[k]:.2f} |" for k in ("las", "uas", "upos", "xpos", "lemma")]
    found = names.measure(args.data / "entities" / "dev.jsonl")
    rows += [f"| Worldwide names, dev | {k} | {v:.3f} |" for k, v in found.items()]
    said = claims.measure(args.data / "attribution" / "dev.jsonl.gz")
    rows += [f"| PolNeAR, dev | {k} | {v:.3f} |" for k, v in said.items()]
    size = sum(f.stat().st_size for f in WEIGHTS.iterdir()) / 1e6
    heads = ", ".join(f"{k} ({len(v)} labels)" for k, v in sorted(network.labels.items()))
    CARD.write_text(
        TEXT.format(name=network.name, size=size, heads=heads, figures="\n".join(rows)), encoding="utf-8"
    )
    print(f"wrote {CARD.name}")


if __name__ == "__main__":
    main()
