"""How many corrections find what they speak of when articles were read anew by another version.

    python -m benchmarks.corrections OLD.jsonl NEW.jsonl

Both are readings of the same articles (``communique read --format jsonl``). Of each event, party of an event
and claim of the old readings somebody says that it is wrong; found again is what the new reading has at the
same words and, for events, of the same type. What the new version does not read any more cannot be found: so
beside the share of all it is told of those that are still there, where an event of the type touches the
trigger, or a claim the cue.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from benchmarks.corpora import lines, show
from communique.reading import Reading
from communique.store import text_hash
from communique.store.corrections import Correction, correction, placed


def said_of(reading: Reading) -> list[tuple[str, Correction]]:
    """A rejection of each event, party and claim, with its kind."""
    out = []
    for event in reading.events:
        out.append(("event", correction(reading, "event", "reject", of=event.id, who="A")))
        for side, ids in (("actor", event.actors), ("recipient", event.recipients)):
            for party in ids:
                one = correction(reading, side, "reject", of=event.id, party=party, who="A")
                out.append(("party", one))
    for claim in reading.claims:
        out.append(("claim", correction(reading, "claim", "reject", of=claim.id, who="A")))
    return out


def still_there(reading: Reading, one: Correction) -> bool:
    """Whether the new reading has an event of the type, or a claim, at the words."""

    def touches(start: int, end: int) -> bool:
        return any(start < b and a < end for a, b in one.target.spans)

    if one.kind == "claim":
        return any(touches(a, b) for c in reading.claims for a, b in (c.cue or c.content))
    return any(touches(e.start, e.end) and e.type == one.target.type for e in reading.events)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    args = parser.parse_args()
    new = {text_hash(r.article.text): r for r in map(Reading.from_json, lines(args.new))}
    made, there, found = Counter[str](), Counter[str](), Counter[str]()
    articles = 0
    for old in map(Reading.from_json, lines(args.old)):
        reading = new.get(text_hash(old.article.text))
        if reading is None:
            continue
        articles += 1
        for kind, one in said_of(old):
            made[kind] += 1
            there[kind] += still_there(reading, one)
            found[kind] += placed(reading, [one])[0].state != "orphan"
    show("articles", articles)
    for kind in ("event", "party", "claim"):
        show(f"{kind} corrections", made[kind])
        show(f"{kind} found of all", found[kind] / max(made[kind], 1))
        show(f"{kind} found of those still there", found[kind] / max(there[kind], 1))


if __name__ == "__main__":
    main()
