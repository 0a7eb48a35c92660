"""Who can be the second person of a request, and when somebody is alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from constancia.apps.accounts.models import RoleChange, SignInLink, User
from constancia.apps.accounts.permissions import scope
from constancia.apps.approvals.rules import ALONE_AFTER, RULES, WHOLE, could_answer
from constancia.domain.vocabulary.approvals import ApprovalKind
from constancia.infra import unlocked


def waits() -> timedelta:
    """How long a request waits for an answer; so long, too, whoever the asker made, changed or gave a link to
    answers nothing of theirs."""
    return timedelta(hours=unlocked.home().settings.approval_hours)


def regions_of(user: User) -> list[str]:
    """The regions that a request of theirs is about, for its terms."""
    reach = scope(user)
    return [WHOLE] if reach is None else sorted(reach)


def regions_in(kind: ApprovalKind, terms: Mapping[str, Any]) -> list[str]:
    """The regions that a request is about; the whole register where it does not say."""
    found = terms.get("regions") if RULES[kind].by_region else None
    return [str(one) for one in found] if isinstance(found, list) and found else [WHOLE]


def may_answer(user: User, kind: ApprovalKind, terms: Mapping[str, Any]) -> bool:
    """Whether role and regions of `user` let them answer such a request of somebody else's."""
    return user.may_enter and could_answer(kind, user.role, user.regions, regions_in(kind, terms))


def independent(asker: User, user: User, now: datetime) -> bool:
    """Whether `asker` has lately neither made or changed this account nor let anybody into it.

    A link that takes the second factors away and was given by the holder of the key counts for every asker.
    """
    since = now - waits()
    if RoleChange.objects.filter(user=user, by=asker, at__gt=since).exists():
        return False
    links = SignInLink.objects.filter(user=user, issued_at__gt=since, used_at__isnull=False)
    return not links.filter(Q(by=asker) | Q(by__isnull=True, resets_factors=True)).exists()


def alone(asker: User, kind: ApprovalKind, terms: Mapping[str, Any], now: datetime) -> bool:
    """Whether nobody else could answer, nor could have in the last days."""
    asked = regions_in(kind, terms)
    changes: dict[int, list[RoleChange]] = {}
    for change in RoleChange.objects.order_by("pk"):
        changes.setdefault(change.user_id, []).append(change)
    return not any(
        _counts(user, changes.get(user.pk, []), asker, kind, asked, now)
        for user in User.objects.exclude(pk=asker.pk)
    )


def _counts(
    user: User,
    changes: list[RoleChange],
    asker: User,
    kind: ApprovalKind,
    asked: Iterable[str],
    now: datetime,
) -> bool:
    made_now = user.created_at > now - waits() and bool(changes) and changes[0].by_id == asker.pk
    if made_now and RULES[kind].setting_up:
        return False
    if user.is_active and could_answer(kind, user.role, user.regions, asked):
        return True
    if RULES[kind].at_once:
        return False
    cut = now - ALONE_AFTER
    before = [change for change in changes if change.at <= cut]
    lately = [*before[-1:], *(change for change in changes if change.at > cut)]
    return any(one.active and could_answer(kind, one.role, one.regions, asked) for one in lately)
