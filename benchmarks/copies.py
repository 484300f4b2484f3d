"""Near copies: made copies, and hard cases that are none; thresholds chosen on one half, told on the other.

    python -m benchmarks.copies NEWS_FOLDER [--choose]

Of the articles of the folder's clusters, egypt-2011, libya-2011 and wikinews files, half (by a hash of the
id) serve to choose, half to tell. Copies are made as wires make them: the tail cut, paragraphs dropped,
headline, dateline and agency changed, words edited, sentences put in, an outlet's own lines around it, quotes
and dashes of another kind. No copies are: the pairs of different stories that share most, updates (a new
beginning on old paragraphs), stories with paragraphs of another as background, stories in the same outlet's
lines.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from pathlib import Path

from benchmarks.corpora import rows, show
from communique.analysis.copies import Fingerprint, agreeing, fingerprint, likeness
from communique.intake import from_text

SETS = ("clusters", "egypt-2011", "libya-2011", "wikinews")
FEWEST = 120  # words of an article that copies are made of
OUTLETS = (  # invented: the lines above and below an article
    (
        "Harbour Post | World | Subscribe for 1.99 a week",
        "Read more from our World desk. © Harbour Post. Whoever wants to print or pass on a story of ours "
        "asks our rights desk first.",
    ),
    (
        "THE VALLEY HERALD ONLINE",
        "The Valley Herald welcomes your letters. Comments are moderated, and those that "
        "break our rules are removed. Follow the Herald for news of the valley, sports and weather.",
    ),
    (
        "Home » International » Top stories",
        "Tags: world, politics. Was this article helpful? Tell us what you think.",
    ),
    ("", "Have a tip? Write to the newsroom of Channel Five. Watch our evening bulletin at six and at ten."),
    ("Share this page by mail or messenger", ""),
)
AGENCIES = ("(Reuters) -", "(AP) —", "(AFP) –", "— Agencies:", "(dpa) -")


@dataclass(frozen=True)
class Pair:
    kind: str
    copy: bool
    one: str
    other: str


@dataclass(frozen=True)
class Story:
    id: str
    group: str
    day: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


def stories(folder: Path, half: int) -> list[Story]:
    """The articles of one half."""
    found = []
    for name in SETS:
        for row in rows(folder / f"{name}.jsonl"):
            if sha256(row["id"].encode()).digest()[0] % 2 != half or len(row["text"].split()) < FEWEST:
                continue
            paragraphs = tuple(p.strip() for p in row["text"].split("\n") if p.strip())
            title = row.get("title") or " ".join(paragraphs[0].split()[:8])
            found.append(
                Story(row["id"], row.get("cluster") or name, row["published"] or "", title, paragraphs)
            )
    return found


def copied(story: Story, others: list[Story], chance: random.Random) -> str:
    """A story as another outlet has it: two to five changes of those that wires undergo."""
    paragraphs = list(story.paragraphs)
    ways = chance.sample(("tail", "drop", "head", "edit", "insert", "outlet", "marks"), chance.randint(2, 5))
    if "tail" in ways and len(paragraphs) > 3:
        paragraphs = paragraphs[: max(3, round(len(paragraphs) * chance.uniform(0.35, 0.9)))]
    if "drop" in ways and len(paragraphs) > 5:
        for _ in range(chance.randint(1, max(1, len(paragraphs) // 6))):
            del paragraphs[chance.randrange(1, len(paragraphs))]
    if "edit" in ways:
        vocabulary = story.text.split()
        rate = chance.uniform(0.01, 0.05)
        paragraphs = [
            " ".join(chance.choice(vocabulary) if chance.random() < rate else w for w in p.split())
            for p in paragraphs
        ]
    if "insert" in ways:
        for _ in range(chance.randint(1, 2)):
            sentence = " ".join(chance.choice(chance.choice(others).paragraphs).split()[:35])
            paragraphs.insert(chance.randrange(1, len(paragraphs) + 1), sentence)
    if "head" in ways:
        headline = " ".join(chance.sample(story.text.split(), 9)).capitalize()
        place = chance.choice(others).text.split()[0].upper()
        paragraphs = [headline, f"{place}, {chance.choice(AGENCIES)} {paragraphs[0]}", *paragraphs[1:]]
    if "outlet" in ways:
        above, below = chance.choice(OUTLETS)
        paragraphs = [p for p in (above, *paragraphs, below) if p]
    text = chance.choice(("\n\n", "\n")).join(paragraphs)
    if "marks" in ways:
        for a, b in (('"', "“"), ("'", "’"), (" -- ", " — "), (". ", ".  "), ("-", "‑")):
            text = text.replace(a, b) if chance.random() < 0.7 else text
    return text


def updated(story: Story, other: Story, chance: random.Random) -> str:
    """The next day's story: a new beginning, above old paragraphs."""
    count = len(story.paragraphs)
    kept = story.paragraphs[round(count * chance.uniform(0.4, 0.7)) :]
    size = sum(len(p.split()) for p in kept)
    fresh: list[str] = []
    for paragraph in other.paragraphs:
        if sum(len(p.split()) for p in fresh) > size * chance.uniform(0.5, 1.2):
            break
        fresh.append(paragraph)
    return "\n\n".join((*fresh, *kept))


def pairs(found: list[Story], seed: int) -> Iterator[Pair]:
    """Copies and no copies; the same every time."""
    chance = random.Random(seed)
    by_group = defaultdict(list)
    for story in found:
        by_group[story.group].append(story)
    for story in found:
        others = [o for o in by_group[story.group] if o.id != story.id] or [
            o for o in found if o.id != story.id
        ]
        yield Pair("copy of the original", True, story.text, copied(story, others, chance))
        yield Pair("two copies", True, copied(story, others, chance), copied(story, others, chance))
        other = min(chance.sample(others, min(8, len(others))), key=lambda o: (o.day != story.day, o.id))
        if likeness(fingerprint(story.text), fingerprint(other.text)).shared > 0.3:
            continue
        yield Pair("update", False, story.text, updated(story, other, chance))
        start = chance.randrange(len(story.paragraphs))
        background = story.paragraphs[start : start + max(2, len(story.paragraphs) // 4)]
        yield Pair("shared background", False, story.text, "\n\n".join((*other.paragraphs, *background)))
        above, below = chance.choice(OUTLETS[:2])
        yield Pair(
            "same outlet",
            False,
            "\n\n".join((above, *story.paragraphs[:3], below)),
            "\n\n".join((above, *other.paragraphs[:3], below)),
        )
    yield from hardest(found)


def hardest(found: list[Story], most: int = 400) -> Iterator[Pair]:
    """Different stories that share most. Only where it is sure that they differ: articles of Wikinews, each a
    story of its own, and of different clusters or topics, or days apart."""
    prints = {s.id: fingerprint(s.text) for s in found}
    holders: dict[int, list[Story]] = defaultdict(list)
    for story in found:
        for run in set(prints[story.id].runs.tolist()):
            holders[run].append(story)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    by_id = {s.id: s for s in found}
    for several in holders.values():
        if len(several) < 50:
            for one, other in combinations(several, 2):
                shared[one.id, other.id] += 1
    ranked = sorted(shared, key=lambda ids: (-shared[ids], ids))
    sure = [(by_id[a], by_id[b]) for a, b in ranked if _differ(by_id[a], by_id[b])]
    for one, other in sure[:most]:
        yield Pair("different stories", False, one.text, other.text)


def _differ(one: Story, other: Story) -> bool:
    if one.group != other.group:
        return {one.group, other.group} != {"egypt-2011", "libya-2011"}
    return one.group == "wikinews" or (one.group in SETS and abs(_number(one.day) - _number(other.day)) > 14)


def _number(day: str) -> int:
    from datetime import date

    return date.fromisoformat(day).toordinal() if day else 0


def seen(text: str) -> Fingerprint:
    """As ingest sees it: without page furniture."""
    article = from_text(text)
    return fingerprint(article.text, article.blocks)


def judged(found: list[Story], seed: int) -> list[tuple[Pair, Fingerprint, Fingerprint]]:
    """The pairs with their fingerprints."""
    return [(pair, seen(pair.one), seen(pair.other)) for pair in pairs(found, seed)]


def tell(judged_pairs: list[tuple[Pair, Fingerprint, Fingerprint]]) -> None:
    """Precision and recall of pairs, both looks together, and by kind."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    right = wrong = missed = 0
    for pair, one, other in judged_pairs:
        candidate = bool(agreeing(one, [other]))
        said = candidate and likeness(one, other).copy
        kind = counts[pair.kind]
        kind[0] += 1
        kind[1] += said
        kind[2] += candidate
        right += said and pair.copy
        wrong += said and not pair.copy
        missed += pair.copy and not said
    for name, (total, copies_said, candidates) in counts.items():
        print(f"  {name}: {total} pairs, {candidates} candidates, {copies_said} said to be copies")
    show("precision", right / max(1, right + wrong))
    show("recall", right / max(1, right + missed))


def choose(judged_pairs: list[tuple[Pair, Fingerprint, Fingerprint]]) -> None:
    """Every pair of thresholds, with its precision and recall."""
    measured = [(p.copy, likeness(a, b), bool(agreeing(a, [b]))) for p, a, b in judged_pairs]
    for share in (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85):
        for run in (30, 40, 50, 60, 80, 100, 1000):
            said = [(c, k and m.shared >= share and m.own_run <= run) for c, m, k in measured]
            right = sum(c and s for c, s in said)
            precision, recall = right / sum(s for _, s in said), right / sum(c for c, _ in said)
            print(f"{share} {run} precision {precision:.4f} recall {recall:.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Near copies: precision and recall of pairs.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--choose", action="store_true", help="the half that thresholds are chosen on")
    args = parser.parse_args()
    found = stories(args.folder, 0 if args.choose else 1)
    show("articles", len(found))
    judged_pairs = judged(found, seed=7 if args.choose else 11)
    show("pairs", len(judged_pairs))
    if args.choose:
        choose(judged_pairs)
    tell(judged_pairs)


if __name__ == "__main__":
    main()
