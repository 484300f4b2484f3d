"""Packing sentences into windows that fill the encoder, so that neighbours are each other's context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

__all__ = ["LIMIT", "pack"]

LIMIT = 128  # pieces in a window, [CLS] and [SEP] among them: what the network was trained on


def pack(lengths: Iterable[int], limit: int = LIMIT) -> Iterator[list[int]]:
    """Groups of consecutive sentence indices, each as soon as it is known.

    Args:
        lengths: pieces in each sentence.
        limit: most pieces in a window, the two marks at its ends among them; a sentence that is
            longer by itself stands alone.
    """
    group: list[int] = []
    used = 2
    for i, length in enumerate(lengths):
        if group and used + length > limit:
            yield group
            group, used = [], 2
        group.append(i)
        used += length
    if group:
        yield group
