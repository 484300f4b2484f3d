"""When an event happened: which of the times of its sentence, or none.

A softmax over the times of the sentence and "none", with features of the path between the event's word and
the time in the tree, of what leads the time in, and of what stands between. The weights (``data/when.csv``)
are learned by ``training/when.py`` from the project's own corpus.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from communique.coding.clauses import base, own_clause
from communique.coding.ranking import likeliest, score, weights
from communique.language.analysis import Parsed, Word
from communique.reading import Time

__all__ = ["candidates", "features", "nothing", "time_of"]

# Low, because the annotators name no time for many an event whose day the sentence tells (benchmarks/LOG.md).
LEAST = 0.35  # probability of the best time below which none is taken
CLAUSES = frozenset(("advcl", "acl", "ccomp", "parataxis", "csubj", "conj", "xcomp", "appos"))
UP, DOWN = 4, 3  # relations of the path that are told apart
GRAINS = {4: "year", 7: "month", 8: "week", 10: "day"}  # by the length of the value of a date
LEADS = frozenset(
    {"since", "until", "by", "before", "after", "on", "in", "for", "from", "during", "at", "of", "to"}
)


def candidates(sentence: Parsed, times: Sequence[Time]) -> list[tuple[Time, Word]]:
    """The times of a sentence that have days (a length of time has those that it leads from), each with the
    word that heads it."""
    out = []
    for time in times:
        if time.type == "set" or not sentence.start <= time.start < sentence.end:
            continue
        inside = [w for w in sentence.words if w.start < time.end and w.end > time.start]
        if not inside or not time.start_day:
            continue
        places = {w.index for w in inside}
        out.append((time, next((w for w in inside if w.head not in places), inside[0])))
    return out


def features(
    sentence: Parsed, word: Word, status: str, time: Time, head: Word, rank: int, count: int, day: date | None
) -> dict[str, float]:
    """What speaks for a time as that of the event whose word it is; ``rank`` is its place by distance."""
    up, down, top = _path(sentence, word, head)
    first, last = min(word.index, head.index), max(word.index, head.index)
    between = sentence.words[first + 1 : last]
    verbs = sum(w.upos == "VERB" for w in between)
    kind = "noun" if word.upos in ("NOUN", "PROPN", "ADJ") else "verb"
    side = "after" if head.index > word.index else "before"
    way = f"{'>'.join(up[:UP])}^{'>'.join(down[:DOWN])}"
    out = {
        f"way {way}": 1.0,
        f"{kind} up {'>'.join(up[:UP])}": 1.0,
        f"down {'>'.join(down[:DOWN])}": 1.0,
        f"far {min(len(up), 4)} {min(len(down), 4)}": 1.0,
        f"verbs {side} {min(verbs, 3)}": 1.0,
        f"rank {min(rank, 2)} of {min(count, 3)}": 1.0,
        f"{kind} {side}": 1.0,
        f"words {min(int(math.log2(len(between) + 1)), 5)}": 1.0,
    }
    clause = set(own_clause(sentence, word))
    if head.index in clause:
        out[f"own clause {min(rank, 1)} of {min(count, 2)}"] = 1.0
        out[f"own clause {kind}"] = 1.0
    for relation in dict.fromkeys(up):
        out[f"over {relation}"] = 1.0
    case = sentence.child(head.index, "case", "mark")
    lead = case.lemma.lower() if case is not None else "none"
    out[f"lead {lead if lead in LEADS else 'other'}"] = 1.0
    if time.type == "duration":
        after = sentence.words[min(last_word(sentence, time) + 1, len(sentence.words) - 1)]
        out["leads from"] = float(after.head == word.index or after.index == word.index)
        out["leads elsewhere"] = 1 - out["leads from"]
    if top.index != word.index:
        out[f"top {'says' if any(base(r) in ('ccomp', 'parataxis') for r in up) else top.upos}"] = 1.0
    if any(w.text in (";", ":", "–", "—") for w in between):
        out["parted"] = 1.0
    if any(w.text in ("“", "”", '"') for w in between):
        out["quotation between"] = 1.0
    if day is not None:
        ahead = str(time.start_day) > day.isoformat()
        out[
            f"{'open' if status in ('planned', 'hypothetical') else status} {'ahead' if ahead else 'past'}"
        ] = 1.0
    out[f"starts {head.index < 4}"] = 1.0
    clauses = [sum(base(r) in CLAUSES for r in way) for way in (up, down)]
    grain = GRAINS.get(len(time.value or ""), "other") if time.type == "date" else time.type
    out[f"grain {grain}"] = 1.0
    out[f"grain {grain} {min(clauses[0], 2)} {min(clauses[1], 2)}"] = 1.0
    out[f"tense {_tense(sentence, word)} {'far' if sum(clauses) else 'near'}"] = 1.0
    if not clauses[1] and clauses[0] and all(r == "conj" for r in up):
        out[f"joined {side} {word.xpos}"] = 1.0
    return out


def last_word(sentence: Parsed, time: Time) -> int:
    """The place of a time's last word."""
    return max(w.index for w in sentence.words if w.start < time.end)


def nothing(sentence: Parsed, word: Word, status: str, count: int) -> dict[str, float]:
    """What speaks for no time of the sentence."""
    kind = "noun" if word.upos in ("NOUN", "PROPN", "ADJ") else "verb"
    return {
        "none": 1.0,
        f"none {kind}": 1.0,
        f"none {status}": 1.0,
        f"none of {min(count, 3)}": 1.0,
        f"none as {base(word.deprel)}": 1.0,
        f"none tense {_tense(sentence, word)}": 1.0,
    }


def _tense(sentence: Parsed, word: Word) -> str:
    """The tense of the event's verb, or of the verb that its noun hangs on."""
    verb = word
    while verb.upos not in ("VERB", "AUX") and verb.head >= 0:
        verb = sentence.words[verb.head]
    helpers = [w for i in sentence.children(verb.index) if base((w := sentence.words[i]).deprel) == "aux"]
    texts = {w.text.lower() for w in helpers}
    if "had" in texts:
        return "pluperfect"
    if texts & {"has", "have"}:
        return "perfect"
    return "modal" if any(w.xpos == "MD" for w in helpers) else verb.xpos


def time_of(
    sentence: Parsed, word: Word, status: str, times: Sequence[Time], day: date | None
) -> Time | None:
    """The time of an event, or None.

    Args:
        sentence: where it is told.
        word: that tells it.
        status: its status.
        times: of the article.
        day: of publication.
    """
    found = candidates(sentence, times)
    if not found:
        return None
    table = weights("when")
    order = sorted(found, key=lambda c: (abs(c[1].index - word.index), c[1].index))
    scores = [
        score(features(sentence, word, status, time, head, rank, len(order), day), table)
        for rank, (time, head) in enumerate(order)
    ]
    best, share = likeliest(scores, score(nothing(sentence, word, status, len(order)), table))
    return order[best][0] if share >= LEAST else None


def _path(sentence: Parsed, word: Word, head: Word) -> tuple[list[str], list[str], Word]:
    """Relations from the event's word up to where its way meets the time's, those down to the time from
    there, and that word."""
    above = [word.index, *(w.index for w in sentence.ancestors(word.index))]
    down: list[str] = []
    at = head
    while at.index not in above and at.head >= 0 and len(down) < 12:
        down.append(base(at.deprel))
        at = sentence.words[at.head]
    up = []
    for index in above:
        if index == at.index:
            break
        one = sentence.words[index]
        up.append(one.deprel if one.deprel in ("acl:relcl", "nmod:poss") else base(one.deprel))
    return up, down[::-1], at
