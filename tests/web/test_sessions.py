"""Signing in and out in the browser's eyes, and sessions that end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from constancia.apps.accounts import services
from constancia.apps.accounts.models import User
from constancia.domain.vocabulary.terms import Role
from constancia.infra import clock
from tests.support.world import SignedIn

PHRASE = "cuatro caballos bajo el samán"
NOON = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)


def ana(role: Role = Role.DESK) -> User:
    return services.create_user(None, "ana", "Ana Prueba", role, password=PHRASE)


def enter(client: Client) -> None:
    answer = client.post("/entrar/", {"username": "ana", "password": PHRASE})
    assert answer.status_code == HTTPStatus.FOUND


def test_signing_in_goes_back_to_the_page_that_was_asked_for_on_this_site_only(db: None) -> None:
    ana()
    for wanted, there in (("/revision/", "/revision/"), ("https://else.where/", "/"), ("//else.where", "/")):
        answer = Client().post("/entrar/", {"username": "ana", "password": PHRASE, "next": wanted})
        assert answer.headers["Location"] == there


def test_a_wrong_password_says_no_more_for_a_known_name_than_for_an_unknown_one(db: None) -> None:
    ana()
    pages = []
    for name in ("ana", "nadie"):
        answer = Client().post("/entrar/", {"username": name, "password": "otra frase muy larga"})
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        pages.append(answer.context["form"].non_field_errors())
    assert pages[0] == pages[1]


def test_a_session_ends_after_half_an_hour_without_a_request(db: None) -> None:
    ana()
    client = Client()
    with clock.frozen(NOON):
        enter(client)
    with clock.frozen(NOON + timedelta(minutes=29)):
        assert client.get("/cuenta/").status_code == HTTPStatus.OK
    with clock.frozen(NOON + timedelta(minutes=58)):
        assert client.get("/cuenta/").status_code == HTTPStatus.OK
    with clock.frozen(NOON + timedelta(minutes=90)):
        assert client.get("/cuenta/").status_code == HTTPStatus.FOUND


def test_a_session_ends_after_ten_hours_however_busy(db: None) -> None:
    ana()
    client = Client()
    with clock.frozen(NOON):
        enter(client)
    for quarter in range(1, 40):
        with clock.frozen(NOON + timedelta(minutes=15 * quarter)):
            assert client.get("/cuenta/").status_code == HTTPStatus.OK
    with clock.frozen(NOON + timedelta(hours=10, seconds=1)):
        assert client.get("/cuenta/").status_code == HTTPStatus.FOUND


def test_disabling_somebody_ends_their_session_at_once(db: None) -> None:
    user = ana()
    client = Client()
    enter(client)
    services.disable(None, user)
    assert client.get("/cuenta/").status_code == HTTPStatus.FOUND


def test_signing_out_asks_the_browser_to_forget(db: None) -> None:
    ana()
    client = Client()
    enter(client)
    answer = client.post("/salir/")
    assert "cache" in answer.headers["Clear-Site-Data"]
    assert client.get("/cuenta/").status_code == HTTPStatus.FOUND


def test_a_link_is_not_used_up_by_opening_it_and_asks_for_a_password(db: None) -> None:
    token = services.issue_link(None, ana())
    client = Client()
    assert client.get(f"/entrar/{token}/").status_code == HTTPStatus.OK
    assert client.post(f"/entrar/{token}/").headers["Location"] == "/cuenta/"
    fresh = "otra frase que nadie adivina"
    answer = client.post("/cuenta/", {"new": fresh, "again": fresh})
    assert answer.headers["Location"] == "/"
    assert services.authenticate("ana", fresh)
    assert Client().post(f"/entrar/{token}/").status_code == HTTPStatus.NOT_FOUND


def test_changing_the_password_asks_for_the_present_one(db: None) -> None:
    ana()
    client = Client()
    enter(client)
    fresh = {"new": "otra frase que nadie adivina", "again": "otra frase que nadie adivina"}
    client.post("/cuenta/", fresh | {"present": "no es esta la frase"})
    assert services.authenticate("ana", PHRASE)
    client.post("/cuenta/", fresh | {"present": PHRASE})
    assert services.authenticate("ana", fresh["new"])
    assert client.get("/cuenta/").status_code == HTTPStatus.OK


def test_guessing_the_present_password_is_slowed_like_guessing_at_the_door(db: None) -> None:
    ana()
    client = Client()
    enter(client)
    guess = {"new": "otra frase que nadie adivina", "again": "otra frase que nadie adivina", "present": "x"}
    answers = [client.post("/cuenta/", guess).status_code for _ in range(20)]
    assert set(answers) == {HTTPStatus.BAD_REQUEST, HTTPStatus.TOO_MANY_REQUESTS}
    assert answers == sorted(answers)


def test_who_has_no_password_yet_sets_one_without_naming_it(db: None, signed_in: SignedIn) -> None:
    user = services.create_user(None, "ana", "Ana Prueba", Role.DESK)
    client = signed_in(user)
    assert "present" not in client.get("/cuenta/").context["form"].fields
    client.post("/cuenta/", {"new": PHRASE, "again": PHRASE})
    assert services.authenticate("ana", PHRASE)
    assert "present" in client.get("/cuenta/").context["form"].fields


def test_a_volunteer_lands_on_the_new_case(db: None, signed_in: SignedIn) -> None:
    client = signed_in(ana(Role.VOLUNTEER))
    assert client.get("/").headers["Location"] == "/expediente/nuevo/"


def test_an_ended_session_is_said_and_leads_back_to_the_page_one_was_on(db: None) -> None:
    ana()
    client = Client()
    enter(client)
    client.cookies["sesion"] = "x" * 32
    page = "/cifras-ajenas/9/?a=1"
    read = client.get(page, follow=True)
    assert "Su sesión terminó. Al entrar vuelve" in read.content.decode()
    assert read.context["next"] == page
    client.cookies["sesion"] = "x" * 32
    sent = client.post(
        "/cifras-ajenas/cifra/1/decidir/", HTTP_REFERER=f"http://testserver{page}", follow=True
    )
    assert "Su sesión terminó; no se guardó nada" in sent.content.decode()
    assert sent.context["next"] == page
    scripted = client.post(
        "/cifras-ajenas/cifra/1/decidir/",
        HTTP_HX_REQUEST="true",
        HTTP_HX_CURRENT_URL=f"http://testserver{page}#c3",
    )
    assert scripted.status_code == HTTPStatus.NO_CONTENT
    assert scripted.headers["HX-Redirect"] == (
        "/entrar/?next=/cifras-ajenas/9/%3Fa%3D1%23c3&sesion=sin-guardar"
    )


@pytest.mark.parametrize(
    "page", ["https://otra.example/x", "//otra.example/x", "", "javascript:alert(1)", "http:///x"]
)
def test_nobody_is_led_back_to_another_site(db: None, page: str) -> None:
    for headers in ({"HTTP_REFERER": page}, {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": page}):
        answer = Client().post("/cifras-ajenas/cifra/1/decidir/", **headers)
        address = answer.headers.get("Location") or answer.headers["HX-Redirect"]
        assert address == "/entrar/?next=/&sesion=sin-guardar"


def test_whoever_was_never_signed_in_is_told_of_no_session(db: None) -> None:
    answer = Client().get("/cuenta/", follow=True)
    assert "Su sesión terminó" not in answer.content.decode()
