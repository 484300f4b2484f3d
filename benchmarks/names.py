"""Names of people, groups and places, from the whole reader.

    python -m benchmarks.names FILE.jsonl

Rows ``{id, text, entities: [{start, end, label}]}``. Prints precision, recall and F1 (0 to 1) of the span
and of span and kind. A leading article and a closing possessive do not count; the labels scored are
those of ``FITS``, with the kinds of entity that suit them.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from benchmarks.corpora import rows, show
from communique.article import Article
from communique.pipeline import Pipeline
from communique.reading import Reading, Span

FITS = {
    "Person": {"person"},
    "Organization": {"organization", "media", "group"},
    "Location": {"state", "place"},
    "Facility": {"place", "organization"},
    "NORP": {"group", "state", "organization"},
}
_LEAD = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_TAIL = re.compile(r"['’]s?$")


def core(text: str, start: int, end: int) -> Span:
    """A name without its article and possessive."""
    lead, tail = _LEAD.match(text[start:end]), _TAIL.search(text[start:end])
    return start + (lead.end() if lead else 0), start + tail.start() if tail else end


def found_in(reading: Reading) -> dict[Span, set[str]]:
    """The names that a reading has, with their kinds."""
    text = reading.article.text
    out: dict[Span, set[str]] = {}
    for place in reading.places:
        out.setdefault(core(text, place.start, place.end), set()).add("place")
    for entity in reading.entities:
        for mention in entity.mentions:
            if mention.form in ("name", "metonym"):
                out.setdefault(core(text, mention.start, mention.end), set()).add(entity.kind)
    return out


def measure(path: Path) -> dict[str, float]:
    """The figures, by name."""
    pipeline = Pipeline()
    n_gold = n_found = spans = kinds = 0
    for row in rows(path):
        gold = {
            core(row["text"], e["start"], e["end"]): e["label"] for e in row["entities"] if e["label"] in FITS
        }
        found = found_in(pipeline.read(Article(row["text"], id=str(row["id"]))))
        n_gold += len(gold)
        n_found += len(found)
        spans += sum(span in found for span in gold)
        kinds += sum(bool(FITS[label] & found.get(span, set())) for span, label in gold.items())
    out: dict[str, float] = {}
    for name, right in (("span", spans), ("label", kinds)):
        out[f"{name}_precision"] = right / max(n_found, 1)
        out[f"{name}_recall"] = right / max(n_gold, 1)
        out[f"{name}_f1"] = 2 * right / max(n_found + n_gold, 1)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description="Names of people, groups and places, from the whole reader.")
    parser.add_argument("file", type=Path)
    for name, value in measure(parser.parse_args().file).items():
        show(name, value)


if __name__ == "__main__":
    main()
