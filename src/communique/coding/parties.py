"""Who does it, and to whom: from the network's pairs of words to the entities of the article."""

from __future__ import annotations

from communique.coding.clauses import base, span_of
from communique.coding.describing import described
from communique.coding.eventwords import event_words
from communique.coding.homes import Homes
from communique.coding.mentions import premodified
from communique.coding.unnamed import somebody
from communique.language.analysis import Parsed, Word
from communique.reading import Entity, Mention, Reading

__all__ = ["MUTUAL", "TOGETHER", "Who", "is_public"]

# Types in which both sides do the same.
MUTUAL = {"CONSULT", "AGREE", "COOPERATE"}
# … and which nobody does alone: one may agree to something, but talks are held with somebody.
TOGETHER = {"CONSULT", "COOPERATE"}
ACTORS = {"person", "state", "organization", "group", "media"}
PLURAL = {"they", "them", "their", "both", "themselves"}
THING = {"it", "its", "itself"}
SPEAKER = {"i", "me", "my", "myself", "we", "us", "our", "ourselves"}
WHO = {"who", "which", "that", "whom", "whose"}
_NEVER = {"PUNCT", "ADV", "ADP", "SCONJ", "CCONJ", "PART", "AUX", "SYM", "X"}

# Twelve "were killed": a number may be who it is.
_COUNTED = {"nsubj", "obj", "iobj", "obl", "conj"}
_SOMEBODY = {
    **dict.fromkeys(
        ("they", "them", "we", "us", "some", "many", "others", "those", "both", "several"), "group"
    ),
    **dict.fromkeys(("everyone", "everybody", "all"), "group"),
    **dict.fromkeys(("i", "me", "he", "him", "she", "her", "someone", "somebody", "anyone"), "person"),
}


# Sectors of private life: a business, a film star, a club.
PRIVATE = {"BUS", "MNC", "CVL", "EDU", "MED", "JRN", "UNK"}


def is_public(entity: Entity) -> bool:
    """Is it a state, or does it hold an office, command force, or speak for a party or movement?"""
    if entity.kind == "state":
        return True
    # The known of film and sport are an elite as former ministers are.
    last = (entity.role or entity.name).lower().split()[-1:]
    famed = any({word, word.removesuffix("s")} & event_words().fame for word in last)
    return any(s not in PRIVATE and not (famed and s == "ELI") for s in entity.sectors)


class Who:
    """Which entity a word of the article belongs to; a phrase that acts without being one becomes one.

    Args:
        reading: its entities' mentions are looked up by place in the text, and new ones added to it.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.at: dict[int, str] = {}
        self.kinds = {e.id: e.kind for e in reading.entities}
        self.public_ids = {e.id for e in reading.entities if is_public(e)}
        self.countries = {e.country for e in reading.entities if e.country}
        self.homes = Homes(reading.entities, [s.start for s in reading.sentences])
        self.new: list[Entity] = []
        spans = [(m.end - m.start, m.start, m.end, e.id) for e in reading.entities for m in e.mentions]
        for _, start, end, entity in sorted(spans, reverse=True):  # the shortest mention has the last word
            for at in range(start, end):
                self.at[at] = entity

    def public(self, ids: list[str]) -> float:
        """The share of these entities that are public."""
        if not ids:
            return 0.0
        return sum(i in self.public_ids for i in ids) / len(ids)

    def is_(self, word: Word) -> str | None:
        """The entity whose mention the word is part of."""
        return self.at.get(word.start)

    def named_by(self, number: int, word: Word) -> str | None:
        """The entity that a party's word stands for, None where it cannot be told.

        Args:
            number: the word's sentence.
            word: the word that names the party.
        """
        assert self.reading.analysis is not None
        sentence = self.reading.analysis.sentences[number]
        low = word.text.lower()
        found = self.is_(word)
        if found is not None:
            return found
        if low in WHO and word.upos in ("PRON", "DET"):
            antecedent = _antecedent(sentence, word)
            return self.named_by(number, antecedent) if antecedent is not None else None
        if word.upos in ("PRON", "DET"):
            return self._meant(number, word) or self._nameless(word)
        counted = word.upos != "NUM" or base(word.deprel) in _COUNTED
        if word.upos in _NEVER or not counted or _describes(word):
            return None
        bearer = self._bearer(sentence, word)
        if bearer is not None:
            return bearer
        first, last = self._phrase(sentence, word)
        return self._added(sentence.words[first : last + 1], word)

    def _bearer(self, sentence: Parsed, word: Word) -> str | None:
        """The person whose title or office the noun is: "Secretary of State Ana Ruiz", "the minister of
        justice, Ana Ruiz"."""
        near = [sentence.words[i] for i in sentence.children(word.index)]
        near = [w for w in near if base(w.deprel) in ("flat", "appos")]
        if word.head >= 0 and (
            word.deprel == "nmod:desc" or base(word.deprel) in ("flat", "compound", "appos")
        ):
            near.append(sentence.words[word.head])
        found = (self.is_(w) for w in near)
        return next((e for e in found if e is not None and self.kinds.get(e) == "person"), None)

    def _nameless(self, word: Word) -> str | None:
        """Somebody of whom the article tells no more than "they" or "some": one of a kind each time."""
        low = word.text.lower()
        if low not in _SOMEBODY:
            return None
        name = low if low != "i" else "I"
        entity = Entity(f"x{len(self.new) + 1}", name, _SOMEBODY[low], mentions=[])
        entity.mentions.append(Mention(word.start, word.end, "pronoun"))
        self.new.append(entity)
        self.kinds[entity.id] = entity.kind
        self.at[word.start] = entity.id
        return entity.id

    def _phrase(self, sentence: Parsed, word: Word) -> tuple[int, int]:
        """The noun phrase of a word, with an "of" behind it, without clauses."""
        first = premodified(sentence, word.index)
        last = word.index
        for i in sentence.children(word.index):
            child = sentence.words[i]
            if i == last + 2 or i == last + 3 or base(child.deprel) in ("flat", "compound"):
                case = sentence.child(i, "case")
                if base(child.deprel) in ("flat", "compound") and i > last:
                    # A tree that joins what stands apart ("committee sent … to FBI") is in error.
                    apart = any(w.upos in ("VERB", "AUX", "ADP") for w in sentence.words[last + 1 : i])
                    last = last if apart else i
                elif base(child.deprel) == "nmod" and case is not None and case.lemma == "of":
                    inside = span_of(sentence, child, without=("acl", "appos", "conj", "parataxis"))
                    last = max([last, *(k for k in inside if sentence.words[k].upos != "PUNCT")])
        return first, last

    def _added(self, words: list[Word], head: Word) -> str:
        start, end = words[0].start, words[-1].end
        name = " ".join(self.reading.article.text[start:end].split())
        for entity in (*self.new, *self.reading.entities):
            if entity.kind in ("group", "other") and entity.name.lower() == name.lower():
                entity.mentions.append(Mention(start, end, "description"))
                break
        else:
            country, sectors = described(words, self.countries)
            entity = Entity(f"x{len(self.new) + 1}", name, "group", country, sectors, mentions=[])
            entity.mentions.append(Mention(start, end, "description"))
            entity.country = entity.country or self.homes.of(entity)
            self.new.append(entity)
        # Others within the phrase are themselves: "the killing of a journalist", "student protests".
        thing = not somebody(head)
        for word in words:
            if word.index <= head.index and not (thing and word is not head and somebody(word)):
                for at in range(word.start, word.end):
                    self.at.setdefault(at, entity.id)
        return entity.id

    def _meant(self, number: int, word: Word) -> str | None:
        """Whom a pronoun means: the subject told last that fits, in this sentence or the one before."""
        low = word.text.lower()
        if low in SPEAKER:
            return self._speaker(word)
        if low in PLURAL:
            kinds = {"group", "organization"}
        elif low in THING:
            kinds = {"state", "organization", "group", "media"}
        else:
            return None
        assert self.reading.analysis is not None
        for back in (number, number - 1):
            if back < 0:
                continue
            sentence = self.reading.analysis.sentences[back]
            words = [w for w in sentence.words if back < number or w.index < word.index]
            subjects = [w for w in words if base(w.deprel) == "nsubj"]
            for one in subjects if back < number else reversed(subjects):
                found = self.at.get(one.start)
                if found is None and low in PLURAL and one.xpos == "NNS":
                    found = self.named_by(back, one)
                if found and self.kinds.get(found, "group") in kinds:
                    self._mention(found, word)
                    return found
        return None

    def _speaker(self, word: Word) -> str | None:
        """ "I" and "we" of a quotation are its source's."""
        claim = self.reading.innermost(word.start)
        found = claim.source.entity if claim else None
        if found is not None:
            self._mention(found, word)
        return found

    def _mention(self, entity_id: str, word: Word) -> None:
        entity = next(e for e in (*self.reading.entities, *self.new) if e.id == entity_id)
        entity.mentions.append(Mention(word.start, word.end, "pronoun"))
        entity.mentions.sort(key=lambda m: (m.start, m.end))
        for at in range(word.start, word.end):
            self.at[at] = entity_id


def _describes(word: Word) -> bool:
    """Does the word but describe a noun: "pro-democracy protests"? "Student protests" are students', and
    "foreign air strikes" are of those abroad."""
    rel = base(word.deprel)
    if rel == "amod":
        return word.lemma.lower() not in event_words().outsiders
    return rel == "compound" and word.xpos == "NN" and not somebody(word)


def _antecedent(sentence: Parsed, word: Word) -> Word | None:
    for above in sentence.ancestors(word.index):
        if base(above.deprel) == "acl" and above.head >= 0:
            return sentence.words[above.head]
    return None
