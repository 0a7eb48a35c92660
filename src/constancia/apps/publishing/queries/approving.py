"""Who may approve a draft."""

from __future__ import annotations

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import MATRIX, Permission, allow
from constancia.apps.publishing.access import authors_of, draft_of


def approvers(user: User, draft: int) -> tuple[str, ...]:
    """The names of those who may approve the draft now: who may approve at all, without its authors.

    Raises NotAllowed, NotFound (`edition.no_draft`).
    """
    allow(user, Permission.EDITION_WORK)
    draft_of(draft)
    roles = [role.value for role, held in MATRIX.items() if Permission.EDITION_APPROVE in held]
    rows = User.objects.filter(role__in=roles, is_active=True).exclude(pk__in=authors_of(draft))
    return tuple(rows.order_by("display_name").values_list("display_name", flat=True))
