"""Two people: one asks, another who may answers, and what was approved is done once. The only writer.

Where nobody else could answer (`second_person.alone`), whoever asks goes on alone, and that is noted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.approvals import sealing
from constancia.apps.approvals.models import Answer, Request, Use
from constancia.apps.approvals.rules import RULES, USABLE
from constancia.apps.approvals.second_person import alone, independent, may_answer, waits
from constancia.domain import watermark
from constancia.domain.errors import InputRefused, NotAllowed, NotFound
from constancia.domain.vocabulary.approvals import ApprovalKind
from constancia.domain.vocabulary.deeds import Deed, Outcome
from constancia.infra import clock, trail
from constancia.infra.writer import writing

ABOUT = "approval"
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Spent:
    """A request that is being used: what the files that it lets out say of it. `alone`: nobody else could
    approve, and `approved_by` is the asker."""

    number: int
    asked_by: str
    approved_by: str
    alone: bool
    used_at: datetime
    terms: Mapping[str, Any]
    mark: bytes

    def reference(self, number: int) -> str:
        """The word for row `number` of what leaves (`domain.watermark`)."""
        return watermark.reference(self.mark, number)


def ask(
    actor: User, kind: ApprovalKind, terms: Mapping[str, Any], reason: str = "", people: int | None = None
) -> int:
    """Asks a second person for `terms`; the number of the request. Where nobody else could answer, it counts
    as approved from here, and that is noted.

    Raises NotAllowed; InputRefused `approval.reason` (missing or too long), `approval.open` (the same waits
    or is approved already).
    """
    allow(actor, RULES[kind].asks)
    reason = " ".join(reason.split())
    if (RULES[kind].counted and not reason) or len(reason) > LONGEST_REASON or not reason.isprintable():
        raise InputRefused("approval.reason", maximum=LONGEST_REASON)
    now = clock.now()
    with writing():
        before = _open(actor, kind, terms, now)
        if before is not None:
            raise InputRefused("approval.open", number=before.pk)
        made = _asked(actor, kind, terms, reason, people, now)
        if alone(actor, kind, terms, now):
            _answered(made, actor, now, approve=True, by_oneself=True)
    return int(made.pk)


def answer(actor: User, number: int, *, approve: bool) -> None:
    """Approves or refuses a request of somebody else's; whoever asked may take theirs back, and nothing else.

    Raises NotFound (`approval.not_found`), NotAllowed (`approval.second_person`, `approval.too_close`),
    InputRefused (`approval.answered`, `approval.expired`).
    """
    allow(actor, Permission.SECOND_PERSON)
    with writing():
        row, now = visible(actor, number), clock.now()
        own = row.asked_by_id == actor.pk
        if own and approve:
            _refuse(actor, row, "approval.second_person")
        if approve and not own and not independent(row.asked_by, actor, now):
            _refuse(actor, row, "approval.too_close")
        if hasattr(row, "answer"):
            raise InputRefused("approval.answered", number=number)
        if now >= row.expires_at:
            raise InputRefused("approval.expired", number=number)
        _answered(row, actor, now, approve=approve)


def ready(
    actor: User, kind: ApprovalKind, terms: Mapping[str, Any], reason: str = "", people: int | None = None
) -> None:
    """Whether `spend` would do. If not, it is asked for here and now.

    Raises NotAllowed `approval.asked`, `approval.waiting` (with the number), what `ask` raises. Not within a
    transaction that the refusal would undo.
    """
    now = clock.now()
    found = _open(actor, kind, terms, now)
    if found is not None and hasattr(found, "answer"):
        return
    if found is not None:
        raise NotAllowed("approval.waiting", number=found.pk)
    if alone(actor, kind, terms, now) and not RULES[kind].counted:
        return
    number = ask(actor, kind, terms, reason, people)
    if not hasattr(Request.objects.get(pk=number), "answer"):
        raise NotAllowed("approval.asked", number=number)


def spend(actor: User, kind: ApprovalKind, terms: Mapping[str, Any], people: int | None = None) -> Spent:
    """Uses the approval for exactly `terms` up. Raises NotAllowed `approval.needed`, InputRefused
    `approval.grown` where it is by now about many more people than were told."""
    with writing():
        now = clock.now()
        found = _open(actor, kind, terms, now)
        if found is None and alone(actor, kind, terms, now) and not RULES[kind].counted:
            found = _asked(actor, kind, terms, "", people, now)
            _answered(found, actor, now, approve=True, by_oneself=True)
        return _used(actor, found, now, people)


def spend_number(actor: User, number: int, kind: ApprovalKind, people: int) -> Spent:
    """The same by the number of one's own request. Raises also as `own_terms`."""
    with writing():
        found = _own(actor, number, kind)
        allow(actor, RULES[kind].asks)
        now = clock.now()
        return _used(actor, found if _usable(found, now) else None, now, people)


def own_terms(actor: User, number: int, kind: ApprovalKind) -> Mapping[str, Any]:
    """What the actor asked for under this number. Raises NotFound (`approval.not_found`), NotAllowed
    `approval.other`: somebody else asked for it, or it is of another kind."""
    return sealing.said(_own(actor, number, kind)).terms


def visible(user: User, number: int) -> Request:
    """A request that is one's own, or that one's role may answer. Raises NotFound (`approval.not_found`)."""
    rows = Request.objects.select_related("asked_by", "answer__answered_by", "use")
    row = rows.filter(pk=number).first() if 0 < number < 2**63 else None
    if row is None or not sees(user, row):
        raise NotFound("approval.not_found")
    return row


def sees(user: User, row: Request) -> bool:
    return row.asked_by_id == user.pk or may_answer(user, ApprovalKind(row.kind), sealing.said(row).terms)


def bound(people: int) -> int:
    """How many people may leave where the asker was told of so many: the register grows while one waits."""
    return people + max(5, people // 10)


def _own(actor: User, number: int, kind: ApprovalKind) -> Request:
    row = visible(actor, number)
    if row.asked_by_id != actor.pk or row.kind != kind.value:
        raise NotAllowed("approval.other")
    return row


def _open(actor: User, kind: ApprovalKind, terms: Mapping[str, Any], now: datetime) -> Request | None:
    """The actor's request for this that waits, or is approved and not used."""
    rows = Request.objects.filter(
        asked_by=actor, kind=kind.value, digest=sealing.digest(kind, terms), use__isnull=True
    ).select_related("answer__answered_by")
    for row in rows.order_by("-pk"):
        if _usable(row, now) or (not hasattr(row, "answer") and now < row.expires_at):
            found: Request = row
            return found
    return None


def _usable(row: Request, now: datetime) -> bool:
    if not hasattr(row, "answer") or hasattr(row, "use"):
        return False
    answer = row.answer
    # Whoever was shut out since may have been shut out for what they approved.
    return bool(answer.approved and now < answer.expires_at and answer.answered_by.is_active)


def _asked(
    actor: User,
    kind: ApprovalKind,
    terms: Mapping[str, Any],
    reason: str,
    people: int | None,
    now: datetime,
) -> Request:
    subject, sealed = sealing.sealed(reason, terms)
    made = Request(
        kind=kind.value,
        subject=subject,
        sealed=sealed,
        digest=sealing.digest(kind, terms),
        people=people,
        asked_by=actor,
        asked_at=now,
        expires_at=now + waits(),
    )
    made.save()
    counted = {} if people is None else {"n": people}
    trail.note(actor.pk, Deed.APPROVAL_ASKED, ABOUT, made.pk, said={"approval": kind.value, **counted})
    return made


def _answered(row: Request, actor: User, now: datetime, *, approve: bool, by_oneself: bool = False) -> None:
    row.answer = Answer(
        request=row,
        approved=approve,
        alone=by_oneself,
        asked_by_id=row.asked_by_id,
        answered_by=actor,
        answered_at=now,
        expires_at=now + USABLE,
    )
    row.answer.save()
    said = {"approval": row.kind, "approved": approve, **({"alone": True} if by_oneself else {})}
    trail.note(actor.pk, Deed.APPROVAL_ANSWERED, ABOUT, row.pk, said=said)


def _used(actor: User, row: Request | None, now: datetime, people: int | None) -> Spent:
    if row is None or not _usable(row, now):
        raise NotAllowed("approval.needed")
    if people is not None and row.people is not None and people > bound(row.people):
        raise InputRefused("approval.grown", asked=row.people, now=people)
    Use(request=row, used_by=actor, used_at=now).save()
    said = {"approval": row.kind, **({"alone": True} if row.answer.alone else {})}
    trail.note(actor.pk, Deed.APPROVAL_USED, ABOUT, row.pk, said=said)
    told = sealing.said(row)
    return Spent(
        number=int(row.pk),
        asked_by=str(row.asked_by),
        approved_by=str(row.answer.answered_by),
        alone=row.answer.alone,
        used_at=now,
        terms=told.terms,
        mark=told.mark,
    )


def _refuse(actor: User, row: Request, code: str) -> None:
    trail.note(actor.pk, Deed.APPROVAL_ANSWERED, ABOUT, row.pk, outcome=Outcome.REFUSED, said={"code": code})
    raise NotAllowed(code)
