"""Deriving everything again from the facts, and checking that what is derived is what would be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Count

from constancia.apps.accounts import queries as accounts
from constancia.apps.register import histories, search
from constancia.apps.register.deriving import TEXT_COLUMNS, Anchor, Deriver
from constancia.apps.register.identity import counted_as
from constancia.apps.register.models import (
    CaseCard,
    CaseRegion,
    DocumentDigest,
    ExternalKey,
    Fact,
    PendingReview,
    Person,
    State,
)
from constancia.apps.register.policy import policy, zone
from constancia.apps.register.terms import texts
from constancia.domain.errors import IntegrityBroken
from constancia.infra import unlocked
from constancia.infra.bulk import in_pieces
from constancia.infra.sqlcipher.connection import contradictions, damaged_pages
from constancia.infra.writer import unasked, writing

Progress = Callable[[int, int], None]
_DERIVED = (CaseCard, CaseRegion, PendingReview, DocumentDigest, ExternalKey)


class _RollBack(Exception):
    """Leaves the transaction of `fsck` without a trace."""


@dataclass(slots=True)
class Findings:
    """What `fsck` found: how much was compared, and which tables differ, with how many rows."""

    people: int = 0
    facts: int = 0
    states: int = 0
    differences: dict[str, int] = field(default_factory=dict)
    unreadable: int = 0

    @property
    def clean(self) -> bool:
        return not self.differences and not self.unreadable


def rebuild(progress: Progress | None = None) -> int:
    """Derive states, cards, regions, queues and the search index anew. Returns the number of people."""
    with writing():
        return _derive_all(progress)


def _derive_all(progress: Progress | None) -> int:
    people = list(Person.objects.order_by("pk").values_list("pk", "code", "region"))
    mapping, _ = counted_as(pk for pk, *_ in people)
    State.objects.all()._raw_delete(State.objects.db)
    for model in _DERIVED:
        model._default_manager.all()._raw_delete("default")
    search.wipe()
    deriver = Deriver(policy(), zone())
    done = 0
    for piece in in_pieces(people):
        anchors = {pk: Anchor(code, region) for pk, code, region in piece}
        found = histories.load(list(anchors), mapping, unsealed=histories.READ_FOR_DERIVING)
        deriver.derive(found, anchors, fresh=True)
        done += len(piece)
        if progress:
            progress(done, len(people))
    deriver.close()
    return done


def fsck(progress: Progress | None = None) -> Findings:
    """Derive everything again inside a transaction that is rolled back, and compare with what is stored.

    Raises IntegrityBroken `fsck.damaged` where the file itself is not what was written, `fsck.torn` where its
    parts are of different times: then nothing that is read from it can be believed.
    """
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        if pages := damaged_pages(connection.connection):
            raise IntegrityBroken("fsck.damaged", pages=pages)
        if places := contradictions(connection.connection):
            raise IntegrityBroken("fsck.torn", places=places)
    found = Findings(people=Person.objects.count(), facts=Fact.objects.count(), states=State.objects.count())
    before = _everything()
    try:
        with unasked(), transaction.atomic():
            _derive_all(progress)
            after = _everything()
            raise _RollBack
    except _RollBack:
        pass
    found.unreadable = unreadable()
    if astray := accounts.astray():
        found.differences["accounts"] = astray
    for table, rows in before.items():
        different = len(rows ^ after[table])
        if different:
            found.differences[table] = different
    return found


def unreadable() -> int:
    """Sealed facts whose person has no key in the keyring: an older keyring, or another register's."""
    sealed = Fact.objects.filter(sealed__isnull=False)
    of_person = dict(sealed.values_list("person__subject").annotate(Count("seq")))
    lost = unlocked.codec().keyless(bytes(subject) for subject in of_person)
    return sum(count for subject, count in of_person.items() if bytes(subject) in lost)


def _everything() -> dict[str, set[Any]]:
    number = texts()
    names = [f.attname for f in State._meta.concrete_fields if f.attname != "id"]
    found: dict[str, set[Any]] = {
        "states": {
            hash(
                tuple(
                    number.get(value, "?") if name in TEXT_COLUMNS else value
                    for name, value in zip(names, row, strict=True)
                )
            )
            for row in State.objects.values_list(*names).iterator(5000)
        },
        "search": set(search.stored().items()),
    }
    for model in _DERIVED:
        columns = [f.attname for f in model._meta.concrete_fields if f.attname != "id"]
        found[model._meta.model_name or ""] = set(_rows(model, columns))
    return found


def _rows(model: Any, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    yield from model._default_manager.values_list(*columns).iterator(5000)
