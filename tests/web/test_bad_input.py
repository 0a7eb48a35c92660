"""Hostile and clumsy input to every form: a sentence, nothing half-written, nothing personal in a log."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

import pytest

from constancia.apps.register.models import Fact, Person
from constancia.domain.vocabulary.terms import Role
from tests.support.world import SignedIn, World

GOOD = {
    "name": "Zutana Perfecta Rara",
    "kind": "arrest",
    "source_kind": "relative",
    "when": "08/01/2026",
}
NAMES = {
    "ten thousand characters": "A" * 10_000,
    "NUL": "Zutana\x00 Inventada",
    "right-to-left override": "Zutana \u202eadatnevnI",
    "only spaces": "   ",
    "nothing": "",
}
DATES = {
    "30 February": "30/02/2026",
    "thirteenth month": "08/13/2026",
    "in the future": "08/01/2199",
    "year 9999": "31/12/9999",
    "year 99999": "01/01/99999",
    "words without a date": "el otro día",
    "an injection": "' OR 1=1 --",
}
QUERIES = ["' OR 1=1 --", '"', "*", "NEAR(a b)", "names:x AND", "a OR", "(", "-", "%"]
SEARCHES = [*QUERIES, "\x00", "\u202e", "a" * 400]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_row_33_a_name_that_is_none_is_refused_and_nothing_is_recorded(
    name: str, world: World, signed_in: SignedIn
) -> None:
    before = Person.objects.count(), Fact.objects.count()
    answer = signed_in(world.users[Role.DESK]).post("/expediente/nuevo/", GOOD | {"name": name})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert (Person.objects.count(), Fact.objects.count()) == before


@pytest.mark.parametrize("when", DATES.values(), ids=DATES.keys())
def test_row_34_a_date_that_cannot_be_is_refused_and_nothing_is_recorded(
    when: str, world: World, signed_in: SignedIn
) -> None:
    before = Person.objects.count(), Fact.objects.count()
    answer = signed_in(world.users[Role.DESK]).post("/expediente/nuevo/", GOOD | {"when": when})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert answer.context["form"].errors
    assert (Person.objects.count(), Fact.objects.count()) == before


def test_the_good_form_is_recorded(world: World, signed_in: SignedIn) -> None:
    """The control: what the tests above send is refused for its fault alone."""
    before = Person.objects.count()
    answer = signed_in(world.users[Role.DESK]).post("/expediente/nuevo/", GOOD)
    assert answer.status_code == HTTPStatus.FOUND
    assert Person.objects.count() == before + 1


def test_row_34_a_release_before_the_detention_is_refused(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.users[Role.DESK])
    given = {"when": "01/01/2020", "f_release": "full", "source_kind": "press", "detention": ""}
    answer = client.post(f"/expediente/{world.lara.code}/anotar/release/", given)
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert not world.lara.facts.filter(kind="release").exists()


@pytest.mark.parametrize("text", SEARCHES)
def test_operators_in_a_search_mean_nothing(text: str, world: World, signed_in: SignedIn) -> None:
    answer = signed_in(world.users[Role.DESK]).post("/registro/", {"text": text})
    assert answer.status_code == HTTPStatus.OK


def test_a_search_as_injection_finds_no_more_than_the_user_may_see(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.users[Role.COORDINATOR])
    for text in ("inventada", "inventada OR zuliana", "' OR 1=1 --", "* inventada"):
        page = client.post("/registro/", {"text": text}).content.decode()
        assert "Zuliana" not in page
        assert world.zulia.code not in page


@pytest.mark.parametrize("value", ["-1", "0", "99999999999999999999", "²", "1e3", "x" * 5000])
def test_a_page_number_that_is_none_is_harmless(value: str, world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.users[Role.ADMINISTRATOR])
    assert client.post("/registro/", {"page": value}).status_code == HTTPStatus.OK
    assert client.get("/revision/", {"p": value}).status_code == HTTPStatus.OK


FIGURES = [
    {"cifra": "' OR 1=1"},
    {"al": "30-02-2026"},
    {"al": "9999-12-31"},
    {"al": "0001-01-01"},
    {"desde": "2026-02-01", "al": "2026-01-01"},
    {"regla": "ninguna"},
    {"por": "sex'--"},
    {"grado": "cierto"},
    {"paso": "hora"},
    {"conocido": "ayer"},
]


@pytest.mark.parametrize("asked", FIGURES, ids=str)
@pytest.mark.parametrize("path", ["/cifras/", "/cifras/csv/", "/cifras/personas/", "/balance/"])
def test_a_question_that_makes_no_sense_gets_a_sentence(
    path: str, asked: dict[str, str], world: World, signed_in: SignedIn
) -> None:
    answer = signed_in(world.users[Role.DESK]).get(path, asked)
    assert answer.status_code in (HTTPStatus.OK, HTTPStatus.BAD_REQUEST)


@pytest.mark.parametrize("path", ["/cifras/", "/cifras/personas/", "/balance/"])
def test_what_will_be_known_is_what_is_known_now(path: str, world: World, signed_in: SignedIn) -> None:
    answer = signed_in(world.users[Role.DESK]).get(path, {"conocido": "2080-01-01"})
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert "de 2080" not in page


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "' OR 1=1", "1799-12-31"])
def test_a_case_as_of_a_day_that_is_none_is_shown_as_of_today(
    day: str, world: World, signed_in: SignedIn
) -> None:
    client = signed_in(world.users[Role.DESK])
    for name in ("as_of", "known_at"):
        answer = client.get(f"/expediente/{world.lara.code}/", {name: day})
        assert answer.status_code == HTTPStatus.OK
        assert answer.context["form"].errors[name]


def test_evidence_of_a_forbidden_kind_or_none_is_refused(
    world: World, signed_in: SignedIn, tmp_path: Any
) -> None:
    client = signed_in(world.users[Role.DESK])
    fact = world.lara.facts.get(kind="arrest")
    for content in (b"", b"PK\x03\x04\x00\x00", b"MZ\x90\x00\x00", b"\x00" * 100):
        path = tmp_path / "documento.pdf"
        path.write_bytes(content)
        with path.open("rb") as file:
            answer = client.post(f"/hecho/{fact.pk}/archivo/", {"title": "Acta", "file": file})
        assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert fact.evidence.count() == 1


def test_no_log_line_tells_a_name_or_a_search(
    world: World, signed_in: SignedIn, caplog: pytest.LogCaptureFixture
) -> None:
    client = signed_in(world.users[Role.DESK], raise_request_exception=False)
    with caplog.at_level(logging.DEBUG):
        client.post("/registro/", {"text": "perseguida secreta"})
        client.post("/expediente/nuevo/", GOOD | {"name": "Perseguida Secreta", "when": "nunca"})
        client.get("/expediente/PERSEGUIDA-SECRETA/")
        client.post("/entrar/", {"username": "perseguida.secreta", "password": "frase secreta de ella"})
    said = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("constancia"))
    assert "secreta" not in said.casefold()
