"""Annotation files of the corpus: reading, checking, and compiling them to offsets.

    python -m training.annotations check FILE...
    python -m training.annotations compile FILE... --out CORPUS.jsonl [--standoff]

``corpus/GUIDELINE.md`` describes the format. ``--standoff`` writes offsets and the article's hash, no text.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique import ontology

STATUSES = ("occurred", "ongoing", "planned", "hypothetical", "negated")
ACTS = ("assert", "deny", "doubt", "ask", "demand", "promise", "threaten", "believe", "intend", "other")
MANNERS = ("direct", "indirect", "mixed")
KINDS = ("date", "time", "duration", "set")
NONE = ("", "-")


class Fault(Exception):
    """What is wrong with a line."""


@dataclass(slots=True)
class Annotated:
    """One article with its annotations; every span is ``[start, end)`` into ``text``."""

    id: str
    text: str
    published: str | None
    sentences: list[tuple[int, int]]
    events: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    times: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    def to_json(self, standoff: bool) -> dict[str, Any]:
        frame: dict[str, Any] = {"id": self.id, "published": self.published}
        frame |= {"sha256": self.sha256} if standoff else {"text": self.text}
        frame |= {k: v for k, v in self.meta.items() if k in ("corpus", "topic", "article")}
        return frame | {
            "sentences": self.sentences,
            "events": self.events,
            "claims": self.claims,
            "times": self.times,
        }


def load(path: Path) -> Annotated:
    """A file of the corpus. Lines that cannot be understood become ``faults``, and are left out."""
    parts = re.split(r"^---\s*$", path.read_text(encoding="utf-8"), flags=re.M)
    if len(parts) < 2:
        raise Fault(f"{path}: needs a header, sentences and annotations, divided by lines of ---")
    meta = dict(line.split(": ", 1) for line in parts[0].strip().splitlines() if ": " in line)
    given = meta.get("text_json")
    text, sentences = (json.loads(given), None) if given else ("", None)
    spans: list[tuple[int, int]] = []
    if sentences is None and given is None:
        text, spans = _text_of(parts[1])
    elif given is not None:
        spans = [tuple(s) for s in json.loads(meta["spans_json"])]
    published = meta.get("published", "").strip() or None
    out = Annotated(meta.get("id", path.stem).strip(), text, published, spans, meta=meta)
    for number, line in enumerate((parts[2] if len(parts) > 2 else "").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            _line(line, out)
        except Fault as fault:
            out.faults.append(f"{path.name}: annotation line {number}: {fault}\n    {line.strip()}")
    return out


def _text_of(part: str) -> tuple[str, list[tuple[int, int]]]:
    text, spans, gap = "", [], ""
    for line in part.strip("\n").splitlines():
        if not line.strip():
            gap = "\n\n"
            continue
        match = re.match(r"\s*(\d+)\|\s*(.*?)\s*$", line)
        if not match:
            raise Fault(f"a sentence must begin with its number and |: {line[:60]!r}")
        if int(match[1]) != len(spans) + 1:
            raise Fault(f"sentence {match[1]} stands where {len(spans) + 1} is expected")
        if text:
            text += "\n\n" if len(spans) == 1 else (gap or " ")
        spans.append((len(text), len(text) + len(match[2])))
        text += match[2]
        gap = ""
    return text, spans


def _line(line: str, out: Annotated) -> None:
    cells = [c.strip() for c in line.split("|")]
    kind = cells[0]
    need = {"e": 7, "c": 7, "t": 5}.get(kind)
    if need is None:
        raise Fault(f"begins with {kind!r}; choices: e, c, t")
    if len(cells) < need:
        raise Fault(f"has {len(cells)} cells, needs {need}")
    if not cells[1].isdigit() or not 1 <= int(cells[1]) <= len(out.sentences):
        raise Fault(f"sentence {cells[1]!r}: there are sentences 1 to {len(out.sentences)}")
    sentence = int(cells[1])
    if kind == "e":
        out.events.append(_event(cells + ["-"] * (10 - len(cells)), sentence, out))
    elif kind == "c":
        if cells[2] not in ACTS or cells[3] not in MANNERS:
            raise Fault(f"act or manner {cells[2]!r}, {cells[3]!r}; choices: {', '.join(ACTS + MANNERS)}")
        out.claims.append(
            {
                "sentence": sentence,
                "act": cells[2],
                "manner": cells[3],
                "source": [find(s, sentence, out) for s in _several(cells[4])],
                "cue": [find(s, sentence, out) for s in _several(cells[5])],
                "content": [_stretch("|".join(cells[6:]).strip(), sentence, out)],
            }
        )
    else:
        if cells[2] not in KINDS:
            raise Fault(f"kind {cells[2]!r}; choices: {', '.join(KINDS)}")
        out.times.append(
            {"sentence": sentence, "type": cells[2], "span": find(cells[3], sentence, out), "value": cells[4]}
        )


def _event(cells: list[str], sentence: int, out: Annotated) -> dict[str, Any]:
    kind, _, mode = cells[2].partition("/")
    types = ontology.event_types()
    if kind not in types:
        raise Fault(f"type {kind!r}; choices: {', '.join(types)}")
    if mode and mode not in types[kind].modes:
        raise Fault(f"{kind} has no mode {mode!r}; choices: {', '.join(types[kind].modes) or 'none'}")
    if cells[3] not in STATUSES:
        raise Fault(f"status {cells[3]!r}; choices: {', '.join(STATUSES)}")
    time = None
    if cells[7] not in NONE:
        words, _, value = cells[7].rpartition("=")
        if not words:
            raise Fault(f"time {cells[7]!r} must be 'words = value'")
        time = {"span": find(words.strip(), sentence, out), "value": value.strip()}
    more = set(re.split(r"[ ,;|]+", " ".join(cells[9:]).strip())) - {"-", ""}
    if more - {"historical", "same"}:
        raise Fault(f"more: {', '.join(sorted(more))}; choices: historical, same")
    trigger = find(cells[4], sentence, out)
    return {
        "sentence": sentence,
        "type": kind,
        "mode": mode or None,
        "status": cells[3],
        "historical": "historical" in more,
        "same": "same" in more,
        "trigger": trigger,
        "actors": [find(s, sentence, out, trigger[0]) for s in _several(cells[5])],
        "recipients": [find(s, sentence, out, trigger[0]) for s in _several(cells[6])],
        "time": time,
        "place": None if cells[8] in NONE else find(cells[8], sentence, out),
    }


def _several(cell: str) -> list[str]:
    return [s.strip() for s in cell.split(";") if s.strip() not in NONE]


def find(words: str, sentence: int, out: Annotated, near: int | None = None) -> list[int]:
    """Where words stand: in the sentence, the second time for ``#2``, in sentence 4 for ``@4``; where they
    stand more than once and no number is given, the first time, or nearest to ``near``.

    Raises:
        Fault: if they do not stand there.
    """
    if match := re.match(r"@(\d+)\s+(.*)$", words):
        sentence, words = int(match[1]), match[2]
        if not 1 <= sentence <= len(out.sentences):
            raise Fault(f"@{sentence}: there are sentences 1 to {len(out.sentences)}")
    nth = None
    if match := re.match(r"(.*)#(\d+)$", words):
        words, nth = match[1].strip(), int(match[2])
    start, end = out.sentences[sentence - 1]
    pattern = r"\s+".join(re.escape(w) for w in words.split())
    if not pattern:
        raise Fault("an empty cell where words are needed (write - for none)")
    found = list(re.finditer(rf"(?<!\w){pattern}(?!\w)", out.text[start:end]))
    found = found or list(re.finditer(pattern, out.text[start:end]))
    if len(found) < (nth or 1):
        raise Fault(f"{words!r} does not stand {f'{nth} times ' if nth else ''}in sentence {sentence}")
    if nth is None and near is not None:
        found.sort(key=lambda m: abs(start + m.start() - near))
    one = found[(nth or 1) - 1]
    return [start + one.start(), start + one.end()]


def _stretch(cell: str, sentence: int, out: Annotated) -> list[int]:
    first, _, last = (x.strip() for x in re.sub(r"\.\.\.", "…", cell).partition("…"))
    start = find(first, sentence, out)
    if not last:
        return start
    low, high = out.sentences[sentence - 1]
    match = re.match(r"@(\d+)\s+(.*)$", last)
    if match:
        return [start[0], find(last, sentence, out)[1]]
    pattern = r"\s+".join(re.escape(w) for w in last.split())
    found = [m.end() for m in re.finditer(pattern, out.text[low:high]) if low + m.end() > start[1]]
    if not found:
        raise Fault(f"{last!r} does not stand behind {first!r} in sentence {sentence}")
    return [start[0], low + found[-1]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("task", choices=("check", "compile"))
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--standoff", action="store_true")
    args = parser.parse_args()
    rows, faults = [], []
    for path in args.files:
        try:
            annotated = load(path)
        except Fault as fault:
            faults.append(f"{path}: {fault}")
            continue
        faults += annotated.faults
        rows.append(annotated)
    for fault in faults:
        print(fault)
    told = sum(len(r.events) for r in rows)
    print(
        f"{len(rows)} articles, {sum(len(r.sentences) for r in rows)} sentences, {told} events, "
        f"{sum(len(r.claims) for r in rows)} claims, {sum(len(r.times) for r in rows)} times; "
        f"{len(faults)} faults"
    )
    if args.task == "compile" and args.out:
        with args.out.open("w", encoding="utf-8") as out:
            for row in sorted(rows, key=lambda r: r.id):
                out.write(json.dumps(row.to_json(args.standoff), ensure_ascii=False) + "\n")
    sys.exit(1 if faults and args.task == "check" else 0)


if __name__ == "__main__":
    main()
