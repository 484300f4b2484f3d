"""Every error a user can meet.

CommuniqueError
├── InputError            the input cannot be read: what, where, what to do
│   ├── EmptyInput        nothing in it
│   ├── NotText           binary, or text in no encoding we know
│   ├── NotEnglish        written in a language that is not read
│   ├── NoArticle         a page without an article on it
│   ├── BadRow            a row of a JSONL file that is no article
│   ├── BadDate           a date that is none
│   ├── NotFetched        an address that gave no page
│   │   └── AddressRefused   one that is not asked: private, or its robots.txt forbids
│   └── BadCodebook       a codebook, or a trained one, that cannot be used
├── StoreError            a store cannot be opened, read or written
│   ├── StoreMissing      no such file
│   ├── NotAStore         the file is something else
│   ├── StoreNewer        made by a newer version
│   ├── StoreInUse        another program has it open
│   └── DiskFull          no room left to write
├── BadQuestion           a question to a store that cannot be asked
├── BadCorrection         a correction that cannot be made
├── MissingExtra          an optional package is not installed
└── InstallationError     the package itself is damaged (weights or tables missing)
"""

from __future__ import annotations

__all__ = [
    "AddressRefused",
    "BadCodebook",
    "BadCorrection",
    "BadDate",
    "BadQuestion",
    "BadRow",
    "CommuniqueError",
    "DiskFull",
    "EmptyInput",
    "InputError",
    "InstallationError",
    "MissingExtra",
    "NoArticle",
    "NotAStore",
    "NotEnglish",
    "NotFetched",
    "NotText",
    "StoreError",
    "StoreInUse",
    "StoreMissing",
    "StoreNewer",
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


class NotFetched(InputError):
    """An address that gave no page.

    Args:
        message: as ``InputError``.
        where: the address.
        status: what the server answered, or None if it did not.
        retry_after: seconds to wait before it is asked again, or None if nothing was said.
    """

    def __init__(
        self,
        message: str,
        where: str | None = None,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, where)
        self.status = status
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:  # type: ignore[override]
        return type(self), (self.message, self.where, self.status, self.retry_after)


class AddressRefused(NotFetched):
    """An address that is not asked: it is private, or the site's robots.txt forbids it."""


class BadCodebook(InputError):
    """A codebook, or a trained one, that cannot be used."""


class StoreError(CommuniqueError):
    """A store cannot be opened, read or written; the message names it and says what to do."""


class StoreMissing(StoreError):
    """There is no such file."""


class NotAStore(StoreError):
    """The file is something else."""


class StoreNewer(StoreError):
    """A newer version made the store."""


class StoreInUse(StoreError):
    """Another program has the store open.

    Attributes:
        here: it is this very program that has it open, in another way.
    """

    def __init__(self, message: str, here: bool = False) -> None:
        super().__init__(message)
        self.here = here


class DiskFull(StoreError):
    """No room is left to write; what was written before is whole."""


class BadQuestion(CommuniqueError):
    """A question to a store that cannot be asked: a filter of no sense, SQL that is none."""


class BadCorrection(CommuniqueError):
    """A correction that cannot be made: it is of nothing that is there, or to a value that there is not."""


class MissingExtra(CommuniqueError):
    """An optional package is not installed; the message names the line that installs it."""


class InstallationError(CommuniqueError):
    """The package itself is damaged: weights or tables are missing or altered."""
