"""The rest of the matrix: every address × every role × what is closed, and × a register that is only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from constancia.apps.accounts.permissions import MATRIX, Permission
from constancia.apps.register.services import FactGiven, SourceGiven
from constancia.domain.dates.build import day
from constancia.domain.errors import StoreRefused
from constancia.domain.vocabulary.terms import Confidentiality, Reliability, Role, SourceKind
from constancia.infra import writer
from tests.support.approvals import exported
from tests.support.cast import NewCase
from tests.support.world import SignedIn, World
from tests.web.addresses import every_address

_P = Permission
NAME = "Persona Inventada Sellada"
IDENTITY = ("23456781", "23.456.781", "1987-11-23", "23/11/1987", "23 de noviembre de 1987")
SEALED = ("Fuente Invernal Sellada", "0414-5550199", "Hermana Invernal")
COMPARING = {"duplicates:queue"}
"""Where documents and births are shown unopened, to whoever may judge who is who; each look is counted."""
OWN = {_P.OWN_ACCOUNT, "public"}
SHUTS_OUT = {
    "accounts:change_active",
    "accounts:end_all_sessions",
    "accounts:end_travel",
    "accounts:new_link",
    "accounts:reset_factors",
}
"""Letting in and shutting out, which must work in a register that may only be read."""
WRITES = ("INSERT", "UPDATE", "DELETE")
SENT: dict[str, str] = {
    "reason": "Porque sí se vio.",
    "words": "Porque sí se vio.",
    "note": "Porque sí se vio.",
    "verdict": "confirm",
    "text": "persona",
    "full": "Otra Persona Inventada",
    "state": "lara",
    "kind": "own_lawyer",
    "reliability": "A",
    "confidentiality": "internal",
    "label": "Abogada",
    "value": "Lencho",
    "lawyer": "es-lawyer",
    "active": "yes",
    "title": "Acta",
    "seen": "yes",
    "when": "2026-01-08",
    "decision": "confirm",
}
"""What forms ask for; each takes what it knows and leaves the rest."""


def _everything(answer: HttpResponse) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{dict(answer.headers)}\n{body.decode('utf-8', errors='replace')}"


@pytest.fixture
def closed(world: World, case: NewCase) -> Any:
    """A case of Lara that holds something of each tier."""
    desk = world.users[Role.DESK]
    source = SourceGiven(
        SourceKind.RELATIVE, SEALED[0], Reliability.B, confidentiality=Confidentiality.SEALED
    )
    return case(
        desk,
        NAME,
        source=source,
        more=(
            FactGiven("identity_document", {"number": "V-23456781"}),
            FactGiven("birth", {"born": "1987-11-23"}, day(date(1987, 11, 23))),
            FactGiven("contact", {"contact_name": SEALED[2], "reach": SEALED[1]}),
        ),
    )


def _asked(client: Client, world: World, person: Any) -> Iterator[tuple[str, HttpResponse]]:
    """Every address by GET and POST, for each fact of the case where it is about a fact."""
    blanks = world.blanks(world.lara) | {"code": person.code}
    facts = list(person.facts.values_list("pk", flat=True))
    for address in every_address():
        if address.access in OWN:
            continue
        for seq in facts if "seq" in address.blanks else facts[:1]:
            filled = address.fill(blanks | {"seq": seq})
            yield address.name, client.get(filled)
            if address.name.startswith(("register:", "duplicates:")):
                yield address.name, client.post(filled)  # nothing sent: the form, with what it begins with
    for asked in ({"text": NAME}, {"text": SEALED[0]}, {"custody": "in_custody"}):
        yield "register:search", client.post("/registro/", asked)
        yield "register:export", client.post("/registro/csv/", asked)
    yield "register:alike", client.post("/expediente/nuevo/parecidos/", {"full": NAME})


@pytest.mark.parametrize("role", list(Role))
def test_row_27_nothing_that_is_closed_stands_in_any_answer(
    role: Role, world: World, closed: Any, signed_in: SignedIn
) -> None:
    """ASVS 8.2.3: closed is closed for everybody until it is opened; for who may not open it, for good."""
    told = set()
    for name, answer in _asked(signed_in(world.users[role]), world, closed):
        text = _everything(answer)
        compares = name in COMPARING and _P.CASE_REVIEW in MATRIX[role]
        told |= {(name, one) for one in (*SEALED, *(() if compares else IDENTITY)) if one in text}
    # What was sought comes back in the field, and where one asks for the list of it.
    assert told <= {("register:search", SEALED[0]), ("register:export", SEALED[0])}


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DESK, Role.COORDINATOR])
def test_row_27_nothing_that_is_closed_stands_in_a_file_that_leaves(
    role: Role, world: World, closed: Any, signed_in: SignedIn
) -> None:
    client = signed_in(world.users[role])
    approver = world.users[Role.DESK if role is Role.ADMINISTRATOR else Role.ADMINISTRATOR]
    for asked in ({"text": NAME}, {"text": SEALED[0]}, {"custody": "in_custody"}):
        text = _everything(exported(client, approver, asked))
        assert (NAME in text) is (asked != {"text": SEALED[0]})
        assert [one for one in (*SEALED, *IDENTITY) if one in text] == []


def _read_only() -> None:
    raise StoreRefused("store.busy", seconds=1)


@pytest.fixture
def kept_from_writing(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From its call on no turn to write is given."""
    return lambda: monkeypatch.setattr(writer, "_guards", [f"{__name__}._read_only"])


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DESK, Role.COORDINATOR, Role.VOLUNTEER])
def test_in_a_register_that_may_only_be_read_no_address_writes(
    role: Role, world: World, signed_in: SignedIn, kept_from_writing: Callable[[], None]
) -> None:
    """No statement that writes reaches the database, but for getting in and one's account."""
    wrote: list[str] = []
    asked = [""]

    def watching(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES):
            wrote.append(asked[0])
        return execute(sql, params, many, context)

    client = signed_in(world.users[role])
    kept_from_writing()
    blanks = world.blanks(world.lara)
    with connection.execute_wrapper(watching):
        for address in every_address():
            if address.access in OWN or address.access is _P.KEYS_MANAGE:  # the mode is a file of the house
                continue
            asked[0] = address.name
            for method in (client.get, client.post):
                answer = method(address.fill(blanks), SENT)
                assert answer.status_code != 500, address.name
    assert set(wrote) <= SHUTS_OUT
