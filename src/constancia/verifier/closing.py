"""Step 9: the balance closes: opening + in − out = closing."""

from __future__ import annotations

from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier.edition import Balance, Edition

HELD = "held"


def check_balance(edition: Edition, previous: Edition | None = None) -> bool:
    """False where the edition has no balance. `previous`: the edition before, where it is known.

    Raises ProofRefused: `proof.balance` (the sum), `proof.balance_term` (kinds that are more than their
    cause), `proof.balance_closing` (not the figure held), `proof.balance_opening` (not what the edition
    before said), `proof.bridge`.
    """
    _check_bridges(edition)
    balance = edition.balance
    if balance is None:
        return False
    for term in (*balance.came, *balance.went):
        if sum(number for _, _, number in term.kinds) > term.value:
            raise ProofRefused("proof.balance_term", cause=term.cause)
    came, went = (sum(term.value for term in side) for side in (balance.came, balance.went))
    if balance.opening + came - went != balance.closing or balance.older_cases > came:
        raise ProofRefused("proof.balance")
    held = edition.figure(HELD)
    if held is None or held.value != balance.closing or held.as_of != edition.as_of:
        raise ProofRefused("proof.balance_closing")
    if balance.edition is not None:
        _check_opening(edition, balance, previous)
    return True


def _check_opening(edition: Edition, balance: Balance, previous: Edition | None) -> None:
    named = edition.previous
    if (
        named is None
        or (balance.edition, balance.opening_as_of, balance.opening_known_at)
        != (named.number, named.as_of, named.known_at)
    ):  # fmt: skip
        raise ProofRefused("proof.balance_opening")
    if previous is not None:
        held = previous.figure(HELD)
        if held is None or held.value != balance.opening or previous.rule != edition.rule:
            raise ProofRefused("proof.balance_opening")


def _check_bridges(edition: Edition) -> None:
    for bridge in edition.bridges:
        changes = sum(change for _, _, change in bridge.steps)
        if bridge.first + changes != bridge.second or any(
            came - went != change for came, went, change in bridge.steps
        ):
            raise ProofRefused("proof.bridge")
