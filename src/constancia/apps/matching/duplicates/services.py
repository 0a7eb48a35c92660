"""Judging whether two people of the register are one, and taking a judgement back."""

from __future__ import annotations

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.register import services as register
from constancia.apps.register.liveness import gone
from constancia.domain.errors import FactRefused
from constancia.domain.vocabulary.terms import IdentityVerdict

UNDONE = "Se deshizo en la lista de duplicados."
"""The reason of a withdrawal for which nobody wrote one; a fact's words are in the house's language."""


def judge(actor: User, one: str, other: str, verdict: IdentityVerdict, reason: str) -> int:
    """Records the verdict on the people called `one` and `other`; returns the fact's number.

    "Same" and "different" ask for a reason. Raises NotFound, FactRefused (`identity.*`).
    """
    allow(actor, Permission.CASE_REVIEW)
    if verdict is not IdentityVerdict.UNSURE and not reason.strip():
        raise FactRefused("identity.needs_reason")
    return register.judge(actor, one, other, verdict, reason)


def undo(actor: User, fact: int, reason: str = "") -> None:
    """Takes a judgement that holds back: from now on it is as if nobody had said it.

    Raises NotFound for a fact that is not the actor's to see, FactRefused (`identity.not_a_judgement`).
    """
    allow(actor, Permission.CASE_REVIEW)
    if register.fact_of(actor, fact).kind != "identity_judgement" or gone([fact]):
        raise FactRefused("identity.not_a_judgement")
    register.withdraw(actor, fact, reason.strip() or UNDONE)
