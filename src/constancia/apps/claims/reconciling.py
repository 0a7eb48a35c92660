"""The confirmed claims of the register, and figures of ours, as what reconciliation reasons about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.claims.comparing import rule_of
from constancia.apps.claims.models import Decision
from constancia.apps.claims.queries import ClaimLine, confirmed
from constancia.apps.figures import queries as figures
from constancia.apps.figures.remembered import remembered
from constancia.domain.claims.comparable import NotComparable, question
from constancia.domain.claims.reconcile import report
from constancia.domain.claims.reconcile.assertion import FULL_RELEASES, TOLERANCE, Assertion
from constancia.domain.claims.reconcile.from_claims import Read, Sourced, from_document, merged
from constancia.domain.claims.reconcile.from_figures import from_figure
from constancia.domain.language import Language


def assertions(
    user: User,
    known_at: date | datetime | None = None,
    claimants: Iterable[str] = (),
    ours: bool = False,
) -> Read:
    """What the claims confirmed as known at T (now) assert, each under its own number.

    `claimants`: keys; none for everybody. `ours`: beside each of them that we count too, our own count of
    the same day, period and people ("ours:<number>"), under the claimant's rule where we know it.
    """
    allow(user, Permission.FIGURES_READ)
    wanted = set(claimants)
    lines = [
        line
        for line in confirmed(user, figures.instant(known_at) if known_at else None)
        if not wanted or line.claimant_key in wanted
    ]
    documents: dict[int, list[ClaimLine]] = {}
    for line in lines:
        documents.setdefault(line.document, []).append(line)
    used, unused = merged(
        from_document(
            [Sourced(str(line.number), line.claim, line.published, str(document)) for line in of_one]
        )
        for document, of_one in documents.items()
    )
    if ours:
        counted = (_counted(user, line, known_at) for line in lines)
        used += {one.id: one for one in counted if one is not None}.values()
    return used, unused


def report_shape(
    user: User,
    known_at: date | datetime | None = None,
    claimants: Iterable[str] = (),
    ours: bool = False,
    tolerance: float = TOLERANCE,
    together: bool = False,
    spoken: Language = "es",
) -> dict[str, Any]:
    """What follows from the confirmed claims, and what cannot be, in the shape of `report.shape`.

    Kept until somebody decides on a claim or the register changes: the search may take seconds.
    Raises as `assertions`, and InputRefused `claims.reconcile_tolerance`.
    """
    allow(user, Permission.CLAIMS_READ)
    allow(user, Permission.FIGURES_READ)
    wanted = tuple(sorted(set(claimants)))
    decided = Decision.objects.order_by("-pk").values_list("pk", flat=True).first()
    asked = ("reconcile", decided, known_at, wanted, ours, tolerance, together, spoken)
    return remembered(
        asked,
        lambda: report.shape(
            report.reconcile(
                *assertions(user, known_at, wanted, ours), tolerance=tolerance, together=together
            ),
            spoken,
        ),
    )


def _counted(user: User, line: ClaimLine, known_at: date | datetime | None) -> Assertion | None:
    asked = question(line.claim, line.published)
    if isinstance(asked, NotComparable) or not figures.speaks_of(user, asked.within):
        return None
    found = figures.counted(
        user, asked.figure, asked.as_of, known_at, rule_of(line.claimant_key), asked.within, asked.start
    )
    return from_figure(
        f"ours:{line.number}",
        FULL_RELEASES if asked.figure == FULL_RELEASES else line.claim.about.value,
        found["lowest"],
        found["highest"],
        asked.as_of,
        start=asked.start,
        known_at=date.fromisoformat(found["known_at"][:10]),
        filters=tuple(sorted(asked.within.items())),
    )
