"""The only writer of accounts. `by` is the acting user; None is the holder of the key at the command line."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from constancia.apps.accounts import passwords
from constancia.apps.accounts.models import FailedSignIn, RoleChange, SignInLink, User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.domain.errors import InputRefused, NotAllowed, NotFound
from constancia.domain.vocabulary.states import region_code
from constancia.domain.vocabulary.terms import Role
from constancia.infra import clock
from constancia.infra.writer import writing

LINK_LIFETIME = timedelta(hours=24)
ATTEMPTS, WINDOW = 8, timedelta(minutes=15)
"""Wrong passwords per username and window before that username must wait. A sign-in link always
works, so the wait cannot be used to lock somebody out for good."""

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
    `account.regions`, `account.password_weak`; NotAllowed.
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
    with writing():
        if User.objects.filter(username=username).exists():
            raise InputRefused("account.username_taken")
        user.save(force_insert=True)
        _note(by, user)
    return user


def set_role(by: User | None, user: User, role: Role, regions: Iterable[str] = ()) -> User:
    """Gives `user` another role or other regions; it holds from the next request on.

    Raises InputRefused (`account.regions`, `account.last_administrator`), NotAllowed.
    """
    _allowed(by)
    reach = _regions(role, regions)
    with writing():
        user = _fresh(user)
        if role is not Role.ADMINISTRATOR:
            _keep_an_administrator(user)
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
        user.epoch += 1
        user.save(update_fields=["is_active", "epoch"])
        user.links.filter(used_at=None).delete()
        _note(by, user)
    return user


def enable(by: User | None, user: User) -> User:
    """Lets a disabled user in again, with the role they had."""
    _allowed(by)
    with writing():
        user = _fresh(user)
        user.is_active = True
        user.save(update_fields=["is_active"])
        _note(by, user)
    return user


def set_password(user: User, password: str) -> User:
    """A new password of the user's own; every other session of theirs ends.

    Raises InputRefused (`account.password_weak`).
    """
    passwords.check(password, user)
    with writing(guarded=False):
        user = _fresh(user)
        user.set_password(password)
        user.epoch += 1
        user.save(update_fields=["password", "epoch"])
    return user


def issue_link(
    by: User | None, user: User, lifetime: timedelta = LINK_LIFETIME, sets_password: bool = True
) -> str:
    """The token of a link that signs `user` in once; earlier unused links of theirs stop working.

    `sets_password`: the user is asked for a new password on entering.
    """
    _allowed(by)
    if not user.is_active:
        raise InputRefused("account.disabled")
    token, now = passwords.new_token(), clock.now()
    with writing(guarded=False):
        user.links.filter(used_at=None).delete()
        SignInLink.objects.create(
            user=user,
            by=by,
            token_hash=passwords.token_hash(token),
            sets_password=sets_password,
            issued_at=now,
            expires_at=now + lifetime,
        )
    return token


def redeem_link(token: str) -> SignInLink:
    """Uses the link up; returns it with its user. Raises NotFound (`account.link`): unknown, used or late."""
    now = clock.now()
    with writing(guarded=False):
        link = (
            SignInLink.objects.select_related("user").filter(token_hash=passwords.token_hash(token)).first()
        )
        if link is None or link.used_at is not None or link.expires_at <= now or not link.user.is_active:
            raise NotFound("account.link")
        link.used_at = now
        link.save(update_fields=["used_at"])
    return link


def authenticate(username: str, password: str) -> User:
    """The user with this name and password.

    The same refusal, after the same work, whether the name exists or not.
    Raises InputRefused (`account.sign_in`), NotAllowed (`account.wait`, with the minutes).
    """
    username, now = username.strip().casefold()[:200], clock.now()
    mark = _mark(username)
    _not_too_often(mark, now)
    user = User.objects.filter(username=username, is_active=True).first()
    usable = user is not None and user.has_usable_password()
    stored = user.password if user is not None and usable else _decoy()
    right = check_password(password[: passwords.MAXIMUM_LENGTH], stored)
    if user is None or not usable or not right:
        with writing(guarded=False):
            FailedSignIn.objects.filter(at__lt=now - WINDOW).delete()
            FailedSignIn.objects.create(mark=mark, at=now)
        raise InputRefused("account.sign_in")
    return user


def _not_too_often(mark: str, now: datetime) -> None:
    failures = FailedSignIn.objects.filter(mark=mark, at__gt=now - WINDOW).order_by("at")
    instants = list(failures.values_list("at", flat=True))
    if len(instants) >= ATTEMPTS:
        wait = instants[-ATTEMPTS] + WINDOW - now
        raise NotAllowed("account.wait", minutes=max(1, -(-int(wait.total_seconds()) // 60)))


def _mark(username: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"sign-in|{username}".encode(), sha256).hexdigest()


_DECOY: list[str] = []


def _decoy() -> str:
    """A hash nobody knows the password of, so that unknown names cost the same time as known ones."""
    if not _DECOY:
        _DECOY.append(make_password(passwords.new_token()))
    return _DECOY[0]


def _allowed(by: User | None) -> None:
    if by is not None:
        allow(by, Permission.PEOPLE_MANAGE)


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
    others = User.objects.filter(role=Role.ADMINISTRATOR.value, is_active=True).exclude(pk=user.pk)
    if not others.exists():
        raise InputRefused("account.last_administrator")


def _note(by: User | None, user: User) -> None:
    RoleChange.objects.create(
        user=user, by=by, role=user.role, regions=user.regions, active=user.is_active, at=clock.now()
    )
