"""The pages of editions: what was published, its files, whether it holds, what changed, errata."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from constancia.apps.accounts.models import User
from constancia.apps.accounts.services import create_user
from constancia.apps.publishing import services
from constancia.apps.publishing.services import building
from constancia.domain.vocabulary.terms import Role
from tests.apps.publishing.crowd import PUBLISHED, Crowd, publish
from tests.apps.publishing.pages import HTMX, begun, words
from tests.support.world import SignedIn

FILES = {
    "informe-es.pdf": b"%PDF-1.7",
    "informe-es.html": b"<script>x</script>",
    "graficos/a-es.svg": b"<svg/>",
}


@pytest.fixture
def client(desk: User, signed_in: SignedIn) -> Client:
    return signed_in(desk)


@pytest.fixture
def reader(db: None, signed_in: SignedIn) -> Client:
    return signed_in(create_user(None, "lectora", "Lectora", Role.READER))


@pytest.fixture
def published(desk: User, second: User, crowd: Crowd) -> Crowd:
    """Edition 1 of twenty people."""
    people = crowd.add(20)
    publish(desk, second)
    crowd.released(people[0], "2026-02-20", PUBLISHED + timedelta(days=1))
    return crowd


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three files instead of all."""
    monkeypatch.setattr(building, "files_of", lambda *_: dict(FILES))


def test_readers_see_editions_and_no_trace_of_drafts(
    published: Crowd, client: Client, reader: Client
) -> None:
    begun(client, title_es="Todavía secreto")
    said = words(reader.get("/ediciones/"))
    assert "Edición de prueba" in said
    for secret in ("Todavía secreto", "Nuevo borrador", "En preparación", "Borradores"):
        assert secret not in said
    page = words(reader.get("/ediciones/1/"))
    assert "20 personas detenidas, al 24/02/2026, según lo conocido el 24/02/2026" in page
    assert "Construir los archivos" not in page
    assert "Publicar una errata" not in page


def test_numbers_lead_to_people_only_for_those_who_may_see_them(
    published: Crowd, client: Client, reader: Client
) -> None:
    mine, theirs = client.get("/ediciones/1/"), reader.get("/ediciones/1/")
    ways = re.findall(r'href="(/(?:cifras|balance)/personas/[^"]*)"', mine.content.decode())
    assert ways
    assert "/personas/" not in theirs.content.decode()
    people = words(client.get(ways[0].replace("&amp;", "&")))
    assert "20 personas, de las que usted puede ver." in people


@pytest.mark.usefixtures("quick")
def test_files_are_built_listed_and_sent_to_be_kept(published: Crowd, client: Client, reader: Client) -> None:
    assert "Los archivos están hechos y firmados." in words(
        client.post("/ediciones/1/construir/", follow=True)
    )
    assert "informe-es.pdf" in words(reader.get("/ediciones/1/"))
    for path, data in FILES.items():
        answer = reader.get(f"/ediciones/1/archivos/{path}")
        assert answer.content == data
        kept = f"edicion-1-{path.replace('/', '-')}"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{kept}"'
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert reader.get("/ediciones/1/archivos/informe-es.pdf").headers["Content-Type"] == "application/pdf"
    assert reader.get("/ediciones/1/archivos/manifiesto.json").status_code == 200


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "path", ["nada.pdf", "../1/informe-es.pdf", "..%2f..%2fregistro.db", "informe-es.pdf/"]
)
def test_what_is_no_file_of_the_edition_is_not_there(published: Crowd, client: Client, path: str) -> None:
    assert client.get("/ediciones/1/archivos/informe-es.pdf").status_code == 404  # not built yet
    client.post("/ediciones/1/construir/")
    assert client.get(f"/ediciones/1/archivos/{path}").status_code == 404


@pytest.mark.usefixtures("quick")
@pytest.mark.drawn_anew
def test_a_file_that_is_gone_is_told_and_made_again(published: Crowd, client: Client) -> None:
    client.post("/ediciones/1/construir/")
    gone = building.folder_of(1) / "informe-es.pdf"
    gone.unlink()
    page = words(client.get("/ediciones/1/"))
    assert "Falta 1 archivo de su carpeta." in page
    client.post("/ediciones/1/construir/")
    assert gone.read_bytes() == FILES["informe-es.pdf"]


def test_verification_says_each_step_and_details_only_to_the_desk(
    published: Crowd, desk: User, client: Client, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = words(reader.get("/ediciones/1/verificar/"))
    assert "La edición es la que se aprobó." in said
    assert "Todavía no Cada archivo es" in said
    monkeypatch.setattr("constancia.apps.publishing.queries.verifying.unlike", lambda *_: ["figures.held ≠"])
    assert "Algo no es como se aprobó." in words(reader.get("/ediciones/1/verificar/", **HTMX))
    assert "figures.held" not in words(reader.get("/ediciones/1/verificar/"))
    assert "figures.held" in words(client.get("/ediciones/1/verificar/"))


def test_what_changed_is_told_by_cause_to_all_and_by_person_to_those_who_may(
    published: Crowd, client: Client, reader: Client
) -> None:
    everybody = words(reader.get("/ediciones/1/cambios/"))
    assert "lo que hoy se sabe del 24 de febrero de 2026" in everybody
    assert "Persona por persona" not in everybody
    assert "Persona Inventada" not in everybody
    assert "Persona Inventada Lara 0" in words(client.get("/ediciones/1/cambios/"))
    for other in ("1", "7", "x"):
        assert client.get(f"/ediciones/1/cambios/?con={other}").status_code == 404


def test_numbers_that_differ_between_two_editions_each_say_their_two_dates(
    published: Crowd, desk: User, second: User, client: Client
) -> None:
    publish(desk, second, PUBLISHED + timedelta(days=7), date(2026, 3, 3))
    said = words(client.get("/ediciones/1/cambios/?con=2"))
    _, same_name = said.split("Cifras del mismo nombre", 1)
    assert "20 al 24/02/2026, según lo conocido el 24/02/2026" in same_name
    assert "19 al 03/03/2026, según lo conocido el 03/03/2026" in same_name


def test_an_erratum_needs_both_languages_and_is_shown_with_the_edition(
    published: Crowd, client: Client, reader: Client
) -> None:
    refused = client.post("/ediciones/1/errata/", {"es": "Decía 21.", "en": ""})
    assert refused.status_code == 400
    client.post("/ediciones/1/errata/", {"es": "Decía <b>21</b>.", "en": "It said 21."})
    page = reader.get("/ediciones/1/")
    assert "Decía &lt;b&gt;21&lt;/b&gt;." in page.content.decode()
    assert reader.get("/ediciones/1/errata/").status_code == 404


def test_merged_categories_are_told_as_one(desk: User, second: User, crowd: Crowd, client: Client) -> None:
    crowd.add(9, state="lara")
    crowd.add(9, state="miranda")
    crowd.add(2, state="zulia")
    publish(desk, second)
    said = words(client.get("/ediciones/1/"))
    assert re.search(r"(Lara|Miranda), Zulia \(juntas\) 11", said)


def test_an_edition_that_does_not_exist_is_not_there(client: Client) -> None:
    for way in ("", "informe/", "graficas/", "verificar/", "cambios/", "errata/", "archivos/a.pdf"):
        assert client.get(f"/ediciones/7/{way}").status_code == 404, way


def test_the_report_of_an_edition_is_read_in_either_language(
    desk: User, second: User, crowd: Crowd, reader: Client
) -> None:
    crowd.add(9)
    plan = '[report]\nsections = ["hoy"]\n'
    for path, text in {
        "informe.toml": plan,
        "es/hoy.md": "# Hoy\n\nHay {{ held }} personas.\n",
        "en/hoy.md": "# Today\n\nThere are {{ held }} people.\n",
    }.items():
        services.save_text(desk, "prueba", path, text, at=PUBLISHED)
    publish(desk, second, report="prueba")
    assert "Hay 9 personas." in words(reader.get("/ediciones/1/informe/?lengua=es"))
    assert "There are 9 people." in words(reader.get("/ediciones/1/informe/?lengua=en", **HTMX))
    assert "Hay 9 personas." in words(reader.get("/ediciones/1/informe/?lengua=xx"))
