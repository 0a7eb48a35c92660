"""Where accounts ask for a second person: whoever gets a role that sees more identities gets it from two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from constancia.apps.accounts.keeper import keeper
from constancia.apps.accounts.models import User
from constancia.domain.vocabulary.approvals import ApprovalKind
from constancia.domain.vocabulary.terms import Role

WIDE = frozenset({Role.ADMINISTRATOR, Role.DESK, Role.COORDINATOR})
"""Roles that read identities of more than the cases somebody assigned to them."""
WIDTH = {Role.COORDINATOR: 1, Role.DESK: 2, Role.ADMINISTRATOR: 3}


def role_terms(username: str, role: Role, regions: Iterable[str], name: str = "") -> dict[str, Any]:
    """What is asked for where somebody gets a role. `name`: only of a person who is new."""
    return {"username": username, "role": role.value, "regions": sorted(regions), "name": name}


def widens(user: User | None, role: Role, regions: Iterable[str]) -> bool:
    """Whether this role sees identities that `user` does not see now. None: somebody who is new."""
    if role not in WIDE:
        return False
    if user is None or not user.is_active or user.role not in WIDE:
        return True
    had = Role(user.role)
    if WIDTH[role] != WIDTH[had]:
        return WIDTH[role] > WIDTH[had]
    return role is Role.COORDINATOR and not set(regions) <= set(user.regions)


def ready(by: User | None, terms: Mapping[str, Any]) -> None:
    """Before the transaction: another person has approved this, or nobody else could. Otherwise it is asked
    for, and NotAllowed `approval.asked` says so. `by` None is the register being set up."""
    if by is not None:
        keeper().ready(by, ApprovalKind.ROLE, terms)


def spend(by: User | None, terms: Mapping[str, Any]) -> None:
    """Within the transaction: uses the approval up. Raises NotAllowed `approval.needed`."""
    if by is not None:
        keeper().spend(by, ApprovalKind.ROLE, terms)
