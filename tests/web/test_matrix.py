"""Every address × every role × own, other and no such case. An address that is not listed fails."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client, RequestFactory

from constancia.apps.accounts.middleware import DeclaredAccess
from constancia.apps.accounts.permissions import MATRIX, Permission
from constancia.domain.vocabulary.terms import Role
from tests.support.world import SignedIn, World
from tests.web.addresses import Address, every_address

_P = Permission
EXPECTED: dict[str, Permission | str] = {
    "home": _P.OWN_ACCOUNT,
    "language": "public",
    "accounts:sign_in": "public",
    "accounts:link": "public",
    "accounts:sign_out": "public",
    "accounts:second_step": "public",
    "accounts:own": _P.OWN_ACCOUNT,
    "accounts:confirm": _P.OWN_ACCOUNT,
    "accounts:factors": _P.OWN_ACCOUNT,
    "accounts:application": _P.OWN_ACCOUNT,
    "accounts:passkey": _P.OWN_ACCOUNT,
    "accounts:codes": _P.OWN_ACCOUNT,
    "accounts:remove_factor": _P.OWN_ACCOUNT,
    "accounts:end_sessions": _P.OWN_ACCOUNT,
    "accounts:begin_travel": _P.OWN_ACCOUNT,
    "accounts:people": _P.PEOPLE_MANAGE,
    "accounts:add": _P.PEOPLE_MANAGE,
    "accounts:person": _P.PEOPLE_MANAGE,
    "accounts:change_role": _P.PEOPLE_MANAGE,
    "accounts:change_active": _P.PEOPLE_MANAGE,
    "accounts:new_link": _P.PEOPLE_MANAGE,
    "accounts:reset_factors": _P.PEOPLE_MANAGE,
    "accounts:end_all_sessions": _P.PEOPLE_MANAGE,
    "accounts:end_travel": _P.PEOPLE_MANAGE,
    "keeping:backups": _P.PEOPLE_MANAGE,
    "register:search": _P.CASE_BROWSE,
    "register:export": _P.CASE_EXPORT,
    "register:export_approved": _P.CASE_EXPORT,
    "approvals:requests": _P.SECOND_PERSON,
    "approvals:request": _P.SECOND_PERSON,
    "approvals:give_role": _P.PEOPLE_MANAGE,
    "register:new": _P.CASE_RECORD,
    "register:alike": _P.CASE_RECORD,
    "register:case": _P.CASE_BROWSE,
    "register:choose": _P.CASE_BROWSE,
    "register:assign": _P.CASE_ASSIGN,
    "register:reveal": _P.IDENTITY_READ,
    "register:row": _P.SOURCE_SEALED,
    "register:ask_region": _P.SOURCE_SEALED,
    "regions:own": _P.SOURCE_SEALED,
    "regions:passphrase": _P.SOURCE_SEALED,
    "regions:open": _P.SOURCE_SEALED,
    "regions:close": _P.SOURCE_SEALED,
    "regions:give": _P.SOURCE_SEALED,
    "regions:answer": _P.SOURCE_SEALED,
    "trail:events": _P.TRAIL_READ,
    "trail:openings": _P.TRAIL_READ,
    "trail:own": _P.OWN_ACCOUNT,
    "register:add": _P.CASE_RECORD,
    "register:correct": _P.CASE_RECORD,
    "register:withdraw": _P.CASE_RECORD,
    "register:attest": _P.CASE_RECORD,
    "register:attach": _P.CASE_RECORD,
    "register:review": _P.CASE_REVIEW,
    "register:reviews": _P.CASE_REVIEW,
    "register:evidence": _P.IDENTITY_READ,
    "erasure:requests": _P.ERASE_ASK,
    "erasure:request": _P.ERASE_ASK,
    "erasure:mentions": _P.ERASE_ASK,
    "erasure:ask_words": _P.ERASE_ASK,
    "register:evidence_copy": _P.IDENTITY_READ,
    "register:evidence_give": _P.IDENTITY_READ,
    "register:evidence_verify": _P.IDENTITY_READ,
    "duplicates:queue": _P.CASE_REVIEW,
    "duplicates:latest": _P.CASE_REVIEW,
    "duplicates:judge": _P.CASE_REVIEW,
    "duplicates:undo": _P.CASE_REVIEW,
    "imports:start": _P.IMPORT_RUN,
    "imports:columns": _P.IMPORT_RUN,
    "imports:mapping": _P.IMPORT_RUN,
    "imports:preview": _P.IMPORT_RUN,
    "imports:refusals": _P.IMPORT_RUN,
    "imports:discard": _P.IMPORT_RUN,
    "imports:batch": _P.IMPORT_RUN,
    "imports:withdraw": _P.IMPORT_RUN,
    "imports:review": _P.IMPORT_RUN,
    "figures:balance": _P.FIGURES_READ,
    "figures:explore": _P.FIGURES_READ,
    "figures:export": _P.FIGURES_READ,
    "figures:counted": _P.PEOPLE_BEHIND,
    "figures:moved": _P.PEOPLE_BEHIND,
    "claims:documents": _P.CLAIMS_READ,
    "claims:new": _P.CLAIMS_WORK,
    "claims:check": _P.CLAIMS_WORK,
    "claims:discard": _P.CLAIMS_WORK,
    "claims:document": _P.CLAIMS_READ,
    "claims:file": _P.CLAIMS_READ,
    "claims:read_again": _P.CLAIMS_WORK,
    "claims:correct_document": _P.CLAIMS_WORK,
    "claims:withdraw_document": _P.CLAIMS_WORK,
    "claims:add": _P.CLAIMS_WORK,
    "claims:claim": _P.CLAIMS_READ,
    "claims:decide": _P.CLAIMS_WORK,
    "claims:correct": _P.CLAIMS_WORK,
    "claims:reconcile": _P.CLAIMS_READ,
    "claims:compare": _P.CLAIMS_READ,
    "figures:between": _P.PEOPLE_BEHIND,
    "claims:announcements": _P.CLAIMS_READ,
    "claims:announce": _P.CLAIMS_WORK,
    "claims:announcement": _P.CLAIMS_READ,
    "claims:people": _P.PEOPLE_BEHIND,
    "claims:correct_announcement": _P.CLAIMS_WORK,
    "claims:withdraw_announcement": _P.CLAIMS_WORK,
    "claims:list": _P.CLAIMS_WORK,
    "claims:attribute": _P.CLAIMS_WORK,
    "claims:decide_name": _P.CLAIMS_WORK,
    "claims:statements": _P.CLAIMS_READ,
    "claims:state": _P.CLAIMS_WORK,
    "claims:correct_statement": _P.CLAIMS_WORK,
    "claims:withdraw_statement": _P.CLAIMS_WORK,
    "matching:lists": _P.LIST_SEND,
    "matching:new": _P.LIST_SEND,
    "matching:receipt": _P.LIST_SEND,
    "matching:list": _P.LIST_WORK,
    "matching:accept": _P.LIST_WORK,
    "matching:undo_list": _P.LIST_WORK,
    "matching:changes": _P.LIST_WORK,
    "matching:decide": _P.LIST_WORK,
    "matching:undo": _P.LIST_WORK,
    "publishing:editions": _P.EDITION_READ,
    "publishing:edition": _P.EDITION_READ,
    "publishing:charts": _P.EDITION_READ,
    "publishing:drawing": _P.EDITION_READ,
    "publishing:read": _P.EDITION_READ,
    "publishing:style": _P.EDITION_READ,
    "publishing:file": _P.EDITION_READ,
    "publishing:verify": _P.EDITION_READ,
    "publishing:changes": _P.EDITION_READ,
    "publishing:receipt": _P.CASE_BROWSE,
    "publishing:build": _P.EDITION_WORK,
    "publishing:erratum": _P.EDITION_APPROVE,
    "publishing:new": _P.EDITION_WORK,
    "publishing:draft": _P.EDITION_WORK,
    "publishing:preview": _P.EDITION_WORK,
    "publishing:check": _P.EDITION_WORK,
    "publishing:mend": _P.EDITION_WORK,
    "publishing:merge": _P.EDITION_WORK,
    "publishing:approve": _P.EDITION_APPROVE,
    "publishing:discard": _P.EDITION_WORK,
    "publishing:reports": _P.EDITION_WORK,
    "publishing:report": _P.EDITION_WORK,
    "publishing:names": _P.EDITION_WORK,
    "publishing:text": _P.EDITION_WORK,
    "upkeep:mode": _P.KEYS_MANAGE,
    "upkeep:read_only": _P.KEYS_MANAGE,
    "upkeep:normal": _P.KEYS_MANAGE,
    "upkeep:close": _P.KEYS_MANAGE,
}
ABOUT_A_CASE = ("code", "seq", "number")
OF_THE_DESK = {"matching:receipt"}
"""A list that the desk sent: only who works with lists sees the receipt of somebody else's."""
OF_ZULIA = {"erasure:request", "erasure:mentions"}
"""About the request of the world, which is of the case in Zulia."""
USES_UP = {"accounts:sign_out", "imports:discard", "claims:discard"}
"""Asked once and last: afterwards what they are about is gone."""
SEES_LARA = {Role.ADMINISTRATOR, Role.DESK, Role.COORDINATOR, Role.LAWYER}
SEES_ZULIA = {Role.ADMINISTRATOR, Role.DESK}

ADDRESSES = every_address()
SERVER_ERROR = HTTPStatus.INTERNAL_SERVER_ERROR


def _about_a_case(address: Address) -> bool:
    return any(blank in ABOUT_A_CASE for blank in address.blanks)


def test_every_address_is_listed_and_declares_what_is_listed() -> None:
    assert {address.name: address.access for address in ADDRESSES} == EXPECTED


def test_whoever_is_not_signed_in_is_sent_to_sign_in(world: World) -> None:
    blanks = world.blanks(world.lara)
    for address in ADDRESSES:
        if address.name == "accounts:sign_out":
            continue
        for method in (Client().get, Client().post):
            answer = method(address.fill(blanks))
            sent = answer.headers.get("Location", "").startswith("/entrar/")
            assert sent is (address.access != "public"), address.name


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", list(Role))
def test_each_role_gets_what_the_table_says(
    role: Role, method: str, world: World, signed_in: SignedIn
) -> None:
    regions = ((world.blanks(world.lara), SEES_LARA), (world.blanks(world.zulia), SEES_ZULIA))
    faults = []
    client = signed_in(world.users[role])
    for address in sorted(ADDRESSES, key=lambda address: address.name in USES_UP):
        if address.access == _P.OWN_ACCOUNT or address.name in USES_UP:  # what ends or narrows a session
            client = signed_in(world.users[role])
        for blanks, sees in regions:
            answer = getattr(client, method)(address.fill(blanks))
            mine = role in sees or not _about_a_case(address)
            mine = mine and (address.name not in OF_THE_DESK or _P.LIST_WORK in MATRIX[role])
            mine = mine and (address.name not in OF_ZULIA or role in SEES_ZULIA)
            if not _as_expected(address, role, mine, method, answer.status_code):
                faults.append(f"{address.name} {'own' if mine else 'other'}: {answer.status_code}")
            if address.name in USES_UP or not _about_a_case(address):
                break
    assert faults == []


def _as_expected(address: Address, role: Role, mine: bool, method: str, status: int) -> bool:
    """Refused: the answer for what does not exist. Allowed: anything but that, and no failure of ours."""
    allowed = address.access == "public" or address.access in MATRIX[role]
    used_up = address.name == "accounts:link" and method == "post"
    if not allowed or used_up:
        return status == HTTPStatus.NOT_FOUND
    if not mine:
        return status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)
    return status not in (HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN) and status < SERVER_ERROR


def test_row_26_what_is_not_yours_and_what_does_not_exist_look_the_same(
    world: World, signed_in: SignedIn
) -> None:
    client = signed_in(world.users[Role.COORDINATOR])
    nowhere = world.blanks(world.zulia) | {"code": "ZZZZ-ZZZZ-ZZ", "seq": 99999, "number": 99999}
    for address in filter(_about_a_case, ADDRESSES):
        for method in (client.get, client.post):
            theirs = method(address.fill(world.blanks(world.zulia)))
            nothing = method(address.fill(nowhere))
            assert theirs.status_code == nothing.status_code, address.name
            assert _without_tokens(theirs) == _without_tokens(nothing), address.name


def _without_tokens(answer: HttpResponse) -> str:
    text = re.sub(r'name="(csrfmiddlewaretoken|envio)" value="[\w-]+"', "", answer.content.decode())
    return re.sub(r'name="next" value="[^"]+"', "", text)


def test_row_32_nothing_changes_without_the_forgery_token(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.users[Role.ADMINISTRATOR], enforce_csrf_checks=True)
    for address in ADDRESSES:
        answer = client.post(address.fill(world.blanks(world.lara)))
        assert answer.status_code == HTTPStatus.FORBIDDEN, address.name


def test_a_view_that_declares_nothing_is_not_served() -> None:
    def careless(request: object) -> HttpResponse:
        return HttpResponse("everything")

    guard = DeclaredAccess(lambda request: HttpResponse())
    with pytest.raises(ImproperlyConfigured, match="careless"):
        guard.process_view(RequestFactory().get("/"), careless, (), {})


def test_a_change_of_role_holds_from_the_next_request(world: World, signed_in: SignedIn) -> None:
    user = world.users[Role.DESK]
    client = signed_in(user)
    assert client.get("/registro/").status_code == HTTPStatus.OK
    user.role = Role.READER.value
    user.save()
    assert client.get("/registro/").status_code == HTTPStatus.NOT_FOUND
