"""PLOVER as tables a political scientist can patch.

Event types, modes, contexts, sectors, scores and crosswalks: the YAML files of this folder, each read
when first asked for.
"""

from __future__ import annotations

from communique.ontology.crosswalk import Code, cameo, cameo_codes, plover_of
from communique.ontology.plover import EventType, Mode, event_type, event_types, intensity, mode_of, quad_code
from communique.ontology.subjects import Sector, contexts, contexts_of, sector, sectors, sectors_of

__all__ = [
    "Code",
    "EventType",
    "Mode",
    "Sector",
    "cameo",
    "cameo_codes",
    "contexts",
    "contexts_of",
    "event_type",
    "event_types",
    "intensity",
    "mode_of",
    "plover_of",
    "quad_code",
    "sector",
    "sectors",
    "sectors_of",
]
