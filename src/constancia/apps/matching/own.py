"""The register's own people, as one list of a linkage."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow, scope
from constancia.apps.approvals import services as approvals
from constancia.apps.approvals.services import Spent
from constancia.apps.register import histories, noting
from constancia.apps.register.cards import live_facts
from constancia.apps.register.models import Person
from constancia.apps.register.queries.consents import consents
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.domain.matching.linking import people
from constancia.domain.matching.linking.records import People, Record
from constancia.domain.vocabulary.approvals import ApprovalKind
from constancia.domain.vocabulary.terms import ConsentTier
from constancia.infra import clock

_PIECE = 2000
LINKS, SAMPLE, ENCODINGS = "links", "sample", "encodings"
"""What of a linkage with the register is written to files: pairs and clusters, a sample with names, all
people as encodings."""


def to_leave(user: User, files: Iterable[str], reason: str = "") -> Spent:
    """Somebody else has approved that these files leave with the register in them: used up. Raises as
    `approvals.services.ready`, which asks for it where nobody has."""
    terms, people = {"files": sorted(files)}, Person.objects.count()
    approvals.ready(user, ApprovalKind.EXPORT_LINKAGE, terms, reason, people)
    return approvals.spend(user, ApprovalKind.EXPORT_LINKAGE, terms, people)


def of_register(user: User) -> People:
    """Everybody of the register, as known now; `row` is the primary key, `id` the code. The register counts
    as holding nobody twice: who is in it twice is for `constancia duplicates` to find.

    Needs to read identities, to browse the whole register, and to run imports. Raises NotAllowed.
    """
    return _people(user, frozenset())


UNSHARED = frozenset({ConsentTier.COUNT_ONLY, ConsentTier.INTERNAL})
"""Whoever said this, or for whom it was said, is given to nobody, encoded or not."""


def of_register_for_others(user: User) -> tuple[People, int]:
    """The same for a file that another organisation gets, without those whose consent forbids it;
    and how many these are. Whoever was asked nothing is in it."""
    now = clock.now()
    unshared = {person for person, tier in consents(now, now).items() if tier in UNSHARED}
    return _people(user, unshared), len(unshared)


def _people(user: User, without: Collection[int]) -> People:
    for permission in (Permission.IDENTITY_READ, Permission.CASE_BROWSE, Permission.IMPORT_RUN):
        allow(user, permission)
    if scope(user) is not None:
        raise NotAllowed("account.not_allowed", permission=Permission.CASE_BROWSE.value)
    codes = dict(Person.objects.order_by("pk").values_list("pk", "code"))
    keys = [person for person in codes if person not in without]
    records: list[Record] = []
    for start in range(0, len(keys), _PIECE):
        piece = histories.load(keys[start : start + _PIECE], {}, unsealed=histories.IDENTITY_KINDS)
        records += [
            people.record_of(history.person, codes[history.person], live_facts(history)) for history in piece
        ]
    left = {"left_out": len(without)} if without else {}
    noting.exported(user, "linkage", {"n": len(records), **left})
    if not records:
        raise InputRefused("linking.empty")
    return People("", records, people.FIELDS, True, people.SAYS)
