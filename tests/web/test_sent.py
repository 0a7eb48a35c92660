"""What is sent twice is recorded once, whichever way it is sent again."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from constancia.apps.register.models import Person
from constancia.domain.vocabulary.terms import Role
from constancia.web.sent import ANSWERS
from constancia.web.templatetags.once import FIELD
from tests.support.world import SignedIn, World

NEW = "/expediente/nuevo/"
CASE = {
    "name": "Zutana Perfecta",
    "kind": "arrest",
    "source_kind": "relative",
    "when": "08/01/2026",
    "document": "",
}


@pytest.fixture
def client(world: World, signed_in: SignedIn) -> Client:
    return signed_in(world.users[Role.DESK], enforce_csrf_checks=True)


def hidden(client: Client) -> dict[str, str]:
    """The hidden fields of the form of a new case, as a browser sends them back."""
    page = client.get(NEW).content.decode()
    form = page[page.index('class="aside"') :]
    return {
        name: re.search(f'name="{name}" value="([^"]+)"', form)[1] for name in ("csrfmiddlewaretoken", FIELD)
    }  # type: ignore[index]


def send(client: Client, hidden: dict[str, str], **more: Any) -> Any:
    headers = more.pop("headers", None)
    return client.post(NEW, {**CASE, **hidden, **more}, headers=headers)


def people() -> int:
    return Person.objects.count()


def test_a_form_sent_twice_is_recorded_once_and_answered_alike(client: Client) -> None:
    before, fields = people(), hidden(client)
    first, second = send(client, fields), send(client, fields)
    assert first.status_code == second.status_code == HTTPStatus.FOUND
    assert first.url == second.url
    assert people() == before + 1
    assert "no se anotó otra vez" in client.get(second.url).content.decode()


def test_every_form_has_a_key_of_its_own(client: Client) -> None:
    page = client.get(NEW).content.decode()
    keys = re.findall(f'name="{FIELD}" value="([^"]+)"', page)
    assert len(keys) == len(set(keys)) == page.count('name="csrfmiddlewaretoken"')
    assert not set(keys) & set(
        re.findall(f'name="{FIELD}" value="([^"]+)"', client.get(NEW).content.decode())
    )


def test_a_form_gone_back_to_and_changed_is_something_new(client: Client) -> None:
    before, fields = people(), hidden(client)
    send(client, fields)
    answer = send(client, fields, name="Mengana Inventada")
    assert answer.status_code == HTTPStatus.FOUND
    assert people() == before + 2


def test_a_form_refused_and_mended_is_recorded(client: Client) -> None:
    before, fields = people(), hidden(client)
    assert send(client, fields, when="30/02/2026").status_code != HTTPStatus.FOUND
    assert send(client, fields).status_code == HTTPStatus.FOUND
    assert people() == before + 1


def test_where_the_first_answer_was_lost_with_its_process_it_is_said_that_it_is_there(client: Client) -> None:
    before, fields = people(), hidden(client)
    send(client, fields)
    session = client.session
    del session[ANSWERS]
    session.save()
    answer = send(client, fields)
    assert answer.status_code == HTTPStatus.OK
    assert "Ya estaba registrado" in answer.content.decode()
    assert people() == before + 1


def test_a_part_of_a_page_sent_again_is_led_to_where_the_first_led(client: Client) -> None:
    before, fields = people(), hidden(client)
    first = send(client, fields)
    again = send(client, fields, headers={"HX-Request": "true"})
    assert again.headers["HX-Redirect"] == first.url
    assert people() == before + 1


def test_a_program_that_sends_again_with_its_key_is_answered_as_the_first_time(client: Client) -> None:
    before = people()
    token = {"csrfmiddlewaretoken": hidden(client)["csrfmiddlewaretoken"]}
    first, second = (send(client, token, headers={"Idempotency-Key": "un-envio-7"}) for _ in range(2))
    assert first.url == second.url
    other = send(client, token, name="Mengana Inventada", headers={"Idempotency-Key": "un-envio-7"})
    assert other.status_code == HTTPStatus.BAD_REQUEST
    assert "Esa clave ya se usó" in other.content.decode()
    assert people() == before + 1


def test_the_key_of_one_person_says_nothing_to_another(
    client: Client, world: World, signed_in: SignedIn
) -> None:
    fields = hidden(client)
    send(client, fields)
    other = signed_in(world.users[Role.ADMINISTRATOR])
    answer = send(other, {FIELD: fields[FIELD]})
    assert "Ya estaba registrado" not in answer.content.decode()
    assert answer.context["form"].is_bound  # a case of that name is there already: a person is asked


@pytest.mark.parametrize("key", ["", "x" * 5000, "\u202e\ufffe", "'; --"])
def test_a_key_that_is_odd_breaks_nothing(client: Client, key: str) -> None:
    fields = hidden(client)
    assert send(client, {**fields, FIELD: key}).status_code == HTTPStatus.FOUND
