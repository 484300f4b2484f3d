"""What the older formats cannot say, beside them: by the same event ids, the words and who says so.

Tab-separated, UTF-8, with a header, without quoting. A span is ``start-end``, offsets in code points of the
article's text, the end not included. An empty cell is not known, or does not apply.
"""

from __future__ import annotations

from collections.abc import Iterable

from communique.exports.cells import cell
from communique.exports.rows import Row, Telling
from communique.reading import Claim, Entity, Reading, Span

__all__ = ["HEADER", "evidence"]

HEADER = [
    "Event ID", "Telling ID", "Article ID", "Article Hash", "Producer", "Event Type", "Event Mode",
    "Status", "Historical", "Confidence", "Trigger", "Trigger Span", "Sentence", "Sentence Span", "Actors",
    "Actor Words", "Actor Spans", "Recipients", "Recipient Words", "Recipient Spans", "Time Words",
    "Time Span", "Time Value", "First Day", "Last Day", "Place", "Place Words", "Place Span",
    "Place Probability", "Claim Chain", "Claim Sources", "Claim Source Spans", "Claim Cues",
    "Claim Cue Spans", "Claim Acts", "Claim Manners", "Claim Certainties",
]  # fmt: skip
OWN_VOICE = "article"
UNNAMED = "unnamed"


def evidence(row: Row) -> list[str]:
    """The cells that belong to a row of an export, in the order of ``HEADER``."""
    telling = row.telling
    reading, event = telling.reading, telling.event
    when = next((t for t in reading.times if t.id == event.time), None)
    place = telling.place
    return [
        row.id,
        telling.id,
        cell(reading.article.id),
        telling.story,
        cell(f"communique {reading.producer.version} {reading.producer.model}"),
        cell(event.type),
        cell(event.mode),
        event.status,
        "true" if event.historical else "false",
        f"{event.confidence:g}",
        cell(telling.words),
        _span((event.start, event.end)),
        cell(telling.sentence_words),
        _span(telling.sentence) if telling.sentence else "",
        *_parties(telling, row.actors),
        *_parties(telling, row.recipients),
        cell(reading.evidence(when)) if when else "",
        _span((when.start, when.end)) if when else "",
        cell(when.value) if when else "",
        (when.start_day or "") if when else "",
        (when.end_day or "") if when else "",
        cell(place.name) if place else "",
        cell(reading.evidence(place)) if place else "",
        _span((place.start, place.end)) if place else "",
        f"{place.probability:g}" if place and place.probability is not None else "",
        *_chain(reading, event.claim),
    ]


def _parties(telling: Telling, entities: tuple[Entity, ...]) -> list[str]:
    spans = [telling.span_of(e) for e in entities]
    return [
        _listed(e.name for e in entities),
        _listed(telling.reading.evidence(s) if s else "" for s in spans),
        _listed(_span(s) if s else "" for s in spans),
    ]


def _chain(reading: Reading, claim_id: str | None) -> list[str]:
    """From the article's own voice inward: the chain in words, then a list for each thing known of it."""
    claims = reading.chain(claim_id)
    names = [_source(reading, claim) for claim in claims]
    cues = [" … ".join(reading.evidence(s) for s in claim.cue) for claim in claims]
    steps = [f"{name} ({cue})" if cue else name for name, cue in zip(names, cues, strict=True)]
    return [
        cell(" > ".join([OWN_VOICE, *steps])),
        _listed(names),
        _listed(", ".join(_span(s) for s in claim.source.spans) for claim in claims),
        _listed(cues),
        _listed(", ".join(_span(s) for s in claim.cue) for claim in claims),
        _listed(claim.act for claim in claims),
        _listed(claim.manner for claim in claims),
        _listed(f"{claim.certainty:g}" for claim in claims),
    ]


def _source(reading: Reading, claim: Claim) -> str:
    entity = reading.entity(claim.source.entity)
    words = " ".join(reading.evidence(span) for span in claim.source.spans)
    return cell((entity.name if entity and not claim.source.anonymous else "") or words) or UNNAMED


def _listed(values: Iterable[str]) -> str:
    """One value for each, in order, empty ones too, so that several lists can be read side by side."""
    return "; ".join(cell(value).replace(";", ",") for value in values)


def _span(span: Span) -> str:
    return f"{span[0]}-{span[1]}"
