"""Where a command's output goes: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import BinaryIO

__all__ = ["Output", "ReaderGone", "opened"]


class ReaderGone(Exception):
    """Whoever read our standard output went away, as ``head`` does when it has enough."""


class Output:
    """A place to write text to.

    A regular file is written beside its place under another name and takes its place on ``keep``;
    without ``keep``, or after an error, what stood there before is untouched.

    Args:
        path: file to write; None or '-' is standard output.

    Raises:
        OSError: if the file cannot be written.
    """

    def __init__(self, path: str | None) -> None:
        self.is_stdout = path is None or path == "-"
        self._final: str | None = None
        self._temporary: str | None = None
        self._keep = False
        self._stream: BinaryIO
        if path is None or path == "-":
            self._stream = sys.stdout.buffer
            return
        self._final = os.path.realpath(path)
        if os.path.exists(self._final) and not os.path.isfile(self._final):
            # A device or a named pipe is written to, not replaced.
            self._stream = open(self._final, "wb")  # noqa: SIM115 - closed in __exit__
            return
        folder, name = os.path.split(self._final)
        self._temporary = os.path.join(folder, f".{name}.{os.getpid()}.part")
        self._stream = open(self._temporary, "wb")  # noqa: SIM115

    def write(self, text: str, encoding: str = "utf-8") -> None:
        """Write text. What the encoding lacks is written as its escape, which JSON reads back."""
        try:
            self._stream.write(text.encode(encoding, "backslashreplace"))
        except BrokenPipeError:
            raise ReaderGone from None

    def flush(self) -> None:
        """Hand on what is buffered."""
        try:
            self._stream.flush()
        except BrokenPipeError:
            raise ReaderGone from None

    def keep(self) -> None:
        """The output is complete: let the file take its place."""
        self._keep = True

    def __enter__(self) -> Output:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._final is None:
            if error is None:
                self.flush()
            return
        self._stream.close()
        if self._temporary is None:
            return
        if error is None and self._keep:
            if os.path.exists(self._final):
                os.chmod(self._temporary, os.stat(self._final).st_mode & 0o7777)
            os.replace(self._temporary, self._final)
        else:
            os.unlink(self._temporary)


def opened(path: str | None, option: str) -> Output:
    """The place that an option names.

    Raises:
        click.BadParameter: if it cannot be written.
    """
    import click

    try:
        return Output(path)
    except OSError as error:
        wrong = f"{path} cannot be written: {error.strerror}"
        raise click.BadParameter(wrong, param_hint=option) from None
