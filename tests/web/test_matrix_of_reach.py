"""The matrix of who reaches nothing: what is not yours and what is not there, no region at all, no way in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import JSONField, Value
from django.http import HttpResponse
from django.test import Client

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import access_of
from constancia.domain.vocabulary.terms import Role
from constancia.infra import clock
from tests.support.world import SignedIn, World
from tests.web.addresses import Address, every_address

NOWHERE: dict[str, Any] = {
    "code": "ZZZZ-ZZZZ-ZZ",
    **dict.fromkeys(
        ("seq", "number", "upload", "batch", "document", "claim", "arrival", "announcement"), 99_999
    ),
    **dict.fromkeys(
        ("listed", "statement", "of_list", "entry", "draft", "edition", "erasure", "approval"), 99_999
    ),
    **dict.fromkeys(("username", "token", "report", "chart", "kind"), "no-existe"),
    **dict.fromkeys(("text", "path"), "es/no-existe.md"),
}
"""What fills each blank of an address with something that is not there."""
METHODS = ("get", "post")
ABSENT = (404, 405)
NO_REGION: dict[str, Any] = {
    "none": [],
    "an empty word": [""],
    "nothing at all": Value(None, JSONField()),
    "where there is no case": ["tachira"],
}
SECRETS = ("Laral", "Zuliana", "Acta")
ASKED: tuple[dict[str, str], ...] = (
    {"text": ""},
    {"text": "persona"},
    {"text": "laral"},
    {"state": "lara"},
    {"custody": "in_custody"},
    {"pending": "on"},
)


def _detail() -> list[Address]:
    return [address for address in every_address() if address.blanks]


def _whole(answer: HttpResponse) -> str:
    """Status, headers and body, but for tokens and the address that the page goes back to."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = re.sub(r'name="(csrfmiddlewaretoken|envio|next)" value="[^"]*"', "", body.decode(errors="replace"))
    text = re.sub(r"X-CSRFToken(&quot;|\")?: ?(&quot;|\")\w+", "", text)
    # What one did before is told on the next page, whichever it is.
    text = re.sub(r'<div class="messages".*?</div>', "", text, flags=re.DOTALL)
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    return f"{answer.status_code} {headers}\n{text}"


def _first(one: str, other: str) -> str:
    """The first line in which two answers differ."""
    lines = zip(one.splitlines(), other.splitlines(), strict=False)
    return next((f"{a!r} | {b!r}" for a, b in lines if a != b), "more lines")


def test_every_blank_of_an_address_has_something_that_is_not_there() -> None:
    assert {blank for address in _detail() for blank in address.blanks} <= set(NOWHERE)


@pytest.mark.parametrize("role", list(Role))
def test_row_26_every_address_answers_what_is_not_yours_as_what_is_not_there(
    role: Role, world: World, signed_in: SignedIn
) -> None:
    """Byte for byte, by GET and POST, for the numbers and names of everything there is."""
    client = signed_in(world.users[role])
    refused, differing = 0, []
    with clock.frozen(clock.now()):
        for address in _detail():
            for method in METHODS:
                nothing = getattr(client, method)(address.fill(NOWHERE))
                absent = _whole(nothing)
                for person in (world.lara, world.zulia) if _about_a_case(address) else (world.lara,):
                    there = getattr(client, method)(address.fill(world.blanks(person)))
                    if there.status_code in ABSENT:
                        refused += 1
                        if _whole(there) != absent:
                            differing.append(f"{method} {address.name}: {_first(absent, _whole(there))}")
    assert differing == []
    assert refused


def _unset(user: User, regions: Any) -> User:
    User.objects.filter(pk=user.pk).update(regions=regions)
    return User.objects.get(pk=user.pk)


def _everything(client: Client, world: World) -> Iterator[tuple[str, HttpResponse]]:
    for address in every_address():
        for person in (world.lara, world.zulia) if _about_a_case(address) else (world.lara,):
            path = address.fill(world.blanks(person))
            yield f"get {address.name}", client.get(path)
            if _about_a_case(address):
                yield f"post {address.name}", client.post(path)
    yield from _sought(client)


def _about_a_case(address: Address) -> bool:
    return bool({"code", "seq", "number"} & set(address.blanks))


def _sought(client: Client) -> Iterator[tuple[str, HttpResponse]]:
    """Lists, counts, files and suggestions."""
    for asked in ASKED:
        yield f"search {asked}", client.post("/registro/", asked)
        yield f"export {asked}", client.post("/registro/csv/", asked)
    for state in ("lara", "zulia", ""):
        typed = {"full": "Persona Inventada", "number": "", "state": state}
        yield f"alike {state}", client.post("/expediente/nuevo/parecidos/", typed)
    for path in ("/registro/", "/revision/", "/duplicados/"):
        yield path, client.get(path)


def _nothing_of_a_case(world: World, answers: Iterator[tuple[str, HttpResponse]]) -> None:
    codes = (world.lara.code, world.zulia.code)
    for name, answer in answers:
        assert answer.status_code < 500, name
        # The address that was asked comes back in the page that says that nothing is there.
        text = _whole(answer)
        told = [one for one in (*codes, *SECRETS) if one in text]
        assert told == [], name


@pytest.mark.parametrize("regions", NO_REGION)
def test_row_26_a_coordinator_without_a_region_sees_nothing_of_any(
    regions: str, world: World, signed_in: SignedIn
) -> None:
    """Nothing to be seen is not everything to be seen, in no list, count, suggestion, file, page or error."""
    client = signed_in(_unset(world.users[Role.COORDINATOR], NO_REGION[regions]))
    _nothing_of_a_case(world, _everything(client, world) if regions == "none" else _sought(client))


@pytest.mark.parametrize("role", [Role.LAWYER, Role.VOLUNTEER, Role.AUDITOR, Role.READER])
def test_row_26_whoever_has_no_case_sees_nothing_of_any_even_with_a_region_by_the_name(
    role: Role, world: World, signed_in: SignedIn
) -> None:
    """A region that a coordinator left behind gives no other role anything; a lawyer needs a case."""
    nobodys = User(
        username="otra-mas", display_name="Otra", role=role, regions=["lara"], created_at=clock.now()
    )
    nobodys.set_unusable_password()
    nobodys.save()
    _nothing_of_a_case(world, _everything(signed_in(nobodys), world))


@pytest.mark.parametrize("change", [{"is_active": False}, {"away_since": "now"}])
@pytest.mark.parametrize("role", list(Role))
def test_whoever_travels_or_was_shut_out_gets_nothing_at_any_address_with_a_session_from_before(
    role: Role, change: dict[str, Any], world: World, signed_in: SignedIn
) -> None:
    """The answer of nobody signed in."""
    user = world.users[role]
    client = signed_in(user)
    assert client.get("/cuenta/").status_code == 200
    User.objects.filter(pk=user.pk).update(**{k: clock.now() if v == "now" else v for k, v in change.items()})
    blanks = world.blanks(world.lara)
    for address in every_address():
        if address.access != "public":
            for method in METHODS:
                answer = getattr(client, method)(address.fill(blanks))
                assert answer.headers.get("Location", "").startswith("/entrar/"), f"{method} {address.name}"


def test_every_address_has_a_view_that_says_who_may() -> None:
    assert all(access_of(address.view) is not None for address in every_address())
