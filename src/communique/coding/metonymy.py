"""Is a government meant by the name of its capital, or the town? Precision first: the town, if in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from communique.coding.lexicons import DATA, load_yaml
from communique.language.analysis import Parsed, Word

__all__ = ["acts", "located"]

_LOCATIVE = frozenset(
    {
        "in",
        "at",
        "near",
        "inside",
        "outside",
        "across",
        "around",
        "throughout",
        "into",
        "from",
        "to",
        "off",
        "along",
    }
    | {"within", "through", "over", "toward", "towards"}
)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    town_verbs: frozenset[str]
    minded: frozenset[str]
    seeming: frozenset[str]
    addressed: frozenset[str]
    turned_to: frozenset[str]
    sent: frozenset[str]
    ways: frozenset[str]
    owned: frozenset[str]
    bodies: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    rows = load_yaml(DATA / "metonymy.yaml")
    return _Lexicon(**{name: frozenset(x.strip() for x in words.split(",")) for name, words in rows.items()})


def acts(sentence: Parsed, word: Word) -> bool:
    """Does the name that this word heads act, or is it acted upon, as a government?

    Args:
        sentence: the sentence.
        word: the head word of the name.
    """
    words, lexicon = sentence.words, _lexicon()
    case = _case(sentence, word)
    for _ in range(len(words)):
        if word.deprel != "conj" or word.head < 0:
            break
        # "between Tokyo and Pyongyang": the second name does what the first does.
        word = words[word.head]
        if case and case not in ("and", "or"):
            break
        case = case or _case(sentence, word)
    if word.head < 0:
        return False
    head, relation = words[word.head], word.deprel.split(":")[0]
    if relation == "nsubj":
        return _subject(sentence, word, head)
    if word.deprel == "nmod:poss":
        return head.lemma in lexicon.owned
    if relation in ("compound", "amod"):
        return head.lemma in lexicon.bodies
    if relation in ("obj", "iobj"):
        return head.upos == "VERB" and head.lemma in lexicon.addressed
    if relation in ("obl", "nmod"):
        return _oblique(case, head, word.deprel)
    return False


def _subject(sentence: Parsed, word: Word, head: Word) -> bool:
    lexicon = _lexicon()
    if word.deprel == "nsubj:pass":
        return head.lemma in lexicon.addressed - {"back", "support", "offer", "give", "send", "call", "help"}
    if head.upos == "VERB":
        if head.lemma in lexicon.seeming:
            return any(sentence.words[i].lemma in lexicon.minded for i in sentence.children(head.index))
        return head.lemma not in lexicon.town_verbs
    return head.lemma in lexicon.minded or head.text.lower() in lexicon.minded


def _oblique(case: str, head: Word, relation: str) -> bool:
    lexicon = _lexicon()
    if case in ("between", "with", "without", "against"):
        return head.lemma not in lexicon.ways
    if case == "by":
        return relation == "obl:agent" or head.upos == "VERB" or head.lemma in lexicon.sent
    if case in ("to", "from", "on", "for", "at", "upon"):
        return head.lemma in (lexicon.turned_to if head.upos == "VERB" else lexicon.sent)
    if case == "of":
        return head.lemma in ("accuse", "demand", "critic", "ally", "criticism", "support")
    return False


def located(sentence: Parsed, word: Word) -> bool:
    """Is the name that this word heads the place where something is or goes: "in Japan", "to Kyiv"?"""
    if _case(sentence, word) in _LOCATIVE and word.deprel.split(":")[0] in ("obl", "nmod", "conj", "root"):
        return True
    if word.deprel == "conj" and word.head >= 0 and not _case(sentence, word):
        return located(sentence, sentence.words[word.head])
    return False


def _case(sentence: Parsed, word: Word) -> str:
    """The preposition before a name, '' if none."""
    found = sentence.child(word.index, "case")
    return "" if found is None or found.text in ("'s", "’s", "'", "’") else found.text.lower()
