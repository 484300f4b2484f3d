"""``communique doctor``: is the installation whole, and if not, what is to be done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import click

__all__ = ["CHECKS", "command"]

_AGAIN = "Install communique again: pip install --force-reinstall communique"
_SENTENCE = (
    "The foreign minister of Japan met his counterpart from South Korea in Seoul on Monday, "
    "and said that both governments would resume talks."
)


class Unsound(Exception):
    """A check failed: what is wrong, and what to do."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(wrong)
        self.remedy = remedy


def check_python() -> str:
    """The version of Python is one that is supported."""
    found = sys.version_info
    version = f"{found.major}.{found.minor}.{found.micro}"
    if not (3, 11) <= tuple(found[:2]) <= (3, 13):
        raise Unsound(
            f"Python {version}", "Install Python 3.11, 3.12 or 3.13 and make a new environment with it"
        )
    return f"Python {version}"


def check_runtime() -> str:
    """onnxruntime, which runs the network, can be loaded."""
    try:
        import onnxruntime
    except Exception as error:
        raise Unsound(
            f"onnxruntime cannot be loaded: {error}",
            "Install it again: pip install --force-reinstall onnxruntime",
        ) from None
    return f"onnxruntime {onnxruntime.__version__}"


def check_weights() -> str:
    """The weights are there, and are those that were published."""
    from communique.errors import InstallationError
    from communique.language.network import Network

    try:
        network = Network()
        damaged = network.damaged()
    except InstallationError as error:
        raise Unsound(str(error), _AGAIN) from None
    if damaged:
        raise Unsound(f"not as published: {', '.join(damaged)}", _AGAIN)
    return f"{network.name}, SHA-256 right"


def check_tables() -> str:
    """Every table of the package can be read."""
    found = list(_tables(files("communique")))
    if not found:
        raise Unsound("no table is there", _AGAIN)
    for table in found:
        try:
            empty = not _load(table)
        except Exception as error:
            raise Unsound(f"{table.name} cannot be read: {' '.join(str(error).split())}", _AGAIN) from None
        if empty:
            raise Unsound(f"{table.name} is empty", _AGAIN)
    return f"{len(found)} tables"


def check_reading() -> str:
    """A sentence can be read."""
    from communique import read

    try:
        reading = read(_SENTENCE, published="2024-02-15")
    except Exception as error:
        raise Unsound(f"the reading failed: {type(error).__name__}: {error}", _AGAIN) from None
    if not reading.sentences or not reading.entities:
        raise Unsound("nothing was found in a plain sentence", _AGAIN)
    entities, events, claims = len(reading.entities), len(reading.events), len(reading.claims)
    return f"{entities} entities, {events} events, {claims} claims in the trial sentence"


CHECKS: dict[str, Callable[[], str]] = {
    "Python": check_python,
    "Runtime": check_runtime,
    "Weights": check_weights,
    "Tables": check_tables,
    "Reading": check_reading,
}


@click.command(name="doctor")
def command() -> int:
    """Check that the installation is whole.

    Exit status 0 if all is well, 1 if not; what to do stands under the table.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("check", "", "found", title="communique doctor", title_justify="left")
    remedies: list[str] = []
    for name, check in CHECKS.items():
        try:
            found, sound = check(), True
        except Unsound as fault:
            found, sound = str(fault), False
            remedies.append(f"{name}: {fault.remedy}.")
        mark = Text("ok", "green") if sound else Text("FAULT", "bold red")
        table.add_row(name, mark, Text(found))
    console = Console(highlight=False)
    console.print(table)
    for remedy in dict.fromkeys(remedies):
        console.print(Text(remedy))
    return 1 if remedies else 0


def _tables(folder: Traversable) -> Iterator[Traversable]:
    for item in sorted(folder.iterdir(), key=lambda i: i.name):
        if item.is_dir():
            yield from _tables(item)
        elif item.name.endswith((".yaml", ".csv", ".json")):
            yield item


def _load(table: Traversable) -> Any:
    text = table.read_text(encoding="utf-8")
    if table.name.endswith(".yaml"):
        import yaml

        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return yaml.load(text, Loader=loader)
    if table.name.endswith(".json"):
        import json

        return json.loads(text)
    import csv

    return [row for row in csv.reader(text.splitlines()) if row and not row[0].startswith("#")]
