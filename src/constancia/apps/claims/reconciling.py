"""The confirmed claims of the register, and figures of ours, as what reconciliation reasons about."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.claims.comparing import rule_of
from constancia.apps.claims.models import Decision
from constancia.apps.claims.queries import ClaimLine, confirmed
from constancia.apps.figures import queries as figures
from constancia.apps.figures.remembered import remembered
from constancia.domain.claims.comparable import NotComparable, Question, question
from constancia.domain.claims.reconcile import report
from constancia.domain.claims.reconcile.assertion import FULL_RELEASES, TOLERANCE, Assertion
from constancia.domain.claims.reconcile.from_claims import (
    Read,
    Sourced,
    from_document,
    merged,
    said_otherwise,
)
from constancia.domain.claims.reconcile.from_figures import from_figure
from constancia.domain.claims.reconcile.populations import canonical
from constancia.domain.figures.dimensions import Dimension
from constancia.domain.figures.words import RECORDED
from constancia.domain.language import Language


def assertions(
    user: User,
    known_at: date | datetime | None = None,
    claimants: Iterable[str] = (),
    ours: bool = False,
) -> Read:
    """What the claims confirmed as known at T (now) assert, each under its own number.

    `claimants`: keys; none for everybody. `ours`: beside each of them that we count too, our own count of
    the same day, period and people ("ours:<number>"), under the claimant's rule where we know it: once,
    however many of them ask for it, under the number of the first.
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
            [
                Sourced(
                    str(line.number),
                    line.claim,
                    line.published,
                    str(document),
                    bool(line.claim.time_words) or said_otherwise(line.claim, line.published),
                )
                for line in of_one
            ]
        )
        for document, of_one in documents.items()
    )
    if ours:
        used += _ours(user, lines, known_at)
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


def _ours(user: User, lines: Iterable[ClaimLine], known_at: date | datetime | None) -> list[Assertion]:
    found: dict[Hashable, Assertion] = {}
    for line in lines:
        asked = question(line.claim, line.published)
        if isinstance(asked, NotComparable) or not figures.speaks_of(user, asked.within):
            continue
        rule, within = rule_of(line.claimant_key) or figures.default_rule(), canonical(asked.within)
        key = (rule, asked.figure, asked.start, asked.as_of, within)
        if key not in found:
            found[key] = _counted(user, replace(asked, within=dict(within)), rule, line, known_at)
    return [one for one in found.values() if one.bounds()[1] or not _as_recorded(one)]


def _as_recorded(one: Assertion) -> bool:
    """Whether it is of a category that the register writes in words of its own: none of one may mean that
    it writes it otherwise."""
    return any(name in RECORDED - {Dimension.STATE} for name, _ in one.filters)


def _counted(
    user: User, asked: Question, rule: str, line: ClaimLine, known_at: date | datetime | None
) -> Assertion:
    found = figures.counted(user, asked.figure, asked.as_of, known_at, rule, asked.within, asked.start)
    return from_figure(
        f"ours:{line.number}",
        FULL_RELEASES if asked.figure == FULL_RELEASES else line.claim.about.value,
        found["lowest"],
        found["highest"],
        asked.as_of,
        start=asked.start,
        known_at=date.fromisoformat(found["known_at"][:10]),
        filters=tuple(asked.within.items()),
        rule=rule,
    )
