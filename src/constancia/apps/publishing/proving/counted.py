"""Who counts in which proven cell: every case of the roster with what its line of the cut says, hidden."""

from __future__ import annotations

import hmac

from constancia.apps.ledger.queries.proofs import RosterEntry
from constancia.apps.publishing import terms
from constancia.apps.publishing.freezing import counted
from constancia.apps.publishing.freezing.asked import Asked
from constancia.apps.publishing.freezing.freeze import counts_of, plan_of
from constancia.apps.publishing.freezing.tables import placed
from constancia.apps.publishing.models import Edition
from constancia.apps.publishing.proving.cells import FIGURE, places, tables_of
from constancia.apps.register.models import Detention
from constancia.apps.register.queries.consents import consents
from constancia.domain.ledger.layout import TOTAL
from constancia.domain.ledger.totals_proving import Case
from constancia.domain.publishing.content import Content
from constancia.domain.publishing.reserve import reserve
from constancia.infra import unlocked
from constancia.infra.bulk import in_pieces

Counted = dict[int, frozenset[tuple[str, str]]]
"""Detention → (table, cell) of each table of the layout, the total among them."""


def cells_of(edition: Edition, content: Content, roster: int) -> Counted:
    """Everybody counted by the figure that is proven, under the terms of the edition, each by one case.
    `roster`: how many cases there are."""
    asked: Asked = terms.of_edition(edition)
    planned = plan_of(asked)
    kept = reserve(consents(asked.frozen_at, asked.known_at))
    counts = counts_of(asked, kept)
    figure = next((one for one in planned.figure if one.name == FIGURE), None)
    question = counted.question_of(asked, counts, figure) if figure else None
    if question is None:
        return {}
    cases = counts.now.cases(question)
    found: dict[int, set[tuple[str, str]]] = {person: {(TOTAL.table, TOTAL.cells[0])} for person in cases}
    for table in tables_of(content, roster):
        where, one = places(table), next(one for one in planned.table if one.name == table.name)
        for person, cell in placed(counts.now, question, one, kept.totals_only):
            found[person].add((table.name, where[cell]))
    return {cases[person]: frozenset(cells) for person, cells in found.items()}


def cases_of(roster: list[RosterEntry], cells: Counted) -> list[Case]:
    """Every case of the roster with its own secret; those who do not count have no cell."""
    keys = _keys([one.detention for one in roster if one.detention is not None])
    return [
        Case(
            one.week,
            one.root,
            keys.get(one.detention or 0) or _lost(index),
            cells.get(one.detention or 0, frozenset()),
        )
        for index, one in enumerate(roster)
    ]


def case_key(committing: bytes, detention: int) -> bytes:
    """The secret of one case, out of its person's key: what a family's receipt comes from."""
    return hmac.digest(committing, b"case\0%d" % detention, "sha256")


def _keys(detentions: list[int]) -> dict[int, bytes]:
    subjects: dict[int, bytes] = {}
    for piece in in_pieces(detentions):
        rows = Detention.objects.filter(pk__in=piece).values_list("pk", "person__subject")
        subjects.update({number: bytes(subject) for number, subject in rows})
    committing = unlocked.codec().committing_keys(subjects.values())
    return {
        number: case_key(committing[subject], number)
        for number, subject in subjects.items()
        if subject in committing
    }


def _lost(index: int) -> bytes:
    """A secret for the line of a case whose own was destroyed, or that only the published roster knows."""
    return hmac.digest(unlocked.root().derive("ledger-lost/1"), b"%d" % index, "sha256")
