"""Requests for erasure and how far each is: for those who ask and approve."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.erasure.services.asking import erasure_of
from constancia.apps.erasure.together import one_person
from constancia.apps.ledger.models import Notice
from constancia.apps.register.models import Erased, Erasure, Person
from constancia.apps.register.policy import zone
from constancia.domain.vocabulary.terms import ErasureGround
from constancia.infra import clock

RETENTION = timedelta(days=35)
"""So long is a copy of the keyring kept, where the notices of backups do not say."""


class Stage(StrEnum):
    """How far a request is."""

    ASKED = "asked"
    REFUSED = "refused"
    EXPIRED = "expired"
    BEGUN = "begun"  # approved, and not ended: it was broken off, or is under way
    ERASED = "erased"  # gone from the live register; copies of the keys still expire
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Line:
    """One request. `what`: "person", "evidence" or "source", and which (`about`). `code`: of the case; "" of
    a source, whose facts may be of many. `together`: codes of cases that go with it, judged to be
    the same person, while it waits. `complete_on`: the day on which the last copy of the keys that this
    house keeps has expired; None before the end. `records`, `keys`, `files`: how many were emptied,
    destroyed, removed."""

    number: int
    what: str
    about: int
    code: str
    together: tuple[str, ...]
    ground: ErasureGround
    stage: Stage
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    own: bool
    answered_by: str
    answered_at: datetime | None
    erased_at: datetime | None
    ended_at: datetime | None
    complete_on: date | None
    people: int
    records: int
    keys: int
    files: int


def listed(user: User) -> tuple[Line, ...]:
    """Every request, the latest first. Raises NotAllowed."""
    allow(user, Permission.ERASE_ASK)
    rows = Erasure.objects.select_related("person", "asked_by", "answer__answered_by", "end").order_by("-pk")
    return tuple(_line(user, row) for row in rows)


def status(user: User, number: int) -> Line:
    """One request. Raises NotAllowed, NotFound (`erasure.not_found`)."""
    allow(user, Permission.ERASE_ASK)
    return _line(user, erasure_of(number))


def _line(user: User, row: Erasure) -> Line:
    answer, end = getattr(row, "answer", None), getattr(row, "end", None)
    erased = list(Erased.objects.filter(answer=answer)) if answer is not None else []
    redacted = getattr(answer, "redacted", None)
    person = row.evidence.fact.person if row.evidence is not None else row.person
    named = {"person": row.person, "evidence": row.evidence, "source": row.source}
    what, one = next((name, found) for name, found in named.items() if found is not None)
    complete_on = copies_until(end.at) if end is not None else None
    return Line(
        number=row.pk,
        what=what,
        about=one.pk,
        code=person.code if person is not None else "",
        together=_together(row) if answer is None else (),
        ground=ErasureGround(row.ground),
        stage=_stage(row, complete_on),
        asked_by=str(row.asked_by),
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        own=row.asked_by_id == user.pk,
        answered_by=str(answer.answered_by) if answer is not None else "",
        answered_at=answer.answered_at if answer is not None else None,
        erased_at=erased[0].at if erased else redacted.at if redacted else None,
        ended_at=end.at if end is not None else None,
        complete_on=complete_on,
        people=len(erased),
        records=sum(one.records for one in erased),
        keys=end.keys if end is not None else 0,
        files=end.files if end is not None else 0,
    )


def _together(row: Erasure) -> tuple[str, ...]:
    if row.person_id is None:
        return ()
    others = one_person(row.person_id) - {row.person_id}
    return tuple(Person.objects.filter(pk__in=others).order_by("pk").values_list("code", flat=True))


def _stage(row: Erasure, complete_on: date | None) -> Stage:
    answer, now = getattr(row, "answer", None), clock.now()
    if answer is None:
        return Stage.ASKED if now < row.expires_at else Stage.EXPIRED
    if not answer.approved:
        return Stage.REFUSED
    if complete_on is None:
        return Stage.BEGUN
    return Stage.COMPLETE if now.astimezone(zone()).date() > complete_on else Stage.ERASED


def copies_until(ended: datetime) -> date:
    """The last day on which a copy of the keyring that holds the destroyed keys may still be kept.

    Copies made since do not hold them. Backups that were made before say in the log until when theirs is
    kept; where none says it, the house keeps them for `RETENTION`.
    """
    until = []
    for text in Notice.objects.filter(kind="backup", recorded_at__lte=ended).values_list("text", flat=True):
        said = json.loads(text).get("keyring_until")
        if isinstance(said, str):
            until.append(date.fromisoformat(said[:10]))
    return max(until, default=(ended + RETENTION).astimezone(zone()).date())
