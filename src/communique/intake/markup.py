"""Markup that is all article, as feeds carry it, to paragraphs: no guess what belongs to it."""

from __future__ import annotations

import re

__all__ = ["paragraphs_of", "words_of"]

_LEFT_OUT = frozenset(
    (
        "script",
        "style",
        "figure",
        "figcaption",
        "iframe",
        "noscript",
        "form",
        "video",
        "audio",
        "svg",
        "table",
    )
)
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
    )
    + (
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
    )
    + ("u", "var", "wbr")
)
_BREAK = "\u2028"


def paragraphs_of(markup: str) -> str:
    """The text of a piece of HTML, one paragraph a line.

    Args:
        markup: HTML without a page around it, or text without any markup.
    """
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        # As bytes: lxml refuses text that declares an encoding of its own.
        root = html.document_fromstring(f"<div>{markup}</div>".encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    parts: list[str] = []
    depth = 0  # inside what is left out
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        if tag not in _INLINE:
            parts.append(_BREAK)
        if event == "start":
            depth += tag in _LEFT_OUT
            if not depth:
                parts.append(element.text or "")
        else:
            depth -= tag in _LEFT_OUT
            if not depth:
                parts.append(element.tail or "")
    lines = (" ".join(line.split()) for line in re.sub(r"[\r\n]+", " ", "".join(parts)).split(_BREAK))
    return "\n".join(line for line in lines if line)


def words_of(markup: str | None) -> str | None:
    """The text of a short piece of HTML, such as a headline, on one line; None if there is none."""
    if not markup:
        return None
    if "<" not in markup and "&" not in markup:
        return " ".join(markup.split()) or None
    return paragraphs_of(markup).replace("\n", " ") or None
