"""Nouns of role that act without a name: "Japanese officials", "the government", "the prime minister"."""

from __future__ import annotations

from dataclasses import dataclass

from communique.coding.identity import holder_of, main_country, take
from communique.coding.mentions import premodified, words_text
from communique.coding.naming import Register
from communique.coding.people import Draft
from communique.coding.retold import BOTH, named_by_its_last_word, pair
from communique.coding.roles import Title, title_ending
from communique.knowledge import gazetteer, titles
from communique.knowledge.spelling import folded
from communique.knowledge.titles import ending
from communique.language.analysis import Parsed, Word

__all__ = ["add_nouns", "singular"]

_PARTS_OF_NAMES = ("compound", "flat", "fixed", "amod", "nmod:desc", "goeswith")
_DEFINITE = frozenset({"the", "this", "that"})
_ANY = frozenset({"any", "no", "every", "each", "some", "what", "which", "either", "neither"})
# "The" resident, analyst or reporter of one sentence is nobody that can be told from others.
_UNSEEN = frozenset({"CVL", "EDU", "JRN", "MED", "PRE", "BUS"})
_INDEFINITE = frozenset({"a", "an", "another", "one"})


@dataclass(slots=True)
class _Noun:
    """A role noun in its phrase: words ``first`` to ``last``, the entry of the table it matched."""

    sentence: Parsed
    number: int
    first: int
    last: int
    entry: tuple[str, ...]
    sector: str | None
    determiner: str


def add_nouns(register: Register) -> None:
    """Add to the register's entities what nouns of role tell."""
    for number, sentence in enumerate(register.analysis.sentences):
        for word in sentence.words:
            if word.upos not in ("NOUN", "PROPN", "ADJ") or word.deprel in _PARTS_OF_NAMES:
                continue
            if (number, word.index) in register.titled or register.name_at(sentence, word.index) is not None:
                continue
            _add(register, number, sentence, word)


def _add(register: Register, number: int, sentence: Parsed, word: Word) -> None:
    table = titles()
    first = premodified(sentence, word.index)
    low = [w.text.lower() for w in sentence.words[first : word.index + 1]]
    determiner = _determiner(sentence, word)
    if size := ending(low, table.bodies):
        entry = tuple(low[-size:])
        noun = _Noun(sentence, number, first, word.index, entry, table.bodies[entry], determiner)
        _body(register, noun)
    elif _plural(word):
        single = [*low[:-1], singular(word)]
        if size := ending(single, table.groups):
            entry = tuple(single[-size:])
            if _both(register, number, sentence, word):
                return
            _group(
                register, _Noun(sentence, number, first, word.index, entry, table.groups[entry], determiner)
            )
    elif ending(low, table.offices) and word.upos != "ADJ":
        _holder(register, number, sentence, word, first, determiner)


def _both(register: Register, number: int, sentence: Parsed, word: Word) -> bool:
    """ "The two leaders" are those two, where it is plain which."""
    beside = [sentence.words[i] for i in sentence.children(word.index) if i < word.index]
    low = {w.text.lower() for w in beside}
    if not low & BOTH or not low & (_DEFINITE | {"both", "neither", "either", "each"}):
        return False
    found = pair(register, number, word, beside[0].start)
    for draft in found:
        draft.add(beside[0].start, word.end, "description")
    return bool(found)


def _group(register: Register, noun: _Noun) -> None:
    """Several people of one role: a group of its country and sector."""
    country = _country(register, noun)
    names = [d for _, d in register.names_in(noun.sentence, noun.first, noun.last - 1)]
    bodies = [d for d in names if d.kind in ("organization", "media")]
    sector = next((d.sectors[0] for d in bodies if d.sectors), None) or _modifying_sector(noun) or noun.sector
    known = register.groups.setdefault(noun.entry, [])
    if noun.determiner in _DEFINITE and not names and country is None and len(known) == 1:
        _mention(known[0], noun)
        return
    text = words_text(noun.sentence, noun.first, noun.last, register.text)
    fold = "|".join(["/".join(noun.entry), str(country), str(sector), *(d.name for d in bodies)])
    # Fourteen civilians and ninety civilians are two groups; either may be "the civilians".
    number = noun.sentence.child(noun.last, "nummod")
    counted = register.counted.setdefault(fold, number.text.lower() if number else "")
    if number and counted and counted != number.text.lower():
        fold = f"{fold}|{number.text.lower()}"
    register.counted[fold] = counted or (number.text.lower() if number else "")
    draft = register.other("group", text, fold, country=country, sectors=[sector] if sector else [])
    if not any(d is draft for d in known):
        known.append(draft)
    _mention(draft, noun)


def _body(register: Register, noun: _Noun) -> None:
    """A body without a name; a government with its country's adjective is the state."""
    owner = noun.sentence.child(noun.last, "nmod:poss")
    if (
        noun.determiner in _INDEFINITE
        or noun.determiner in _ANY
        or (owner is not None and owner.upos == "PRON")
    ):
        return
    country = _country(register, noun)
    if noun.entry[-1] in titles().state_bodies and country in gazetteer().countries:
        _mention(register.state(gazetteer().countries[country]), noun)
        return
    text = words_text(noun.sentence, noun.first, noun.last, register.text)
    named = register.named("organization", text)
    if named is not None:
        _mention(named, noun)
        return
    whose = [d for _, d in register.names_in(noun.sentence, noun.first, noun.last)]
    if noun.determiner in _DEFINITE and not whose and noun.first >= noun.last - 1:
        start = noun.sentence.words[noun.first].start
        known = named_by_its_last_word(register, noun.entry[-1], start)
        if known is not None:
            _mention(known, noun)
            return
    fold = f"{' '.join(noun.entry)}|{country}" + "".join(f"|{d.name}" for d in whose if d.kind != "state")
    _mention(
        register.other(
            "organization", text, fold, country=country, sectors=[noun.sector] if noun.sector else []
        ),
        noun,
    )


def _another(sentence: Parsed, word: Word, title: Title) -> bool:
    """Is it, by words that are no part of the title, perhaps not the one in office: "the next president"?"""
    own = {w for part in title.office for w in part.split()} | titles().holding
    beside = (sentence.words[i] for i in sentence.children(word.index) if i < word.index)
    return any(w.deprel == "amod" and w.text.islower() and w.text not in own for w in beside)


def _holder(
    register: Register, number: int, sentence: Parsed, word: Word, first: int, determiner: str
) -> None:
    """One person by title: the one who is known to bear it, or somebody new."""
    title = title_ending(sentence, word.index, register.text, register.who)
    relation = word.deprel.split(":")[0]
    if title is None or relation not in ("nsubj", "obj", "iobj", "obl", "nmod", "conj", "appos"):
        return
    if relation in ("conj", "appos") and (number, word.head) in register.titled:
        return  # "X, a former general and the trade minister": a second title of X
    if relation == "appos" and _names_person(register, sentence, word.head):
        return
    start, end = sentence.words[first].start, word.end
    owner = sentence.child(word.index, "nmod:poss")
    country = title.country or _owner_country(register, sentence, owner)
    case = _preposition(sentence, word)
    definite = determiner in _DEFINITE or (owner is not None and owner.upos in ("PROPN", "PRON"))
    headline = number == 0 and not determiner and owner is None and _is_headline(register, sentence)
    if definite or headline:
        fits = [
            d
            for d in register.people.drafts
            if (_in_lead(register, d) if headline else d.before(start))
            and _bears(d, title)
            and (None in (country, d.country) or country == d.country)
        ]
        if len(fits) > 1 and country is None:
            fits = _at_home(register, sentence, fits)
        if len(fits) == 1:
            fits[0].add(start, end, "title")
            return
        if headline or fits or case == "as" or not (title.sectors or country) or set(title.sectors) & _UNSEEN:
            return
        at_large = word.deprel == "nmod:poss" or (owner is not None and owner.upos == "PRON")
        person = None
        if not at_large and not _another(sentence, word, title):
            person = holder_of(register, title, country, register.day)
        if person is not None:
            known = next((d for d in register.people.drafts if d.kb == person.id), None)
            if known is None:
                known = Draft(person.name, "person", parts=tuple(folded(person.name).split()))
                take(known, person, register.day)
                register.people.drafts.append(known)
            known.add(start, end, "title")
            return
    elif determiner not in _INDEFINITE or relation != "nsubj":
        return
    draft = Draft(
        words_text(sentence, first, word.index, register.text),
        "person",
        country,
        list(title.sectors),
        title.text,
    )
    draft.female = title.female
    if not draft.sectors and country:
        draft.sectors = ["GOV"]
    # "Another judge" bears the title too: "the judge" may then be either.
    (draft.left if title.former else draft.offices).add(title.office)
    draft.parts = ("\0" + draft.name,)
    draft.add(start, end, "title" if definite else "description")
    register.people.drafts.append(draft)


def _names_person(register: Register, sentence: Parsed, index: int) -> bool:
    item = register.name_at(sentence, index)
    return item is not None and item.label == "Person"


def _is_headline(register: Register, sentence: Parsed) -> bool:
    """Is the first sentence a headline? It has no full stop, and a paragraph of its own."""
    last = sentence.words[-1]
    return last.upos != "PUNCT" and register.text[last.end : last.end + 2] in ("\n\n", "")


def _in_lead(register: Register, draft: Draft) -> bool:
    """Is the person named in one of the two sentences under the headline?"""
    lead = register.analysis.sentences[1:3]
    return any(s.start <= m.start < s.end for m in draft.mentions for s in lead)


def _at_home(register: Register, sentence: Parsed, fits: list[Draft]) -> list[Draft]:
    """Of several who bear a title the one of the country that the sentence, or else the article, is about."""
    here = {d.country for _, d in register.names_in(sentence, 0, len(sentence.words) - 1) if d.country}
    for codes in (here, {main_country(register)}):
        own = [d for d in fits if d.country in codes]
        if len(own) == 1:
            return own
        if own:
            return fits
    return fits


def _bears(draft: Draft, title: Title) -> bool:
    """Is the person known by that title? "The president" is not a former one, and "the Libyan leader"
    not the leader of the opposition, but may be its president."""
    offices = draft.left if title.former else draft.offices
    if title.office == ("leader",) and title.country and not title.former:
        kinds = titles().office_kinds
        if any({"HOS", "HOG", "LEAD"} & set(kinds.get(" ".join(o), ())) for o in offices):
            return True
    if title.office in offices:
        return not (title.sectors and draft.sectors) or bool(set(title.sectors) & set(draft.sectors))
    size = len(title.office)
    return any(o[-size:] == title.office for o in offices) and set(title.sectors) <= set(draft.sectors)


def _mention(draft: Draft, noun: _Noun) -> None:
    words = noun.sentence.words
    draft.add(words[noun.first].start, words[noun.last].end, "description")


def _country(register: Register, noun: _Noun) -> str | None:
    """The one country that the phrase names: in its adjectives, as its owner, or after "of"."""
    codes = {d.country for f, d in register.names_in(noun.sentence, noun.first, noun.last - 1) if d.country}
    if not codes:
        owner = noun.sentence.child(noun.last, "nmod:poss")
        after = [noun.sentence.words[i] for i in noun.sentence.children(noun.last) if i > noun.last]
        of = next((w for w in after if w.deprel == "nmod" and _preposition(noun.sentence, w) == "of"), None)
        codes = {c for c in (_owner_country(register, noun.sentence, w) for w in (owner, of)) if c}
    return next(iter(codes)) if len(codes) == 1 else None


def _owner_country(register: Register, sentence: Parsed, owner: Word | None) -> str | None:
    item = register.name_at(sentence, owner.index) if owner is not None else None
    if item is None or (item.start, item.end) not in register.at:
        return None
    return register.at[item.start, item.end][1].country


def _modifying_sector(noun: _Noun) -> str | None:
    """Police officials are police, rebel commanders rebels: what stands before the noun decides."""
    table = titles()
    before = [w.text.lower() for w in noun.sentence.words[noun.first : noun.last + 1 - len(noun.entry)]]
    for low in reversed(before):
        sector = table.bodies.get((low,)) or table.groups.get((low,))
        if sector:
            return sector
    return None


def _determiner(sentence: Parsed, word: Word) -> str:
    found = sentence.child(word.index, "det")
    return found.text.lower() if found else ""


def _preposition(sentence: Parsed, word: Word) -> str:
    case = sentence.child(word.index, "case")
    return case.text.lower() if case else ""


def _plural(word: Word) -> bool:
    return word.xpos in ("NNS", "NNPS") or word.text.lower() in ("media", "mujahideen", "riot police")


def singular(word: Word) -> str:
    """The singular of a plural noun."""
    low = word.text.lower()
    if low.endswith("men") and len(low) > 4:
        return low[:-2] + "an"
    if word.lemma and word.lemma.lower() != low:
        return word.lemma.lower()
    for many, one in (("ies", "y"), ("men", "man"), ("women", "woman"), ("sses", "ss"), ("s", "")):
        if low.endswith(many):
            return low[: -len(many)] + one
    return low
