"""The names that the network found, ready to be told apart: trimmed, with the words around them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from communique.knowledge import find_organization, gazetteer, party_states, titles
from communique.knowledge.organizations import exactly
from communique.knowledge.people import named
from communique.language.analysis import Analysis, NameSpan, Parsed, Word

__all__ = ["ACTORS", "Found", "find_names", "head_of", "partisans", "premodified", "words_text"]

# The labels that can be actors or places; products, dates, sums of money and the rest are none.
ACTORS = frozenset({"Person", "Organization", "Location", "Facility", "NORP"})
_ARTICLES = frozenset({"the"})
_CLOSED = frozenset({"DET", "ADP", "CCONJ", "PRON", "VERB", "SCONJ", "AUX", "PART"})
_BEHIND = frozenset({"and", "in", "for", "of"})  # no name's last word
# Between the words of a body's name.
_WITHIN = frozenset({"-", "–", "of", "for", "and", "in", "the", "de", "du", "la", "'s", "’s"})
_LONGEST = 8  # words of such a name
_UNSEEN = 3  # words of one that the network need not have seen a piece of
_POSSESSIVE = frozenset({"'s", "’s", "'", "’", "‘s"})
_SMALL_ENDS = 3  # common nouns at the end of a body's name: "U.N. refugee agency"


@dataclass(slots=True)
class Found:
    """One name in the text.

    Attributes:
        sentence: the sentence, and ``number`` its place in the article.
        first, last: its words, inclusive, without a leading "the" and a closing "'s".
        start, end: the same in code points of the article's text.
        text: its words parted by single spaces as in the text.
        label: 'Person', 'Organization', 'Location', 'Facility' or 'NORP'.
        head: the word that the rest of the sentence sees.
    """

    sentence: Parsed
    number: int
    first: int
    last: int
    start: int
    end: int
    text: str
    label: str
    confidence: float
    head: Word


def find_names(analysis: Analysis, text: str) -> list[Found]:
    """The names of possible actors and places, in text order; looked for but once an article."""
    if analysis.found is not None:
        return list(analysis.found)
    out = []
    for number, sentence in enumerate(analysis.sentences):
        for name in _known_bodies(sentence, _joined(sentence), text):
            if name.label not in ACTORS:
                continue
            first, last = _core(sentence, name, text)
            start, end = sentence.words[first].start, sentence.words[last].end
            shown = " ".join(text[start:end].split())
            if any(n.last == last + 1 and sentence.words[n.last].text == "of" for n in sentence.names):
                end = sentence.words[last + 1].end  # no part of what it is called, but of its words
            # A name has a capital letter or, as "5-Star Movement" shows, begins with a figure.
            if (
                any(c.isupper() or c.isdigit() for c in text[start:end])
                and text[start:end].lower() not in _ARTICLES
            ):
                head = head_of(sentence, first, last)
                out.append(
                    Found(sentence, number, first, last, start, end, shown, name.label, name.confidence, head)
                )
    _agree(out)
    analysis.found = out
    return list(out)


def _joined(sentence: Parsed) -> list[NameSpan]:
    """The names of a sentence, in order.

    Two that stand side by side are one if the tables know them so ("Korean" "Peninsula"), or if the
    second only says what kind of body the first is ("Liberal Democratic" "Party").
    """
    out: list[NameSpan] = []
    for name in _trimmed(sentence):
        words = sentence.words
        between = words[out[-1].last + 1 : name.first] if out else []
        # A closing "of" was cut off: "State of" "Qatar" stand side by side, too.
        beside = not between or (len(between) == 1 and between[0].text == "of")
        if out and beside and {out[-1].label, name.label} <= ACTORS - {"Person"}:
            last = out[-1]
            joined = " ".join(w.text for w in words[last.first : name.last + 1])
            body = (
                name.first == name.last
                and name.label == "Organization"
                and titles().sector_of_name([words[name.first].text])
            )
            known = find_organization(joined) or gazetteer().region(joined) or gazetteer().country(joined)
            named = last.label == "Organization" and not words[last.last].text.isupper()
            if known or (not between and ((body and named) or _party(words, last, name))):
                out[-1] = NameSpan(last.first, name.last, name.label, min(last.confidence, name.confidence))
                continue
        out.append(name)
    return [_named_after(sentence, name) for name in out]


def _party(words: list[Word], first: NameSpan, second: NameSpan) -> bool:
    """Are they an adjective and "Party": "Democratic" "Party"?"""
    return (
        first.label == "NORP"
        and second.first == second.last
        and words[second.first].text == "Party"
        and titles().named_groups.get(words[first.last].text.lower()) == "PTY"
    )


def _named_after(sentence: Parsed, name: NameSpan) -> NameSpan:
    """The whole of what bears a person's name: of "Kennedy" in "Kennedy Space Center" that centre."""
    words, last = sentence.words, name.last
    if name.label not in ("Person", "Facility"):
        return name
    if name.label == "Person" and name.first and words[name.first - 1].text.lower() in titles().ships:
        return NameSpan(name.first, name.last, "Misc", name.confidence)
    for at in range(last + 1, min(last + 5, len(words))):
        small = words[at].text.lower()
        label = titles().named_after.get(small)
        if label and small in titles().plain_after:
            return NameSpan(name.first, at, label, name.confidence)
        if words[at].xpos not in ("NNP", "NNPS") or not words[at].text[:1].isupper():
            break
        if label:
            return NameSpan(name.first, at, label, name.confidence)
    return name


def _known_bodies(sentence: Parsed, names: list[NameSpan], text: str) -> list[NameSpan]:
    """The names, those put together of which the network saw but pieces, where the whole is a body that the
    tables know ("Agence" "France" "-Presse"); a long one may have been missed altogether."""
    out: list[NameSpan] = []
    begins = {name.first: name for name in names}
    at = 0
    while at < len(sentence.words):
        name = begins.get(at)
        begins_so = sentence.words[at].text[:1].isupper()
        whole = _body_from(sentence, at, name, names, text) if begins_so else None
        if whole is not None:
            out.append(whole)
        elif name is not None:
            out.append(name)
        at = max(at, out[-1].last if out else -1) + 1
    return out


def _body_from(
    sentence: Parsed, first: int, name: NameSpan | None, names: list[NameSpan], text: str
) -> NameSpan | None:
    """The longest known body whose name begins with a word, where it is more than the name there."""
    words = sentence.words
    if words[first].text.lower() in _ARTICLES:
        return None
    ends = []
    nouns = 0 if name is not None else _SMALL_ENDS
    for at in range(first + 1, min(first + _LONGEST, len(words))):
        if words[at].text[:1].isupper() or (name is not None and words[at].text.isdigit()):
            ends.append(at)
        elif words[at].upos in ("NOUN", "ADJ", "PROPN") and nouns < _SMALL_ENDS:
            nouns += 1
            ends.append(at)
        elif words[at].text not in _WITHIN:
            break
    for last in reversed(ends):
        parts = [n for n in names if first <= n.first <= last]
        if any(n.last > last for n in parts) or (name is not None and name.last == last):
            continue
        if name is None and last - first + 1 < _UNSEEN:
            continue
        whole = " ".join(text[words[first].start : words[last].end].split())
        small = words[last].text[:1].islower()
        if exactly(whole) if small else find_organization(whole):
            sure = min((n.confidence for n in parts), default=0.5)
            return NameSpan(first, last, "Organization", sure)
    return None


def _core(sentence: Parsed, name: NameSpan, text: str) -> tuple[int, int]:
    """A name's first and last word; of "state-run RIA Novosti news agency" those of the known body."""
    first, last, words = name.first, name.last, sentence.words
    small = words[last].text[:1].islower()
    if small and exactly(" ".join(text[words[first].start : words[last].end].split())):
        return first, last
    while first < last and not words[first].text[:1].isupper():
        first += 1
    while first < last and not words[last].text[:1].isupper():
        last -= 1
    if (first, last) == (name.first, name.last):
        return first, last
    known = find_organization(" ".join(text[words[first].start : words[last].end].split()))
    return (first, last) if known else (name.first, name.last)


def _trimmed(sentence: Parsed) -> list[NameSpan]:
    """The network's names in order, without what can be no end of one: "the", "'s", "Red Cross and"."""
    out = []
    words = sentence.words
    for name in sorted(sentence.names, key=lambda n: (n.first, n.last)):
        first, last = name.first, name.last
        while first < last and words[first].text.lower() in _ARTICLES | _POSSESSIVE:
            first += 1
        while first < last and words[last].text in _POSSESSIVE | _BEHIND:
            last -= 1
        if name.label == "Person":
            first += _addressed(words[first : last + 1])
            if first > last:
                continue
        out.append(NameSpan(first, last, name.label, name.confidence))
    return out


def _addressed(words: list[Word]) -> int:
    """How many words at the beginning of a person's name are how one is addressed: "H.E.", "H E", "Miss"."""
    low = [w.text.lower() for w in words[:2]]
    return next((n for n in (2, 1) if " ".join(low[:n]) in titles().addresses), 0)


def _agree(found: list[Found]) -> None:
    """One name, one kind.

    Where the network wavers between person, organisation and place in one
    article, the label it gives most often, and most surely, holds for all;
    and the surname of one whom the article names in full is a person.
    """
    weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for item in found:
        weights[item.text][item.label] += item.confidence
    full = [f.text.split() for f in found if f.label == "Person" and " " in f.text]
    surnames, given = {words[-1] for words in full}, {words[0] for words in full}
    for item in found:
        labels = weights[item.text]
        if len(labels) > 1:
            best = max(labels, key=lambda label: (labels[label], label))
            if labels[best] > 2 * labels[item.label]:
                item.label = best
        if item.label == "Person" and " " in item.text and find_organization(item.text):
            item.label = "Organization"
        # "Navy" of "Navy Adm. Mullen"
        if item.label == "Person" and (item.text.lower(),) in titles().bodies:
            item.label = "Organization"
        if item.text in surnames and item.label != "Person" and not _known(item.text):
            item.label = "Person"
        # "Paris says" is no woman's word where nobody of that name is in the article.
        if item.label == "Person" and item.text not in surnames | given and _acting_capital(item.text):
            item.label = "Location"
        if item.label == "Person" and " " not in item.text and item.text not in surnames | given:
            # Nor is "Gazprom" or "Rohingya" anybody's name, where nobody is called so.
            if find_organization(item.text) and not named(item.text):
                item.label = "Organization"
            elif item.text.lower() in titles().named_groups or partisans(item.text):
                item.label = "NORP"
            elif len(item.text) > 3 and party_states(item.text) and not named(item.text):
                item.label = "Organization"


def partisans(name: str) -> bool:
    """Is it what the members of a party are called: "Tories", "Democrats"?"""
    low = name.lower()
    one = low[:-3] + "y" if low.endswith("ies") else low.removesuffix("s")
    return one != low and titles().named_groups.get(one) == "PTY"


def _acting_capital(name: str) -> bool:
    """Is it the name of a seat of government that stands for it, and of nothing better known?"""
    city = gazetteer().capital(name)
    return city is not None and city.acts


def _known(name: str) -> bool:
    """Do the tables have a country, town or body of that name?"""
    world = gazetteer()
    return bool(
        world.country(name) or world.nationality(name) or world.capital(name) or find_organization(name)
    )


def head_of(sentence: Parsed, first: int, last: int) -> Word:
    """The word of a run whose own head stands outside it; the last one if the tree has several."""
    outside = [w for w in sentence.words[first : last + 1] if not first <= w.head <= last]
    return outside[0] if len(outside) == 1 else sentence.words[last]


def premodified(sentence: Parsed, head: int) -> int:
    """Index of the first word of the run that ends in a noun and has its adjectives, numbers and
    compound nouns, but no article, preposition or possessor: "six unnamed government officials"."""
    inside = set(sentence.subtree(head))
    first = head
    while first > 0:
        word = sentence.words[first - 1]
        participle = word.upos == "VERB" and word.deprel == "amod"
        if word.index not in inside or (word.upos in _CLOSED and not participle):
            break
        if word.upos == "PUNCT" and word.text not in ("-", "‑", "–"):
            break
        first -= 1
    while first < head and (
        sentence.words[first].upos in ("PUNCT", "ADV") or sentence.words[first].text in ("least", "most")
    ):
        first += 1
    return first


def words_text(sentence: Parsed, first: int, last: int, text: str) -> str:
    """The words of a run as they stand in the text, white space made single."""
    return " ".join(text[sentence.words[first].start : sentence.words[last].end].split())
