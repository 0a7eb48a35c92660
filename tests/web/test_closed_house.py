"""The matrix where the register is closed with its key: every address, every role, and one answer."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from constancia.apps.upkeep import services
from constancia.domain.errors import StoreRefused
from constancia.domain.vocabulary.terms import Role
from constancia.infra import modes
from constancia.infra.home import Home
from constancia.infra.modes import Mode
from constancia.infra.writer import writing
from tests.support.world import SignedIn, World
from tests.web.addresses import every_address

STYLE = "/estatico/constancia/estilo.css"
SAID = "El registro está cerrado"
OFTEN = ("get", "post")
SELDOM = ("head", "options", "put", "delete")
"""Tried by nobody signed in and by who administers: the method is not looked at."""


@pytest.fixture
def house(suite_home: Home) -> Iterator[Home]:
    yield suite_home
    suite_home.mode_file.unlink(missing_ok=True)


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Every time that the site would have ended."""
    times: list[bool] = []
    monkeypatch.setattr(services, "_end", lambda: times.append(True))
    return times


def _whole(answer: HttpResponse) -> tuple[int, dict[str, str], bytes]:
    """All that came back. Other headers stand on every answer alike (`test_headers`)."""
    assert not answer.streaming
    assert not answer.cookies
    return answer.status_code, dict(answer.headers), answer.content


def test_a_closed_register_gives_every_role_at_every_address_the_one_answer(
    house: Home, world: World, signed_in: SignedIn, ended: list[bool]
) -> None:
    """Whoever is signed in, by any method, also where nothing is: as if nobody were there to be asked."""
    clients = [Client(), *(signed_in(world.users[role]) for role in Role)]
    blanks = (world.blanks(world.lara), world.blanks(world.zulia))
    paths = {address.fill(filled) for address in every_address() for filled in blanks}
    paths |= {"/no-existe/", "/expediente/ZZZZ-ZZZZ-ZZ/", "/\x00"}
    modes.change(house, Mode.CLOSED)
    status, headers, page = _whole(Client().get("/entrar/"))
    assert (status, SAID in page.decode()) == (HTTPStatus.SERVICE_UNAVAILABLE, True)
    differing = []
    with connection.execute_wrapper(_no_statement):
        for number, client in enumerate(clients):
            for path in sorted(paths):
                for method in OFTEN if number > 1 else (*OFTEN, *SELDOM):
                    expected = status, headers, b"" if method == "head" else page
                    if _whole(getattr(client, method)(path)) != expected:
                        differing.append(f"{method} {path} {number}")
    assert differing == []
    assert ended


def _no_statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    pytest.fail("a closed register asked its database")


def test_neither_session_nor_role_nor_case_stands_in_what_a_closed_register_answers(
    house: Home, world: World, signed_in: SignedIn, ended: list[bool]
) -> None:
    client = signed_in(world.users[Role.ADMINISTRATOR])
    modes.change(house, Mode.READ_ONLY, "mudanza secreta")
    modes.change(house, Mode.CLOSED)
    page = repr(_whole(client.get(f"/expediente/{world.lara.code}/")))
    for told in (world.lara.code, "Laral", "es-administrator", "mudanza", settings.CONSTANCIA_ORGANISATION):
        assert told not in page


def test_its_style_is_there_and_a_page_that_was_open_is_sent_to_it(
    house: Home, world: World, signed_in: SignedIn, ended: list[bool]
) -> None:
    client = signed_in(world.users[Role.DESK])
    modes.change(house, Mode.CLOSED)
    assert client.get(STYLE).status_code == HTTPStatus.OK
    scripted = client.post("/registro/", {"text": "x"}, headers={"HX-Request": "true"})
    assert (scripted.status_code, scripted["HX-Redirect"], scripted.content) == (204, "/", b"")


def test_it_is_said_in_the_language_chosen(house: Home, ended: list[bool]) -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    modes.change(house, Mode.CLOSED)
    assert "The register is locked" in client.get("/").content.decode()


def test_once_opened_again_everything_is_as_it_was(
    house: Home, world: World, signed_in: SignedIn, ended: list[bool]
) -> None:
    client = signed_in(world.users[Role.DESK])
    modes.change(house, Mode.CLOSED)
    assert client.get("/registro/").status_code == HTTPStatus.SERVICE_UNAVAILABLE
    modes.reopen(house)
    assert client.get("/registro/").status_code == HTTPStatus.OK


def test_what_was_being_answered_while_it_was_closed_is_not_written_and_answered_alike(
    house: Home, world: World, signed_in: SignedIn, ended: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closed between the first look and the write."""
    client = signed_in(world.users[Role.DESK])
    modes.change(house, Mode.CLOSED)
    expected = _whole(Client().get("/"))
    monkeypatch.setattr("constancia.web.closed.is_closed", lambda: False)
    answer = client.post(
        f"/expediente/{world.lara.code}/defensa/", {"lawyer": world.users[Role.LAWYER].username}
    )
    assert (answer.status_code, answer.content) == (expected[0], expected[2])
    with pytest.raises(StoreRefused) as caught, writing():
        pytest.fail("written")
    assert caught.value.code == "store.closed"
