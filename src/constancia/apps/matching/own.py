"""The register's own people, as one list of a linkage."""

from __future__ import annotations

from collections.abc import Iterable

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow, scope
from constancia.apps.approvals import services as approvals
from constancia.apps.approvals.services import Spent
from constancia.apps.register import histories, noting
from constancia.apps.register.cards import live_facts
from constancia.apps.register.models import Person
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.domain.matching.linking import people
from constancia.domain.matching.linking.records import People, Record
from constancia.domain.vocabulary.approvals import ApprovalKind

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
    for permission in (Permission.IDENTITY_READ, Permission.CASE_BROWSE, Permission.IMPORT_RUN):
        allow(user, permission)
    if scope(user) is not None:
        raise NotAllowed("account.not_allowed", permission=Permission.CASE_BROWSE.value)
    codes = dict(Person.objects.order_by("pk").values_list("pk", "code"))
    keys = list(codes)
    records: list[Record] = []
    for start in range(0, len(keys), _PIECE):
        piece = histories.load(keys[start : start + _PIECE], {}, unsealed=histories.IDENTITY_KINDS)
        records += [
            people.record_of(history.person, codes[history.person], live_facts(history)) for history in piece
        ]
    noting.exported(user, "linkage", {"n": len(records)})
    if not records:
        raise InputRefused("linking.empty")
    return People("", records, people.FIELDS, True, people.SAYS)
