"""One row of a list, or one person of the register, as it is compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Value = str | int | tuple[str, ...]
Days = tuple[int | None, int | None]
"""Between which days, as ordinals; None: open on that side."""


@dataclass(frozen=True, slots=True)
class Record:
    """`row`: the row in its file, or the person's number. `values`: column → what is compared (see
    `preparing`), columns without a value left out. `written`: field → as written, for a clerk's eyes.
    `truth`: who it is, where the list says so. `entered`, `left`: when the detention began and ended, as far
    as the list says (None: it does not say). `custody`: as the list says, "" where it does not.
    """

    row: int
    id: str
    values: Mapping[str, Value]
    written: Mapping[str, str]
    truth: str = ""
    entered: Days | None = None
    left: Days | None = None
    custody: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """A list ready to be compared. `fields`: what its mapping reads, by key, with the kind of each.

    `says`: which of `day`, `released` and `custody` the list has a column for.
    """

    title: str
    records: Sequence[Record]
    fields: Mapping[str, str]
    duplicate_free: bool
    says: frozenset[str] = frozenset()
    unread: Mapping[str, int] = field(default_factory=dict)
    """Error code → cells left out of the comparison for it."""
