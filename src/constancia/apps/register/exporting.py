"""A list of cases that leaves as a file: asked for by one person, approved by another, and marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.approvals import services as approvals
from constancia.apps.approvals.second_person import regions_of
from constancia.apps.approvals.services import Spent
from constancia.apps.approvals.wording import stamped
from constancia.apps.register import noting, queries, wording
from constancia.apps.register.models import Person
from constancia.apps.register.policy import zone
from constancia.apps.register.queries import CaseLine, Filters
from constancia.domain import watermark
from constancia.domain.errors import NotAllowed
from constancia.domain.vocabulary.approvals import ApprovalKind
from constancia.infra import clock, csv_out
from constancia.infra.bulk import in_pieces

KIND = ApprovalKind.EXPORT_CASES


def counted(user: User, text: str, filters: Filters) -> int:
    """How many people the file would hold now. Raises NotAllowed."""
    allow(user, Permission.CASE_EXPORT)
    return len(queries.found_keys(user, text, filters))


def ask(user: User, text: str, filters: Filters, reason: str) -> int:
    """Asks a second person for the list that `queries.search` finds; the number of the request. Raises as
    `approvals.services.ask`."""
    terms = {"text": text.strip(), "filters": asdict(filters), "regions": regions_of(user)}
    return approvals.ask(user, KIND, terms, reason, counted(user, text, filters))


def leaving(user: User, number: int) -> Iterator[str]:
    """The approved list, as lines of CSV that no spreadsheet takes for formulas. Uses the approval up, and
    notes it, before the first line.

    The rows come in an order of this export's own, and each bears its reference (`domain.watermark`).
    Raises NotFound (`approval.not_found`), NotAllowed (`approval.other`, `approval.needed`), InputRefused
    (`approval.grown`).
    """
    allow(user, Permission.CASE_EXPORT)
    terms = approvals.own_terms(user, number, KIND)
    if terms["regions"] != regions_of(user):
        raise NotAllowed("approval.needed")
    text, filters = terms["text"], Filters(**terms["filters"])
    keys = queries.found_keys(user, text, filters)
    spent = approvals.spend_number(user, number, KIND, len(keys))
    said = {"request": number, **noting.asked_for(text, asdict(filters))}
    return noting.leaving(user, "cases", said, csv_out.lines(_rows(user, keys, spent)))


def _rows(user: User, keys: list[int], spent: Spent) -> Iterator[list[object]]:
    """A list says how things stand, as known now: both dates stand in every row."""
    now = clock.now()
    dates = [now.astimezone(zone()).date().isoformat(), now.isoformat(timespec="seconds")]
    yield [stamped(spent)]
    yield [*_head(), _("al"), _("según lo conocido el"), _("referencia")]
    allowed = queries.consents(now, now)
    for line in queries.lines_one_by_one(user, _ordered(keys, spent)):
        consent = wording.term("ConsentTier", allowed.get(line.pk, ""))
        yield [*_row(line), consent, *dates, spent.reference(line.pk)]


def _ordered(keys: list[int], spent: Spent) -> list[int]:
    codes: dict[int, str] = {}
    for piece in in_pieces(keys):
        codes |= dict(Person.objects.filter(pk__in=piece).values_list("pk", "code"))
    return watermark.in_order(spent.mark, codes, key=lambda key: codes[key])


def _head() -> list[object]:
    return [
        _("código"),
        _("nombre"),
        _("custodia"),
        _("custodia según lo reportado"),
        _("causa"),
        _("estado"),
        _("lugar"),
        _("perfil"),
        _("desde"),
        _("por revisar"),
        _("otros identificadores"),
        _("consentimiento para la lista"),
    ]


def _row(line: CaseLine) -> list[Any]:
    return [
        line.code,
        line.name,
        wording.term("Custody", line.custody),
        wording.term("Custody", line.reported_custody),
        wording.term("CaseState", line.case_state),
        wording.state(line.state),
        line.place,
        wording.term("Profile", line.profile),
        line.since.isoformat() if line.since else "",
        line.pending,
        "; ".join(f"{scheme}: {value}" for scheme, value in line.external_ids),
    ]
