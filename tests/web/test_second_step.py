"""The second step in the browser's eyes: one door, nothing behind it without a factor, factors kept safe."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from constancia.apps.accounts import factors, passkeys, services, sessions
from constancia.apps.accounts.models import User
from constancia.domain.vocabulary.deeds import Deed
from constancia.domain.vocabulary.terms import Role
from constancia.infra import clock, session_file, trail
from tests.support.authenticator import SoftKey
from tests.support.factors import SECRET, code, enrolled
from tests.support.world import SignedIn
from tests.web.addresses import every_address

PHRASE = "cuatro caballos bajo el samán"
NOON = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
ENROL, STEP_TWO = "/cuenta/segundo-paso/", "/entrar/segundo-paso/"
ORIGIN = "http://testserver"
pytestmark = pytest.mark.django_db


def ana(role: Role = Role.DESK) -> User:
    return services.create_user(None, "ana", "Ana Prueba", role, password=PHRASE)


def password(client: Client, wanted: str = "") -> str:
    answer = client.post("/entrar/", {"username": "ana", "password": PHRASE, "next": wanted})
    return str(answer.headers["Location"])


def inside(client: Client) -> bool:
    return client.get("/revision/").status_code == HTTPStatus.OK


def test_after_the_password_the_code_is_asked_for_and_leads_where_one_wanted() -> None:
    enrolled(ana())
    client = Client()
    assert password(client, "/revision/") == STEP_TWO
    assert not inside(client)
    assert client.post(STEP_TWO, {"code": "x"}).status_code == HTTPStatus.BAD_REQUEST
    assert client.post(STEP_TWO, {"code": code()}).headers["Location"] == "/revision/"
    assert inside(client)
    assert (trail.events(limit=1)[0].deed, trail.events(limit=1)[0].said) == (
        Deed.SIGN_IN,
        {"factor": "totp"},
    )


def test_the_second_step_alone_opens_nothing() -> None:
    enrolled(ana())
    client = Client()
    page = client.post(STEP_TWO, {"code": code()})
    assert "Empiece otra vez" in page.content.decode()
    assert not inside(client)


def test_the_password_stands_for_ten_minutes_and_not_after_a_new_one() -> None:
    user = enrolled(ana())
    late, overtaken = Client(), Client()
    with clock.frozen(NOON):
        password(late)
        password(overtaken)
        services.set_password(user, "otra frase que nadie adivina")
        assert "Empiece otra vez" in overtaken.post(STEP_TWO, {"code": code()}).content.decode()
        services.set_password(user, PHRASE)
    with clock.frozen(NOON):
        password(late)
    with clock.frozen(NOON + timedelta(minutes=11)):
        assert "Empiece otra vez" in late.post(STEP_TWO, {"code": code()}).content.decode()


def test_a_passkey_opens_the_door_once_per_challenge() -> None:
    user, key = ana(), SoftKey()
    options, state = passkeys.begin_adding(user, ORIGIN)
    passkeys.add(user, ORIGIN, state, key.made(options, ORIGIN), "mi teléfono")
    client = Client()
    password(client)
    page = client.get(STEP_TWO)
    answer = key.signed(json.loads(page.context["options"]), ORIGIN)
    assert client.post(STEP_TWO, {"answer": answer}).status_code == HTTPStatus.FOUND
    assert inside(client)
    other = Client()
    password(other)
    other.get(STEP_TWO)
    assert other.post(STEP_TWO, {"answer": answer}).status_code == HTTPStatus.BAD_REQUEST


def test_a_recovery_code_opens_the_door_and_says_how_many_are_left() -> None:
    user = ana()
    codes = factors.set_up_codes(user, SECRET, code())
    client = Client()
    password(client)
    page = client.post(STEP_TWO, {"code": codes[3]}, follow=True)
    assert "Le quedan 9" in page.content.decode()


def test_setting_up_an_application_opens_the_register_and_shows_the_codes_once() -> None:
    ana()
    client = Client()
    password(client)
    page = client.get(ENROL + "aplicacion/").content.decode()
    secret = "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", page))
    assert len(secret) == 32
    assert "data:image/svg+xml" in page
    wrong = client.post(ENROL + "aplicacion/", {"code": "000000" if code(secret) != "000000" else "1"})
    assert wrong.status_code == HTTPStatus.BAD_REQUEST
    assert not inside(client)
    done = client.post(ENROL + "aplicacion/", {"code": code(secret)}).content.decode()
    shown = re.findall(r"\d{4} \d{4} \d{4}", done)
    assert len(shown) == 10
    assert inside(client)
    for there in ("/cuenta/", ENROL, ENROL + "aplicacion/"):
        assert not any(one in client.get(there).content.decode() for one in (*shown, secret))


def test_a_passkey_set_up_in_the_page_opens_the_register() -> None:
    ana(Role.ADMINISTRATOR)
    client = Client()
    password(client)
    assert "Con su trabajo, le pedimos esta" in client.get(ENROL).content.decode()
    options = json.loads(client.get(ENROL + "llave/").context["options"])
    sent = {"name": "mi teléfono", "answer": SoftKey().made(options, ORIGIN)}
    assert "Anote estos códigos" in client.post(ENROL + "llave/", sent).content.decode()
    assert inside(client)
    assert client.post(ENROL + "llave/", sent).status_code == HTTPStatus.BAD_REQUEST  # its challenge is spent


def test_without_a_factor_every_page_leads_to_its_enrolment(world: Any) -> None:
    user = world.users[Role.ADMINISTRATOR]
    services.set_password(user, PHRASE)
    client = Client()
    client.post("/entrar/", {"username": user.username, "password": PHRASE})
    early = {a.name for a in every_address() if getattr(a.view, "early", False)}
    assert early == {
        f"accounts:{name}"
        for name in ("own", "confirm", "factors", "application", "passkey", "codes", "begin_travel")
    }
    for address in every_address():
        if address.access == "public" or address.name in early:
            continue
        for ask in (client.get, client.post):
            answer = ask(address.fill(world.blanks(world.lara)))
            assert answer.headers.get("Location") == ENROL, address.name
    page = client.get("/cuenta/").content.decode()
    assert 'href="/registro/"' not in page
    assert client.get("/revision/", HTTP_HX_REQUEST="true").headers["HX-Redirect"] == ENROL


def test_a_demonstration_asks_for_no_factor(settings: Any) -> None:
    settings.CONSTANCIA_DEMONSTRATION = True
    ana()
    client = Client()
    assert password(client, "/revision/") == "/revision/"
    assert inside(client)


def test_a_link_does_not_spare_the_second_step_and_a_new_password_keeps_the_factors() -> None:
    user = enrolled(ana())
    client = Client()
    answer = client.post(f"/entrar/{services.issue_link(None, user)}/")
    assert answer.headers["Location"] == STEP_TWO
    assert client.get("/cuenta/").status_code == HTTPStatus.FOUND
    assert client.post(STEP_TWO, {"code": code()}).headers["Location"] == "/cuenta/"
    fresh = "otra frase que nadie adivina"
    assert client.post("/cuenta/", {"new": fresh, "again": fresh}).headers["Location"] == "/"
    assert factors.has_any(user)
    assert inside(client)


def test_a_link_that_resets_takes_the_factors_when_it_is_used_and_ends_the_sessions() -> None:
    user = enrolled(ana())
    boss = services.create_user(None, "eva", "Eva", Role.ADMINISTRATOR, password=PHRASE)
    thief = Client()
    password(thief)
    thief.post(STEP_TWO, {"code": code()})
    there = f"/entrar/{services.issue_link(boss, user, resets_factors=True)}/"
    assert factors.has_any(user)
    assert inside(thief)
    client = Client()
    client.get(there)
    assert factors.has_any(user)
    assert client.post(there).headers["Location"] == "/cuenta/"
    assert not factors.has_any(user)
    assert thief.get("/cuenta/").status_code == HTTPStatus.FOUND
    assert client.get("/revision/").headers["Location"] == ENROL
    gone = next(e for e in trail.events(limit=3) if e.deed is Deed.FACTOR_REMOVED)
    assert (gone.actor, gone.number, gone.said["by_link"]) == (boss.pk, user.pk, True)


def test_nobody_resets_their_own_factors(signed_in: SignedIn) -> None:
    boss = enrolled(ana(Role.ADMINISTRATOR))
    client = signed_in(boss)
    answer = client.post("/casa/ana/segundo-paso/", follow=True)
    assert "Nadie restablece su propio segundo paso" in answer.content.decode()
    assert not boss.links.exists()
    assert "restablece el segundo paso" not in client.get("/casa/ana/").content.decode()


def test_factors_change_only_within_five_minutes_of_the_password(signed_in: SignedIn) -> None:
    user = enrolled(ana())
    with clock.frozen(NOON):
        client = signed_in(user)
    with clock.frozen(NOON + timedelta(minutes=6)):
        for there in ("aplicacion/", "llave/"):
            assert client.get(ENROL + there).headers["Location"] == "/cuenta/confirmar/"
        for there in ("codigos/", "quitar/"):
            assert client.post(ENROL + there).headers["Location"] == "/cuenta/confirmar/"
        assert client.post("/cuenta/confirmar/", {"password": "no es"}).status_code == HTTPStatus.BAD_REQUEST
        assert client.get(ENROL + "llave/").status_code == HTTPStatus.FOUND
        assert client.post("/cuenta/confirmar/", {"password": PHRASE}).headers["Location"] == ENROL
        assert client.get(ENROL + "llave/").status_code == HTTPStatus.OK


def test_a_changed_factor_ends_the_other_sessions_and_not_the_one_at_hand(signed_in: SignedIn) -> None:
    user = enrolled(ana())
    deeds = [
        lambda client: client.post(ENROL + "codigos/"),
        lambda client: client.post(
            ENROL + "aplicacion/",
            {"code": code("".join(client.get(ENROL + "aplicacion/").context["letters"]))},
        ),
    ]
    for deed in deeds:
        user.refresh_from_db()
        other, client = signed_in(user), signed_in(user)
        assert inside(other)
        deed(client)
        assert inside(client)
        assert other.get("/cuenta/").status_code == HTTPStatus.FOUND


def test_one_sees_ones_sessions_and_ends_one_or_all_others(signed_in: SignedIn) -> None:
    user = ana()
    session_file.end(user.pk)  # the file outlives a test, and the next has the same numbers
    stranger = signed_in(services.create_user(None, "eva", "Eva", Role.DESK))
    clients = [signed_in(user) for _ in range(4)]
    mine = clients[0]
    visits = mine.get("/cuenta/").context["visits"]
    assert [len(visits), sum(visit["here"] for visit in visits)] == [4, 1]
    page = mine.get("/cuenta/").content.decode()
    assert not any(client.cookies["sesion"].value in page for client in clients)
    other = next(visit["mark"] for visit in visits if not visit["here"])
    assert stranger.post("/cuenta/sesiones/", {"session": other}).status_code == HTTPStatus.NOT_FOUND
    mine.post("/cuenta/sesiones/", {"session": other})
    assert sum(inside(client) for client in clients) == 3
    mine.post("/cuenta/sesiones/")
    assert [inside(client) for client in clients] == [True, False, False, False]
    assert trail.events(limit=1)[0].said == {"ended": 2}
    assert inside(stranger)
    with clock.frozen(clock.now() + timedelta(minutes=31)):  # what nobody answers any more is not shown
        assert sessions.open_sessions(user) == []


def test_a_session_is_known_by_the_family_of_its_browser_and_no_more() -> None:
    enrolled(ana())
    agent = (
        "Mozilla/5.0 (Linux; Android 9; SM-J260M) AppleWebKit/537.36 Chrome/119.0.0.0 Mobile Safari/537.36"
    )
    client = Client(headers={"user-agent": agent})
    password(client)
    client.post(STEP_TWO, {"code": code()})
    visit = client.get("/cuenta/").context["visits"][0]
    assert visit["browser"] == "Chrome"
    assert "SM-J260M" not in str(dict(client.session.items()))


def test_an_administrator_ends_somebodys_sessions(signed_in: SignedIn) -> None:
    client, boss = signed_in(ana()), services.create_user(None, "eva", "Eva", Role.ADMINISTRATOR)
    assert inside(client)
    signed_in(boss).post("/casa/ana/sesiones/")
    assert client.get("/cuenta/").status_code == HTTPStatus.FOUND


def test_a_journey_begins_on_ones_own_page_and_ends_on_somebody_elses(signed_in: SignedIn) -> None:
    user, boss = ana(), services.create_user(None, "eva", "Eva", Role.ADMINISTRATOR)
    client, other, until = signed_in(user), signed_in(user), clock.now().date() + timedelta(days=5)
    assert client.post("/cuenta/viaje/", {"until": "ayer"}).status_code == HTTPStatus.BAD_REQUEST
    last = client.post("/cuenta/viaje/", {"until": until.isoformat()})
    assert "Buen viaje" in last.content.decode()
    assert "storage" in last.headers["Clear-Site-Data"]
    for session in (client, other):
        assert session.get("/cuenta/").status_code == HTTPStatus.FOUND
    there = signed_in(boss)
    assert "De viaje" in there.get("/casa/ana/").content.decode()
    there.post("/casa/ana/viaje/")
    assert password(Client()) == "/"
