"""How many and how much: numbers with their unit, what they count, and whose claim they are.

Figures and number words, ranges, "dozens", percent, money in any currency, measures, counts of people and
things. Numbers that are part of a date, a duration, a name or an age are none. The tables are in
``data/quantities.yaml``.
"""

from __future__ import annotations

from communique.coding.clauses import base
from communique.coding.counts import happening
from communique.coding.numbers import Number, number_tables, numbers_in
from communique.coding.sources import load_sources
from communique.language.analysis import Parsed, Word
from communique.reading import Quantity, Reading

__all__ = ["Quantities"]

BACK = 4  # words before a number that may make it a rough one


class Quantities:
    """Finds the quantities of an article."""

    reads = frozenset({"sentences", "entities", "times", "claims"})
    writes = frozenset({"quantities"})

    def prepare(self) -> None:
        """Load the tables."""
        number_tables()

    def __call__(self, reading: Reading) -> Reading:
        """Fill ``reading.quantities``, in text order."""
        assert reading.analysis is not None
        out: list[Quantity] = []
        times = sorted((t.start, t.end) for t in reading.times)
        for sentence in reading.analysis.sentences:
            within = [(a, b) for a, b in times if a < sentence.end and b > sentence.start]
            for number in numbers_in(sentence):
                start, end = sentence.words[number.first].start, sentence.words[number.last].end
                if any(a < end and b > start for a, b in within) or _names(sentence, number):
                    continue
                out += _quantities(sentence, number, reading)
        for i, one in enumerate(out, start=1):
            one.id = f"q{i}"
        reading.quantities = out
        return reading


def _names(sentence: Parsed, number: Number) -> bool:
    """Is it part of a name, a score, an age, a clock, a place in a row, or the pronoun "one"?"""
    words = sentence.words
    if not number.values:
        return True  # a score, "34-6"
    first, last = words[number.first], words[number.last]
    before = words[number.first - 1].text.lower().rstrip(".") if number.first else ""
    after = words[number.last + 1].text if number.last + 1 < len(words) else ""
    if any(n.first <= number.first <= n.last and n.label not in LOOSE for n in sentence.names):
        return True
    if before in number_tables()["naming"] or before in ("#", "/", ":", "aged", "age") or after in ("/", ":"):
        return True
    if first.upos == "PROPN" and first.text[:1].isalpha():
        return True
    if before in ("-", "–", "‑") and number.first > 1 and words[number.first - 2].upos != "NUM":
        return True  # "SA-7"
    named = number.first > 0 and words[number.first - 1].upos == "PROPN"
    if named and (base(first.deprel) != "nummod" or first.head < number.first):
        return True  # "France 2", "Apollo 11"
    if _is_age(sentence, number) or (
        first.text.startswith("0") and len(first.text) > 1 and "." not in first.text
    ):
        return True
    if _single(after) in number_tables()["times"] or (
        before == "in" and first.text.lower() == "two" and after == ","
    ):
        return True
    if {"aged", "age", "ages"} & {w.text.lower() for w in words[max(0, number.first - 3) : number.first]}:
        return True
    if after in ("-", "–", "‑") and not _measured(words, number.last + 2):
        return True  # "47-year-old", "two-state"
    if after.lower() == "of" and number.last + 2 < len(words) and words[number.last + 2].text.isdigit():
        return True  # "Caption 3 of 25"
    if before == "of" and number.first > 1 and words[number.first - 2].text.isdigit():
        return True
    if number.values == (1.0,) and first is last and first.text.lower() == "one":
        head = words[first.head] if first.head >= 0 else None
        if base(first.deprel) != "nummod" or head is None:
            return True
        return not _counts_somebody(sentence, head)
    if base(first.deprel) in ("appos", "list") and before == "," and 5 < number.values[0] < 110:
        return True  # "Sarah, 34, a teacher"
    alone = base(last.deprel) not in ("nummod", "compound") and first is last
    if alone and first.text.isdigit() and len(first.text) == 4 and 1000 <= number.values[0] <= 2100:
        return True
    return (
        base(first.deprel) in ("dep", "list", "nmod:unmarked") and first is last and alone and first.head < 0
    )


def _measured(words: list[Word], at: int) -> bool:
    """Is the word a unit of measure, with nothing of an age behind it ("400-km")?"""
    if at >= len(words):
        return False
    lemma = words[at].lemma.lower()
    tables = number_tables()
    return lemma in tables["units"] or lemma in tables["currencies"] or words[at].text in tables["units"]


def _counts_somebody(sentence: Parsed, head: Word) -> bool:
    """Is "one" a count worth telling ("one person was killed") rather than "at one point"?"""
    lists = load_sources()
    lemma = head.lemma.lower()
    if lemma in lists.people or lemma in lists.withheld or lemma in number_tables()["persons"]:
        return True
    verb = sentence.words[head.head] if head.head >= 0 else None
    return verb is not None and happening(verb.lemma) is not None


def _is_age(sentence: Parsed, number: Number) -> bool:
    """ "She was 16", "Sarah, 47, said": a bare number of years that somebody has."""
    words, first = sentence.words, sentence.words[number.first]
    if first.index != number.last or not 0 < number.values[0] < 115 or number.values[0] % 1:
        return False
    before = words[number.first - 1] if number.first else None
    after = words[number.last + 1] if number.last + 1 < len(words) else None
    if after is not None and after.upos in ("NOUN", "ADJ", "PROPN", "SYM", "NUM"):
        return False
    if before is not None and before.text == "," and after is not None and after.text in (",", ".", ")"):
        name = words[number.first - 2] if number.first > 1 else None
        return name is not None and name.upos == "PROPN"
    person = next(
        (words[i] for i in sentence.children(first.index) if base(words[i].deprel) == "nsubj"), None
    )
    copula = any(base(words[i].deprel) == "cop" for i in sentence.children(first.index))
    return copula and person is not None and person.text.lower() in ("he", "she", "i", "who")


LOOSE = frozenset({"Money", "Cardinal", "Quantity", "Percent", "NUM", "MISC"})


def _quantities(sentence: Parsed, number: Number, reading: Reading) -> list[Quantity]:
    words = sentence.words
    unit, first, last, of = _unit(sentence, number)
    rough = number.vague or len(number.values) > 1 or _is_rough(sentence, number, last)
    start, end = words[first].start, words[last].end
    claim = reading.innermost(words[number.first].start)
    whose = claim.id if claim else None
    return [Quantity("", start, end, _tidy(v), unit, of, rough, whose) for v in number.values]


def _tidy(value: float) -> float:
    return int(value) if value == int(value) else round(value, 6)


def _unit(sentence: Parsed, number: Number) -> tuple[str | None, int, int, str | None]:
    """Unit, first and last word of the quantity, and what it is of."""
    words, tables = sentence.words, number_tables()
    first, last = number.first, number.last
    before = words[first - 1].text if first else ""
    if before in tables["symbols"]:
        return tables["symbols"][before], first - 1, last, _of(sentence, last)
    if before == "$" or before.endswith("$"):
        return tables["symbols"].get(before, "USD"), first - 1, last, _of(sentence, last)
    after = words[last + 1] if last + 1 < len(words) else None
    if after is not None:
        low = after.text.lower()
        if low in tables["percent"]:
            end = last + 1
            if low == "percentage" and end + 1 < len(words) and words[end + 1].lemma == "point":
                return "percentage points", first, end + 1, _of(sentence, end + 1)
            return "percent", first, end, _of(sentence, end)
        if low == "per" and last + 2 < len(words) and words[last + 2].text.lower() == "cent":
            return "percent", first, last + 2, _of(sentence, last + 2)
        if after.text in tables["symbols"]:
            return tables["symbols"][after.text], first, last + 1, _of(sentence, last + 1)
    if after is not None and after.text in ("-", "–", "‑") and last + 2 < len(words):
        unit_word = words[last + 2]
        name = tables["units"].get(unit_word.text) or tables["units"].get(unit_word.lemma.lower())
        if name:
            return name, first, last + 2, None
    noun = _counted(sentence, number)
    if noun is None:
        if after is not None and _single(after.text) in tables["currencies"]:
            return tables["currencies"][_single(after.text)], first, last + 1, _of(sentence, last + 1)
        return None, first, last, None
    lemma = _single(noun.text) if _single(noun.text) in tables["currencies"] else noun.lemma.lower()
    modifier = " ".join(w.text for w in words[last + 1 : noun.index])
    if f"{modifier} {lemma}" in tables["by_country"]:
        return tables["by_country"][f"{modifier} {lemma}"], first, noun.index, _of(sentence, noun.index)
    if lemma in tables["currencies"] and (lemma != "pound" or not modifier) and lemma not in ("real", "won"):
        return tables["currencies"][lemma], first, noun.index, _of(sentence, noun.index)
    if noun.text in tables["units"] or lemma in tables["units"]:
        unit = tables["units"].get(noun.text) or tables["units"][lemma]
        end = noun.index
        if (
            end + 2 < len(words)
            and words[end + 1].text == "per"
            and words[end + 2].lemma in ("hour", "second")
        ):
            unit, end = f"{unit} per {words[end + 2].lemma}", end + 2
        return unit, first, end, _of(sentence, end)
    if any(w.upos == "NUM" for w in words[last + 1 : noun.index]):
        return noun.text, first, last, None  # "nine of the 40 or so envoys"
    lead = [w for w in words[last + 1 : noun.index + 1] if w.upos not in ("ADP", "DET", "PRON")]
    of = " ".join(w.text for w in lead) if len(lead) > 1 else None
    return noun.text, first, max(last, noun.index), of


def _single(word: str) -> str:
    return word.lower().removesuffix("s")


def _counted(sentence: Parsed, number: Number) -> Word | None:
    """The noun that is counted."""
    words = sentence.words
    for k in range(number.last, number.first - 1, -1):
        word = words[k]
        if base(word.deprel) in ("nummod", "det", "amod", "compound") and word.head > number.last:
            head = words[word.head]
            if head.upos in ("NOUN", "PROPN", "SYM") and word.head - number.last <= 6:
                return head
    # "Hundreds of people", "a dozen of the prisoners".
    after = number.last + 1
    if after + 1 < len(words) and words[after].text == "of":
        for k in (*sentence.children(number.last), *sentence.children(number.first)):
            child = words[k]
            case = sentence.child(k, "case")
            if base(child.deprel) == "nmod" and case is not None and case.index == after:
                return child if child.upos in ("NOUN", "PROPN") else None
    if after < len(words) and words[after].upos == "NOUN" and words[after].xpos == "NNS":
        return words[after]
    return None


def _of(sentence: Parsed, last: int) -> str | None:
    """ "Of voters", "in aid": what a share or a sum is of."""
    words = sentence.words
    if last + 2 >= len(words) or words[last + 1].text.lower() not in ("of", "in"):
        return None
    for word in words[last + 2 : last + 8]:
        if word.upos == "NOUN" and (word.index + 1 >= len(words) or words[word.index + 1].upos != "NOUN"):
            case = sentence.child(word.index, "case")
            if case is not None and case.index == last + 1:
                lead = [w for w in words[last + 2 : word.index + 1] if w.upos not in ("DET", "PRON")]
                return " ".join(w.text for w in lead)
    return None


def _is_rough(sentence: Parsed, number: Number, last: int) -> bool:
    words = sentence.words
    before = " " + " ".join(w.text.lower() for w in words[max(0, number.first - BACK) : number.first]) + " "
    before = before.replace(" $ ", " ").replace(" a ", " ").replace(" an ", " ")
    after = " ".join(w.text.lower() for w in words[last + 1 : last + 3])
    rough = number_tables()["rough"]
    return any(before.endswith(f" {r} ") for r in rough) or after.startswith("or so")
