"""Spans that nest, meet and cross become tags that nest, and no character is lost."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from communique.web.pages.marking import LAYERS, Close, Mark, Open, Paragraph, paragraphs

TEXT = "Ada Holm said the port would never be sold.\n\nPage 3 of 9\n\nThe union doubted it."


def mark(words: str, layer: str, key: str, link: bool = False, text: str = TEXT) -> Mark:
    start = text.index(words)
    return Mark(start, start + len(words), layer, key, link=link)


def drawn(marks: Sequence[Mark], text: str = TEXT, blocks: Sequence[tuple[int, int]] = ()) -> list[str]:
    """The paragraphs with brackets for tags: ``<key`` and ``>``, a link ``[key`` and ``]``."""
    out = []
    for one in paragraphs(text, blocks, marks):
        line = ""
        for token in one.tokens:
            if isinstance(token, Open):
                line += f"{'[' if token.link else '<'}{token.mark.key}{'!' if token.first else ''} "
            elif isinstance(token, Close):
                line += "]" if token.link else ">"
            else:
                line += token
        out.append(f"({line})" if one.furniture else line)
    return out


def test_text_alone_is_parted_by_empty_lines() -> None:
    assert drawn([]) == [TEXT[:43], "Page 3 of 9", "The union doubted it."]


def test_what_stands_between_the_blocks_is_furniture() -> None:
    blocks = [(0, 43), (58, 79)]
    assert drawn([], blocks=blocks) == [
        "Ada Holm said the port would never be sold.",
        "(Page 3 of 9)",
        "The union doubted it.",
    ]


def test_marks_nest() -> None:
    marks = [mark("the port would never be sold", "said", "c1"), mark("sold", "event", "e1", link=True)]
    assert drawn(marks)[0] == "Ada Holm said <c1! the port would never be [e1! sold]>."


def test_of_marks_that_cross_the_lighter_is_cut() -> None:
    marks = [mark("Ada Holm said the", "said", "c1"), mark("said the port", "event", "e1", link=True)]
    assert drawn(marks)[0] == "<c1! Ada Holm >[e1! <c1 said the> port] would never be sold."


def test_a_lighter_mark_that_begins_within_a_heavier_one_is_cut_where_that_ends() -> None:
    marks = [mark("Ada Holm said", "event", "e1", link=True), mark("said the port", "said", "c1")]
    assert drawn(marks)[0] == "[e1! Ada Holm <c1! said>]<c1  the port> would never be sold."


def test_marks_of_the_same_words_nest_by_weight() -> None:
    layers = (("said", "c1"), ("actor", "n1"), ("event", "e1"))
    marks = [mark("Ada Holm", layer, key) for layer, key in layers]
    assert drawn(marks)[0].startswith("<c1! <n1! <e1! Ada Holm>>>")


def test_no_link_stands_within_a_link() -> None:
    marks = [mark("said the port", "event", "e1", link=True), mark("the port", "cue", "c1", link=True)]
    assert drawn(marks)[0] == "Ada Holm [e1! said <c1! the port>] would never be sold."


def test_a_key_has_its_id_once() -> None:
    marks = [
        Mark(0, 3, "actor", "n1"),
        Mark(4, 8, "actor", "n1"),
        Mark(0, len(TEXT), "said", "c1"),
    ]
    line = " ".join(drawn(marks))
    assert line.count("n1!") == 1 and line.count("c1!") == 1
    assert line.count("<c1") == 3, "a mark over several paragraphs is opened in each"


@pytest.mark.parametrize("start, stop", [(-1, 4), (4, 4), (9, 3), (0, len(TEXT) + 1)])
def test_marks_that_hold_nothing_or_lie_outside_are_left_out(start: int, stop: int) -> None:
    assert drawn([Mark(start, stop, "event", "e1")]) == drawn([])


def test_blocks_that_overlap_or_lie_outside_lose_no_character_and_double_none() -> None:
    lines = drawn([], blocks=[(0, 10), (5, 20), (20, 5), (70, 500)])
    assert "".join("".join(line.strip("()").split()) for line in lines) == "".join(TEXT.split())


@pytest.mark.parametrize("seed", range(60))
def test_any_marks_give_tags_that_nest_and_all_of_the_text(seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(chance.choice("abc de\n") for _ in range(160)).strip() or "a"
    marks = []
    for i in range(chance.randrange(1, 25)):
        start = chance.randrange(len(text))
        stop = start + chance.randrange(1, 60)
        marks.append(Mark(start, stop, chance.choice(LAYERS), f"k{i % 9}", link=chance.random() < 0.5))
    made = paragraphs(text, (), marks)
    inside = [m for m in marks if m.stop <= len(text)]
    assert "".join("".join(_text(p).split()) for p in made) == "".join(text.split())
    covered: dict[int, set[int]] = {}
    at = 0
    for one in made:
        at = text.index(_text(one), at)
        open_now: list[Open] = []
        for token in one.tokens:
            if isinstance(token, Open):
                assert not (token.link and any(o.link for o in open_now)), "a link within a link"
                open_now.append(token)
            elif isinstance(token, Close):
                assert open_now.pop().mark is token.mark, "tags cross"
            else:
                for position in range(at, at + len(token)):
                    covered[position] = {id(o.mark) for o in open_now}
                at += len(token)
        assert not open_now, "a tag is left open"
    for position, here in covered.items():
        assert here == {id(m) for m in inside if m.start <= position < m.stop}, position


def _text(one: Paragraph) -> str:
    return "".join(t for t in one.tokens if isinstance(t, str))
