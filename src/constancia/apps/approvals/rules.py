"""Who may ask for what, who may answer, and how it is carried out: one row per kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from constancia.apps.accounts.permissions import MATRIX, WHOLE_REGISTER, Permission
from constancia.domain.vocabulary.approvals import ApprovalKind
from constancia.domain.vocabulary.terms import Role

USABLE = timedelta(hours=24)
"""An approval is used within this, or asked for again."""
ALONE_AFTER = timedelta(days=7)
"""Somebody who could have answered still counts for so long after the account was shut or narrowed: whoever
shuts everybody else out is not alone at once."""
WHOLE = "*"
"""In the regions of a request: the whole register."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`asks`: the permission of the asker. `answers`: that of who answers; beside it either the whole
    register, or (`by_region`) all regions of the request, `regions` in its terms. `page`: the address that
    carries it out, by its name, given the number; "" where it is done by giving the command again. `counted`:
    it is about a number of people, and a reason is asked for. `setting_up`: an account that the asker has
    just made does not yet make two people of them, so that whoever begins can make the others. `at_once`: an
    account that was shut counts no more, because it protects somebody and opens nothing to anybody."""

    asks: Permission
    answers: Permission = Permission.SECOND_PERSON
    by_region: bool = False
    page: str = ""
    counted: bool = False
    setting_up: bool = False
    at_once: bool = False


RULES: Mapping[ApprovalKind, Rule] = {
    ApprovalKind.EXPORT_CASES: Rule(
        Permission.CASE_EXPORT,
        Permission.CASE_EXPORT,
        by_region=True,
        page="register:export_approved",
        counted=True,
    ),
    ApprovalKind.EXPORT_LINKAGE: Rule(Permission.IMPORT_RUN, counted=True),
    ApprovalKind.EXPORT_ALL: Rule(Permission.KEYS_MANAGE, counted=True),
    ApprovalKind.ROLE: Rule(Permission.PEOPLE_MANAGE, page="approvals:give_role", setting_up=True),
    ApprovalKind.KEY: Rule(Permission.KEYS_MANAGE, setting_up=True),
    ApprovalKind.KEY_REMOVED: Rule(Permission.KEYS_MANAGE, setting_up=True, at_once=True),
}


def could_answer(kind: ApprovalKind, role: str, regions: Iterable[str], asked: Iterable[str]) -> bool:
    """Whether somebody of this role and these regions may answer a request about the regions `asked`."""
    rule = RULES[kind]
    try:
        held = Role(role)
    except ValueError:
        return False
    if rule.answers not in MATRIX[held] or Permission.SECOND_PERSON not in MATRIX[held]:
        return False
    if held in WHOLE_REGISTER:
        return True
    return rule.by_region and held is Role.COORDINATOR and set(asked) <= set(regions)
