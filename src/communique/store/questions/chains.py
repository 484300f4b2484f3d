"""Who says that who says it: the claims around a claim, from the inside out, as names."""

from __future__ import annotations

from collections.abc import Callable

from communique.store.questions.found import words_at

__all__ = ["DEEPEST", "chains", "speaker"]

DEEPEST = 12  # claims within claims; more is a circle


def speaker(claim: str, entity: str, article: str) -> str:
    """The SQL for who makes a claim: the entity's name, else the words that name the source.

    Args:
        claim, entity, article: the tables' names in the statement.
    """
    words = words_at(f"{article}.text", f"{claim}.source_spans[1]", f"{claim}.source_spans[2]")
    return f"coalesce({entity}.name, nullif({words}, ''), CASE WHEN {claim}.anonymous THEN 'anonymous' END)"


def chains(of: str, claim: str, near: Callable[[str], str] = lambda table: "") -> str:
    """The table ``chains``, to stand after WITH RECURSIVE: ``article``, ``claim``, ``speakers`` (a list, the
    innermost source first; those in the middle who are not known are left out).

    Args:
        of: a table with ``article`` and the number of a claim, of which chains are wanted.
        claim: its column with that number.
        near: gives, for a table's name, what else its articles must meet, ' AND …' or ''; it only saves time.
    """
    return (
        "links AS (\n"
        f"  SELECT DISTINCT c.article, c.n AS claim, c.n AS link, c.within, 1 AS depth FROM {of} o\n"
        f"    JOIN claims c ON c.article = o.article AND c.n = o.{claim}{near('c')}\n"
        "  UNION ALL\n"
        "  SELECT l.article, l.claim, c.n, c.within, l.depth + 1 FROM links l\n"
        f"    JOIN claims c ON c.article = l.article AND c.n = l.within{near('c')}\n"
        f"  WHERE l.depth < {DEEPEST}),\n"
        "chains AS (\n"
        "  SELECT article, claim, list(name ORDER BY depth) AS speakers FROM (\n"
        f"    SELECT l.article, l.claim, l.depth, {speaker('c', 's', 'a')} AS name FROM links l\n"
        f"      JOIN claims c ON c.article = l.article AND c.n = l.link{near('c')}\n"
        f"      JOIN articles a ON a.article = l.article{near('a')}\n"
        f"      LEFT JOIN entities s ON s.article = c.article AND s.n = c.source{near('s')})\n"
        "  WHERE name IS NOT NULL OR depth = 1 GROUP BY article, claim)"
    )
