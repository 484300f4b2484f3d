"""Every error a user can meet.

CommuniqueError
├── InputError            the input cannot be read: what, where, what to do
│   ├── EmptyInput        nothing in it
│   ├── NotText           binary, or text in no encoding we know
│   ├── NotEnglish        written in a language that is not read
│   ├── NoArticle         a page without an article on it
│   ├── BadRow            a row of a JSONL file that is no article
│   ├── BadDate           a date that is none
│   └── BadCodebook       a codebook, or a trained one, that cannot be used
├── MissingExtra          an optional package is not installed
└── InstallationError     the package itself is damaged (weights or tables missing)
"""

from __future__ import annotations

__all__ = [
    "BadCodebook",
    "BadDate",
    "BadRow",
    "CommuniqueError",
    "EmptyInput",
    "InputError",
    "InstallationError",
    "MissingExtra",
    "NoArticle",
    "NotEnglish",
    "NotText",
]


class CommuniqueError(Exception):
    """Base of all errors that are meant for the user; the message is one sentence."""


class InputError(CommuniqueError):
    """The input cannot be read.

    Args:
        message: what is wrong and what to do, one sentence without the place.
        where: file, or file and line, or None for text passed in a call.
    """

    def __init__(self, message: str, where: str | None = None) -> None:
        self.where = where
        self.message = message
        super().__init__(f"{where}: {message}" if where else message)

    def __reduce__(self) -> tuple[type, tuple[str, str | None]]:
        return type(self), (self.message, self.where)


class EmptyInput(InputError):
    """Nothing in it."""


class NotText(InputError):
    """Binary data, or text in no encoding we know."""


class NotEnglish(InputError):
    """Written in a language that is not read."""


class NoArticle(InputError):
    """A page on which no article was found."""


class BadRow(InputError):
    """A row of a JSONL file that is no article."""


class BadDate(InputError):
    """A date that is none."""


class BadCodebook(InputError):
    """A codebook, or a trained one, that cannot be used."""


class MissingExtra(CommuniqueError):
    """An optional package is not installed; the message names the line that installs it."""


class InstallationError(CommuniqueError):
    """The package itself is damaged: weights or tables are missing or altered."""
