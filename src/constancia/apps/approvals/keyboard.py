"""Approving at the command line: whoever holds the key could say to be anybody, so proof is asked for."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from constancia.apps.accounts import factors
from constancia.apps.accounts.models import User
from constancia.apps.accounts.services import authenticate
from constancia.apps.approvals import services
from constancia.domain.errors import NotAllowed


def approve(actor: User, number: int, password: Callable[[], str], code: Callable[[], str]) -> None:
    """`services.answer` by somebody who shows to be `actor`; a demonstration asks for neither.

    `password`, `code`: ask for the actor's password and for a code of their second factor (an application's,
    or a recovery code). Raises InputRefused `account.sign_in`, `account.code`; NotAllowed
    `approval.no_factor` (set up on the site first), `account.wait`,
    `account.wait_code`; as `services.answer`.
    """
    if not settings.CONSTANCIA_DEMONSTRATION:
        if not factors.has_any(actor):
            raise NotAllowed("approval.no_factor")
        authenticate(actor.username, password())
        factors.check_code(actor, code())
    services.answer(actor, number, approve=True)
