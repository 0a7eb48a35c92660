"""What waits: facts for a second person's eyes, imports for a review, orders that nobody obeyed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db import connection
from django.db.models import QuerySet

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may
from constancia.apps.register.access import only_visible
from constancia.apps.register.models import CaseCard, Fact, ImportBatch, PendingReview, Review
from constancia.apps.register.policy import zone
from constancia.apps.register.queries.names import names_of
from constancia.apps.register.queries.search import CaseLine, lines_of
from constancia.infra import clock


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A fact that waits for a review. `own`: the user recorded it and so cannot review it."""

    seq: int
    kind: str
    code: str
    name: str
    words: str
    edtf: str
    fields: dict[str, object]
    source_kind: str
    known_at: str
    recorder: str
    own: bool


@dataclass(frozen=True, slots=True)
class BatchLine:
    """An import; `reviews` counts verdicts by people other than who ran it."""

    number: int
    title: str
    recorded_at: str
    recorder: str
    people: int
    facts: int
    withdrawn: int
    reviews: int
    own: bool


def _mine(user: User) -> QuerySet[PendingReview]:
    if not may(user, Permission.CASE_REVIEW):
        return PendingReview.objects.none()
    return only_visible(PendingReview.objects.all(), user)


def waiting(user: User) -> int:
    """How many facts wait for a review, among the cases the user may see."""
    return _mine(user).count()


def review_queue(user: User, page: int = 1, size: int = 25) -> tuple[Sequence[QueueLine], bool]:
    """The facts that wait longest first, and whether there are more."""
    start = (max(1, min(page, 10_000)) - 1) * size
    seqs = list(_mine(user).order_by("known", "pk").values_list("pk", flat=True)[start : start + size + 1])
    facts = (
        Fact.objects.filter(pk__in=seqs[:size])
        .select_related("person", "source", "recorder")
        .order_by("known_at", "pk")
    )
    rows = list(facts)
    names = names_of(user, [fact.person_id for fact in rows], "reviews")
    return [
        QueueLine(
            seq=fact.pk,
            kind=fact.kind,
            code=fact.person.code,
            name=names.get(fact.person_id, ""),
            words=fact.words,
            edtf=fact.edtf,
            fields=fact.fields,
            source_kind=fact.source.kind,
            known_at=fact.known_at.isoformat(),
            recorder=str(fact.recorder),
            own=fact.recorder_id == user.pk,
        )
        for fact in rows
    ], len(seqs) > size


def batches(user: User) -> list[BatchLine]:
    """Imports, newest first, for those who run them."""
    if not may(user, Permission.IMPORT_RUN):
        return []
    found = []
    for batch in ImportBatch.objects.order_by("-pk").select_related("recorded_by"):
        people, facts = _size(batch.pk, batch.recorded_at)
        found.append(
            BatchLine(
                number=batch.pk,
                title=batch.title,
                recorded_at=batch.recorded_at.isoformat(),
                recorder=str(batch.recorded_by),
                people=people,
                facts=facts,
                withdrawn=_withdrawn(batch.pk),
                reviews=Review.objects.filter(batch=batch).exclude(reviewer=batch.recorded_by).count(),
                own=batch.recorded_by_id == user.pk,
            )
        )
    return found


@lru_cache(maxsize=256)
def _size(batch: int, recorded_at: datetime) -> tuple[int, int]:
    """People and facts of an import: counted once in a process, for an import never changes."""
    facts = Fact.objects.filter(batch=batch)
    return facts.order_by().values("person").distinct().count(), facts.count()


def _withdrawn(batch: int) -> int:
    """How many facts of the import were taken back and not put back.

    The plus sign keeps both engines from walking every fact of the import: only superseded ones are asked.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT old.seq) FROM register_fact AS new"
            " JOIN register_fact AS old ON old.seq = new.supersedes_id"
            " WHERE new.supersedes_id IS NOT NULL AND new.kind = 'withdrawal' AND +old.batch_id = %s"
            " AND NOT EXISTS (SELECT 1 FROM register_fact AS back WHERE back.supersedes_id = new.seq)",
            [batch],
        )
        return int(cursor.fetchone()[0])


def due(user: User, limit: int = 20) -> list[tuple[date, CaseLine]]:
    """Release orders that nobody has obeyed, the oldest first, with the day of the order."""
    if not may(user, Permission.CASE_BROWSE):
        return []
    found = list(
        only_visible(CaseCard.objects.filter(order_day__gt=0), user)
        .order_by("order_day")
        .values_list("pk", "order_day")[:limit]
    )
    lines = {line.pk: line for line in lines_of(user, [pk for pk, _ in found], "orders_due")}
    return [(date.fromordinal(day), lines[pk]) for pk, day in found if pk in lines]


REMINDED = 30
"""Days before and after the end of a consent on which it is told."""


def consents_due(user: User, limit: int = 20) -> list[tuple[date, CaseLine]]:
    """Consents that run out in the next REMINDED days or did in the last ones, the first to end first, with
    their last day."""
    if not may(user, Permission.CASE_BROWSE):
        return []
    today = clock.now().astimezone(zone()).date().toordinal()
    ending = CaseCard.objects.filter(consent_until__range=(today - REMINDED, today + REMINDED))
    found = list(
        only_visible(ending, user)
        .order_by("consent_until", "pk")
        .values_list("pk", "consent_until")[:limit]
    )  # fmt: skip
    lines = {line.pk: line for line in lines_of(user, [pk for pk, _ in found])}
    return [(date.fromordinal(day), lines[pk]) for pk, day in found if pk in lines]
