"""The scripts of others that a page with charts loads, in the order in which they need each other."""

from __future__ import annotations

__all__ = ["SCRIPTS"]

# Files of ``static/vendor/``; VENDORED.md there says where each is from.
SCRIPTS = (
    "d3-dispatch-3.0.2.js",
    "d3-selection-3.0.1.js",
    "d3-timer-3.0.2.js",
    "d3-color-3.1.1.js",
    "d3-ease-3.0.2.js",
    "d3-interpolate-3.0.2.js",
    "d3-transition-3.0.2.js",
    "d3-drag-3.0.1.js",
    "d3-zoom-3.0.1.js",
    "d3-brush-3.0.1.js",
)
