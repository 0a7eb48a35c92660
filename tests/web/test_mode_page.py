"""The page "Modo y llave", the banner of a register that may only be read, and what forms say then."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.upkeep import services
from constancia.domain.vocabulary.terms import Role
from constancia.infra import modes, whereabouts
from constancia.infra.home import Home
from constancia.infra.modes import Mode
from tests.support.world import SignedIn, World

BANNER = "Solo lectura: nada de lo que envíe se guardará."


@pytest.fixture
def house(suite_home: Home) -> Iterator[Home]:
    yield suite_home
    suite_home.mode_file.unlink(missing_ok=True)


def test_it_is_made_read_only_and_normal_again_on_the_page(
    house: Home, world: World, signed_in: SignedIn
) -> None:
    client = signed_in(world.users[Role.ADMINISTRATOR])
    page = client.get("/modo/").content.decode()
    assert "modo normal" in page
    assert BANNER not in page
    assert client.post("/modo/solo-lectura/", {"reason": " "}).status_code == HTTPStatus.BAD_REQUEST
    client.post("/modo/solo-lectura/", {"reason": "mudanza <b>de servidor</b>"})
    page = client.get("/modo/").content.decode()
    assert BANNER in page
    assert "mudanza &lt;b&gt;de servidor&lt;/b&gt;" in page
    client.post("/modo/normal/")
    assert modes.state(house).mode is Mode.NORMAL
    assert BANNER not in client.get("/modo/").content.decode()


def test_a_copy_of_the_register_says_that_it_does_not_seal(
    house: Home, world: World, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(world.users[Role.ADMINISTRATOR])
    assert "Aquí no se sella" not in client.get("/modo/").content.decode()
    monkeypatch.setattr(whereabouts, "differs", lambda _home: "folder")
    page = client.get("/modo/").content.decode()
    assert "Aquí no se sella" in page
    assert "constancia ledger moved" in page
    assert BANNER not in page


def test_who_reads_sees_the_banner_everywhere_and_a_form_that_is_sent_is_refused_in_a_sentence(
    house: Home, world: World, signed_in: SignedIn
) -> None:
    modes.change(house, Mode.READ_ONLY, "mudanza")
    client = signed_in(world.users[Role.DESK])
    assert BANNER in client.get("/registro/").content.decode()
    code = world.blanks(world.lara)["code"]
    answer = client.post(f"/expediente/{code}/defensa/", {"lawyer": world.users[Role.LAWYER].username})
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "no se ha guardado nada" in answer.content.decode()


def test_the_button_that_closes_asks_for_the_password(
    house: Home, world: World, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[User] = []

    def close(by: User, password: str, end: Any = None) -> None:
        closed.append(by)

    client = signed_in(world.users[Role.ADMINISTRATOR])
    wrong = client.post("/modo/cerrar/", {"password": "no es esa"})
    assert wrong.status_code == HTTPStatus.BAD_REQUEST
    assert "La contraseña no es la suya" in wrong.content.decode()
    assert not house.mode_file.exists()
    monkeypatch.setattr(services, "close", close)
    answer = client.post("/modo/cerrar/", {"password": "x"})
    assert closed == [world.users[Role.ADMINISTRATOR]]
    assert "se apaga ahora mismo" in answer.content.decode()
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
