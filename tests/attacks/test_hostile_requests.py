"""Requests that no page of ours makes: odd addresses, odd fields, fields too many, other hosts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from constancia.apps.accounts import services as accounts
from constancia.apps.accounts.models import User
from constancia.apps.register import evidence, services
from constancia.apps.register.models import Evidence, Fact, Person
from constancia.domain.vocabulary.terms import Role
from constancia.infra import clock
from tests.support.approvals import exported
from tests.support.cast import TOLD
from tests.support.world import SignedIn, World
from tests.web.addresses import Address, every_address

BLANKS = [
    "%00",
    "%ff",
    "9" * 30,
    "0",
    "..%2f..",
    "a" * 3000,
    "%F0%9F%98%80",
    "%E2%80%AE",
    "%20",
    "%3Cscript%3E",
]
VALUES = ["\x00", "A" * 30_000, "\u202egnp", "9" * 5000, "1e999", "\r\nX: y\ufffe", "9999-12-31"]
QUESTIONS = [
    "p",
    "page",
    "as_of",
    "known_at",
    "next",
    "categoria",
    "causa",
    "lado",
    "tipo",
    "de",
    "a",
    "conocido",
    "al",
    "desde",
    "por",
    "regla",
    "cifra",
    "grado",
    "paso",
]
KEPT = {"accounts:sign_out", "imports:discard", "accounts:change_active", "accounts:change_role"}
"""Addresses that end what the test stands on when something is sent to them."""
PHRASE = "cuatro caballos bajo el samán"
CASE = {"name": "Zutana Perfecta", "kind": "arrest", "source_kind": "relative", "when": "08/01/2026"}


@pytest.fixture
def admin(world: World, signed_in: SignedIn) -> Client:
    return signed_in(world.users[Role.ADMINISTRATOR], raise_request_exception=False)


def answered(client: Client, method: str, address: str, fields: dict[str, Any]) -> int:
    answer = getattr(client, method)(address, fields)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return int(answer.status_code)


def odd(address: Address, blanks: dict[str, Any]) -> Iterator[str]:
    """The address with each of its blanks filled oddly."""
    for blank in address.blanks:
        mark = 987654321 if isinstance(blanks[blank], int) else "zzzz"
        for value in BLANKS:
            yield address.fill(blanks | {blank: mark}).replace(str(mark), value)


def test_odd_addresses_are_answered_as_what_does_not_exist(world: World, admin: Client) -> None:
    blanks = world.blanks(world.lara)
    odd_ones = [there for address in every_address() for there in odd(address, blanks)]
    assert len(odd_ones) > 100
    found = {there: answered(admin, "get", there, {}) for there in odd_ones}
    allowed = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.BAD_REQUEST}
    links = {there for there in found if there.startswith("/entrar/")}
    assert {
        there[:80]: status for there, status in found.items() if status not in allowed and there not in links
    } == {}


def test_odd_questions_and_fields_never_break_a_page(world: World, admin: Client) -> None:
    blanks = world.blanks(world.lara)
    broken = []
    for address in every_address():
        if address.name in KEPT:
            continue
        there = address.fill(blanks)
        names = fields_of(admin, there)
        for value in VALUES:
            if (
                answered(admin, "get", there, dict.fromkeys(QUESTIONS, value))
                >= HTTPStatus.INTERNAL_SERVER_ERROR
            ):
                broken.append(("get", address.name, value[:10]))
            if (
                answered(admin, "post", there, dict.fromkeys(names, value))
                >= HTTPStatus.INTERNAL_SERVER_ERROR
            ):
                broken.append(("post", address.name, value[:10]))
    assert broken == []


def fields_of(client: Client, there: str) -> list[str]:
    answer = client.get(there)
    form = answer.context.get("form") if answer.context else None
    return ["page", "back", "next", "seen", "detention", *(form.fields if form else ())]


@pytest.mark.parametrize(
    "field", ["name", "when", "state", "place", "document", "age", "narrative", "source_label"]
)
@pytest.mark.parametrize(
    "value", ["\x00", "A" * 30_000, "x\u202ey", "\ufdd0"], ids=["nul", "long", "rtl", "none"]
)
def test_one_bad_field_refuses_the_whole_case(field: str, value: str, world: World, admin: Client) -> None:
    before = Person.objects.count(), Fact.objects.count()
    assert answered(admin, "post", "/expediente/nuevo/", CASE | {field: value}) == HTTPStatus.BAD_REQUEST
    assert (Person.objects.count(), Fact.objects.count()) == before


def test_row_28_what_a_form_does_not_ask_for_is_ignored(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.users[Role.COORDINATOR])
    stolen = {
        "region": "zulia", "code": world.zulia.code, "recorded_at": "2001-01-01", "known_at": "2001-01-01",
        "witnessed_at": "2001-01-01", "recorder": "1", "recorder_id": "1", "superseded_by": "1", "grade": "3",
        "pk": "1", "id": "1", "seq": "1", "subject": "x", "batch": "1", "role": "administrator",
        "is_active": "1",
    }  # fmt: skip
    began = clock.now()
    answer = client.post("/expediente/nuevo/", CASE | {"state": "lara"} | stolen)
    assert answer.status_code == HTTPStatus.FOUND
    made = Person.objects.latest("pk")
    assert (made.region, made.code == world.zulia.code) == ("lara", False)
    for fact in made.facts.all():
        assert fact.recorder_id == world.users[Role.COORDINATOR].pk
        assert fact.known_at >= began
        assert fact.witnessed_at >= began
        assert fact.batch_id is None
    user = User.objects.get(pk=world.users[Role.COORDINATOR].pk)
    assert (user.role, user.regions) == (Role.COORDINATOR, ["lara"])


def test_row_28_a_role_cannot_be_taken_along_with_a_new_password(db: None) -> None:
    accounts.create_user(None, "ana", "Ana", Role.READER, password=PHRASE)
    client = Client()
    client.post(
        "/entrar/", {"username": "ana", "password": PHRASE, "role": "administrator", "is_superuser": "1"}
    )
    new = "otra frase de varias palabras"
    client.post("/cuenta/", {"present": PHRASE, "new": new, "again": new, "role": "administrator"})
    assert User.objects.get(username="ana").role == Role.READER


def test_the_detention_of_another_person_is_not_written_to(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.users[Role.DESK])
    theirs = world.zulia.detentions.get()
    given = {"when": "20/01/2026", "f_release": "full", "source_kind": "press", "detention": str(theirs.pk)}
    client.post(f"/expediente/{world.lara.code}/anotar/release/", given)
    assert not Fact.objects.filter(kind="release", detention=theirs).exists()


@pytest.mark.parametrize(
    "wanted", ["https://else.where/", "//else.where/", "/\\else.where", "javascript:alert(1)", "\x00"]
)
def test_row_32_nobody_is_sent_to_another_site(wanted: str, world: World, signed_in: SignedIn) -> None:
    accounts.create_user(None, "ana", "Ana", Role.DESK, password=PHRASE)
    desk = signed_in(world.users[Role.DESK])
    fact = world.lara.facts.get(kind="arrest")
    answers = [
        Client().post("/entrar/", {"username": "ana", "password": PHRASE, "next": wanted}),
        Client().post("/idioma/", {"language": "en", "next": wanted}),
        desk.post(f"/hecho/{fact.pk}/revisar/", {"verdict": "confirm", "back": wanted}),
    ]
    for answer in answers:
        assert answer.status_code == HTTPStatus.FOUND
        there = answer.headers["Location"]
        assert re.match(r"/(?![/\\])", there), there
        assert "else.where" not in there


@pytest.mark.parametrize(
    "host", ["else.where", "localhost.else.where", "localhost:80@else.where", "", "a\r\nX: y"]
)
def test_row_32_another_host_is_not_answered(host: str, db: None) -> None:
    assert Client().get("/entrar/", headers={"host": host}).status_code == HTTPStatus.BAD_REQUEST


def test_a_host_told_by_a_proxy_that_is_not_ours_is_not_believed(db: None) -> None:
    page = Client().get("/entrar/", headers={"x-forwarded-host": "else.where", "x-forwarded-proto": "https"})
    assert page.status_code == HTTPStatus.OK
    assert b"else.where" not in page.content


def test_a_session_key_brought_along_is_not_adopted_at_sign_in(db: None) -> None:
    accounts.create_user(None, "ana", "Ana", Role.DESK, password=PHRASE)
    client = Client()
    client.cookies["sesion"] = "clave-puesta-por-otra-persona"
    client.post("/entrar/", {"username": "ana", "password": PHRASE})
    assert client.cookies["sesion"].value != "clave-puesta-por-otra-persona"
    thief = Client()
    thief.cookies["sesion"] = "clave-puesta-por-otra-persona"
    assert thief.get("/cuenta/").status_code == HTTPStatus.FOUND


def test_guessing_passwords_is_slowed_whatever_address_it_comes_from(db: None) -> None:
    accounts.create_user(None, "ana", "Ana", Role.DESK, password=PHRASE)
    for number in range(8):
        Client(headers={"x-forwarded-for": f"10.0.0.{number}"}).post(
            "/entrar/", {"username": "ANA ", "password": "no"}
        )
    answer = Client().post("/entrar/", {"username": "ana", "password": PHRASE})
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_a_sign_in_link_opens_once(db: None) -> None:
    user = accounts.create_user(None, "ana", "Ana", Role.DESK)
    there = f"/entrar/{accounts.issue_link(None, user, timedelta(hours=1))}/"
    assert Client().post(there).status_code == HTTPStatus.FOUND
    assert Client().post(there).status_code == HTTPStatus.NOT_FOUND


def test_a_change_of_role_and_a_shut_door_hold_for_the_open_session(
    world: World, signed_in: SignedIn
) -> None:
    user = world.users[Role.DESK]
    client = signed_in(user)
    there = f"/expediente/{world.lara.code}/"
    assert client.get(there).status_code == HTTPStatus.OK
    accounts.set_role(None, user, Role.READER)
    assert client.get(there).status_code == HTTPStatus.NOT_FOUND
    assert client.post("/expediente/nuevo/", CASE).status_code == HTTPStatus.NOT_FOUND
    accounts.disable(None, user)
    assert client.get("/balance/").status_code == HTTPStatus.FOUND


def test_row_33_markup_in_what_was_entered_is_text_on_every_page_and_in_every_table(
    case: Callable[..., Person], world: World, admin: Client
) -> None:
    evil = "<script>alert(1)</script>"
    desk = world.users[Role.DESK]
    person = case(desk, f"Zutana {evil}", state="lara", place=f"Plaza {evil}", held_at=f"Celda {evil}")
    fact = person.facts.get(kind="arrest")
    evidence.attach(desk, fact.pk, f"Acta {evil}", b"Acta inventada")
    services.add_facts(
        desk,
        person.code,
        source=TOLD,
        facts=[services.FactGiven("narrative", {"text": f"Dijo {evil} '\"&"})],
        detention=person.detentions.get().pk,
    )
    blanks = world.blanks(world.lara) | {
        "code": person.code,
        "seq": fact.pk,
        "number": fact.evidence.get().pk,
    }
    pages = [address.fill(blanks) for address in every_address() if address.name not in KEPT]
    shown = 0
    for there in pages:
        answer = admin.get(there)
        if answer.streaming or not answer.headers["Content-Type"].startswith("text/html"):
            continue  # a table or a file, sent as such
        text = answer.content.decode()
        assert evil not in text, there
        shown += "&lt;script&gt;" in text
    sent = {
        "/registro/": {"text": f"zutana {evil}"},
        "/expediente/nuevo/parecidos/": {"name": f"Zutana {evil}"},
        "/expediente/nuevo/": CASE | {"name": f"Zutana {evil}", "when": "nunca"},
    }
    for there, fields in sent.items():
        text = admin.post(there, fields).content.decode()
        assert evil not in text, there
        shown += "&lt;script&gt;" in text
    assert shown >= 5


def test_row_33_formulas_in_names_leave_as_text(
    case: Callable[..., Person], world: World, admin: Client
) -> None:
    names = ["=HYPERLINK(1)", "+1 Zutana", "-1 Zutana", "@SUM Zutana", "＝1 Zutana", "=cmd|' /C calc'!A0"]
    for name in names:
        case(world.users[Role.DESK], name)
    answer = exported(admin, world.users[Role.DESK], {"text": ""})
    table = b"".join(answer.streaming_content).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝", "\t"))] == []
    assert {f"'{name}" for name in names} <= set(cells)


FILE_NAMES = [
    "../../x.pdf",
    "x\r\nX-Evil: y.pdf",
    "\u202efdp.exe",
    "a" * 500 + ".pdf",
    "<script>.pdf",
    "C:\\x.pdf",
    ".pdf",
]


@pytest.mark.parametrize("name", FILE_NAMES, ids=["up", "crlf", "rtl", "long", "markup", "windows", "dot"])
def test_the_name_of_a_file_sent_as_evidence_is_used_for_nothing(
    name: str, world: World, admin: Client
) -> None:
    fact = world.zulia.facts.get(kind="arrest")
    sent = SimpleUploadedFile("x.pdf", b"Acta inventada", content_type="text/html")
    sent.name = name
    answered(admin, "post", f"/hecho/{fact.pk}/archivo/", {"title": "Acta", "file": sent})
    number = Evidence.objects.latest("pk").pk
    taken = {"form": "original", "purpose": "own_work"}
    answer = admin.post(f"/archivo/{number}/entregar/", taken)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert re.fullmatch(r"attachment; filename=[0-9a-f]{16}\.txt", answer.headers["Content-Disposition"])
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "X-Evil" not in answer.headers


@pytest.mark.parametrize(
    "content", [b"", b"<svg xmlns='x'></svg>\x00", b"PK\x03\x04\x00", b"\x7fELF\x00", b"MZ\x00"]
)
def test_a_file_of_another_kind_is_not_kept(content: bytes, world: World, admin: Client) -> None:
    fact = world.zulia.facts.get(kind="arrest")
    before = Evidence.objects.count()
    sent = {"title": "Acta", "file": SimpleUploadedFile("acta.pdf", content)}
    assert answered(admin, "post", f"/hecho/{fact.pk}/archivo/", sent) == HTTPStatus.BAD_REQUEST
    assert Evidence.objects.count() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_methods_that_no_page_uses_change_nothing(method: str, world: World, admin: Client) -> None:
    before = Fact.objects.count()
    for address in every_address():
        if address.access == "public":
            continue
        status = getattr(admin, method)(address.fill(world.blanks(world.lara))).status_code
        assert status < HTTPStatus.INTERNAL_SERVER_ERROR, address.name
    assert Fact.objects.count() == before
