"""Requests for a second person, for those who ask and who may answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.approvals import sealing
from constancia.apps.approvals.models import Request
from constancia.apps.approvals.rules import RULES
from constancia.apps.approvals.second_person import independent, may_answer
from constancia.apps.approvals.services import visible
from constancia.domain.vocabulary.approvals import ApprovalKind, ApprovalStage
from constancia.infra import clock

LATEST = 200
"""Requests that a list goes back."""


@dataclass(frozen=True, slots=True)
class Line:
    """One request as its reader may see it. `own`: the reader asked. `answerable`: the reader may answer now;
    `close`: could, had the asker not lately made, changed or let anybody into the reader's account. `alone`:
    the asker went on because nobody else could answer. `usable_until`: of an approval that is not used.
    `page`: the address by name that carries it out; "" for a command."""

    number: int
    kind: ApprovalKind
    stage: ApprovalStage
    terms: Mapping[str, Any]
    reason: str
    people: int | None
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    answered_by: str
    answered_at: datetime | None
    usable_until: datetime | None
    used_at: datetime | None
    alone: bool
    own: bool
    answerable: bool
    close: bool
    page: str


def listed(user: User) -> tuple[Line, ...]:
    """The latest requests that `user` asked for or whose like they may answer. Raises NotAllowed."""
    allow(user, Permission.SECOND_PERSON)
    rows = list(_rows().order_by("-pk")[:LATEST])
    told = sealing.said_by(rows)
    seen = [
        row
        for row in rows
        if row.asked_by_id == user.pk or may_answer(user, ApprovalKind(row.kind), told[row.pk].terms)
    ]
    return tuple(_line(user, row, told[row.pk]) for row in seen)


def waiting(user: User) -> int:
    """How many requests wait for an answer that `user` may give."""
    now = clock.now()
    rows = list(_rows().filter(answer__isnull=True, expires_at__gt=now).exclude(asked_by=user)[:LATEST])
    told = sealing.said_by(rows)
    return sum(
        may_answer(user, ApprovalKind(row.kind), told[row.pk].terms) and independent(row.asked_by, user, now)
        for row in rows
    )


def shown(user: User, number: int) -> Line:
    """One request. Raises NotAllowed, NotFound (`approval.not_found`)."""
    allow(user, Permission.SECOND_PERSON)
    row = visible(user, number)
    return _line(user, row, sealing.said(row))


def _rows() -> Any:
    return Request.objects.select_related("asked_by", "answer__answered_by", "use")


def _line(user: User, row: Request, said: sealing.Said) -> Line:
    answer, use, now = getattr(row, "answer", None), getattr(row, "use", None), clock.now()
    kind, own = ApprovalKind(row.kind), row.asked_by_id == user.pk
    stage = _stage(row, answer, use, now)
    apart = own or independent(row.asked_by, user, now)
    open_to_others = stage is ApprovalStage.WAITING and not own
    return Line(
        number=int(row.pk),
        kind=kind,
        stage=stage,
        terms=said.terms,
        reason=said.reason,
        people=row.people,
        asked_by=str(row.asked_by),
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        answered_by=str(answer.answered_by) if answer is not None else "",
        answered_at=answer.answered_at if answer is not None else None,
        usable_until=answer.expires_at if answer is not None and answer.approved else None,
        used_at=use.used_at if use is not None else None,
        alone=answer is not None and answer.alone,
        own=own,
        answerable=open_to_others and apart,
        close=open_to_others and not apart,
        page=RULES[kind].page,
    )


def _stage(row: Request, answer: Any, use: Any, now: datetime) -> ApprovalStage:
    if use is not None:
        return ApprovalStage.USED
    if answer is None:
        return ApprovalStage.WAITING if now < row.expires_at else ApprovalStage.EXPIRED
    if not answer.approved:
        return ApprovalStage.REFUSED
    live = now < answer.expires_at and answer.answered_by.is_active
    return ApprovalStage.APPROVED if live else ApprovalStage.EXPIRED
