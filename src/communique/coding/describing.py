"""What a phrase tells of a group without a name: "46 Afghan civilians" are Afghan, and civilians."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from communique.coding.nouns import singular
from communique.knowledge import gazetteer, titles
from communique.language.analysis import Word

__all__ = ["described"]


def described(words: Sequence[Word], mentioned: Collection[str] = ()) -> tuple[str | None, list[str]]:
    """Country and sectors that a phrase tells; None and none where it tells neither, or two.

    Args:
        words: the phrase.
        mentioned: codes of the countries that the article names; they decide between several.
    """
    world = gazetteer()
    texts = [w.text for w in words]
    codes: dict[str, None] = {}
    at = 0
    while at < len(texts):
        for size in range(min(3, len(texts) - at), 0, -1):
            piece = " ".join(texts[at : at + size])
            if not piece[:1].isupper():
                continue
            found = world.country(piece) or world.nationality(piece, mentioned)
            if found is not None:
                codes[found.alpha3] = None
                at += size - 1
                break
        at += 1
    return (next(iter(codes)) if len(codes) == 1 else None), _sectors(words)


def _sectors(words: Sequence[Word]) -> list[str]:
    """The sector of the last noun that has one, or of what stands before it."""
    table = titles()
    low = [w.text.lower() for w in words]
    single = [singular(w) if w.xpos in ("NNS", "NNPS") else w.text.lower() for w in words]
    for end in range(len(words), 0, -1):
        if words[end - 1].upos not in ("NOUN", "PROPN", "ADJ"):
            continue
        for size in range(min(3, end), 0, -1):
            one = (*single[end - size : end - 1], single[end - 1])
            code = (
                table.groups.get(one)
                or table.bodies.get(tuple(low[end - size : end]))
                or table.offices.get(one)
                or table.things.get(one)
            )
            if code:
                return [code]
    return []
