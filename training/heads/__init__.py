"""The heads on the shared encoder. A new one is a file here and a line in ``HEADS``."""

from __future__ import annotations

from training.heads.base import Head
from training.heads.tags import LemmaHead, NamesHead, UposHead, XposHead
from training.heads.tree import TreeHead

HEADS: dict[str, type[Head]] = {
    "upos": UposHead,
    "xpos": XposHead,
    "lemma": LemmaHead,
    "tree": TreeHead,
    "names": NamesHead,
}
