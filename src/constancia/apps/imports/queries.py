"""What pages read of imports; for those who run them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may
from constancia.apps.imports.models import Upload
from constancia.apps.imports.receiving import name_of
from constancia.apps.register import queries as register
from constancia.apps.register.liveness import standing
from constancia.apps.register.models import Fact, ImportBatch, ImportRow, Review
from constancia.apps.register.queries import BatchLine
from constancia.domain.errors import NotFound


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One verdict on an import."""

    reviewer: str
    verdict: str
    note: str
    known_at: str


@dataclass(frozen=True, slots=True)
class BatchPage:
    """One import. `stands`: facts that nothing supersedes; `own`: the user ran it."""

    number: int
    title: str
    scheme: str
    mapping: str
    file_sha256: str
    recorded_at: str
    recorder: str
    rows: int
    people: int
    by_kind: Mapping[str, int]
    facts: int
    stands: int
    reviews: tuple[ReviewLine, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class UploadLine:
    """A file that waits to be imported. `mapped`: whether a mapping has been chosen."""

    number: int
    name: str
    size: int
    received_at: str
    mapped: bool


def batches(user: User) -> list[BatchLine]:
    """Imports, newest first."""
    return register.batches(user)


def batch(user: User, number: int) -> BatchPage:
    """Raises NotFound (`import.not_found`)."""
    found = ImportBatch.objects.select_related("recorded_by").filter(pk=number).first()
    if found is None or not may(user, Permission.IMPORT_RUN):
        raise NotFound("import.not_found")
    facts = Fact.objects.filter(batch=found)
    by_kind = dict(facts.values_list("kind").annotate(n=Count("pk")).order_by("-n", "kind"))
    reviews = Review.objects.filter(batch=found).select_related("reviewer").order_by("seq")
    return BatchPage(
        number=found.pk,
        title=found.title,
        scheme=found.scheme,
        mapping=found.mapping,
        file_sha256=found.file_sha256,
        recorded_at=found.recorded_at.isoformat(),
        recorder=str(found.recorded_by),
        rows=ImportRow.objects.filter(batch=found).count(),
        people=facts.aggregate(n=Count("person", distinct=True))["n"],
        by_kind=by_kind,
        facts=sum(by_kind.values()),
        stands=standing(facts).count(),
        reviews=tuple(
            ReviewLine(str(one.reviewer), one.verdict, one.note, one.known_at.isoformat()) for one in reviews
        ),
        own=found.recorded_by_id == user.pk,
    )


def uploads(user: User) -> list[UploadLine]:
    """Files that wait, newest first."""
    if not may(user, Permission.IMPORT_RUN):
        return []
    return [
        UploadLine(one.pk, name_of(one), one.size, one.received_at.isoformat(), bool(one.mapping))
        for one in Upload.objects.order_by("-pk")
    ]
