"""The queue as a page: decided without script, refused beside the pair, undone."""

from __future__ import annotations

import pytest
from django.test import Client

from constancia.apps.matching.duplicates import queries
from constancia.apps.register.identity import judged
from constancia.apps.register.likeness import Pair
from constancia.domain.matching.shapes import Reason
from constancia.domain.vocabulary.terms import Role
from tests.support.world import SignedIn, World

pytestmark = pytest.mark.django_db
QUEUE = "/duplicados/"


@pytest.fixture
def client(world: World, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The desk's, where the two cases of the small world are a pair."""
    pair = Pair(world.lara.pk, world.zulia.pk, 0.97, (Reason("name.sound", "a", "b", 4.0),))
    monkeypatch.setattr(queries, "pairs", lambda user, **_: [pair])
    return signed_in(world.users[Role.DESK])


def sent(world: World, **more: str) -> dict[str, str]:
    return {"other": world.zulia.code, "verdict": "same", "reason": "misma cédula", **more}


def test_a_pair_is_judged_and_taken_back(client: Client, world: World) -> None:
    page = client.get(QUEUE).content.decode()
    assert world.lara.code in page
    assert world.zulia.code in page
    assert "Casi seguro" in page
    answer = client.post(f"/duplicados/{world.lara.code}/decidir/", sent(world), follow=True)
    assert answer.redirect_chain == [(QUEUE + "#decidir", 302)]
    assert "cuentan desde ahora como una sola persona" in answer.content.decode()
    assert judged().cluster(world.lara.pk) == {world.lara.pk, world.zulia.pk}
    fact = judged().said[0].number
    assert f"/duplicados/juicio/{fact}/deshacer/" in answer.content.decode()
    assert "misma cédula" in client.get("/duplicados/decididos/").content.decode()
    assert world.zulia.code in client.get(f"/expediente/{world.lara.code}/").content.decode()
    again = client.post(f"/duplicados/juicio/{fact}/deshacer/", follow=True)
    assert "quedó deshecho" in again.content.decode()
    assert judged().said == ()
    twice = client.post(f"/duplicados/juicio/{fact}/deshacer/", follow=True)
    assert "ya fue retirado" in twice.content.decode()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"reason": " "}, "Escriba por qué"),
        ({"verdict": ""}, "Elija si son la misma persona"),
        ({"verdict": "married"}, "Elija si son la misma persona"),
    ],
)
def test_what_is_refused_comes_back_with_what_was_written(
    client: Client, world: World, more: dict[str, str], words: str
) -> None:
    given = sent(world, **more)
    answer = client.post(f"/duplicados/{world.lara.code}/decidir/", given)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert words in page
    assert 'aria-invalid="true"' in page
    assert given["reason"].strip() in page
    assert judged().said == ()


@pytest.mark.parametrize("other", ["", "nonsense", "ZZZZ-ZZZZ-ZZ", "\x00", "a" * 5000])
def test_a_code_that_is_nobodys_is_refused(client: Client, world: World, other: str) -> None:
    answer = client.post(f"/duplicados/{world.lara.code}/decidir/", sent(world, other=other), follow=True)
    assert answer.status_code in (200, 400)
    assert "error" in answer.content.decode()
    assert judged().said == ()


def test_a_pair_that_is_no_longer_listed_says_so_above(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "pairs", lambda user, **_: [])
    answer = client.post(f"/duplicados/{world.lara.code}/decidir/", sent(world, reason=""))
    assert "Escriba por qué" in answer.content.decode()


def test_doubts_and_contradictions_have_their_own_lists(client: Client, world: World) -> None:
    address = f"/duplicados/{world.lara.code}/decidir/"
    client.post(address, sent(world, verdict="unsure", reason="falta la partida"))
    assert world.lara.code not in client.get(QUEUE).content.decode().split('id="decidir"')[1]
    doubts = client.get(QUEUE + "?lista=dudas").content.decode()
    assert world.lara.code in doubts
    assert "falta la partida" in doubts
    answer = client.post(address, sent(world, lista="dudas", verdict="different"))
    assert answer["Location"] == QUEUE + "?lista=dudas#decidir"
    for name in ("dudas", "contradicciones", "nada", ""):
        page = client.get(QUEUE, {"lista": name, "p": "99999"})
        assert page.status_code == 200


def test_a_coordinator_is_shown_no_pair_of_which_one_is_elsewhere(
    client: Client, world: World, signed_in: SignedIn
) -> None:
    theirs = signed_in(world.users[Role.COORDINATOR])
    page = theirs.get(QUEUE).content.decode()
    assert world.zulia.code not in page
    assert "Zuliana" not in page
    answer = theirs.post(f"/duplicados/{world.lara.code}/decidir/", sent(world), follow=True)
    assert "No hay ningún caso con ese código" in answer.content.decode()
    assert judged().said == ()


def test_no_name_stands_in_an_address(client: Client, world: World) -> None:
    page = client.get(QUEUE).content.decode()
    addresses = [piece.split('"')[0] for piece in page.split('href="')[1:] + page.split('action="')[1:]]
    assert not any("nventad" in address for address in addresses)
