"""What was said in public on a day, for the charts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.claims.access import document_of
from constancia.apps.claims.models import Statement
from constancia.apps.claims.recording import not_ahead, recording
from constancia.apps.claims.versions import number_of, statement_of
from constancia.domain.errors import InputRefused
from constancia.domain.names import written

SPEAKER, MARK, WORDS, ADDRESS = 200, 120, 1000, 2000
_HOUR = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class StatementGiven:
    """A statement as a person enters it. `hour` "20:00" or ""; `mark`: the few words at the mark."""

    said_on: date
    speaker: str
    mark: str
    hour: str = ""
    words: str = ""
    address: str = ""
    document: int | None = None


def add_statement(actor: User, given: StatementGiven, *, at: datetime | None = None) -> int:
    """Keeps a statement; returns its number.

    Raises NotAllowed; NotFound (`claims.document_not_found`); InputRefused `statement.speaker`,
    `statement.mark`, `statement.hour`, `statement.ahead`, `claims.address`, and what `names.written` raises.
    """
    allow(actor, Permission.CLAIMS_WORK)
    with recording(at) as known_at:
        row = _row(given, actor, known_at)
        row.save()
    return int(row.pk)


def correct_statement(actor: User, number: int, given: StatementGiven, *, at: datetime | None = None) -> None:
    """From now on the statement reads so; one that was withdrawn stands again.

    Raises as `add_statement`, and NotFound (`statement.not_found`).
    """
    allow(actor, Permission.CLAIMS_WORK)
    with recording(at) as known_at:
        old = statement_of(number)
        row = _row(given, actor, known_at)
        row.first_id = number_of(old)
        row.save()


def withdraw_statement(actor: User, number: int, *, at: datetime | None = None) -> None:
    """It was entered in error. Raises NotAllowed, NotFound; InputRefused `statement.withdrawn`."""
    allow(actor, Permission.CLAIMS_WORK)
    with recording(at) as known_at:
        old = statement_of(number)
        if old.withdrawn:
            raise InputRefused("statement.withdrawn")
        copied = {
            one.attname: getattr(old, one.attname)
            for one in Statement._meta.concrete_fields
            if not one.primary_key
        }
        changed = {
            "first_id": number_of(old),
            "withdrawn": True,
            "known_at": known_at,
            "recorded_by_id": actor.pk,
        }
        Statement(**{**copied, **changed}).save()


def _row(given: StatementGiven, actor: User, known_at: datetime) -> Statement:
    speaker, mark = written(given.speaker, limit=SPEAKER), written(given.mark, limit=MARK)
    if not speaker:
        raise InputRefused("statement.speaker")
    if not mark:
        raise InputRefused("statement.mark")
    if given.hour and not _HOUR.fullmatch(given.hour):
        raise InputRefused("statement.hour")
    not_ahead("statement.ahead", given.said_on, known_at)
    address = written(given.address, limit=ADDRESS)
    if address and not address.startswith(("https://", "http://")):
        raise InputRefused("claims.address")
    return Statement(
        said_on=given.said_on,
        hour=given.hour,
        speaker=speaker,
        mark=mark,
        words=written(given.words, limit=WORDS),
        address=address,
        document=document_of(given.document) if given.document is not None else None,
        known_at=known_at,
        recorded_by=actor,
    )
