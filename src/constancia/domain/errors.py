"""The one family of errors.

    ConstanciaError
    ├── InputRefused         (exit 2) something a person gave cannot be read or is not allowed
    │   ├── DateRefused      a date that cannot be read, or that cannot be true
    │   ├── FactRefused      a fact whose fields or dates do not hold
    │   ├── TableRefused     a spreadsheet that cannot be read
    │   ├── TextRefused      a document whose text cannot be had
    │   └── MappingRefused   a mapping that does not fit its file or the vocabulary
    ├── NotFound             (exit 3) it does not exist, or is not yours to see: the same answer
    ├── NotAllowed           (exit 4) the acting user may not do this
    ├── StoreRefused         (exit 5) wrong key, plaintext file, broken or foreign store
    ├── IntegrityBroken      (exit 6) a check found that what is stored does not hold together
    └── DeploymentRefused    (exit 7) settings or surroundings that are not safe to run with

An error carries a stable `code` and typed parameters; its words live in the catalogue
(`domain/catalogue`), in Spanish and English. Parameters never hold a name, a document number
or narrative: they hold places (row, column, field) and closed terms.
"""

from __future__ import annotations


class ConstanciaError(Exception):
    """Base of all errors that a person may be shown. `code` is stable; `params` fill the sentence."""

    exit_code = 1

    def __init__(self, code: str, **params: str | int) -> None:
        self.code = code
        self.params = params
        super().__init__(code)

    def __str__(self) -> str:
        return self.code


class InputRefused(ConstanciaError):
    """Something a person gave cannot be read or is not allowed."""

    exit_code = 2


class DateRefused(InputRefused):
    """A date that cannot be read, or that cannot be true."""


class FactRefused(InputRefused):
    """A fact whose fields or dates do not hold."""


class TableRefused(InputRefused):
    """A spreadsheet that cannot be read."""


class TextRefused(InputRefused):
    """A document whose text cannot be had."""


class MappingRefused(InputRefused):
    """A mapping that does not fit its file or the vocabulary."""


class NotFound(ConstanciaError):
    """It does not exist, or is not yours to see: the same answer."""

    exit_code = 3


class NotAllowed(ConstanciaError):
    """The acting user may not do this."""

    exit_code = 4


class StoreRefused(ConstanciaError):
    """Wrong key, plaintext file, broken or foreign store."""

    exit_code = 5


class IntegrityBroken(ConstanciaError):
    """A check found that what is stored does not hold together."""

    exit_code = 6


class DeploymentRefused(ConstanciaError):
    """Settings or surroundings that are not safe to run with."""

    exit_code = 7
