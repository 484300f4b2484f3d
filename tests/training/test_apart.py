"""An article that is kept out is not learned from a copy of it."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")

from training.apart import copied, without_copies

STORY = "Norvania sent two envoys to Port Sorrel on Monday to ask for the seized ferry and its crew."
OTHER = "The union of dockers in Velland voted on Friday to strike until the ministry withdraws its plan."


def test_a_copy_under_another_headline_is_found() -> None:
    copy = f"Envoys sent. {STORY}"
    assert copied([STORY, OTHER], [copy]) == [1.0, 0.0]


def test_what_copies_a_kept_out_article_is_not_learned() -> None:
    given = [{"id": "a", "text": f"Late news. {STORY}"}, {"id": "b", "text": OTHER}]
    assert [r["id"] for r in without_copies(given, [{"id": "h", "text": STORY}])] == ["b"]


def test_all_is_learned_where_nothing_is_kept_out() -> None:
    given = [{"id": "a", "text": STORY}, {"id": "b", "text": "Short."}]
    assert without_copies(given, []) == given
