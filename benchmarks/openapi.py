"""Whether the API does what its description says: schemathesis makes cases, and checks every answer.

    python -m benchmarks.openapi [STORE] [--cases N]

For each operation it makes values at their bounds, and N requests at random, half of them fitting the
description and half not. An answer must have a status, a media type, headers and a body that the description
has; what fits must be answered, and what does not must be refused; and nothing may be a fault of the server.
Shown are the requests for each operation, and the faults. STORE is a store, or a folder of articles, that are
read first; without it, the examples.
"""

from __future__ import annotations

import argparse
import copy
import re
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import schemathesis
from fastapi import FastAPI
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

from benchmarks.corpora import show
from communique.web import create_app
from communique.web.app import close
from communique.web.settings import Settings

_OFF = {"coverage": {"enabled": False}}
EXAMPLES = Path(__file__).parents[1] / "examples"


@dataclass
class Result:
    """What was found.

    Attributes:
        requests: by operation.
        statuses: of the answers, by operation.
        faults: a line each, what was wrong and how to ask again.
    """

    requests: Counter[str] = field(default_factory=Counter)
    statuses: dict[str, Counter[int]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def run(
    store: Path,
    cases: int,
    *,
    cursors: int = 0,
    seed: int = 1,
    only: str | None = None,
    bounds: str | None = None,
) -> Result:
    """Make so many cases for each operation, and check the answers.

    Args:
        store: that is served.
        cases: made at random for each operation, beside those at the bounds.
        cursors: made at random with cursors, besides. A cursor cannot be made up: such a case is answered
            with 404 whatever its other values are, and says nothing of them; so the others have none.
        seed: of what is random.
        only: a pattern of the paths; None: all.
        bounds: a pattern of the paths whose values are tried at their bounds; None: all.
    """
    # A stream ends at once, and more is read in a minute than a person sends.
    settings = Settings(store, stream_seconds=0.02, reads_a_minute=10_000_000)
    app = create_app(settings)
    result = Result()
    try:
        for number, with_cursors in ((cases, False), (cursors, True)):
            if number:
                schema = _schema(app, settings, number, with_cursors, seed, bounds)
                if only is not None:
                    schema = schema.include(path_regex=only)
                for event in from_schema(schema).execute():
                    if isinstance(event, ScenarioFinished):
                        _note(result, event)
                    elif isinstance(event, NonFatalError):
                        result.faults.append(f"{event.label}: {event.info.format()}")
                    elif isinstance(event, FatalError):
                        raise event.exception
    finally:
        close(app)
    return result


def _schema(
    app: FastAPI, settings: Settings, cases: int, cursors: bool, seed: int, bounds: str | None
) -> schemathesis.BaseSchema:
    without = [] if bounds is None else [{"exclude-path-regex": bounds, "phases": _OFF}]
    config = SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "operations": without,
            "headers": {"Host": f"{settings.host}:{settings.port}"},
            "generation": {"max-examples": cases, "database": "none"},
            "phases": {"stateful": {"enabled": False}, "coverage": {"enabled": not cursors}},
            # What fits the description and yet has no answer is a 404 or 422, see docs/api.md; and however
            # well every value fits, all of them together may be too long.
            "checks": {
                "positive_data_acceptance": {"expected-statuses": ["2xx", 404, 414, 422]},
                "negative_data_rejection": {
                    "expected-statuses": [400, 401, 403, 404, 405, 406, 413, 414, 415, 422, 429]
                },
            },
        }
    )
    raw = copy.deepcopy(app.openapi())
    if not cursors:
        for operations in raw["paths"].values():
            for operation in operations.values():
                kept = [p for p in operation.get("parameters", ()) if p["name"] != "cursor"]
                operation["parameters"] = kept
    schema = schemathesis.openapi.from_dict(raw, config=config)
    schema.app = app
    schema.location = "/api/v1/openapi.json"
    return schema


def _note(result: Result, event: ScenarioFinished) -> None:
    label = event.label or "?"
    if event.phase.value == "examples" and event.status == Status.SKIP:
        return
    result.requests[label] += len(event.recorder.cases)
    statuses = result.statuses.setdefault(label, Counter())
    for interaction in event.recorder.interactions.values():
        if interaction.response is not None:
            statuses[interaction.response.status_code] += 1
    for checks in event.recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                failure = check.failure_info.failure
                if _unwritten(failure.message, check.failure_info.code_sample):
                    continue
                result.faults.append(
                    f"{label}: {failure.title}: {failure.message}\n  {check.failure_info.code_sample}"
                )


def _unwritten(message: str, sample: str) -> bool:
    """Is all that is wrong nothing that an address can tell: a null or an empty object, which are left out of
    it or stand there as the word "null"?"""
    wrong = re.search(r"Invalid component: parameters? (.*) in query", message)
    names = re.findall(r"`(\w+)`", wrong[1]) if wrong else []
    address = re.search(r"https?://[^\s']+", sample)
    sent = parse_qs(urlsplit(address[0]).query, keep_blank_values=True) if address else {}
    return bool(names) and all(sent.get(name, ["null"]) == ["null"] for name in names)


def main() -> None:
    parser = argparse.ArgumentParser(description="Whether the API does what its description says.")
    parser.add_argument("store", nargs="?", type=Path, default=EXAMPLES)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--only", help="a pattern of the paths, such as events")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = args.store
        if store.is_dir():
            from communique.cli.main import run as command

            store = Path(folder, "store.duckdb")
            assert command(["ingest", str(args.store), "--store", str(store)]) == 0
        began = time.perf_counter()
        result = run(store, args.cases, cursors=max(1, args.cases // 10), only=args.only)
    for label, count in sorted(result.requests.items()):
        seen = ", ".join(f"{status}: {n}" for status, n in sorted(result.statuses[label].items()))
        print(f"{label:45} {count:6} requests   {seen}")
    show("operations", len(result.requests))
    show("requests", sum(result.requests.values()))
    show("server_errors", sum(n for c in result.statuses.values() for s, n in c.items() if s >= 500))
    show("faults", len(result.faults))
    show("seconds", time.perf_counter() - began)
    for fault in dict.fromkeys(result.faults):
        print(fault)


if __name__ == "__main__":
    main()
