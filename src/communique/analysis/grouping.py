"""From pairs to groups: average linkage, in which two that cannot be one never come together.

Two groups become one if their pairs are alike on average, the most alike first. So a chain of pairs, each a
little alike, does not become one group, as it would if one pair were enough.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping

__all__ = ["average_link", "components"]

Pairs = Mapping[tuple[int, int], float | None]


def components(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """What hangs together by pairs, each in order, those of one member left out.

    Args:
        count: of members, which are numbered from 0.
        pairs: of members.
    """
    head = list(range(count))

    def top(i: int) -> int:
        while head[i] != i:
            head[i] = head[head[i]]
            i = head[i]
        return i

    for a, b in pairs:
        a, b = sorted((top(a), top(b)))
        head[b] = a
    groups: dict[int, list[int]] = {}
    for i in range(count):
        groups.setdefault(top(i), []).append(i)
    return [members for members in groups.values() if len(members) > 1]


def average_link(members: Iterable[int], pairs: Pairs, joined: float) -> list[list[int]]:
    """Groups of members, the most alike joined first; each in order, and in the order of their first.

    Args:
        members: the answer does not depend on their order.
        pairs: how alike two members are, the lower one first; None where they cannot be one. A pair that is
            not in it is not alike at all.
        joined: average likeness from which two groups become one.
    """
    groups: dict[int, list[int]] = {m: [m] for m in sorted(members)}
    sums = {pair: s for pair, s in pairs.items() if s is not None and s > 0}
    never: dict[int, set[int]] = {m: set() for m in groups}
    near: dict[int, set[int]] = {m: set() for m in groups}
    for (a, b), s in pairs.items():
        some = never if s is None else near
        some[a].add(b)
        some[b].add(a)
    # What is the same to nine digits is taken in the order of the members.
    heap = [(-round(s, 9), a, b, 1, 1) for (a, b), s in sums.items() if s >= joined]
    heapq.heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if a not in groups or b not in groups or (len(groups[a]), len(groups[b])) != (size_a, size_b):
            continue
        if b in never[a]:
            continue
        groups[a] = sorted(groups[a] + groups.pop(b))
        for c in never[b]:
            never[a].add(c)
            never[c].add(a)
        near[a] = {c for c in near[a] | near[b] if c in groups and c != a}
        for c in sorted(near[a]):
            near[c].add(a)
            total = sums.get(_pair(a, c), 0.0) + sums.get(_pair(b, c), 0.0)
            sums[_pair(a, c)] = total
            mean = total / (len(groups[a]) * len(groups[c]))
            if c not in never[a] and mean >= joined:
                low, high = _pair(a, c)
                heapq.heappush(heap, (-round(mean, 9), low, high, len(groups[low]), len(groups[high])))
    return [groups[m] for m in sorted(groups)]


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
