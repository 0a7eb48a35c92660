"""Two guards that stand before every view: sessions that end, and access that is declared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import logout
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

from constancia.apps.accounts.marks import BEGAN, SEEN
from constancia.apps.accounts.permissions import access_of, to_sign_in
from constancia.infra import clock

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=10)
TOUCH = timedelta(minutes=1)
"""How stale the last-seen mark may grow before it is written again: not every page costs a write."""

Respond = Callable[[HttpRequest], HttpResponse]


class SessionLimits:
    """Ends a session 30 minutes after its last request and 10 hours after signing in."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not self._still_good(request, clock.now()):
            logout(request)
            return to_sign_in(request)
        return self.get_response(request)

    def _still_good(self, request: HttpRequest, now: datetime) -> bool:
        began, seen = request.session.get(BEGAN), request.session.get(SEEN)
        if began is None or seen is None:
            return False
        instant = now.timestamp()
        if instant - began > ABSOLUTE.total_seconds() or instant - seen > IDLE.total_seconds():
            return False
        if instant - seen > TOUCH.total_seconds():
            request.session[SEEN] = instant
        return True


class DeclaredAccess:
    """Refuses to serve a view that declares neither a permission nor that it is public."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        if access_of(view) is None:
            name = getattr(view, "__qualname__", type(view).__name__)
            raise ImproperlyConfigured(f"view {view.__module__}.{name} declares no access")
