"""Rows 29 to 31: sessions that should have ended, codes that were used, and doors beside the door."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from constancia.apps.accounts import factors, passkeys, services, sessions, travel
from constancia.apps.accounts.models import User
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.domain.vocabulary.terms import Role
from constancia.infra import clock
from tests.support.authenticator import SoftKey
from tests.support.factors import SECRET, code, enrolled
from tests.support.passwords import QuickArgon2
from tests.support.world import SignedIn

PHRASE = "cuatro caballos bajo el samán"
NOON = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
STEP_TWO = "/entrar/segundo-paso/"
pytestmark = pytest.mark.django_db


def ana(role: Role = Role.DESK) -> User:
    return services.create_user(None, "ana", "Ana Prueba", role, password=PHRASE)


def known(client: Client, **more: Any) -> Client:
    """A client that gave the right password and owes the second step."""
    client.post("/entrar/", {"username": "ana", "password": PHRASE}, **more)
    return client


ENDINGS: dict[str, Callable[[User], Any]] = {
    "disabled": lambda user: services.disable(None, user),
    "password": lambda user: services.set_password(user, "otra frase que nadie adivina"),
    "travel": lambda user: travel.begin(user, user, date(2026, 3, 9), date(2026, 3, 1)),
    "new factor": lambda user: factors.set_up_codes(user, SECRET, code()),
    "new codes": factors.new_codes,
    "reset": lambda user: services.redeem_link(services.issue_link(None, user, resets_factors=True)),
    "ended": lambda user: sessions.end_all(None, user),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_row_29_whatever_ends_a_session_ends_it_before_the_next_request(
    ending: str, signed_in: SignedIn
) -> None:
    user = ana()
    if ending != "new factor":
        enrolled(user)
    clients = [signed_in(user), signed_in(user)]
    assert all(client.get("/revision/").status_code == HTTPStatus.OK for client in clients)
    ENDINGS[ending](user)
    for client in clients:
        for ask in (client.get, client.post):
            assert ask("/revision/").headers["Location"].startswith("/entrar/")


def test_row_29_a_role_taken_away_holds_from_the_next_request(signed_in: SignedIn) -> None:
    user = ana()
    client = signed_in(user)
    services.set_role(None, user, Role.READER)
    assert client.get("/revision/").status_code == HTTPStatus.NOT_FOUND


def test_row_30_a_code_seen_over_a_shoulder_opens_no_second_browser() -> None:
    enrolled(ana())
    first, second = known(Client()), known(Client())
    assert first.post(STEP_TWO, {"code": code()}).status_code == HTTPStatus.FOUND
    assert second.post(STEP_TWO, {"code": code()}).status_code == HTTPStatus.BAD_REQUEST
    assert second.get("/revision/").status_code == HTTPStatus.FOUND


def test_row_30_a_used_recovery_code_opens_nothing() -> None:
    codes = factors.set_up_codes(ana(), SECRET, code())
    assert known(Client()).post(STEP_TWO, {"code": codes[0]}).status_code == HTTPStatus.FOUND
    assert known(Client()).post(STEP_TWO, {"code": codes[0]}).status_code == HTTPStatus.BAD_REQUEST


def test_row_30_a_thousand_guesses_from_many_addresses_are_thirty() -> None:
    user, checked = enrolled(ana()), 0
    for number in range(1000):
        with clock.frozen(NOON + timedelta(minutes=number)):
            wrong = "000000" if code() != "000000" else "000001"
            try:
                factors.check_code(user, wrong)
            except InputRefused:
                checked += 1
            except NotAllowed:
                continue
    assert checked == 30
    other = enrolled(services.create_user(None, "eva", "Eva", Role.DESK))
    with clock.frozen(NOON + timedelta(minutes=1000)):
        assert factors.check_code(other, code())


def test_row_30_an_address_told_in_a_header_buys_no_further_guess() -> None:
    enrolled(ana())
    answers = []
    for number in range(7):
        where = {"REMOTE_ADDR": f"10.0.0.{number}", "HTTP_X_FORWARDED_FOR": f"192.0.2.{number}"}
        answers.append(known(Client(), **where).post(STEP_TWO, {"code": "x"}, **where).status_code)
    assert answers == [HTTPStatus.BAD_REQUEST] * 5 + [HTTPStatus.TOO_MANY_REQUESTS] * 2


def test_row_31_there_is_no_door_but_one() -> None:
    ana()
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    for name in ("account_login", "account_signup", "account_reset_password", "mfa_index",
                 "mfa_authenticate", "mfa_login_webauthn", "socialaccount_login"):  # fmt: skip
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert authenticate(username="ana", password=PHRASE) is None
    assert not EmailAddress.objects.exists()
    assert not any((settings.MFA_TRUST_ENABLED, settings.MFA_PASSKEY_LOGIN_ENABLED))
    token = {"HTTP_AUTHORIZATION": "Bearer x", "HTTP_X_SESSION_TOKEN": "x", "REMOTE_USER": "ana"}
    for there in ("/admin/", "/admin/login/", "/accounts/login/", "/accounts/password/reset/", "/api/",
                  "/_allauth/browser/v1/auth/login", "/cuenta/", "/revision/"):  # fmt: skip
        for ask in (Client().get, Client().post):
            answer = ask(there, **token)
            assert answer.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.FOUND), there
            assert answer.headers.get("Location", "/entrar/").startswith("/entrar/"), there


def test_row_31_a_link_is_no_way_around_the_second_step() -> None:
    user = enrolled(ana())
    client = Client()
    client.post(f"/entrar/{services.issue_link(None, user, sets_password=False)}/")
    for there in ("/", "/revision/", "/cuenta/", "/cuenta/segundo-paso/"):
        assert client.get(there).headers["Location"].startswith("/entrar/")


def test_row_31_a_passkey_that_a_false_page_asked_for_opens_nothing() -> None:
    user, key, here = ana(), SoftKey(), "http://testserver"
    options, state = passkeys.begin_adding(user, here)
    passkeys.add(user, here, state, key.made(options, here), "mi teléfono")
    client = known(Client())
    for origin in ("https://constancia.example", "http://testserver.example", "http://testserver:8000"):
        asked = json.loads(client.get(STEP_TWO).context["options"])
        answer = client.post(STEP_TWO, {"answer": key.signed(asked, origin)})
        assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert client.get("/revision/").status_code == HTTPStatus.FOUND


def test_nobody_learns_at_the_door_who_works_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unknown, mistyped, disabled, travelling, without password: the same words, headers and work."""
    ana()
    for name in ("apagada", "viajera"):
        services.create_user(None, name, name, Role.DESK, password=PHRASE)
    services.create_user(None, "sinclave", "Sin clave", Role.DESK)
    services.disable(None, User.objects.get(username="apagada"))
    away = User.objects.get(username="viajera")
    travel.begin(away, away, date(2026, 3, 9), date(2026, 3, 1))
    services._decoy()
    hashed: list[str] = []
    verify = QuickArgon2.verify
    monkeypatch.setattr(QuickArgon2, "verify", lambda *given: hashed.append("x") or verify(*given))
    answers, work = [], []
    for name, phrase in (
        ("nadie", PHRASE),
        ("ana", "otra frase muy larga"),
        ("apagada", PHRASE),
        ("viajera", PHRASE),
        ("sinclave", PHRASE),
    ):
        hashed.clear()
        answers.append(_plain(Client().post("/entrar/", {"username": name, "password": phrase}), name))
        work.append(len(hashed))
    assert work == [1] * 5
    assert all(answer == answers[0] for answer in answers)
    assert answers[0][0] == HTTPStatus.BAD_REQUEST


def _plain(answer: HttpResponse, name: str) -> tuple[int, dict[str, str], str]:
    text = re.sub(r'name="(csrfmiddlewaretoken|envio)" value="[\w-]+"', "", answer.content.decode()).replace(
        name, ""
    )
    headers = {key: value for key, value in answer.headers.items() if key != "Content-Length"}
    return answer.status_code, headers, text
