"""Claims as Citron (bbc/citron) writes its quotes, so that what reads those reads ours."""

from __future__ import annotations

import json
from typing import Any

from communique.reading import Claim, Reading, Span

__all__ = ["citron"]


def citron(reading: Reading) -> dict[str, Any]:
    """The reading's claims as Citron's JSON.

    Returns:
        ``text``; ``quotes``, each with ``id``, ``cue`` (``start``, ``end``, ``text``), ``sources`` and
        ``contents`` (lists of such), ``coreferences`` (the other mentions of the source) and ``confidence``
        (the certainty the source is made to sound, as Citron's own is no probability either); and
        ``coreference_groups``, the mentions of each source. Offsets are code points of the text.
    """
    groups: list[list[dict[str, Any]]] = []
    for entity in reading.entities:
        if any(c.source.entity == entity.id for c in reading.claims):
            groups.append([_span(reading, (m.start, m.end)) for m in entity.mentions])
    quotes = [_quote(reading, claim) for claim in reading.claims]
    return {"text": reading.article.text, "quotes": quotes, "coreference_groups": groups}


def as_citron(reading: Reading) -> str:
    """One line of JSON."""
    return json.dumps(citron(reading), ensure_ascii=False, separators=(",", ":")) + "\n"


def _quote(reading: Reading, claim: Claim) -> dict[str, Any]:
    entity = reading.entity(claim.source.entity)
    others = [(m.start, m.end) for m in entity.mentions] if entity else []
    own = claim.source.spans
    return {
        "id": claim.id,
        "cue": _span(reading, (claim.cue[0][0], claim.cue[-1][1])) if claim.cue else None,
        "sources": [_span(reading, s) for s in own],
        "contents": [_span(reading, s) for s in claim.content],
        "coreferences": [_span(reading, s) for s in others if not any(a < s[1] and s[0] < b for a, b in own)],
        "confidence": claim.certainty,
    }


def _span(reading: Reading, span: Span) -> dict[str, Any]:
    return {"start": span[0], "end": span[1], "text": reading.evidence(span)}
