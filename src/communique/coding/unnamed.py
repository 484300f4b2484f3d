"""Those whom the article does not name: "eleven people", "the driver", "relatives of the hostages".

They are weighed beside the named when a pronoun is to be resolved, so that "they" is not taken for the
government named last. Who is meant by a pronoun becomes an entity; the rest is forgotten.
"""

from __future__ import annotations

from functools import cache

from communique.coding.describing import described
from communique.coding.lexicons import DATA, load_yaml
from communique.coding.mentions import premodified, words_text
from communique.coding.naming import Register
from communique.coding.nouns import singular
from communique.coding.people import Draft
from communique.knowledge import titles
from communique.language.analysis import Parsed, Word

__all__ = ["MANY", "ONE", "THING", "THINGS", "unnamed"]

# Kinds of drafts that are no entities yet.
MANY, ONE, THINGS, THING = "unnamed people", "unnamed person", "unnamed things", "unnamed thing"
_FREE = ("compound", "flat", "fixed", "goeswith", "nmod:desc", "nmod:unmarked", "amod", "vocative")


@cache
def _people() -> frozenset[str]:
    """Nouns of people, in the singular."""
    table = titles()
    words = {w.strip() for w in load_yaml(DATA / "retold.yaml")["people"].split(",")}
    words |= {name[0] for name in (*table.groups, *table.offices) if len(name) == 1}
    return frozenset(words)


def unnamed(register: Register) -> list[Draft]:
    """The nouns that stand for no entity, one draft each, in text order."""
    covered = {at for d in register.drafts for m in d.mentions for at in range(m.start, m.end)}
    out = []
    for sentence in register.analysis.sentences:
        for word in sentence.words:
            if word.upos != "NOUN" or word.deprel in _FREE or word.start in covered:
                continue
            out.append(_draft(sentence, word, register.text))
    return out


def _draft(sentence: Parsed, word: Word, text: str) -> Draft:
    plural = word.xpos == "NNS"
    person = (singular(word) if plural else word.text.lower()) in _people()
    first = premodified(sentence, word.index)
    name = words_text(sentence, first, word.index, text)
    kind = (MANY if plural else ONE) if person else (THINGS if plural else THING)
    # Word classes have no say in whose the people are, but the phrase may.
    country, sectors = described(sentence.words[first : word.index + 1]) if person else (None, [])
    draft = Draft(name, kind, country, sectors)
    draft.add(sentence.words[first].start, word.end, "description")
    return draft
