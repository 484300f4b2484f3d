"""Plain sentences made from the event lexicon, so that the branch knows every word of it, in every status.

Each strong verb and unmistakable noun of ``coding/data/events.yaml`` is set into a few frames between parties
drawn from the country table; the labels follow from the frame.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import Any

from communique.coding.eventwords import event_words
from communique.knowledge import gazetteer
from communique.language.lemmas import irregular

# A frame, its status; {a} does it to {b}; V the form of the verb: base, s, past, part, ing.
FRAMES = (
    ("{a} {past} {b}{t} .", "occurred"),
    ("{a} has {part} {b}{t} .", "occurred"),
    ("{b} was {part} by {a}{t} .", "occurred"),
    ("{a} will {base} {b}{t} .", "planned"),
    ("{a} plans to {base} {b}{t} .", "planned"),
    ("{a} did not {base} {b}{t} .", "negated"),
    ("{a} may {base} {b}{t} .", "hypothetical"),
    ("{a} is {ing} {b}{t} .", "ongoing"),
    ("The ministry said that {a} had {part} {b}{t} .", "occurred"),
)
NOUNS = (
    ("The {noun} between {a} and {b} took place{t} .", "occurred"),
    ("{a} 's {noun} {prep} {b} was reported{t} .", "occurred"),
    ("Officials spoke of {a} 's {noun} {prep} {b}{t} .", "occurred"),
    ("{a} and {b} plan {noun}{t} .", "planned"),
)
TAILS = ("", "", " on Tuesday", " in the capital", " after days of rain", " , state television reported")
ACTORS = ("{c}", "{n} police", "{n} officials", "The {n} government", "{n} troops", "The {n} president")
MUTUAL = ("CONSULT", "AGREE", "COOPERATE")


def forms(lemma: str, past: dict[str, list[str]]) -> dict[str, str]:
    """The verb's forms; irregular ones from the table, the rest by rule."""
    if lemma.endswith("e"):
        regular, ing = lemma + "d", (lemma[:-2] + "ying" if lemma.endswith("ie") else lemma[:-1] + "ing")
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        regular, ing = lemma[:-1] + "ied", lemma + "ing"
    elif lemma[-1] in "tbpgn" and lemma[-2] in "aeiou" and lemma[-3] not in "aeiou" and len(lemma) < 5:
        regular, ing = lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"
    else:
        regular, ing = lemma + "ed", lemma + "ing"
    odd = past.get(lemma, [])
    return {
        "base": lemma,
        "past": odd[0] if odd else regular,
        "part": odd[-1] if odd else regular,
        "ing": ing,
    }


def rows(seed: int, a_word: int) -> Iterator[dict[str, Any]]:
    """Articles of ten such sentences each, as ``training.annotations`` compiles them.

    Args:
        seed: of the draw.
        a_word: sentences for each word of the lexicon.
    """
    chance = random.Random(seed)
    lexicon = event_words()
    past: dict[str, list[str]] = {}
    for form, lemma in irregular().items():
        past.setdefault(lemma, []).append(form)
    odd = {k: v for k, v in past.items() if len(v) == 1}
    made = []
    for lemma, kind in sorted(lexicon.strong.items()):
        if lemma in past and lemma not in odd:
            continue  # which of its forms is the past and which the participle is not told
        for _ in range(a_word):
            frame, status = chance.choice(FRAMES)
            made.append(_sentence(frame, forms(lemma, odd), status, kind, chance))
    for lemma, kinds in sorted(lexicon.nouns.items()):
        for _ in range(a_word if len(kinds) == 1 else 0):
            frame, status = chance.choice(NOUNS if kinds[0] in MUTUAL else NOUNS[1:3])
            prep = "with" if kinds[0] in MUTUAL else "of" if kinds[0] in ("ASSAULT", "COERCE") else "against"
            made.append(_sentence(frame, {"noun": lemma, "prep": prep}, status, kinds[0], chance))
    chance.shuffle(made)
    for at in range(0, len(made), 10):
        yield _article(f"frames-{at // 10}", made[at : at + 10])


@cache
def _countries() -> list[tuple[str, str]]:
    """Name and adjective of each country that has an adjective of one word to itself."""
    world = gazetteer()
    adjectives: dict[str, str] = {}
    for word, codes in sorted(world.by_adjective.items()):
        if len(codes) == 1 and " " not in word:
            adjectives.setdefault(codes[0], word.title())
    return [(world.countries[c].name, a) for c, a in sorted(adjectives.items()) if c in world.countries]


def _party(chance: random.Random) -> str:
    name, adjective = chance.choice(_countries())
    return chance.choice(ACTORS).format(c=name, n=adjective)


def _sentence(
    frame: str, words: dict[str, str], status: str, kind: str, chance: random.Random
) -> tuple[str, dict[str, Any]]:
    a, b = _party(chance), _party(chance)
    trigger = next(words[k] for k in ("past", "part", "base", "ing", "noun") if "{" + k + "}" in frame)
    marks = {"a": "\x01", "b": "\x02", "t": chance.choice(TAILS)}
    text = frame.format(**marks, **{k: ("\x03" if v == trigger else v) for k, v in words.items()})
    spans = {}
    for mark, phrase in (("\x01", a), ("\x02", b), ("\x03", trigger)):
        before = text.split(mark)[0]
        for other, value in (("\x01", a), ("\x02", b), ("\x03", trigger)):
            before = before.replace(other, value)
        spans[mark] = [len(before), len(before) + len(phrase)]
    for mark, value in (("\x01", a), ("\x02", b), ("\x03", trigger)):
        text = text.replace(mark, value)
    event = {"type": kind, "status": status, "historical": False, "trigger": spans["\x03"]}
    return text, event | {"actors": [spans["\x01"]], "recipients": [spans["\x02"]]}


def _article(name: str, made: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    text, sentences, events = "", [], []
    for sentence, event in made:
        at = len(text) + (1 if text else 0)
        text += (" " if text else "") + sentence
        sentences.append([at, len(text)])
        moved = {k: [v[0] + at, v[1] + at] for k, v in event.items() if k == "trigger"}
        moved |= {k: [[x + at for x in s] for s in event[k]] for k in ("actors", "recipients")}
        events.append(event | moved)
    return {"id": name, "text": text, "sentences": sentences, "events": events}
