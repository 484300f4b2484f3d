"""How quickly the server answers when several people look at once.

    python -m benchmarks.web [--articles N] [--users N] [--seconds N] [--pause N] [--keep FILE] [--only P]

A store is invented (that of ``benchmarks.store_speed``, with longer texts, disputes, happenings and places),
and served by a process of its own as ``communique serve`` does. Users ask one address after the other,
without a pause or with pauses of --pause seconds on average: each page and each operation of the API in turn,
half of the time as it is and half with filters, actors, articles and days that change from one request to the
next. Addresses are those that the application has, so that a new page is among them by itself.

Shown for each: requests, the 50th and 95th percentile of the server's time in milliseconds (from the request
to the beginning of the answer, as the answer itself says), the milliseconds of processor that a request takes
when nobody else asks, and for pages what the first view weighs in kilobytes as it is sent: the page, its
styles, scripts (with what these import) and fonts. Clock times say little where the machine has other work.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from urllib.parse import quote, urlencode, urljoin

from benchmarks import store_speed
from benchmarks.corpora import show
from communique.store import Store, open_store

# Words of a language that does not exist; few are frequent, as in one that does.
_SYLLABLES = ("bra", "do", "fe", "gli", "ka", "lu", "mo", "ni", "pra", "so", "ta", "vi")
_WORDS = ["".join(syllables) for syllables in product(_SYLLABLES, repeat=3)]
_MORE = """
UPDATE parties SET entity = 1 + (2 * event + (side = 'actor')::INTEGER) % 10;
UPDATE entities SET kb = 'iso:' || country WHERE n = 1;
UPDATE entities SET role = 'Minister' WHERE n % 2 = 0;
UPDATE parties SET name = e.name, country = e.country, kb = e.kb FROM entities e
    WHERE e.article = parties.article AND e.n = parties.entity;
INSERT INTO readings SELECT article, '0.1.0', 'invented', 'plover', TIMESTAMP '2025-01-01' FROM articles;
INSERT INTO sources SELECT article, 'news.jsonl line ' || article, url, NULL, publisher, title, published,
    'first', NULL, added FROM articles;
UPDATE articles SET title = one_of($words, article, 40) || ' and ' || one_of($words, article, 41)
    || ' in report ' || article, text = text || list_aggregate([
        'On the ' || often($words, article * 100 + i, 42) || ' the ' || often($words, article * 100 + i, 43)
        || ' of the ' || often($words, article * 100 + i, 44) || ' had nothing to say for now.'
        FOR i IN range(1, 101)], 'string_agg', ' ');
UPDATE articles SET blocks = [0, len(text)];
INSERT INTO disputes SELECT article, 1, one_of(['number', 'denial', 'status', 'attribution'], article, 45),
    one_of($words, article, 46), [1, 2], [0, 30, 84, 120] FROM articles WHERE chance(article, 47) < 0.2;
INSERT INTO happenings SELECT t.happening, any_value(e.type), NULL, 'occurred', min(e.from_day),
    max(e.to_day), any_value(p.country), NULL, [any_value(p.name)], [], count(DISTINCT t.article), 0.9
    FROM tellings t JOIN events e ON e.article = t.article AND e.n = t.event
    JOIN parties p ON p.article = e.article AND p.event = e.n AND p.side = 'actor' GROUP BY t.happening;
INSERT INTO differences SELECT happening, one_of(['number', 'denial', 'status'], happening, 48),
    one_of($words, happening, 49), min(article), 0, 30, 1, max(article), 84, 120, NULL
    FROM tellings WHERE chance(happening, 50) < 0.3 GROUP BY happening HAVING min(article) < max(article);
INSERT INTO places SELECT article, n, 10, 20, country.name, country.code,
    -60 + 120 * chance(article, 51 + n), -180 + 360 * chance(article, 54 + n), NULL, NULL, NULL
    FROM (SELECT article, n, often($countries, article * 3 + n, 57) AS country
        FROM articles, range(1, 4) r(n));
UPDATE events SET place = 1 + n % 3 WHERE chance(article * 10 + n, 58) < 0.6;
INSERT INTO language SELECT article, 84 * n, 84 * n + 6,
    one_of(['loaded', 'hedge', 'intensifier'], article, 59) FROM articles, range(1, 6) r(n);
INSERT INTO quantities SELECT article, n, 84 * n + 10, 84 * n + 14, 10 * n, 'ships', 'ships', false, NULL
    FROM articles, range(1, 4) r(n);
"""
_LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
_IMPORTED = re.compile(r'(?:from|import)\s*\(?["\']([^"\']+\.js[^"\']*)["\']')
_FONT = re.compile(r'url\(["\']?([^"\')]+\.woff2[^"\')]*)')


@dataclass
class Values:
    """What stands in addresses: some of each, the commonest first."""

    articles: int
    happenings: int
    keys: list[str]
    codes: list[str]
    names: list[str]
    days: list[str] = field(
        default_factory=lambda: [f"{y}-{m:02}" for y in range(2015, 2025) for m in range(1, 13)]
    )


@dataclass
class Measured:
    """What was measured at an address."""

    millis: list[float] = field(default_factory=list)
    faults: dict[int, int] = field(default_factory=lambda: defaultdict(int))


def make(path: Path, articles: int) -> None:
    """Make the invented store."""
    from communique.knowledge.countries import gazetteer

    store_speed.make(path, articles)
    known = {
        "countries": [{"code": c.alpha3, "name": c.name} for c in gazetteer().countries.values()],
        "words": _WORDS,
    }
    with open_store(path) as store, store.transaction():
        for macro in store_speed.MACROS:
            store.connection.execute(macro)
        for statement in filter(str.strip, _MORE.split(";\n")):
            store.connection.execute(statement, {k: v for k, v in known.items() if f"${k}" in statement})


def values_of(store: Store) -> Values:
    """What addresses of this store can have in them."""
    run = store.connection.execute
    keys = "SELECT coalesce(kb, '~' || name) FROM parties GROUP BY 1 ORDER BY count(*) DESC LIMIT 400"
    codes = "SELECT country FROM parties WHERE country IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 60"
    names = "SELECT name FROM parties GROUP BY 1 ORDER BY count(*) DESC LIMIT 400"
    return Values(
        run("SELECT max(article) FROM articles").fetchall()[0][0],
        run("SELECT coalesce(max(happening), 1) FROM happenings").fetchall()[0][0],
        *([value for (value,) in run(sql).fetchall()] for sql in (keys, codes, names)),
    )


def pages() -> list[str]:
    """The addresses of all pages that the application has."""
    from communique.web import pages as package

    return [
        route.path
        for router in package.routers()
        for route in router.routes
        if "GET" in (getattr(route, "methods", None) or ())
    ]


def operations() -> list[str]:
    """The addresses of all operations of the API that answer once."""
    from communique.web import create_app
    from communique.web.settings import Settings

    described = create_app(Settings(Path("none.duckdb"))).openapi()["paths"]
    return [path for path, of in described.items() if "get" in of and not path.endswith("/new")]


def address(path: str, known: Values, chance: random.Random) -> str:
    """A request to an address: numbers and keys for what is open in it, and half of the time filters."""
    filled = path
    for name, value in {
        "article": chance.randint(1, known.articles),
        "n": chance.randint(1, known.happenings if "happening" in path else known.articles),
        "number": chance.randint(1, known.happenings if "happening" in path else known.articles),
        "happening": chance.randint(1, known.happenings),
        "key": chance.choice(known.keys),
        "a": chance.choice(known.codes[:10]),
        "b": chance.choice(known.codes[10:]),
        "rest": f"{chance.choice(known.codes[:10])}/{chance.choice(known.codes[10:])}"
        if "pairs" in path
        else chance.choice(known.keys),
    }.items():
        filled = re.sub(rf"\{{{name}(:path)?\}}", quote(str(value), safe=":~/"), filled)
    query: list[tuple[str, str]] = []
    if path.endswith("/search"):
        query.append(("q", " ".join(chance.sample(_WORDS, 2))))
    if path.endswith("/upcoming") or path.startswith("/ahead"):
        query.append(("since" if path.startswith("/api") else "from", "2024-07-01"))
    if chance.random() < 0.5:
        choices = [
            ("actor", chance.choice(known.codes)),
            ("actor", chance.choice(known.names)),
            ("since", chance.choice(known.days[:60])),
            ("until", chance.choice(known.days[60:])),
            ("type", chance.choice(["CONSULT", "AID", "ACCUSE", "ASSAULT"])),
            ("quad", str(chance.randint(1, 4))),
            ("status", "occurred"),
        ]
        # What is ahead begins after the days that the others end with, and has not occurred.
        ahead = query and query[0][1] == "2024-07-01"
        late = {"since": "2024-07-01", "until": "2025-06", "status": "expected"} if ahead else {}
        query += [(name, late.get(name, value)) for name, value in chance.sample(choices, 2)]
    return f"{filled}?{urlencode(query)}" if query else filled


class Site:
    """A server that is asked."""

    def __init__(self, store: Path) -> None:
        command = [sys.executable, "-m", "communique", "serve", str(store), "--port", "0", "--no-open"]
        began = time.perf_counter()
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        assert found, line
        self.port = int(found[1])
        self.get("/api/v1/openapi.json")
        self.start_seconds = time.perf_counter() - began

    def get(
        self, path: str, connection: http.client.HTTPConnection | None = None
    ) -> tuple[int, float, bytes]:
        """Status, the server's milliseconds, and what was sent."""
        line = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request("GET", path, headers={"Accept-Encoding": "gzip", "Accept": "text/html,*/*"})
        answer = line.getresponse()
        body = answer.read()
        timing = re.search(r"dur=([\d.]+)", answer.headers.get("server-timing", ""))
        if connection is None:
            line.close()
        return answer.status, float(timing[1]) if timing else 0.0, body

    def text(self, path: str) -> tuple[str, int]:
        """A file as text, and the bytes in which it is sent."""
        import gzip

        body = self.get(path)[2]
        plain = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
        return plain.decode("utf-8", "replace"), len(body)

    def weight(self, path: str) -> int:
        """Bytes of the first view of a page."""
        page, total = self.text(path)
        seen: set[str] = set()
        waiting = list(_LINKED.findall(page))
        while waiting:
            one = waiting.pop().replace("&amp;", "&")
            if one in seen:
                continue
            seen.add(one)
            text, size = self.text(one)
            total += size
            if ".js" in one:
                waiting += [urljoin(one, found) for found in _IMPORTED.findall(text)]
            if ".css" in one:
                waiting += [urljoin(one, found) for found in _FONT.findall(text)]
        return total

    def cpu(self) -> float:
        """Seconds of processor that the server has used, in all of its threads."""
        out = 0
        for task in Path(f"/proc/{self._process.pid}/task").iterdir():
            with suppress(OSError):
                out += int((task / "schedstat").read_text().split()[0])
        return out / 1e9

    def rest(self) -> None:
        """Wait until the server has nothing to do by itself."""
        time.sleep(2)
        before = -1.0
        while self.cpu() - before > 0.02:
            before = self.cpu()
            time.sleep(0.5)

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)


def cost(site: Site, path: str, known: Values, requests: int) -> list[float]:
    """Milliseconds of processor that requests take, one after the other; they tell more than the clock does
    where a machine has other work too."""
    chance = random.Random(7)
    site.get(address(path, known, chance))
    out = []
    for _ in range(requests):
        before = site.cpu()
        site.get(address(path, known, chance))
        out.append(1000 * (site.cpu() - before))
    return out


def percentile(values: list[float], share: float) -> float:
    """The value that so many do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def look(
    site: Site, paths: list[str], known: Values, users: int, seconds: float, pause: float
) -> dict[str, Measured]:
    """Let users ask, with pauses of so many seconds on average, and measure."""
    out: dict[str, Measured] = defaultdict(Measured)
    lock = threading.Lock()
    end = time.monotonic() + seconds

    def user(number: int) -> None:
        chance = random.Random(number)
        line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
        for path in _turns(paths, chance):
            if time.monotonic() >= end:
                break
            time.sleep(2 * pause * chance.random())
            status, millis, _ = site.get(address(path, known, chance), line)
            with lock:
                out[path].millis.append(millis)
                if status >= 400 and status != 404:
                    out[path].faults[status] += 1
        line.close()

    threads = [threading.Thread(target=user, args=(n,)) for n in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return out


def _turns(paths: list[str], chance: random.Random) -> Iterator[str]:
    while True:
        turn = list(paths)
        chance.shuffle(turn)
        yield from turn


def main() -> None:
    parser = argparse.ArgumentParser(description="How quickly the server answers.")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--users", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--keep", type=Path, help="make the store here; one that is there is used")
    parser.add_argument("--requests", type=int, default=10, help="of each address, one by one, first")
    parser.add_argument("--pause", type=float, default=0, help="seconds between two requests of a user")
    parser.add_argument("--only", help="a pattern of the addresses")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = args.keep or Path(folder, "store.duckdb")
        if not store.exists():
            make(store, args.articles)
        with open_store(store, read_only=True) as opened:
            known = values_of(opened)
            show("events", opened.connection.execute("SELECT count(*) FROM events").fetchall()[0][0])
        of_pages, paths = pages(), [*pages(), *operations()]
        if args.only:
            paths = [path for path in paths if re.search(args.only, path)]
        site = Site(store)
        try:
            show("start_seconds", site.start_seconds)
            began = time.perf_counter()
            while f'"searchable":{known.articles}' not in site.text("/api/v1/store")[0]:
                time.sleep(0.5)
            show("index_seconds", time.perf_counter() - began)
            site.rest()
            costs = {path: cost(site, path, known, args.requests) for path in paths} if args.requests else {}
            found = look(site, paths, known, args.users, args.seconds, args.pause)
            heads = ("requests", "p50 ms", "p95 ms", "cpu ms", "cpu p95")
            print(f"{'address':40} {' '.join(f'{head:>8}' for head in heads)} {'kB':>7}  faults")
            for path in paths:
                one = found[path]
                chance = random.Random(0)
                weight = ""
                if path in of_pages and not path.endswith(".ics"):
                    weight = f"{site.weight(address(path, known, chance)) / 1000:.0f}"
                faults = ", ".join(f"{s}: {n}" for s, n in sorted(one.faults.items()))
                cpu = costs.get(path) or [0.0]
                figures = (
                    len(one.millis),
                    percentile(one.millis, 0.5),
                    percentile(one.millis, 0.95),
                    statistics.mean(cpu),
                    percentile(cpu, 0.95),
                )
                print(f"{path:40} {' '.join(f'{f:8.0f}' for f in figures)} {weight:>7}  {faults}")
            every = [ms for path in of_pages for ms in found[path].millis]
            show("pages_p50_ms", percentile(every, 0.5))
            show("pages_p95_ms", percentile(every, 0.95))
            spent = [ms for path in of_pages for ms in costs.get(path, [])]
            show("pages_cpu_ms", statistics.mean(spent or [0.0]))
            show("pages_cpu_p95_ms", percentile(spent, 0.95))
        finally:
            site.end()


if __name__ == "__main__":
    main()
