"""A small web on 127.0.0.1, and a visitor whose clock the test turns."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from communique.intake.web import Visitor


@dataclass
class Site:
    """Pages by path: (status, headers, body), or a function of the request's headers that gives them;
    ``asked`` keeps every request as (path, headers)."""

    base: str = ""
    pages: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.base.rpartition(":")[2])

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def put(self, path, body=b"", status=200, **headers):
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, {k.replace("_", "-"): v for k, v in headers.items()}, data)
        return self.base + path


class Clock:
    """Seconds that pass only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def site():
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            made.asked.append((self.path, dict(self.headers)))
            page = made.pages.get(self.path, (404, {}, b"not here"))
            status, headers, body = page(dict(self.headers)) if callable(page) else page
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def visitor(clock):
    return Visitor(allow_private=True, delay=1.0, clock=clock, sleep=clock.sleep)
