"""What every page is given: the navigation of the acting user, and where one stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, fully_in, may
from constancia.apps.ledger import standing
from constancia.apps.register.timing import clock_behind
from constancia.domain.catalogue import explain
from constancia.infra import modes, unlocked
from constancia.infra.spoken import language


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the navigation: shown to those who may enter."""

    name: str
    label: Promise
    permission: Permission


ROOMS = (
    Room("figures:balance", _("Balance"), Permission.FIGURES_READ),
    Room("register:search", _("Registro"), Permission.CASE_BROWSE),
    Room("register:new", _("Caso nuevo"), Permission.CASE_RECORD),
    Room("register:reviews", _("Revisión"), Permission.CASE_REVIEW),
    Room("matching:lists", _("Listas"), Permission.LIST_SEND),
    Room("figures:explore", _("Cifras"), Permission.FIGURES_READ),
    Room("claims:documents", _("Cifras ajenas"), Permission.CLAIMS_READ),
    Room("claims:announcements", _("Anuncios"), Permission.CLAIMS_READ),
    Room("publishing:editions", _("Ediciones"), Permission.EDITION_READ),
    Room("imports:start", _("Importar"), Permission.IMPORT_RUN),
    Room("erasure:requests", _("Borrados"), Permission.ERASE_ASK),
    Room("approvals:requests", _("Aprobaciones"), Permission.SECOND_PERSON),
    Room("trail:events", _("Auditoría"), Permission.TRAIL_READ),
    Room("accounts:people", _("La casa"), Permission.PEOPLE_MANAGE),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """The house, `rooms` (label, address, whether it is the present one), `allowed` (permissions), and
    `closed_to_writing`: why nothing can be written, if so; `clock_behind`: the sentence that says so, where
    this machine's clock is behind the last recording."""
    user = getattr(request, "user", None)
    house: dict[str, Any] = {
        "organisation": settings.CONSTANCIA_ORGANISATION,
        "demonstration": settings.CONSTANCIA_DEMONSTRATION,
    }
    if not isinstance(user, User):
        return house | {"rooms": [], "allowed": frozenset()}
    house["closed_to_writing"] = _closed_to_writing()
    behind = clock_behind()
    house["clock_behind"] = explain(behind, language()) if behind is not None else ""
    here = _here(request)
    if not fully_in(request):
        return house | {"rooms": [], "allowed": frozenset()}
    rooms = [
        {"label": room.label, "address": address, "here": room.name == here}
        for room in ROOMS
        if may(user, room.permission) and (address := _address(room.name))
    ]
    return house | {"rooms": rooms, "allowed": frozenset(str(p) for p in Permission if may(user, p))}


def _closed_to_writing() -> dict[str, Any] | None:
    """`kind`: "read-only" (somebody decided so: `since`, `reason`), or what this register is beside the one
    that published last ("restored", "forked", "unreadable"; `apps.ledger.standing`)."""
    found = standing.standing()
    if found != "ours":
        return {"kind": found}
    state = modes.state(unlocked.home())
    if state.lasting is modes.Mode.READ_ONLY:
        return {"kind": "read-only", "since": state.since, "reason": state.reason}
    return None


def _address(name: str) -> str:
    """The room's address; empty while its part of the house is not built."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _here(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else ""
