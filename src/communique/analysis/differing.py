"""What the tellings of one happening do not agree on: how many, and whether it happened at all.

A difference that is shown must be one. Numbers are compared only where both are plain and exact, count the
same (so many killed; so much money; so many of those who take part) in the sentence of the same happening,
and stand alone there. A toll that a later article has higher may be no contradiction but news; it is kept,
and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.analysis.rules import rules
from communique.analysis.tellings import Number, Telling
from communique.analysis.words import stem

__all__ = ["Difference", "differences"]

_DONE = ("occurred", "ongoing")
_AFTER = 6  # words after a number that may tell what happened to those it counts
_BEFORE = 3  # words before it that may, or make it rough, or a part of another
_COPIED = 0.75  # share of the shorter sentence's words from which two are one text
_ROUNDED = 0.02  # share by which two numbers differ that may be one, rounded
_LARGE = 1000  # numbers from which on they are rounded
_LATER = "later count"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?|[,;:()]")


@dataclass(frozen=True, slots=True)
class Difference:
    """Two sides that cannot both hold.

    Attributes:
        kind: 'number', 'denial' or 'status'.
        about: what is counted, or the word that tells of the deed.
        one, other: the tellings.
        span, other_span: the words of each side, in its article.
        claim, other_claim: number of the claim in which they stand; None in the article's own voice.
    """

    kind: str
    about: str
    one: Telling
    span: tuple[int, int]
    claim: int | None
    other: Telling
    other_span: tuple[int, int]
    other_claim: int | None


@dataclass(frozen=True, slots=True)
class _Count:
    thing: str
    noun: str
    number: Number
    telling: Telling


def differences(tellings: Sequence[Telling]) -> list[Difference]:
    """What the tellings of a happening do not agree on, those of different articles only.

    Args:
        tellings: of one happening.

    Returns:
        In the order of their articles; of several pairs with the same two numbers, the first.
    """
    ordered = sorted(tellings, key=lambda t: t.key)
    return [*_numbers(ordered), *_denials(ordered)]


def _denials(tellings: Sequence[Telling]) -> Iterator[Difference]:
    """Told as done by one, as not done by another; the first two of different articles."""
    told = [t for t in tellings if t.type in rules().deniable]
    done = [t for t in told if t.status in _DONE and t.act != "deny"]
    denied = [t for t in told if t.status == "negated" or (t.status in _DONE and t.act == "deny")]
    for no in denied:
        for yes in done:
            if yes.article == no.article or yes.cue != no.cue or _same_text(yes, no):
                continue
            one, other = sorted((yes, no), key=lambda t: t.key)
            kind = "denial" if no.act == "deny" else "status"
            yield Difference(kind, yes.words, one, _span(one), one.claim, other, _span(other), other.claim)
            return


def _same_text(one: Telling, other: Telling) -> bool:
    """Do two say the same in nearly the same words? Then one was misread, not contradicted."""
    mine, yours = set(_stems(one.sentence)), set(_stems(other.sentence))
    return len(mine & yours) > _COPIED * min(len(mine), len(yours))


def _span(telling: Telling) -> tuple[int, int]:
    return telling.start, telling.start + len(telling.sentence)


def _numbers(tellings: Sequence[Telling]) -> Iterator[Difference]:
    counts = [c for t in tellings if t.status in _DONE for c in _counts(t)]
    seen: set[tuple[str, str, float, float]] = set()
    for k, one in enumerate(counts):
        for other in counts[k + 1 :]:
            a, b = one.number, other.number
            if one.telling.article == other.telling.article or (one.thing, one.noun) != (
                other.thing,
                other.noun,
            ):
                continue
            if not one.thing and one.telling.cue != other.telling.cue:
                continue
            if a.value == b.value or _rounded(a.value, b.value):
                continue
            low, high = sorted((a.value, b.value))
            key = (one.thing, one.noun, low, high)
            if key in seen:
                continue
            seen.add(key)
            about = " ".join(x for x in (one.noun, one.thing) if x)
            yield Difference(
                "number",
                f"{about}, {_LATER}" if _grown(one, other) else about,
                one.telling,
                (a.start, a.stop),
                a.claim,
                other.telling,
                (b.start, b.stop),
                b.claim,
            )


def _rounded(one: float, other: float) -> bool:
    """May one of two numbers be the other, rounded?"""
    high = max(abs(one), abs(other))
    return high >= _LARGE and abs(one - other) <= _ROUNDED * high


def _grown(one: _Count, other: _Count) -> bool:
    """Is the article of the greater number the later one?"""
    if not one.thing or one.telling.published is None or other.telling.published is None:
        return False
    less, more = sorted((one, other), key=lambda c: c.number.value)
    assert less.telling.published is not None and more.telling.published is not None
    return more.telling.published > less.telling.published


def _counts(telling: Telling) -> list[_Count]:
    """The plain numbers of a telling's sentence, with what they count; none of which the sentence has two."""
    found = []
    for number in telling.numbers:
        what = _what(telling, number)
        if what is not None:
            found.append(_Count(*what, number, telling))
    return [c for c in found if sum((c.thing, c.noun) == (o.thing, o.noun) for o in found) == 1]


def _what(telling: Telling, number: Number) -> tuple[str, str] | None:
    """What happened to those that a number counts, and who they are; None where it is no plain count."""
    rule = rules()
    if number.approximate or number.unit is None or number.unit.lower() in rule.measures:
        return None
    sentence = telling.sentence
    first, last = number.start - telling.start, number.stop - telling.start
    before, after = _stems(sentence[:first])[::-1], _stems(sentence[last:])
    if set(before[:_BEFORE]) & (rule.vague | rule.parts) or after[:1] in (["of"], ["or"], ["more"]):
        return None
    unit = number.unit.lower()
    if len(unit) == 3 and number.unit.isupper():
        return "", number.unit  # money
    noun = "" if unit in rule.people else stem(unit)
    # "12 dead", "12 people were killed", "killed 12 people": the nearest word, up to the next mark or number.
    nearest = [
        (distance, thing)
        for words in (
            _stems(sentence[first:last])[1:] + _until_mark(after)[:_AFTER],
            _until_mark(before)[:_BEFORE],
        )
        for distance, word in enumerate(words)
        if (thing := _thing(word)) is not None
    ]
    if nearest:
        return min(nearest)[1], noun if _thing(noun) is None else ""
    parties = {p.last for p in (*telling.actors, *telling.recipients)}
    return ("", noun) if noun and noun in parties else None


def _stems(text: str) -> list[str]:
    return [stem(w) for w in _WORD.findall(text)]


def _until_mark(words: list[str]) -> list[str]:
    end = next((i for i, w in enumerate(words) if not w[0].isalpha()), len(words))
    return words[:end]


def _thing(word: str) -> str | None:
    """What happened, by a word that tells of it."""
    return next((thing for thing, words in rules().counted.items() if word in words), None)
