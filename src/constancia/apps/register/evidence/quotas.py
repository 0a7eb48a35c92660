"""How much may be kept: per file, case, user and day, and in all. The limits are in constancia.toml."""

from __future__ import annotations

from datetime import datetime, time

from django.db.models import QuerySet, Sum

from constancia.apps.accounts.models import User
from constancia.apps.register.models import Evidence, Person
from constancia.apps.register.policy import zone
from constancia.domain.errors import InputRefused
from constancia.infra import clock, unlocked

MEGABYTE = 1_000_000


def check_room(actor: User, person: Person, size: int) -> None:
    """Raises InputRefused `evidence.too_large`, `evidence.case_full`, `evidence.day_full`,
    `evidence.register_full`, each with the numbers."""
    limits = unlocked.home().settings
    if size > limits.evidence_file_mb * MEGABYTE:
        raise InputRefused("evidence.too_large", megabytes=limits.evidence_file_mb)
    today = datetime.combine(clock.now().astimezone(zone()).date(), time(0), zone())
    files = Evidence.objects.all()
    for code, rows, limit in (
        ("evidence.case_full", files.filter(fact__person=person), limits.evidence_case_mb),
        (
            "evidence.day_full",
            files.filter(recorded_by=actor, recorded_at__gte=today),
            limits.evidence_day_mb,
        ),
        ("evidence.register_full", files, limits.evidence_register_mb),
    ):
        used = _bytes(rows) + size
        if used > limit * MEGABYTE:
            raise InputRefused(code, used=-(-used // MEGABYTE), limit=limit)


def _bytes(rows: QuerySet[Evidence]) -> int:
    return int(rows.aggregate(sum=Sum("size"))["sum"] or 0)
