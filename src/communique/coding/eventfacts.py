"""What speaks for and against a word's telling of an event, beside the network's own probability.

How often a word in such a place, with such parties, was right in articles that the network had not seen:
"support" of a bill, "meeting" as a place, a noun that only names a topic.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from communique.coding.clauses import base
from communique.coding.eventwords import event_words
from communique.language.analysis import Parsed, Word

if TYPE_CHECKING:
    from communique.coding.parties import Who
    from communique.coding.tellings import Told
    from communique.reading import Reading

__all__ = ["facts"]

SIDES = ("actor", "recipient")


def facts(
    told: Told,
    reading: Reading,
    who: Who,
    parties: tuple[list[str], list[str]],
    beside: int,
) -> dict[str, float]:
    """Features of an event that may be told, by name.

    Args:
        told: the word, its type, status and parties.
        reading: the article's.
        who: whose words are whose.
        parties: entities of actors and of recipients.
        beside: how many other words of the sentence may tell of events.
    """
    assert reading.analysis is not None
    sentence = reading.analysis.sentences[told.sentence]
    word, kind = told.word, told.type
    lemma = word.lemma.lower()
    chance = min(max(told.chance, 1e-4), 1 - 1e-4)
    out = {
        "chance": math.log(chance / (1 - chance)) / 4,
        "beside": min(beside, 6) / 4,
        "long": min(len(sentence.words), 60) / 40,
    }
    plain = [f"type={kind}", f"lemma={lemma}", f"{kind} lemma={lemma}", f"tag={word.xpos}"]
    plain += [f"{kind} {word.upos}", f"rel={base(word.deprel)}", f"{kind} rel={base(word.deprel)}"]
    plain += [f"status={told.status}", f"{kind} {told.status}"]
    if told.historical:
        plain.append("historical")
    strong = event_words().strong.get(lemma)
    if strong is not None:
        plain.append("strong" if strong == kind else "strong otherwise")
    if kind in event_words().nouns.get(lemma, ()) and word.upos == "NOUN":
        plain.append("strong noun")
    plain += _around(sentence, word)
    if told.sentence == 0:
        plain.append("headline")
    claim = reading.innermost(word.start)
    if claim is not None:
        plain += ["reported", f"reported {kind}", f"reported {claim.manner}"]
        if claim.source.entity in parties[0]:
            plain.append(f"{kind} by its source")
    for side, named, ids in zip(SIDES, told.parties, parties, strict=True):
        plain += _side(side, told, named, ids, who)
        best = max((p for _, p in named), default=0.0)
        out[f"{side} chance"] = best
        row = sentence.scores[side][word.index]
        out[f"{side} net"] = max((min(float(row[w.index]), 5.0) for w, _ in named), default=-7.0) / 4
    if told.chosen:
        plain += ["chosen", f"{kind} chosen"]
        out["chosen chance"] = told.chosen
    for name in plain:
        out[name] = 1.0
    return out


def _around(sentence: Parsed, word: Word) -> list[str]:
    """Words next to the trigger in the tree and the text."""
    out = []
    if word.head >= 0:
        above = sentence.words[word.head]
        out.append(f"under={above.lemma.lower()}")
        out.append(f"{base(word.deprel)} under {above.upos}")
    if word.index:
        out.append(f"after={sentence.words[word.index - 1].lemma.lower()}")
    for rel in ("case", "det", "mark", "aux", "nummod"):
        child = sentence.child(word.index, rel)
        if child is not None:
            out.append(f"{rel}={child.lemma.lower()}")
    for i in sentence.children(word.index):
        child = sentence.words[i]
        if base(child.deprel) in ("obj", "xcomp", "ccomp", "obl", "nmod", "compound", "amod"):
            out.append(f"has {base(child.deprel)}")
        if base(child.deprel) in ("obj", "compound", "amod", "xcomp"):
            out.append(f"{base(child.deprel)}={child.lemma.lower()}")
    return out


def _side(side: str, told: Told, named: list[tuple[Word, float]], ids: list[str], who: Who) -> list[str]:
    """Who stands on a side, and how the tree leads there."""
    word, kind = told.word, told.type
    if not ids:
        return [f"no {side}", f"{kind} no {side}"]
    out = []
    entity = ids[0]
    sort = who.kinds.get(entity, "group") + (" public" if entity in who.public_ids else "")
    out += [f"{side}={sort}", f"{kind} {side}={sort}"]
    if entity.startswith("x"):
        out.append(f"{side} unnamed")
    if len(ids) > 1:
        out.append(f"{side} several")
    best = max(named, key=lambda x: x[1], default=None)
    if best is not None:
        path = told.near.get(best[0].index, "?")
        out += [f"{side} path={path}", f"{word.upos} {side} path={path}"]
        if best[0].upos in ("PRON", "DET"):
            out.append(f"{side} word={best[0].text.lower()}")
        out.append(f"{side} {'before' if best[0].index < word.index else 'behind'}")
    return out
