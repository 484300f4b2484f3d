"""Who said so: claims with their source, cue and content, and which claim is reported in which.

The network finds what is said in a sentence (``coding/attribution.py``). Here a claim is carried on over
the sentences that follow, gets its manner from the quotation marks, its source's entity, and its place
among the others.
"""

from __future__ import annotations

from communique.coding import clauses
from communique.coding.attribution import Found, claim_settings, find_in_sentence, told_on
from communique.coding.cues import report_cues
from communique.coding.sources import anonymity, load_sources
from communique.language.analysis import Parsed
from communique.language.quotes import find_quotes, overlap
from communique.reading import Claim, Mention, Reading, Source, Span

__all__ = ["Claims"]

FIRST = ("i", "me", "my", "mine", "myself")


class Claims:
    """Finds claims and which claim is reported in which."""

    reads = frozenset({"sentences", "entities", "times"})
    writes = frozenset({"claims", "entities"})

    def prepare(self) -> None:
        """Load the tables."""
        report_cues()
        claim_settings()
        load_sources()

    def __call__(self, reading: Reading) -> Reading:
        """Fill ``reading.claims``, in text order of their contents."""
        assert reading.analysis is not None
        text = reading.article.text
        quotes = find_quotes(text, reading.article.blocks or ((0, len(text)),))
        found: list[Found] = []
        last: Found | None = None  # the claim that the sentence before ended with
        for number, sentence in enumerate(reading.analysis.sentences):
            mine = find_in_sentence(number, sentence, reading.analysis.labels)
            if mine:
                found.extend(mine)
                last = max(mine, key=lambda f: sum(b - a for a, b in f.content))
            elif last is not None and not _carried_on(sentence, last, quotes):
                last = None
        found.sort(key=lambda f: (min(s for s, _ in f.content), f.anchor.start))
        reading.claims = [_claim(f"c{i}", f, quotes, reading) for i, f in enumerate(found, start=1)]
        _nest(reading.claims)
        ids = {f.anchor.start: c.id for f, c in zip(found, reading.claims, strict=True)}
        for one, claim in zip(found, reading.claims, strict=True):
            if one.outer is not None:
                claim.within = ids[one.outer]
        _first_persons(reading, quotes)
        return reading


def _first_persons(reading: Reading, quotes: list[Span]) -> None:
    """ "I" and "my" in a quotation are its source's."""
    assert reading.analysis is not None
    for sentence in reading.analysis.sentences:
        for word in sentence.words:
            if word.text.lower() not in FIRST or word.upos not in ("PRON", "DET"):
                continue
            span = (word.start, word.end)
            claim = reading.innermost(word.start)
            if claim is None or not overlap(span, quotes):
                continue
            speaker = reading.entity(claim.source.entity)
            if speaker is not None and speaker.kind == "person":
                speaker.mentions.append(Mention(*span, "pronoun"))
                speaker.mentions.sort(key=lambda m: (m.start, m.end))


def _carried_on(sentence: Parsed, last: Found, quotes: list[Span]) -> bool:
    """Does the sentence go on with the claim before it? Then its words become part of it."""
    words = told_on(sentence)
    if not words:
        return False
    last.content.extend(_with_marks(clauses.spans_of(sentence, words), quotes))
    return True


def _with_marks(spans: list[Span], quotes: list[Span]) -> list[Span]:
    """Spans that start or end just inside a quotation take its mark along."""
    out = []
    for start, end in spans:
        for a, b in quotes:
            start = a if a <= start <= a + 1 else start
            end = b if b - 1 <= end <= b else end
        out.append((start, end))
    return out


def _claim(claim_id: str, found: Found, quotes: list[Span], reading: Reading) -> Claim:
    content = _with_marks(found.content, quotes)
    length = sum(b - a for a, b in content)
    quoted = sum(overlap(span, quotes) for span in content)
    manner = "direct" if quoted >= 0.9 * length else "mixed" if quoted else "indirect"
    entity = _speaker(reading, found)
    assert reading.analysis is not None
    sentence = reading.analysis.sentences[found.sentence]
    anonymous, count = anonymity(sentence, found.source, reading.entity(entity))
    source = Source(entity, found.source, anonymous, count)
    time = next((t.id for t in reading.times if any(0 <= t.start - e <= 12 for _, e in found.cue)), None)
    return Claim(claim_id, source, found.cue, content, manner, found.act, found.certainty, time=time)


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
