"""The only writer of accounts. `by` is the acting user; None is the holder of the key at the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password

from constancia.apps.accounts import factors, passwords, second, throttle
from constancia.apps.accounts.models import RoleChange, SignInLink, User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.accounts.sessions import end_sessions
from constancia.domain.errors import InputRefused, NotAllowed, NotFound
from constancia.domain.vocabulary.deeds import Deed, Outcome
from constancia.domain.vocabulary.states import region_code
from constancia.domain.vocabulary.terms import Role
from constancia.infra import clock, trail
from constancia.infra.writer import writing

LINK_LIFETIME = timedelta(hours=24)
ATTEMPTS, WINDOW = 8, timedelta(minutes=15)
"""Wrong passwords per username and window before that username must wait. A sign-in link always
works, so the wait cannot be used to lock somebody out for good."""
LIMITS = ((ATTEMPTS, WINDOW),)

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]")
REGION = re.compile(r"[a-z0-9][a-z0-9_ .-]{0,99}")


def create_user(
    by: User | None,
    username: str,
    display_name: str,
    role: Role,
    regions: Iterable[str] = (),
    password: str | None = None,
) -> User:
    """A new person of the house. Without `password` only a sign-in link lets them in.

    Raises InputRefused: `account.username`, `account.username_taken`, `account.name`,
    `account.regions`, `account.password_weak`; NotAllowed, also as `second.ready` where the role sees
    identities.
    """
    _allowed(by)
    username = username.strip().casefold()
    if not USERNAME.fullmatch(username):
        raise InputRefused("account.username")
    display_name = " ".join(display_name.split())
    if not display_name or len(display_name) > 200 or not display_name.isprintable():
        raise InputRefused("account.name")
    reach = _regions(role, regions)
    user = User(username=username, display_name=display_name, role=role.value, regions=reach)
    user.created_at = clock.now()
    if password is None:
        user.set_unusable_password()
    else:
        passwords.check(password, user)
        user.set_password(password)
    # Nobody is asked to approve what cannot be.
    if by is not None and User.objects.filter(username=username).exists():
        raise InputRefused("account.username_taken")
    terms = _second(by, None, user.username, role, reach, display_name)
    with writing():
        if User.objects.filter(username=username).exists():
            raise InputRefused("account.username_taken")
        if terms:
            second.spend(by, terms)
        user.save(force_insert=True)
        _note(by, user)
    return user


def set_role(by: User | None, user: User, role: Role, regions: Iterable[str] = ()) -> User:
    """Gives `user` another role or other regions; it holds from the next request on.

    Raises InputRefused (`account.regions`, `account.last_administrator`), NotAllowed, also as `second.ready`
    where the role sees more identities than before.
    """
    _allowed(by)
    reach = _regions(role, regions)
    terms = _second(by, _fresh(user), user.username, role, reach)
    with writing():
        user = _fresh(user)
        if role is not Role.ADMINISTRATOR:
            _keep_an_administrator(user)
        if terms:
            second.spend(by, terms)
        user.role, user.regions = role.value, reach
        user.save(update_fields=["role", "regions"])
        _note(by, user)
    return user


def disable(by: User | None, user: User) -> User:
    """Shuts `user` out: sessions and links end at once. What they recorded stays."""
    _allowed(by)
    with writing(guarded=False):
        user = _fresh(user)
        _keep_an_administrator(user)
        user.is_active = False
        user.save(update_fields=["is_active"])
        user.links.filter(used_at=None).delete()
        _note(by, user)
    end_sessions(user)
    return user


def enable(by: User | None, user: User) -> User:
    """Lets a disabled user in again, with the role they had. Raises NotAllowed, also as `second.ready`."""
    _allowed(by)
    user = _fresh(user)
    terms = _second(by, user, user.username, Role(user.role), user.regions)
    with writing():
        user = _fresh(user)
        if terms:
            second.spend(by, terms)
        user.is_active = True
        user.save(update_fields=["is_active"])
        _note(by, user)
    return user


def set_password(user: User, password: str) -> User:
    """A new password of the user's own; every session of theirs ends, and their second factors stay.

    Raises InputRefused (`account.password_weak`).
    """
    passwords.check(password, user)
    with writing(guarded=False):
        user = _fresh(user)
        user.set_password(password)
        user.save(update_fields=["password"])
        factors.forgive(user)
    end_sessions(user)
    trail.note(user.pk, Deed.PASSWORD_CHANGED, "user", user.pk)
    return user


def issue_link(
    by: User | None,
    user: User,
    lifetime: timedelta = LINK_LIFETIME,
    sets_password: bool = True,
    resets_factors: bool = False,
) -> str:
    """The token of a link that signs `user` in once; earlier unused links of theirs stop working.

    `sets_password`: the user is asked for a new password on entering. `resets_factors`: their second factors
    go when they use it, and not before; nobody gives such a link to themselves.
    Raises InputRefused `account.disabled`, `account.away`; NotAllowed `account.factors_own`.
    """
    _allowed(by)
    if resets_factors and by is not None and by.pk == user.pk:
        raise NotAllowed("account.factors_own")
    if not user.is_active:
        raise InputRefused("account.disabled")
    if not user.may_enter:
        raise InputRefused("account.away")
    token, now = passwords.new_token(), clock.now()
    with writing(guarded=False):
        user.links.filter(used_at=None).delete()
        SignInLink.objects.create(
            user=user,
            by=by,
            token_hash=passwords.token_hash(token),
            sets_password=sets_password,
            resets_factors=resets_factors,
            issued_at=now,
            expires_at=now + lifetime,
        )
    said = {"resets": resets_factors}
    trail.note(by.pk if by else None, Deed.LINK_GIVEN, "user", user.pk, said=said)
    return token


def redeem_link(token: str) -> SignInLink:
    """Uses the link up; returns it with its user. Raises NotFound (`account.link`): unknown, used or late."""
    now = clock.now()
    with writing(guarded=False):
        link = (
            SignInLink.objects.select_related("user").filter(token_hash=passwords.token_hash(token)).first()
        )
        if link is None or link.used_at is not None or link.expires_at <= now or not link.user.may_enter:
            raise NotFound("account.link")
        link.used_at = now
        link.save(update_fields=["used_at"])
        if link.resets_factors:
            factors.forget_all(link.user)
            factors.forgive(link.user)
            end_sessions(link.user)
    if link.resets_factors:
        by = link.by.pk if link.by else None
        trail.note(by, Deed.FACTOR_REMOVED, "user", link.user.pk, said={"kind": "all", "by_link": True})
    return link


def authenticate(username: str, password: str) -> User:
    """The user with this name and password.

    The same refusal, after the same work, whether the name exists, is disabled, travels or was mistyped.
    Raises InputRefused (`account.sign_in`), NotAllowed (`account.wait`, with the minutes).
    """
    username = username.strip().casefold()[:200]
    mark = throttle.mark(f"sign-in|{username}")
    throttle.refuse_if_too_many(mark, LIMITS, "account.wait")
    user, decoy = User.objects.filter(username=username).first(), _decoy()
    usable = user is not None and user.may_enter and user.has_usable_password()
    stored = user.password if user is not None and usable else decoy
    right = check_password(password[: passwords.MAXIMUM_LENGTH], stored)
    if user is None or not usable or not right:
        with writing(guarded=False):
            throttle.count(mark)
        whom = user.pk if user is not None else None
        trail.note(None, Deed.SIGN_IN, "user", whom, outcome=Outcome.REFUSED, said={"wrong": "password"})
        raise InputRefused("account.sign_in")
    return user


def note_entry(user: User, factor: str) -> None:
    """For the trail: `user` is inside, with this second factor or none."""
    trail.note(user.pk, Deed.SIGN_IN, "user", user.pk, said={"factor": factor})


_DECOY: list[str] = []


def _decoy() -> str:
    """A hash nobody knows the password of, so that unknown names cost the same time as known ones."""
    if not _DECOY:
        _DECOY.append(make_password(passwords.new_token()))
    return _DECOY[0]


def _allowed(by: User | None) -> None:
    if by is not None:
        allow(by, Permission.PEOPLE_MANAGE)


def _second(
    by: User | None, user: User | None, username: str, role: Role, reach: list[str], name: str = ""
) -> dict[str, Any] | None:
    """What a second person was asked for and has approved; None where none is needed."""
    if by is None or not second.widens(user, role, reach):
        return None
    terms = second.role_terms(username, role, reach, name)
    second.ready(by, terms)
    return terms


def _fresh(user: User) -> User:
    """The user as stored now, so that the check and the change see the same row."""
    return User.objects.get(pk=user.pk)


def _regions(role: Role, regions: Iterable[str]) -> list[str]:
    reach = sorted({region_code(region) for region in regions if region.strip()})
    if any(not REGION.fullmatch(region) for region in reach):
        raise InputRefused("account.regions")
    if role is Role.COORDINATOR and not reach:
        raise InputRefused("account.regions")
    return reach if role is Role.COORDINATOR else []


def _keep_an_administrator(user: User) -> None:
    """Refuses the change that would leave nobody able to manage the people of the house."""
    if user.role != Role.ADMINISTRATOR or not user.is_active:
        return
    others = User.objects.filter(role=Role.ADMINISTRATOR.value, is_active=True, away_since=None)
    others = others.exclude(pk=user.pk)
    if not others.exists():
        raise InputRefused("account.last_administrator")


def _note(by: User | None, user: User) -> None:
    RoleChange.objects.create(
        user=user, by=by, role=user.role, regions=user.regions, active=user.is_active, at=clock.now()
    )
