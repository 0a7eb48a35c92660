"""The regions that the cases within reach belong to, for a choice in a form.

A region is remembered by one case of it that the user may see, and that case is looked at again whenever
somebody asks: what is remembered only says where to look. Every scope has its own.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, Max, Min, OuterRef, QuerySet

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import scope
from constancia.apps.register.access import only_visible, within_reach
from constancia.apps.register.models import CaseRegion, Erased, Person
from constancia.infra import barrier

MANY = 5_000
"""Rows written since the last time from which on looking everywhere is as quick."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """Region → somebody of it, among the rows up to number `upto`."""

    upto: int
    somebody: dict[str, int]


_lock = threading.Lock()
_seen: dict[tuple[str, frozenset[str] | None], _Seen] = {}


@within_reach
def regions_of_cases(user: User) -> list[str]:
    """The regions that cases the user may see belong to, in order."""
    reach = scope(user)
    key = (str(connection.settings_dict["NAME"]), reach)
    # Rows are numbered in the order in which they are committed, for one writes at a time. What is not
    # committed yet may be taken back, and its numbers given again.
    keeping = reach != frozenset() and not connection.in_atomic_block
    before = _seen.get(key) if keeping else None
    found = _now(_visible(user), before)
    if keeping:
        with _lock:
            _seen[key] = found
    return sorted(region for region in found.somebody if region)


def forget() -> None:
    """Lets everything go, for tests."""
    with _lock:
        _seen.clear()


def _visible(user: User) -> QuerySet[CaseRegion]:
    rows = only_visible(CaseRegion.objects.order_by(), user)
    if barrier.stands():
        # The server does not hold this table itself: the people it does.
        rows = rows.filter(Exists(Person.objects.filter(pk=OuterRef("person_id"))))
    return rows.exclude(person__in=Erased.objects.values("person")) if scope(user) is None else rows


def _now(rows: QuerySet[CaseRegion], before: _Seen | None) -> _Seen:
    upto = CaseRegion.objects.aggregate(top=Max("pk"))["top"] or 0
    if before is None or not 0 <= upto - before.upto <= MANY:
        return _Seen(upto, dict(rows.values_list("region").annotate(Min("person"))))
    still = set(rows.filter(person__in=before.somebody.values()).values_list("region", "person_id"))
    found = {region: one for region, one in before.somebody.items() if (region, one) in still}
    # By the region's own index: there are many rows, and few regions.
    for region in before.somebody.keys() - found.keys():
        for other in rows.filter(region=region).values_list("person_id", flat=True)[:1]:
            found[region] = other
    for region, person in rows.filter(pk__gt=before.upto).values_list("region", "person_id"):
        found.setdefault(region, person)
    return _Seen(upto, found)
