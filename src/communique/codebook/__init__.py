"""A user's own event types: written as YAML, learned from a few examples, coded beside the package's own."""

from __future__ import annotations

from communique.codebook.book import Codebook, Problem, UserType, check, load, template
from communique.codebook.model import CodebookModel, learn

__all__ = ["Codebook", "CodebookModel", "Problem", "UserType", "check", "learn", "load", "template"]
