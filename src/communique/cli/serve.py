"""``communique serve``: the pages and the API of a store, on this machine."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fastapi import FastAPI

    from communique.web.settings import Settings

__all__ = ["command"]

_PORT = 8765
_TOKEN = 16  # characters of a token at least
_EPILOG = """\b
Examples:
  communique serve
  communique serve news.duckdb --port 8080 --no-open
  communique serve news.duckdb --edit --editor "Ada Holm"
  communique serve news.duckdb --host 0.0.0.0

\b
The store is read only, and let go of when nobody asks, so that communique ingest
can write into it meanwhile. Ctrl-C ends the server."""


@click.command(name="serve", epilog=_EPILOG)
@click.argument(
    "place",
    metavar="[STORE]",
    default="communique.duckdb",
    envvar="COMMUNIQUE_STORE",
    type=click.Path(dir_okay=False),
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; another than this machine's own needs a token.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), help=f"Port.  [default: {_PORT}, or a free one if it is taken]"
)
@click.option(
    "--token",
    envvar="COMMUNIQUE_TOKEN",
    show_envvar=True,
    help="What a request must bring along.  [default: none on this machine, else one that is made]",
)
@click.option("--edit", is_flag=True, help="Let readers correct what was read.")
@click.option("--editor", metavar="NAME", help="Who corrects.  [default: the account's name]")
@click.option("--open/--no-open", "show", default=None, help="Open a browser.  [default: if there is one]")
def command(
    place: str,
    host: str,
    port: int | None,
    token: str | None,
    edit: bool,
    editor: str | None,
    show: bool | None,
) -> int:
    """Look at a store in a browser, and ask it through an API.

    STORE is a file that communique ingest made; communique.duckdb in this folder, if not given.
    """
    from communique.cli.visible import visible

    _check(place)
    listener, at = _listener(host, port)
    if port is None and at != _PORT:
        click.echo(f"Port {_PORT} is taken; using {at}.", err=True)
    with listener:
        from pathlib import Path

        from communique.web.settings import Settings

        settings = Settings(
            Path(place).absolute(), edit=edit, host=host, port=at, token=_token(host, token), editor=editor
        )
        address = _address(settings)
        click.echo(f"{visible(place)}: {address}")
        click.echo("Ctrl-C ends the server.", err=True)
        return _serve(settings, listener, address if _may_show(show) else None)


def _check(place: str) -> None:
    """Refuse a store that cannot be served, before anything is begun."""
    from communique.errors import StoreMissing
    from communique.store import open_store

    try:
        open_store(place, create=False, read_only=True).close()
    except StoreMissing as missing:
        raise StoreMissing(f"{missing}; make one with communique ingest, or name another") from None


def _token(host: str, given: str | None) -> str | None:
    """The token that is asked for; one is made where other machines can ask and none was given."""
    import secrets

    from communique.web.settings import is_loopback

    if given is not None:
        if len(given) < _TOKEN or not given.isascii() or not given.isprintable() or " " in given:
            raise click.BadParameter(
                f"has {_TOKEN} or more letters, digits or signs, without blanks", param_hint="--token"
            )
        return given
    return None if is_loopback(host) else secrets.token_urlsafe(24)


def _listener(host: str, port: int | None) -> tuple[socket.socket, int]:
    """A socket that listens, and its port."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]"), port or 0, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise click.BadParameter(
            f"there is no address {host!r} on this machine; 127.0.0.1 is its own", param_hint="--host"
        ) from None
    for number in (_PORT, 0) if port is None else (port,):
        listener = socket.socket(family, kind, protocol)
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((address[0], number, *address[2:]))
            # Two servers that bind at once are told apart only by who listens first.
            listener.listen(128)
        except OSError as error:
            listener.close()
            if port is None and number:
                continue
            raise click.ClickException(_refused(host, number, error)) from None
        return listener, int(listener.getsockname()[1])
    raise AssertionError("a free port is found or refused")


def _refused(host: str, port: int, error: OSError) -> str:
    import errno

    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken by another program; choose another --port, or none"
    if error.errno == errno.EACCES:
        return f"port {port} may not be used by this account; choose a --port above 1023"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine; 127.0.0.1 is its own, 0.0.0.0 stands for all"
    return f"{host} port {port} cannot be listened on: {error.strerror or error}"


def _address(settings: Settings) -> str:
    """The address to open in a browser on this machine."""
    host = settings.host.strip("[]")
    host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{settings.port}/" + (f"?token={settings.token}" if settings.token else "")


def _may_show(wanted: bool | None) -> bool:
    """Whether to open a browser: as told, else where somebody sits and a window can be opened."""
    if wanted is not None:
        return wanted
    windows = sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    return windows and sys.stdout.isatty()


def _serve(settings: Settings, listener: socket.socket, address: str | None) -> int:
    import uvicorn

    from communique.web import create_app

    app: FastAPI = create_app(settings)

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: object) -> None:
            # Streams have no end of their own.
            app.state.streams.ending.set()
            super().handle_exit(sig, frame)  # type: ignore[arg-type]

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if address is not None:
                _show(address)

    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=3,
        limit_concurrency=200,
    )
    Server(config).run(sockets=[listener])
    return 0


def _show(address: str) -> None:
    import threading
    import webbrowser

    # Some browsers keep whoever opens them waiting.
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
