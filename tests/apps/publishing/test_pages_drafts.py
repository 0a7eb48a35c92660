"""The pages of drafts, worked as the desk does: terms, check, merging, approval by a second person."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from constancia.apps.accounts.models import User
from constancia.apps.publishing import queries
from constancia.apps.publishing.models import Draft
from tests.apps.publishing.crowd import A_MINUTE, Crowd, draft
from tests.apps.publishing.pages import HTMX, begun, hidden, terms, words
from tests.support.world import SignedIn


@pytest.fixture
def client(desk: User, signed_in: SignedIn) -> Client:
    return signed_in(desk)


@pytest.fixture
def other(second: User, signed_in: SignedIn) -> Client:
    return signed_in(second)


@pytest.fixture
def small(crowd: Crowd) -> None:
    """Nine people in each of two states and two in another: too few to be shown."""
    crowd.add(9, state="lara")
    crowd.add(9, state="miranda")
    crowd.add(2, state="zulia")


def number_of(address: str) -> int:
    return int(address.rstrip("/").rpartition("/")[2])


def test_a_draft_begun_on_the_page_stands_in_the_list_and_shows_its_terms(client: Client) -> None:
    address = begun(client)
    assert "Situación de prueba" in words(client.get("/ediciones/"))
    page = client.get(address)
    assert "al 24/02/2026, según lo conocido el 24/02/2026" in words(page)
    assert 'value="Situation for a test"' in page.content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"as_of": "2100-01-01"}, "no ha llegado todavía"),
        ({"title_es": "\u202eoirotaler"}, "inversión del sentido"),
        ({"languages": []}, "Este campo es obligatorio"),
        ({"since": "2026-02-24"}, "la apertura va antes"),
        ({"rule": "ninguna"}, "Escoja una opción válida"),
    ],
)
def test_terms_that_make_no_sense_are_refused_in_place(
    client: Client, changed: dict[str, object], said: str
) -> None:
    answer = client.post("/ediciones/borradores/nuevo/", terms(**changed))
    assert answer.status_code == 400
    assert not Draft.objects.exists()
    assert said in words(answer)


def test_saving_the_terms_unchanged_makes_no_version_and_a_change_makes_one(client: Client) -> None:
    address = begun(client)
    assert "No había nada que cambiar." in words(client.post(address, terms(), follow=True))
    assert Draft.objects.count() == 1
    client.post(address, terms(title_es="Otro título"))
    assert Draft.objects.count() == 2
    assert "Otro título" in words(client.get(address))


def test_an_instant_t_that_nobody_touched_stays(client: Client, desk: User) -> None:
    noon = datetime(2026, 3, 1, 16, tzinfo=UTC)
    number = draft(desk, noon + A_MINUTE, known_at=noon)
    sent = terms(title_es="Otro título", known_at="2026-03-01")
    client.post(f"/ediciones/borradores/{number}/", sent)
    line = queries.draft(desk, number).line
    assert (line.title, line.known_at) == ("Otro título", noon)


@pytest.mark.usefixtures("small")
def test_a_refusal_names_the_category_and_never_the_number(client: Client) -> None:
    address = begun(client)
    page = client.post(f"{address}comprobar/", follow=True)
    said = words(page)
    assert "No se puede publicar así" in said
    assert "Zulia: son tan pocas personas que podrían reconocerse." in said
    section = said[said.index("No se puede publicar así") : said.index("Cambiar los términos")]
    assert " 2 " not in section.replace("24/02/2026", "")
    assert re.search(r"se juntan (Lara|Miranda) \+ Zulia\.", said)


@pytest.mark.usefixtures("small")
def test_the_proposal_is_taken_and_checked_at_once(client: Client, desk: User) -> None:
    address = begun(client)
    page = client.post(f"{address}comprobar/", follow=True)
    after = client.post(f"{address}proposicion/", {"sha256": hidden(page, "sha256")}, follow=True)
    assert "Pasó la comprobación" in words(after)
    assert queries.draft(desk, number_of(address)).line.standing == "checked"


@pytest.mark.usefixtures("small")
def test_a_proposal_of_another_content_is_not_taken(client: Client, desk: User) -> None:
    address = begun(client)
    client.post(f"{address}comprobar/")
    after = client.post(f"{address}proposicion/", {"sha256": "0" * 64}, follow=True)
    assert "ya no vale" in words(after)
    assert queries.draft(desk, number_of(address)).merges == []


@pytest.mark.usefixtures("small")
def test_categories_are_merged_parted_and_tables_left_out_by_hand(client: Client, desk: User) -> None:
    address = begun(client)
    way, number = f"{address}juntar/", number_of(address)
    table = {"tabla": "held_by_state"}
    client.post(way, {**table, "hacer": "juntar", "celda": ["lara", "zulia"]})
    assert [one["cells"] for one in queries.draft(desk, number).merges] == [[["lara"], ["zulia"]]]
    client.post(way, {**table, "hacer": "juntar", "celda": ["zulia", "apure"]})
    assert [one["cells"] for one in queries.draft(desk, number).merges] == [[["apure"], ["lara"], ["zulia"]]]
    page = client.get(way)
    assert "Apure + Lara + Zulia" in words(page)
    client.post(way, {**table, "hacer": "separar", "celdas": hidden(page, "celdas")})
    assert queries.draft(desk, number).merges == []
    client.post(way, {**table, "hacer": "omitir"})
    assert queries.draft(desk, number).withheld == ["held_by_state"]
    client.post(way, {**table, "hacer": "mostrar"})
    assert queries.draft(desk, number).withheld == []


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "sent",
    [
        {"tabla": "held_by_state", "hacer": "juntar", "celda": ["lara"]},
        {"tabla": "held_by_state", "hacer": "juntar", "celda": ["lara", "lara"]},
        {"tabla": "held_by_state", "hacer": "juntar", "celda": ["lara", "ninguno"]},
        {"tabla": "held_by_state", "hacer": "separar", "celdas": "[]"},
        {"tabla": "held_by_state", "hacer": "borrar"},
        {"tabla": "ninguna", "hacer": "omitir"},
        {},
    ],
)
def test_a_merging_that_makes_no_sense_changes_nothing(
    client: Client, desk: User, sent: dict[str, object]
) -> None:
    address = begun(client)
    answer = client.post(f"{address}juntar/", sent, follow=True)
    assert 'class="message error"' in answer.content.decode()
    assert queries.draft(desk, number_of(address)).versions == 1


def test_whoever_wrote_it_is_told_who_may_approve(client: Client, crowd: Crowd) -> None:
    crowd.add(9)
    address = begun(client)
    page = client.post(f"{address}comprobar/", follow=True)
    assert "Pueden aprobarlo: Segundo." in words(page)
    reading = client.get(f"{address}aprobar/")
    assert "no puede aprobarlo" in words(reading)
    assert "Aprobar la edición" not in words(reading)
    refused = client.post(f"{address}aprobar/", {"sha256": "0" * 64, "leido": "si"}, follow=True)
    assert "Quien escribió el borrador no puede aprobarlo" in words(refused)


def test_a_second_person_reads_what_was_checked_and_approves_it(
    client: Client, other: Client, desk: User, crowd: Crowd
) -> None:
    crowd.add(9)
    address = begun(client)
    client.post(f"{address}comprobar/")
    reading = other.get(f"{address}aprobar/")
    check = queries.draft(desk, number_of(address)).check
    assert check is not None
    digest = hidden(reading, "sha256")
    assert digest == check.sha256
    way = f"{address}aprobar/"
    assert "Marque que leyó" in words(other.post(way, {"sha256": digest}, follow=True))
    stale = other.post(way, {"sha256": "0" * 64, "leido": "si"}, follow=True)
    assert "Algo cambió desde que se comprobó" in words(stale)
    assert queries.editions(desk) == []
    done = other.post(way, {"sha256": digest, "leido": "si"})
    assert done.headers["Location"] == "/ediciones/1/"
    assert "ya no cambia" in words(client.get(address))
    assert other.get(way).headers["Location"] == "/ediciones/1/"


def test_a_draft_that_was_not_checked_cannot_be_read_for_approval(other: Client, client: Client) -> None:
    address = begun(client)
    answer = other.get(f"{address}aprobar/", follow=True)
    assert "no se ha comprobado desde su último cambio" in words(answer)


def test_a_discarded_draft_is_closed_and_still_told(client: Client) -> None:
    address = begun(client)
    client.post(f"{address}descartar/")
    assert "Este borrador se descartó." in words(client.get(address))
    assert "descartado" in words(client.get("/ediciones/"))
    refused = client.post(f"{address}comprobar/", follow=True)
    assert "se descartó. Empiece otro." in words(refused)


def test_the_preview_comes_alone_for_script_and_as_a_page_without_it(client: Client, crowd: Crowd) -> None:
    crowd.add(9)
    address = begun(client)
    part, page = client.get(f"{address}vista/?lengua=en", **HTMX), client.get(f"{address}vista/")
    assert "<html" not in part.content.decode()
    assert "<html" in page.content.decode()


def test_a_number_of_no_draft_is_the_same_as_no_right(
    client: Client, lara: User, signed_in: SignedIn
) -> None:
    address = begun(client)
    for way in ("", "vista/", "juntar/", "aprobar/", "descartar/"):
        theirs, nothing = signed_in(lara).get(address + way), client.get(f"/ediciones/borradores/99999/{way}")
        assert (theirs.status_code, nothing.status_code) == (404, 404), way
