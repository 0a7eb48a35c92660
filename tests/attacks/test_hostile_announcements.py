"""Announcements, lists and statements that want to break the page, the chart or the store."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from constancia.apps.claims import queries, services
from constancia.apps.claims.models import ListedName
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.terms import Role
from tests.support.world import SignedIn, World

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'`"
HOSTILE_LISTS = {
    "a megabyte on one line": "Nombre Inventado " * 60_000,
    "more names than any list": "Nombre Inventado\n" * 20_000,
    "a change of writing direction": "Nombre\u202eodatnevnI",
    "a null": "Nombre Inventado\nNombre\x00Inventado",
    "marks heaped on a letter": "N" + "\u0301" * 500,
    "half a character": "Nombre \ud800",
    "nothing but numbering": "1.\n2)\n- \n(3)\n",
}


@pytest.fixture
def client(world: World, signed_in: SignedIn) -> Client:
    return signed_in(world.users[Role.DESK])


@pytest.mark.parametrize("text", HOSTILE_LISTS.values(), ids=HOSTILE_LISTS.keys())
def test_a_hostile_list_is_refused_whole_in_a_sentence(world: World, text: str) -> None:
    before = ListedName.objects.count()
    with pytest.raises(InputRefused) as refused:
        services.add_names(world.users[Role.DESK], world.announcement, text)
    assert refused.value.code.startswith("announcement.list_")
    assert all("ombre" not in str(value) for value in refused.value.params.values())
    assert ListedName.objects.count() == before


def test_a_list_of_mixed_scripts_and_markup_is_kept_as_text(world: World, client: Client) -> None:
    names = [SCRIPT, "=HYPERLINK(1)", "Иван Придуманный", "محمد المختلق", "ANA \u0410NA"]
    sent = client.post(f"/anuncios/{world.announcement}/lista/", {"names": "\n".join(names)})
    assert sent.status_code == HTTPStatus.FOUND
    listed = queries.announcement(world.users[Role.DESK], world.announcement).listed
    assert [line.name for line in listed[2:]] == names
    page = client.get(f"/anuncios/{world.announcement}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_what_is_said_cannot_leave_its_place_on_page_or_chart(world: World, client: Client) -> None:
    said: dict[str, Any] = {"said_on": "2026-02-05", "speaker": SCRIPT, "mark": SCRIPT, "words": SCRIPT}
    assert client.post("/declaraciones/nueva/", said).status_code == HTTPStatus.FOUND
    told = {"title": SCRIPT, "claimant": SCRIPT, "announced_on": "2026-02-05", "value": "5"}
    assert client.post("/anuncios/nuevo/", told).status_code == HTTPStatus.FOUND
    number = queries.announcements(world.users[Role.DESK])[0].number
    for address in ("/declaraciones/", "/anuncios/", f"/anuncios/{number}/", "/balance/?al=2026-02-10"):
        page = client.get(address).content.decode()
        assert "alert(1)" in page, address
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//elsewhere.example", "file:///etc/passwd"]
)
def test_a_source_that_is_no_web_address_is_refused(world: World, address: str) -> None:
    given = services.StatementGiven(date(2026, 2, 5), "Ministra inventada", "Lo niega", address=address)
    with pytest.raises(InputRefused) as refused:
        services.add_statement(world.users[Role.DESK], given)
    assert refused.value.code == "claims.address"


@pytest.mark.parametrize("value", ["-5", "0", "1e9", "9" * 30, "NaN", "1.5"])
def test_a_number_that_no_promise_can_have_is_refused(client: Client, value: str) -> None:
    told = {"title": "Salidas", "claimant": "Ministerio", "announced_on": "2026-02-05", "value": value}
    assert client.post("/anuncios/nuevo/", told).status_code == HTTPStatus.BAD_REQUEST
