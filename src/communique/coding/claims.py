"""Who said so: claims found by cue in the tree, with source, cue and content spans.

Three ways in: a reporting verb with its clause ("X said that …", "…, X said", "X denied the charge"),
a phrase ("according to X", "reportedly"), a noun ("his claim that …"). Quotations decide the manner and
carry a claim on over the sentences that follow.
"""

from __future__ import annotations

from dataclasses import dataclass

from communique.coding import clauses
from communique.coding.lexicons import Reporting, reporting
from communique.language.quotes import find_quotes, overlap
from communique.language.analysis import Parsed, Word
from communique.reading import Claim, Reading, Source, Span

__all__ = ["Claims"]

CLAUSE = ("ccomp",)
# "Talks were held, she said": in such sentences the verb of saying hangs on what is said.
INSERTED = ("parataxis",)
FEW_QUOTED = 3  # words; shorter quotations are more often a term than a statement


@dataclass(slots=True)
class Found:
    """A claim before it has an id: spans of source, cue and content, and what the cue tells."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    act: str
    certainty: float
    speaker: int | None = None  # where the source's head word begins


class Claims:
    """Finds claims and which claim is reported in which."""

    reads = frozenset({"sentences", "entities", "times"})
    writes = frozenset({"claims"})

    def prepare(self) -> None:
        """Load the tables."""
        reporting()

    def __call__(self, reading: Reading) -> Reading:
        """Fill ``reading.claims``, in text order of their cues and contents."""
        assert reading.analysis is not None
        text = reading.article.text
        blocks = reading.article.blocks or ((0, len(text)),)
        quotes = find_quotes(text, blocks)
        lexicon = reporting()
        found: list[Found] = []
        for sentence in reading.analysis.sentences:
            mine = find_in_sentence(sentence, quotes, lexicon)
            if not mine:
                mine = _carried_on(sentence, quotes, found, text)
            found.extend(mine)
        found.sort(key=lambda f: min(s for s, _ in f.content))
        reading.claims = [_claim(f"c{i}", f, quotes, reading) for i, f in enumerate(found, start=1)]
        _nest(reading.claims)
        return reading


def find_in_sentence(sentence: Parsed, quotes: list[Span], lexicon: Reporting) -> list[Found]:
    """The claims of one sentence."""
    out: list[Found] = []
    for word in sentence.words:
        made: Found | None = None
        if word.lemma in lexicon.verbs and word.upos == "VERB":
            made = _by_verb(sentence, word, quotes, lexicon)
        elif word.lemma == "accord" or word.text.lower() == "according":
            made = _by_according(sentence, word, lexicon)
        elif word.lemma in lexicon.nouns and word.upos == "NOUN":
            made = _by_noun(sentence, word, lexicon)
        elif word.lemma in lexicon.unsourced and word.upos == "ADV":
            made = _by_adverb(sentence, word, lexicon)
        if made and made.content:
            out.append(made)
    return out


def _by_verb(sentence: Parsed, verb: Word, quotes: list[Span], lexicon: Reporting) -> Found | None:
    act, certainty = lexicon.verbs[verb.lemma]
    subject = clauses.subject_of(sentence, verb)
    passive = sentence.child(verb.index, "nsubj:pass", "aux:pass") is not None
    if passive:
        subject = clauses.agent_of(sentence, verb)
    content = _within_quote(sentence, verb, _content_of(sentence, verb, quotes, lexicon, passive), quotes)
    if not content:
        return None
    if subject is None and not passive and not _quoted(sentence, content, quotes):
        return None
    source = _phrase(sentence, subject, set(content)) if subject is not None else []
    group = clauses.verb_group(sentence, verb)
    if any(w.lemma in ("not", "n't", "never") for w in group):
        act = {"assert": "deny", "believe": "doubt"}.get(act, act)
    cue = clauses.spans_of(sentence, [w.index for w in group if w.index not in content])
    spans = _with_marks(clauses.spans_of(sentence, content), quotes)
    return Found(source, cue, spans, act, certainty, subject.start if subject is not None else None)


def _content_of(
    sentence: Parsed, verb: Word, quotes: list[Span], lexicon: Reporting, passive: bool
) -> list[int]:
    """Indices of the words that are said."""
    children = [sentence.words[i] for i in sentence.children(verb.index)]
    clause = next(
        (c for c in children if clauses.base(c.deprel) in CLAUSE and not _inserted(sentence, c, lexicon)),
        None,
    )
    if clause is not None:
        return sentence.subtree(clause.index)
    if verb.head >= 0 and (clauses.base(verb.deprel) in INSERTED or _inserted(sentence, verb, lexicon)):
        own = set(sentence.subtree(verb.index))
        said = [i for i in sentence.subtree(verb.head) if i not in own]
        return said if len(said) > 1 else []
    infinitive = next((c for c in children if c.deprel == "xcomp" and c.upos in ("VERB", "AUX")), None)
    if infinitive is not None and passive:
        # "He is said to have fled": what is said is that he has.
        subject = sentence.child(verb.index, "nsubj:pass")
        lead = sentence.subtree(subject.index) if subject is not None else []
        return [*lead, *sentence.subtree(infinitive.index)]
    if infinitive is not None and verb.lemma in lexicon.with_infinitive:
        whom = sentence.child(verb.index, "obj")
        return [
            *(sentence.subtree(whom.index) if whom is not None else []),
            *sentence.subtree(infinitive.index),
        ]
    if passive:
        return []
    named = [c for c in children if clauses.base(c.deprel) in ("obj", "xcomp", "obl", "advcl")]
    if verb.lemma in lexicon.naming:
        # "called the talks a “fraught exercise”": what is named, with the name it is given.
        words = [i for c in named for i in sentence.subtree(c.index)]
        return words if _quoted(sentence, words, quotes) else []
    # "… ," she said: the quotation may hang on the verb in other ways than a clause.
    quoted = [w.index for w in sentence.words if any(a <= w.start and w.end <= b for a, b in quotes)]
    letters = sum(sentence.words[i].upos != "PUNCT" for i in quoted)
    tells = lexicon.verbs[verb.lemma][0] not in ("believe", "intend", "other")
    if letters >= FEW_QUOTED and tells and _nearest_cue(sentence, verb, quoted, lexicon):
        return quoted
    for child in children:
        between = {sentence.words[k].text for k in range(verb.index, child.index)}
        if clauses.base(child.deprel) == "parataxis" and ":" in between:
            return sentence.subtree(child.index)
    for child in named if verb.lemma in lexicon.with_object else ():
        preposition = _preposition(sentence, child)
        if child.deprel == "obj" or (child.deprel == "obl" and preposition in ("for", "of", "against")):
            return sentence.subtree(child.index)
    return []


def _inserted(sentence: Parsed, verb: Word, lexicon: Reporting) -> bool:
    """Is it a verb of saying set after a comma with nothing said behind it ("…, the agency reported")?

    Such a clause tells who says the rest, whatever the tree calls it.
    """
    if verb.lemma not in lexicon.verbs or clauses.base(verb.deprel) not in ("ccomp", "advcl", "conj"):
        return False
    kinds = {clauses.base(sentence.words[i].deprel) for i in sentence.children(verb.index)}
    first = sentence.subtree(verb.index)[0]
    # Where the tree hangs the comma on the verb of saying, it opens that verb's clause.
    lead = (
        sentence.words[first] if sentence.words[first].upos == "PUNCT" else sentence.words[max(first - 1, 0)]
    )
    return "nsubj" in kinds and not kinds & {"ccomp", "xcomp", "obj", "mark"} and lead.text in {",", "”", '"'}


def _within_quote(sentence: Parsed, verb: Word, content: list[int], quotes: list[Span]) -> list[int]:
    """What somebody quoted says that others say stays inside the quotation."""
    for a, b in quotes:
        if a <= verb.start < b:
            return [i for i in content if a <= sentence.words[i].start < b]
    return content


def _nearest_cue(sentence: Parsed, verb: Word, quoted: list[int], lexicon: Reporting) -> bool:
    """Is this the reporting verb that stands nearest to the quoted words?"""
    rivals = [
        w for w in sentence.words if w.upos == "VERB" and w.lemma in lexicon.verbs and w.index not in quoted
    ]
    if verb.index in quoted or any(set(quoted) <= set(_clause_of(sentence, w)) for w in rivals):
        return False

    def distance(word: Word) -> int:
        return min(abs(word.index - i) for i in quoted)

    return min(rivals, key=distance, default=verb) is verb


def _clause_of(sentence: Parsed, verb: Word) -> list[int]:
    child = sentence.child(verb.index, *CLAUSE)
    return sentence.subtree(child.index) if child is not None else []


def _preposition(sentence: Parsed, word: Word) -> str:
    case = sentence.child(word.index, "case")
    return case.lemma if case is not None else ""


def _by_according(sentence: Parsed, word: Word, lexicon: Reporting) -> Found | None:
    """ "According to X, …": X hangs on the clause that is told."""
    if word.head < 0:
        return None
    named = sentence.words[word.head]
    if clauses.base(word.deprel) != "case":
        named_or_none = sentence.child(word.index, "obl", "nmod", "obj")
        if named_or_none is None or clauses.base(word.deprel) not in (
            "advcl",
            "advmod",
            "obl",
            "case",
            "amod",
        ):
            return None
        named = named_or_none
    branch = word if clauses.base(word.deprel) != "case" else named
    if branch.head < 0:
        return None
    lead = {i for i in sentence.children(named.index) if clauses.base(sentence.words[i].deprel) == "case"}
    lead |= {k for i in lead for k in sentence.subtree(i)} | {word.index}
    own = set(sentence.subtree(branch.index))
    host = sentence.words[branch.head]
    source = [i for i in sentence.subtree(named.index) if i not in lead]
    content = [i for i in sentence.subtree(host.index) if i not in own]
    cue = [i for i in lead if sentence.words[i].upos != "PUNCT"]
    return Found(
        clauses.spans_of(sentence, source),
        clauses.spans_of(sentence, cue),
        clauses.spans_of(sentence, content),
        "assert",
        lexicon.according,
        named.start,
    )


def _by_noun(sentence: Parsed, noun: Word, lexicon: Reporting) -> Found | None:
    """ "His claim that …", "a report that …"."""
    for i in sentence.children(noun.index):
        child = sentence.words[i]
        if clauses.base(child.deprel) in ("acl", "ccomp") and i > noun.index:
            mark = sentence.child(i, "mark")
            if mark is None or mark.lemma != "that" or child.deprel == "acl:relcl":
                continue
            owner = sentence.child(noun.index, "nmod:poss")
            if owner is None:
                owner = next(
                    (
                        sentence.words[k]
                        for k in sentence.children(noun.index)
                        if _preposition(sentence, sentence.words[k]) == "by"
                    ),
                    None,
                )
            act, certainty = lexicon.nouns[noun.lemma]
            source = _phrase(sentence, owner, set()) if owner is not None else []
            content = clauses.spans_of(sentence, sentence.subtree(i))
            return Found(
                source,
                [(noun.start, noun.end)],
                content,
                act,
                certainty,
                owner.start if owner is not None else None,
            )
    return None


def _by_adverb(sentence: Parsed, word: Word, lexicon: Reporting) -> Found | None:
    """ "Reportedly": somebody says so, the article does not say who."""
    if word.head < 0 or sentence.words[word.head].upos not in ("VERB", "NOUN", "ADJ", "AUX"):
        return None
    content = [i for i in sentence.subtree(word.head) if i != word.index]
    return Found(
        [],
        [(word.start, word.end)],
        clauses.spans_of(sentence, content),
        "assert",
        lexicon.unsourced[word.lemma],
    )


def _phrase(sentence: Parsed, word: Word, without: set[int]) -> list[Span]:
    """A source's words: its phrase without clauses that hang on it."""
    indices = clauses.span_of(sentence, word, without=("acl", "parataxis", "ccomp", "advcl"))
    lead = [
        i
        for i in indices
        if sentence.words[i].deprel == "case" and sentence.words[i].head == word.index and i < word.index
    ]
    return clauses.spans_of(sentence, [i for i in indices if i not in without and i not in lead])


def _quoted(sentence: Parsed, content: list[int], quotes: list[Span]) -> bool:
    return any(overlap((sentence.words[i].start, sentence.words[i].end), quotes) for i in content)


def _with_marks(spans: list[Span], quotes: list[Span]) -> list[Span]:
    """Spans that start or end just inside a quotation take its mark along."""
    out = []
    for start, end in spans:
        for a, b in quotes:
            start = a if a <= start <= a + 1 else start
            end = b if b - 1 <= end <= b else end
        out.append((start, end))
    return out


def _carried_on(sentence: Parsed, quotes: list[Span], before: list[Found], text: str) -> list[Found]:
    """A sentence that is all quotation goes on with the claim before it, if that was quoted and near."""
    inside = [q for q in quotes if q[0] < sentence.end and q[1] > sentence.start]
    if not inside or not before:
        return []
    start, end = max(sentence.start, inside[0][0]), min(sentence.end, inside[-1][1])
    if overlap((start, end), inside) < 0.9 * (sentence.end - sentence.start):
        return []
    last = before[-1]
    if not any(overlap(span, quotes) for span in last.content):
        return []
    gap = text[max(e for _, e in last.content + last.cue + last.source) : start]
    if len(gap) > 60 or gap.count("\n\n") > 1:
        return []
    last.content.append((start, end))
    return []


def _claim(claim_id: str, found: Found, quotes: list[Span], reading: Reading) -> Claim:
    length = sum(b - a for a, b in found.content)
    quoted = sum(overlap(span, quotes) for span in found.content)
    manner = "direct" if quoted >= 0.9 * length else "mixed" if quoted else "indirect"
    entity = _speaker(reading, found)
    source = Source(entity=entity, spans=found.source)
    time = next((t.id for t in reading.times if any(0 <= t.start - e <= 12 for _, e in found.cue)), None)
    return Claim(
        claim_id, source, found.cue, found.content, manner, found.act, round(found.certainty, 3), time=time
    )


def _speaker(reading: Reading, found: Found) -> str | None:
    """The entity whose mention holds the source's head word; else the first one named in its words."""
    mentions = sorted(
        (m.end - m.start, m.start, m.end, e.id)
        for e in reading.entities
        if e.kind != "place"
        for m in e.mentions
    )
    if found.speaker is not None:
        for _, start, end, entity in mentions:
            if start <= found.speaker < end:
                return entity
    # A state that only qualifies the source ("the “One China” policy") is not the source.
    states = {e.id for e in reading.entities if e.kind == "state"}
    inside = [
        (start, entity)
        for _, start, end, entity in mentions
        if entity not in states and any(a <= start and end <= b for a, b in found.source)
    ]
    return min(inside)[1] if inside else None


def _nest(claims: list[Claim]) -> None:
    """``within``: the innermost claim whose content holds this one's cue (or, without cue, its content)."""
    for claim in claims:
        at = claim.cue[0] if claim.cue else claim.content[0]
        size = sum(b - a for a, b in claim.content)
        around = [
            (sum(b - a for a, b in other.content), other.id)
            for other in claims
            if other is not claim and any(a <= at[0] and at[1] <= b for a, b in other.content)
        ]
        around = [x for x in around if x[0] > size or x[1] < claim.id]
        if around:
            claim.within = min(around)[1]
