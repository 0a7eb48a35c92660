"""Giving a role that was approved: from what was asked for, so that nobody has to type it again."""

from __future__ import annotations

from constancia.apps.accounts import queries as people
from constancia.apps.accounts import services as accounts
from constancia.apps.accounts.models import User
from constancia.apps.approvals.services import own_terms
from constancia.domain.vocabulary.approvals import ApprovalKind
from constancia.domain.vocabulary.terms import Role


def give(actor: User, number: int) -> User:
    """Makes the account, changes the role or opens the account again, as was approved; the account.

    Raises NotFound (`approval.not_found`, `account.unknown`), NotAllowed `approval.needed` where nobody
    approved it or it is used, and what `accounts.services` raises.
    """
    terms = own_terms(actor, number, ApprovalKind.ROLE)
    role, regions, username = Role(terms["role"]), terms["regions"], terms["username"]
    if terms["name"]:
        return accounts.create_user(actor, username, terms["name"], role, regions)
    user = people.person(actor, username)
    if not user.is_active and (user.role, user.regions) == (role.value, regions):
        return accounts.enable(actor, user)
    return accounts.set_role(actor, user, role, regions)
