"""What was said in public, as known at T."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.claims.models import Statement
from constancia.apps.claims.progressing import moment_of
from constancia.apps.claims.versions import all_versions, latest, number_of, statement_of


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One statement. `document`: the number of the document that it stands in, with its title."""

    number: int
    said_on: date
    hour: str
    speaker: str
    mark: str
    words: str
    address: str
    document: int | None
    document_title: str
    withdrawn: bool
    known_at: datetime
    recorded_by: str


def statements(
    user: User,
    first: date | None = None,
    last: date | None = None,
    known_at: date | datetime | None = None,
) -> list[StatementLine]:
    """The statements of the days `first` to `last` (any) that stand as known at T (now), by day and hour."""
    allow(user, Permission.CLAIMS_READ)
    found = latest(Statement, moment_of(known_at).known_at)
    lines = [
        line_of(number, row)
        for number, row in found.items()
        if not row.withdrawn
        and (first is None or first <= row.said_on)
        and (last is None or row.said_on <= last)
    ]
    return sorted(lines, key=lambda line: (line.said_on, line.hour, line.number))


def statement(user: User, number: int) -> StatementLine:
    """One of them as it stands now, also if it is withdrawn. Raises NotAllowed, NotFound."""
    allow(user, Permission.CLAIMS_READ)
    return line_of(number, statement_of(number))


def statement_versions(user: User) -> dict[int, list[StatementLine]]:
    """Every version of every statement by its number, the oldest first, those withdrawn too."""
    allow(user, Permission.CLAIMS_READ)
    found: dict[int, list[StatementLine]] = {}
    for row in all_versions(Statement):
        number = number_of(row)
        found.setdefault(number, []).append(line_of(number, row))
    return found


def line_of(number: int, row: Statement) -> StatementLine:
    """The row for reading."""
    return StatementLine(
        number=number,
        said_on=row.said_on,
        hour=row.hour,
        speaker=row.speaker,
        mark=row.mark,
        words=row.words,
        address=row.address,
        document=row.document_id,
        document_title=row.document.title if row.document else "",
        withdrawn=row.withdrawn,
        known_at=row.known_at,
        recorded_by=str(row.recorded_by),
    )
