"""Those whom the article does not name: "eleven people", "the driver", "relatives of the hostages".

They are weighed beside the named when a pronoun is to be resolved, so that "they" is not taken for the
government named last. Who is meant by a pronoun becomes an entity; the rest is forgotten.
"""

from __future__ import annotations

from functools import cache

from communique.coding.clauses import base
from communique.coding.describing import described
from communique.coding.lexicons import DATA, load_yaml
from communique.coding.mentions import premodified, words_text
from communique.coding.naming import Register
from communique.coding.nouns import singular
from communique.coding.people import Draft
from communique.knowledge import titles
from communique.language.analysis import Parsed, Word

__all__ = ["BODY", "MANY", "ONE", "THING", "THINGS", "somebody", "unnamed"]

# Kinds of drafts that are no entities yet.
MANY, ONE, BODY = "unnamed people", "unnamed person", "unnamed body"
THINGS, THING = "unnamed things", "unnamed thing"
_FREE = ("compound", "flat", "fixed", "goeswith", "nmod:desc", "nmod:unmarked", "amod", "vocative")
# What the head of "sixty were arrested", "a few of them", "another was shot" must be.
_STANDING = frozenset({"nsubj", "obj", "iobj"})


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(w.strip() for w in load_yaml(DATA / "retold.yaml")[key].split(","))


@cache
def _people() -> frozenset[str]:
    """Nouns of people, in the singular."""
    table = titles()
    return _words("people") | {
        name[0] for name in (*table.groups, *table.offices) if len(name) == 1 and name[0] not in _bodies()
    }


@cache
def _bodies() -> frozenset[str]:
    """Nouns of bodies, in the singular."""
    return _words("bodies") | {name[0] for name in titles().bodies if len(name) == 1}


def somebody(word: Word) -> bool:
    """Does the noun stand for people or a body: "legislators", "militia"?"""
    return singular(word) in _people() | _bodies()


def unnamed(register: Register) -> list[Draft]:
    """The nouns that stand for no entity, one draft each, in text order; and the few, the many and the
    sixty who are told of without one."""
    covered = {at for d in register.drafts for m in d.mentions for at in range(m.start, m.end)}
    out: list[Draft] = []
    known: dict[str, Draft] = {}
    for sentence in register.analysis.sentences:
        for word in sentence.words:
            if word.start in covered or word.deprel in _FREE:
                continue
            if word.upos == "NOUN":
                if _said_of(sentence, word, covered):
                    continue
                draft = _draft(sentence, word, register.text)
                low = word.text.lower()
                # "The driver" is the one told of before; "a driver" is another.
                if _definite(sentence, word) and low in known:
                    known[low].mentions += draft.mentions
                    continue
                known[low] = draft
                out.append(draft)
            elif base(word.deprel) in _STANDING and (kind := _standing(sentence, word)):
                draft = Draft(word.text, kind)
                draft.add(word.start, word.end, "description")
                out.append(draft)
    return out


def _said_of(sentence: Parsed, word: Word, covered: set[int]) -> bool:
    """Is the noun said of somebody the sentence names: "X, a diplomat", "as minister"?"""
    if word.deprel == "appos" and word.head >= 0 and sentence.words[word.head].start in covered:
        return True
    case = sentence.child(word.index, "case")
    return case is not None and case.text.lower() == "as"


def _definite(sentence: Parsed, word: Word) -> bool:
    det = sentence.child(word.index, "det")
    return det is not None and det.text.lower() in ("the", "this", "that", "these", "those", "both")


def _standing(sentence: Parsed, word: Word) -> str | None:
    low = word.text.lower()
    if low in _words("somebody"):
        return ONE
    counted = word.upos == "NUM" and low not in ("one", "1")
    return MANY if counted or low in _words("several") else None


def _draft(sentence: Parsed, word: Word, text: str) -> Draft:
    plural = word.xpos == "NNS"
    low = singular(word) if plural else word.text.lower()
    body = not plural and low in _bodies()
    person = low in _people() or (plural and low in _bodies())
    first = premodified(sentence, word.index)
    name = words_text(sentence, first, word.index, text)
    kind = BODY if body else (MANY if plural else ONE) if person else (THINGS if plural else THING)
    # Word classes have no say in whose the people are, but the phrase may.
    country, sectors = described(sentence.words[first : word.index + 1]) if person or body else (None, [])
    draft = Draft(name, kind, country, sectors)
    if kind == ONE:
        draft.female = True if low in _words("women") else False if low in _words("men") else None
    draft.add(sentence.words[first].start, word.end, "description")
    return draft
