"""What each role may do: one table, denied by default, and the two marks that every view must carry.

A view says `@requires(Permission.X)` or `@public`; one that says neither is not served
(`middleware.DeclaredAccess`). Whoever is not signed in is sent to sign in; whoever lacks the
permission gets the same answer as for a page that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Concatenate, Literal, ParamSpec
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from constancia.apps.accounts.marks import FACTOR
from constancia.apps.accounts.models import User
from constancia.domain.errors import NotAllowed
from constancia.domain.vocabulary.terms import Role


class Permission(StrEnum):
    """One thing that somebody may be allowed to do."""

    OWN_ACCOUNT = "own_account"
    FIGURES_READ = "figures.read"
    PEOPLE_BEHIND = "figures.people_behind"
    CASE_BROWSE = "case.browse"
    CASE_RECORD = "case.record"
    CASE_REVIEW = "case.review"
    CASE_EXPORT = "case.export"
    CASE_ASSIGN = "case.assign"
    IDENTITY_READ = "identity.read"
    SOURCE_SEALED = "source.sealed"
    IMPORT_RUN = "import.run"
    CLAIMS_READ = "claims.read"
    CLAIMS_WORK = "claims.work"
    LIST_SEND = "list.send"
    LIST_WORK = "list.work"
    EDITION_READ = "edition.read"
    EDITION_WORK = "edition.work"
    EDITION_APPROVE = "edition.approve"
    PEOPLE_MANAGE = "people.manage"
    ERASE_ASK = "erase.ask"
    ERASE_APPROVE = "erase.approve"
    TRAIL_READ = "trail.read"
    KEYS_MANAGE = "keys.manage"
    SECOND_PERSON = "second_person"


_P = Permission

MATRIX: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.DESK: frozenset(Permission) - {_P.PEOPLE_MANAGE, _P.TRAIL_READ, _P.KEYS_MANAGE},
    Role.COORDINATOR: frozenset(
        {
            _P.OWN_ACCOUNT,
            _P.FIGURES_READ,
            _P.PEOPLE_BEHIND,
            _P.CASE_BROWSE,
            _P.CASE_RECORD,
            _P.CASE_REVIEW,
            _P.CASE_EXPORT,
            _P.CASE_ASSIGN,
            _P.IDENTITY_READ,
            _P.SOURCE_SEALED,
            _P.CLAIMS_READ,
            _P.LIST_SEND,
            _P.EDITION_READ,
            _P.ERASE_ASK,
            _P.SECOND_PERSON,
        }
    ),
    Role.LAWYER: frozenset(
        {
            _P.OWN_ACCOUNT,
            _P.FIGURES_READ,
            _P.CASE_BROWSE,
            _P.CASE_RECORD,
            _P.CASE_REVIEW,
            _P.IDENTITY_READ,
            _P.CLAIMS_READ,
            _P.LIST_SEND,
            _P.EDITION_READ,
            _P.ERASE_ASK,
        }
    ),
    Role.VOLUNTEER: frozenset({_P.OWN_ACCOUNT, _P.CASE_RECORD, _P.LIST_SEND}),
    Role.READER: frozenset({_P.OWN_ACCOUNT, _P.FIGURES_READ, _P.CLAIMS_READ, _P.EDITION_READ}),
    # Sees what everybody did, and no case: else whoever watches is one more who reads.
    Role.AUDITOR: frozenset({_P.OWN_ACCOUNT, _P.FIGURES_READ, _P.EDITION_READ, _P.TRAIL_READ}),
}
"""Role × permission. What is not in it is refused."""

WHOLE_REGISTER = frozenset({Role.ADMINISTRATOR, Role.DESK})


def may(user: User | AnonymousUser, permission: Permission) -> bool:
    """Whether `user` holds `permission`, as the database says now."""
    if not isinstance(user, User) or not user.may_enter:
        return False
    try:
        return permission in MATRIX[Role(user.role)]
    except (ValueError, KeyError):
        return False


def allow(user: User | AnonymousUser, permission: Permission) -> None:
    """Raises NotAllowed (`account.not_allowed`) unless `user` holds `permission`. For services."""
    if not may(user, permission):
        raise NotAllowed("account.not_allowed", permission=permission.value)


def scope(user: User | AnonymousUser) -> frozenset[str] | None:
    """The regions whose cases `user` may see: None for all of them, an empty set for none.

    A coordinator sees the regions of the role. A lawyer sees no region, only assigned cases (the
    register knows which). Volunteers and readers see no case.
    """
    if not isinstance(user, User) or not user.may_enter:
        return frozenset()
    if user.role in WHOLE_REGISTER:
        return None
    if user.role == Role.COORDINATOR and isinstance(user.regions, list):
        return frozenset(str(region) for region in user.regions if region)
    return frozenset()


P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
Access = Permission | Literal["public"]


def access_of(view: Callable[..., object]) -> Access | None:
    """What `view` declares; None if nothing."""
    declared: Access | None = getattr(view, "access", None)
    return declared


def public(view: View[P]) -> View[P]:
    """Marks a view that anybody may open without signing in."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def requires(permission: Permission, *, early: bool = False) -> Callable[[View[P]], View[P]]:
    """Marks and guards a view: sign in first, then hold `permission`, or it does not exist.

    `early`: one of the few pages that are there before a second factor is set up.
    """

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if not early and not fully_in(request):
                return to_enrolment(request)
            if not may(request.user, permission):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]
        guarded.early = early  # type: ignore[attr-defined]
        return guarded

    return guard


def fully_in(request: HttpRequest) -> bool:
    """Whether this session gave a second factor, or the register is a demonstration, which asks for none."""
    return bool(settings.CONSTANCIA_DEMONSTRATION or request.session.get(FACTOR))


def to_enrolment(request: HttpRequest) -> HttpResponse:
    """Sends to the page where the second factor is set up."""
    address = reverse("accounts:factors")
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


ENDED, UNSAVED = "terminada", "sin-guardar"
"""What the sign-in page is told of the session that was there: it ended; and what was sent was not kept."""


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Sends the browser to the sign-in page, and back afterwards to the page one was on."""
    scripted = request.headers.get("HX-Request") == "true"
    if request.method == "GET" and not scripted:
        wanted = request.get_full_path()
        told = ENDED if settings.SESSION_COOKIE_NAME in request.COOKIES else ""
    else:
        wanted = _page_of(request, request.headers.get("HX-Current-URL" if scripted else "Referer", ""))
        told = ENDED if request.method == "GET" else UNSAVED
    query = urlencode({"next": wanted} | ({"sesion": told} if told else {}), safe="/")
    address = f"{reverse('accounts:sign_in')}?{query}"
    if scripted:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _page_of(request: HttpRequest, address: str) -> str:
    """The path of a page of ours by its full address; the first page for any other."""
    hosts = {request.get_host()}
    if not url_has_allowed_host_and_scheme(address, hosts, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(address)
    return urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment))


def acting(request: HttpRequest) -> User:
    """The signed-in user of a guarded view."""
    user = request.user
    if not isinstance(user, User):
        raise NotAllowed("account.not_signed_in")
    return user
