"""What a person is called: titles before and beside a name, and their sector and country."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from communique.coding.mentions import Found, words_text
from communique.knowledge.titles import ending, titles
from communique.language.analysis import Parsed, Word

__all__ = ["Affiliation", "Title", "Who", "title_before", "title_beside", "title_ending"]

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
# What a word before a title may tell of its bearer: a party chairman, an army spokesman, a union leader.
_SIDES = frozenset({"PTY", "MIL", "COP", "LAB", "LEG", "JUD"})
# Roles whose bearer's country is not that of a name before them: a Japan analyst is not Japan's.
_OBSERVERS = frozenset({"EDU", "JRN", "BUS", "MED", "REL", "CVL", "PRE"})


@dataclass(frozen=True, slots=True)
class Affiliation:
    """What a name beside a title tells: whose minister, the chief of what."""

    country: str | None = None
    sector: str | None = None
    state: bool = False
    adjective: bool = False

    NONE: ClassVar[Affiliation]


Affiliation.NONE = Affiliation()

# The affiliation that the name ending at, or covering, a word of a sentence stands for; with its first word.
Who = Callable[[Parsed, int], "tuple[int, Affiliation] | None"]


@dataclass(slots=True)
class Title:
    """A title in the text.

    ``text`` is the role as the article words it; ``office`` the title's own words, lower case;
    ``first`` and ``last`` its words; ``female`` True or False where the words tell; ``former``
    if the bearer has left the office.
    """

    text: str = ""
    office: tuple[str, ...] = ()
    sectors: list[str] = field(default_factory=list)
    country: str | None = None
    first: int = 0
    last: int = 0
    female: bool | None = None
    former: bool = False


def title_before(found: Found, text: str, who: Who) -> Title | None:
    """The title that stands directly before a person's name: "Japanese Prime Minister" Fumio Kishida.

    A bare honorific gives a title without ``text``.
    """
    sentence, last = found.sentence, found.first - 1
    if last < 0:
        return None
    low = sentence.words[last].text.lower()
    if low in titles().honorifics and not _office(sentence, last):
        made = title_ending(sentence, last - 1, text, who) if last else None
        return made or Title(first=last, last=last, female=_gender(low))
    return title_ending(sentence, last, text, who)


def title_ending(sentence: Parsed, last: int, text: str, who: Who) -> Title | None:
    """The title whose last word is that one, with what stands before it; None if there is none."""
    size = _office(sentence, last)
    if not size:
        return None
    table = titles()
    first = last - size + 1
    office = tuple(w.text.lower() for w in sentence.words[first : last + 1])
    sector = table.offices.get(office)
    former = False
    beside: str | None = None
    hint = Affiliation.NONE
    while first > 0:
        word = sentence.words[first - 1]
        low = word.text.lower()
        if (named := who(sentence, first - 1)) is not None:
            if hint is not Affiliation.NONE:
                break
            begin, hint = named
            if hint.state and sector in _OBSERVERS and not hint.adjective:
                hint = Affiliation()
            # A country is no part of the role, but for "former Japanese prime minister": one run of words.
            opens = sentence.words[begin - 1].text.lower() in table.former if begin else False
            if hint.state and not opens:
                break
            first = begin
            continue
        if low in _POSSESSIVE:
            if first > 1 and (named := who(sentence, first - 2)) is not None:
                hint = named[1]
            break
        hyphen = (
            low in ("-", "‑") and sentence.words[first - 2].text.lower() in table.former
            if first > 1
            else False
        )
        noun = word.upos in ("NOUN", "PROPN", "ADJ") and word.deprel in (
            "compound",
            "amod",
            "nmod:desc",
            "flat",
        )
        if not (low in table.modifiers or hyphen or noun):
            break
        if hint is not Affiliation.NONE and (low,) in table.offices:
            break  # "Chairman" of "Chairman Navy Adm. Mullen" is another title
        former = former or low in table.former or low.startswith("ex-")
        named_word = table.name_words.get((low,))
        beside = (
            beside
            or table.bodies.get((low,))
            or table.groups.get((low,))
            or (named_word if named_word in _SIDES else None)
        )
        first -= 1
    former = former or _shares_former(sentence, last)
    hint = hint if hint.country or hint.sector else _complement(sentence, last, who)
    return Title(
        text=words_text(sentence, first, last, text),
        office=office,
        sectors=_sectors(sector, beside, hint, former),
        country=hint.country,
        first=first,
        last=last,
        female=_gender(" ".join(office)),
        former=former,
    )


def _shares_former(sentence: Parsed, last: int) -> bool:
    """Does a "former" further off hold for the title? It does for both of "a former general and defence
    minister", not for the second of "a former general and the minister"."""
    heads = [last]
    if sentence.words[last].deprel == "conj" and sentence.child(last, "det") is None:
        heads.append(sentence.words[last].head)
    beside = (sentence.words[i] for head in heads for i in sentence.children(head) if i < last)
    return any(w.text.lower() in titles().former and w.deprel == "amod" for w in beside)


def title_beside(found: Found, text: str, who: Who) -> list[Title]:
    """Titles in apposition: X, "a former CIA official" and …; "the Ugandan president", X."""
    sentence, out = found.sentence, []
    nouns = [
        sentence.words[i] for i in sentence.children(found.head.index) if sentence.words[i].deprel == "appos"
    ]
    if found.head.deprel == "appos" and found.head.head >= 0:
        nouns.append(_borne(sentence, sentence.words[found.head.head]))
    for noun in nouns:
        if found.first <= noun.index <= found.last or noun.upos not in ("NOUN", "PROPN"):
            continue
        between = text[min(found.end, noun.end) : max(found.start, noun.start)]
        if "\n\n" in between or not any(mark in between for mark in ",-–—(:"):
            continue
        made = title_ending(sentence, noun.index, text, who)
        if made is not None:
            out.append(made)
    return out


def _borne(sentence: Parsed, noun: Word) -> Word:
    """The title of which a noun is a part: of "the speaker of Georgia's parliament, X", where the tree takes
    the name for the parliament's, the speaker."""
    above = noun
    while not _office(sentence, above.index):
        if not above.deprel.startswith("nmod") or above.head < 0:
            return noun
        above = sentence.words[above.head]
    return above


def _office(sentence: Parsed, last: int) -> int:
    """How many words, up to that one, are a title."""
    low = [w.text.lower() for w in sentence.words[max(0, last - 6) : last + 1]]
    # "former" and the like are no part of the office, though "vice" and "deputy" are.
    return ending(low, titles().offices)


def _complement(sentence: Parsed, last: int, who: Who) -> Affiliation:
    """Whose, after the title: the president "of Uganda", an analyst "at Chatham House"."""
    for i in sentence.children(last):
        word = sentence.words[i]
        if i > last and word.deprel == "nmod" and _preposition(sentence, word) in ("of", "at", "for", "with"):
            named = who(sentence, i)
            if named is not None:
                hint = named[1]
                return hint if _preposition(sentence, word) == "of" or not hint.state else Affiliation()
    return Affiliation()


def _preposition(sentence: Parsed, word: Word) -> str:
    case = sentence.child(word.index, "case")
    return case.text.lower() if case else ""


def _sectors(own: str | None, beside: str | None, hint: Affiliation, former: bool) -> list[str]:
    if former:
        # PLOVER counts those who have left office among the elites.
        return ["ELI"] if own in (None, "GOV", "LEG", "JUD", "MIL", "COP", "SPY", "PTY", "OPP") else [own]
    if own in (None, "GOV") and hint.sector and not hint.state:
        return [hint.sector]
    if (own is None and beside) or (own == "MIL" and beside == "COP"):
        return [beside] if beside else []
    if own is None and hint.state:
        return ["GOV"]
    return [own] if own else []


def _gender(title: str) -> bool | None:
    table = titles()
    if title in table.female:
        return True
    return False if title in table.male else None
