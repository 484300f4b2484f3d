"""Readings in the formats of other tools."""

from communique.exports.citron import citron

__all__ = ["citron"]
