"""The editor of a report's texts: its preview, its versions, and that nobody overwrites anybody."""

from __future__ import annotations

import pytest
from django.test import Client

from constancia.apps.accounts.models import User
from constancia.apps.publishing import queries, services
from tests.apps.publishing.crowd import Crowd
from tests.apps.publishing.pages import HTMX, begun, hidden, words
from tests.support.world import SignedIn

TEXT = "/ediciones/informes/prueba/es/hoy.md/"
WRITTEN = "# Hoy\n\nHay {{ held }} personas.\n"


@pytest.fixture
def client(desk: User, signed_in: SignedIn) -> Client:
    return signed_in(desk)


@pytest.fixture
def report(desk: User) -> None:
    services.save_text(desk, "prueba", "informe.toml", '[report]\nsections = ["hoy"]\n')
    services.save_text(desk, "prueba", "es/hoy.md", WRITTEN)


def text_now(desk: User, path: str = "es/hoy.md") -> str | None:
    return next((one.text for one in queries.report_texts(desk, "prueba") if one.path == path), None)


def test_a_report_begins_from_the_template_in_both_languages(client: Client) -> None:
    answer = client.post("/ediciones/informes/", {"name": "situacion-marzo"}, follow=True)
    said = words(answer)
    assert "informe.toml" in said
    assert "es/" in said
    assert "en/" in said
    again = client.post("/ediciones/informes/", {"name": "situacion-marzo"})
    assert again.status_code == 400
    assert "Ya hay un informe llamado situacion-marzo." in words(again)


@pytest.mark.parametrize("name", ["Mayúsculas", "con espacio", "../x", "-a", "ñ"])
def test_a_name_that_cannot_be_is_refused_in_place(client: Client, name: str) -> None:
    answer = client.post("/ediciones/informes/", {"name": name})
    assert answer.status_code == 400
    assert "solo letras minúsculas sin tilde" in words(answer)


@pytest.mark.usefixtures("report")
def test_a_text_is_saved_and_its_versions_stay_readable(client: Client, desk: User) -> None:
    seen = hidden(client.get(TEXT), "seen")
    client.post(TEXT, {"text": "# Hoy\r\n\r\nOtra cosa.\r\n", "seen": seen})
    assert text_now(desk) == "# Hoy\n\nOtra cosa.\n"
    latest, first = queries.text_versions(desk, "prueba", "es/hoy.md")
    assert (first.text, latest.removed) == (WRITTEN, False)
    assert "Hay {{ held }} personas." in words(client.get(f"{TEXT}?version={first.number}"))
    assert client.get(f"{TEXT}?version=99999").status_code == 404


@pytest.mark.usefixtures("report")
def test_what_somebody_else_saved_is_shown_and_not_overwritten(
    client: Client, desk: User, second: User
) -> None:
    seen = hidden(client.get(TEXT), "seen")
    services.save_text(second, "prueba", "es/hoy.md", "# Hoy\n\nLo de ella.\n")
    answer = client.post(TEXT, {"text": "# Hoy\n\nLo mío.\n", "seen": seen})
    assert answer.status_code == 400
    said = words(answer)
    assert "Otra persona guardó es/hoy.md" in said
    assert "Lo de ella." in said
    assert "Lo mío." in said
    assert text_now(desk) == "# Hoy\n\nLo de ella.\n"
    client.post(TEXT, {"text": "# Hoy\n\nLas dos.\n", "seen": hidden(answer, "seen")})
    assert text_now(desk) == "# Hoy\n\nLas dos.\n"


@pytest.mark.usefixtures("report")
def test_the_same_text_from_two_people_is_no_conflict(client: Client, desk: User, second: User) -> None:
    seen = hidden(client.get(TEXT), "seen")
    services.save_text(second, "prueba", "es/hoy.md", "# Hoy\n")
    answer = client.post(TEXT, {"text": "# Hoy\n", "seen": seen}, follow=True)
    assert "No había nada que cambiar." in words(answer)


@pytest.mark.usefixtures("report")
def test_the_preview_keeps_nothing_and_shows_the_numbers_of_the_draft(
    client: Client, desk: User, crowd: Crowd
) -> None:
    crowd.add(9)
    begun(client, report="prueba")
    sent = {"text": "# Hoy\n\nSon {{ held }} hoy.\n", "hacer": "ver", "seen": ""}
    part = client.post(TEXT, sent, **HTMX)
    assert "Son 9 hoy." in words(part)
    assert "<html" not in part.content.decode()
    whole = client.post(TEXT, sent)
    assert "Son 9 hoy." in words(whole)
    assert "Guardar" in words(whole)
    assert text_now(desk) == WRITTEN


@pytest.mark.usefixtures("report")
def test_a_fault_is_told_with_its_line_and_leads_there(client: Client, crowd: Crowd) -> None:
    crowd.add(9)
    address = begun(client, report="prueba")
    faulty = "# Hoy\n\nSon {{ no_hay }}.\n"
    part = client.post(TEXT, {"text": faulty, "hacer": "ver"}, **HTMX)
    assert "es/hoy.md, línea 3" in words(part)
    client.post(TEXT, {"text": faulty, "seen": hidden(client.get(TEXT), "seen")})
    page = client.post(f"{address}comprobar/", follow=True)
    assert f'href="{TEXT}?linea=3"' in page.content.decode()
    assert "Línea 3: Son {{ no_hay }}." in words(client.get(f"{TEXT}?linea=3"))


@pytest.mark.usefixtures("report")
def test_a_number_typed_by_hand_is_a_warning(client: Client, desk: User, crowd: Crowd) -> None:
    crowd.add(9)
    services.save_text(desk, "prueba", "es/hoy.md", "# Hoy\n\nSon 9173 personas.\n")
    services.save_text(desk, "prueba", "en/hoy.md", "# Today\n\nNothing.\n")
    address = begun(client, report="prueba")
    page = client.post(f"{address}comprobar/", follow=True)
    said = words(page)
    assert "Pasó la comprobación" in said
    assert "Aviso: 1 número escrito a mano" in said


@pytest.mark.usefixtures("report")
def test_without_a_draft_or_an_edition_the_preview_says_what_is_needed(client: Client) -> None:
    part = client.post(TEXT, {"text": WRITTEN, "hacer": "ver"}, **HTMX)
    assert "hace falta un borrador o una edición" in words(part)


@pytest.mark.usefixtures("report")
def test_names_are_listed_with_what_they_print(client: Client, crowd: Crowd) -> None:
    crowd.add(9)
    begun(client, report="prueba")
    said = words(client.get("/ediciones/informes/prueba/nombres/"))
    assert "{{ held }} 9" in said
    assert ".lowest 9" in said


@pytest.mark.usefixtures("report")
def test_a_plan_that_cannot_be_read_is_not_kept(client: Client, desk: User) -> None:
    way = "/ediciones/informes/prueba/informe.toml/"
    seen = hidden(client.get(way), "seen")
    answer = client.post(way, {"text": "[report\n", "seen": seen})
    assert answer.status_code == 400
    assert "informe.toml" in words(answer)
    assert text_now(desk, "informe.toml") == '[report]\nsections = ["hoy"]\n'


@pytest.mark.usefixtures("report")
def test_a_text_is_added_and_taken_out(client: Client, desk: User) -> None:
    answer = client.post("/ediciones/informes/prueba/", {"language": "es", "name": "ayer"})
    new = answer.headers["Location"]
    assert new == "/ediciones/informes/prueba/es/ayer.md/"
    assert "todavía no está en el informe" in words(client.get(new))
    client.post(new, {"text": "# Ayer\n", "seen": ""})
    assert text_now(desk, "es/ayer.md") == "# Ayer\n"
    client.post(new, {"hacer": "quitar"})
    assert text_now(desk, "es/ayer.md") is None


@pytest.mark.usefixtures("report")
def test_markup_in_a_text_stays_text_in_the_preview(client: Client, crowd: Crowd) -> None:
    crowd.add(9)
    begun(client, report="prueba")
    hostile = "# Hoy\n\n<script>alert(1)</script> {{ held }}\n"
    part = client.post(TEXT, {"text": hostile, "hacer": "ver"}, **HTMX)
    assert "<script" not in part.content.decode()


@pytest.mark.usefixtures("report")
@pytest.mark.parametrize("path", ["otra.toml", "fr/hoy.md", "es/HOY.md", "es/a/b.md"])
def test_what_can_be_no_text_of_a_report_is_not_there(client: Client, path: str) -> None:
    assert client.get(f"/ediciones/informes/prueba/{path}/").status_code == 404


def test_a_report_that_does_not_exist_is_the_same_as_no_right(
    client: Client, lara: User, desk: User, signed_in: SignedIn
) -> None:
    services.save_text(desk, "prueba", "es/hoy.md", WRITTEN)
    for way in ("", "nombres/", "es/hoy.md/"):
        theirs = signed_in(lara).get(f"/ediciones/informes/prueba/{way}")
        nothing = client.get(f"/ediciones/informes/ninguno/{way}")
        assert (theirs.status_code, nothing.status_code) == (404, 404), way
