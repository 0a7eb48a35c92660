"""What the trail tells of the door: to whoever watches over it, and to each about their own account."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.apps.accounts import factors, services, sessions, travel
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.terms import Role
from tests.support.factors import SECRET, code
from tests.support.world import SignedIn

pytestmark = pytest.mark.django_db


def test_each_sees_who_tried_their_door_and_who_watches_sees_it_in_words(signed_in: SignedIn) -> None:
    boss = services.create_user(None, "eva", "Eva Inventada", Role.ADMINISTRATOR)
    ana = services.create_user(None, "ana", "Ana Inventada", Role.DESK)
    factors.set_up_codes(ana, SECRET, code())
    for name in ("ana", "nadie"):
        with pytest.raises(InputRefused):
            services.authenticate(name, "no es la suya")
    services.redeem_link(services.issue_link(boss, ana, resets_factors=True))
    sessions.end_all(None, ana)
    travel.end(None, travel.begin(ana, ana, date(2026, 3, 9), date(2026, 3, 1)))
    mine = signed_in(ana).get("/cuenta/actividad/").content.decode()
    everything = signed_in(boss).post("/auditoria/").content.decode()
    for words in (
        "contraseña equivocada",
        "restablece el segundo paso",
        "todos, con un enlace",
        "hasta el 2026-03-09",
        "con una aplicación de códigos",
        "Quien tiene la llave",
        "Nadie con sesión",
        "Eva Inventada",
    ):
        assert words in mine, words
        assert words in everything, words
    assert "la cuenta de Ana Inventada" in everything
    assert "la cuenta de Ana Inventada" not in mine
