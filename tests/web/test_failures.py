"""What a page says when the house itself fails."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.db import IntegrityError, OperationalError

from constancia.apps.figures.views import home
from constancia.domain.errors import StoreRefused
from constancia.domain.vocabulary.terms import Role
from tests.support.world import SignedIn, World


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (StoreRefused("store.unreadable", file="registro.db"), "no se puede leer"),
        (OperationalError("database or disk is full"), "El disco está lleno"),
        (IntegrityError("secreto de Ana"), "No se guardó nada a medias"),
        (RuntimeError("secreto de Ana"), "No se guardó nada a medias"),
    ],
)
def test_a_failure_is_told_in_words_that_help_and_give_nothing_away(
    problem: Exception, said: str, world: World, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise problem

    monkeypatch.setattr(home, "sides_in", fail)
    client = signed_in(world.users[Role.DESK], raise_request_exception=False)
    answer = client.get("/balance/")
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    page = answer.content.decode()
    assert said in page
    assert "Ana" not in page
