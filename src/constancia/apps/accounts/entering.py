"""How a browser gets a session: the one door, in two steps. Views call it; nothing else signs anybody in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from constancia.apps.accounts import factors, services
from constancia.apps.accounts.marks import (
    BEGAN,
    BROWSER,
    CEREMONY,
    FACTOR,
    FRESH,
    MAY_SET_PASSWORD,
    PENDING,
    SECRET,
    SEEN,
)
from constancia.apps.accounts.models import User
from constancia.infra import clock

BACKEND = "constancia.apps.accounts.backend.HouseBackend"
SECOND_STEP = timedelta(minutes=10)
"""How long the password stands while the second factor is looked for."""
FRESHNESS = timedelta(minutes=5)
"""How long after giving the password or a factor somebody may change their factors."""
FAMILIES = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
"""Families by the sign they bear; browsers claim to be older ones, so the first that fits is the one."""


def first_step(request: HttpRequest, user: User, wanted: str, *, sets_password: bool = False) -> bool:
    """The password was right, or a link good. Whether the person is inside; if not, the second step waits."""
    if not factors.has_any(user):
        enter(request, user, factor="", sets_password=sets_password)
        return True
    request.session.flush()
    request.session[PENDING] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "at": clock.now().timestamp(),
        "next": wanted,
        "sets_password": sets_password,
    }
    return False


def pending(request: HttpRequest) -> tuple[User, dict[str, Any]] | None:
    """Who still owes the second factor in this browser; None too late, or when anything changed since."""
    held = request.session.get(PENDING)
    if not held or clock.now().timestamp() - held["at"] > SECOND_STEP.total_seconds():
        return None
    user = User.objects.filter(pk=held["user"]).first()
    if user is None or not user.may_enter:
        return None
    if not constant_time_compare(held["hash"], user.get_session_auth_hash()):
        return None
    return user, held


def enter(request: HttpRequest, user: User, *, factor: str, sets_password: bool = False) -> None:
    """A fresh session, with the times that limit it and the factor that opened it."""
    _open(request, user, factor, clock.now().timestamp())
    if sets_password:
        request.session[MAY_SET_PASSWORD] = True
    services.note_entry(user, factor)


def renew(request: HttpRequest, user: User, *, factor: str | None = None) -> None:
    """The page at hand ended all sessions of its user: a new one takes the place of the present one."""
    held = request.session.get(FACTOR, "") if factor is None else factor
    _open(request, user, held, request.session.get(BEGAN) or clock.now().timestamp())


def fresh(request: HttpRequest) -> bool:
    """Whether the password or a factor was given in this session within the last five minutes."""
    given = request.session.get(FRESH)
    return given is not None and clock.now().timestamp() - given <= FRESHNESS.total_seconds()


def _open(request: HttpRequest, user: User, factor: str, began: float) -> None:
    for key in (PENDING, MAY_SET_PASSWORD, SECRET, CEREMONY):
        request.session.pop(key, None)
    login(request, user, backend=BACKEND)
    now = clock.now().timestamp()
    request.session[BEGAN], request.session[SEEN], request.session[FRESH] = began, now, now
    request.session[FACTOR] = factor
    request.session[BROWSER] = _family(request.headers.get("User-Agent", ""))


def _family(agent: str) -> str:
    """The name of the browser and nothing finer: a version or a model would describe the person."""
    return next((name for sign, name in FAMILIES.items() if sign in agent), "")
