"""The pages of importing, walked through as the desk does. Everybody here is invented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from constancia.apps.accounts.models import User
from constancia.apps.imports import receiving, services
from constancia.apps.imports.models import Upload
from constancia.apps.register.models import Fact, ImportBatch, Review
from constancia.domain.mapping import load
from constancia.infra import clock, unlocked
from tests.support.world import SignedIn

CSV = """\
id;nombre;sexo;detenida;lugar
1;Zoé Núñez;F;08/01/2026;Plaza
2;Leo Luz;M;09/01/2026;
3;Eva Sol;?;ayer;
"""
OWN = """
title = "Propio"
[source]
kind = "document"
label = "x"
[[fact]]
kind = "name"
fields = { full = "{nombre}" }
"""


@pytest.fixture
def client(desk: User, signed_in: SignedIn) -> Client:
    return signed_in(desk)


def send(client: Client, content: str | bytes = CSV, name: str = "lista.csv", **more: object) -> str:
    """Sends a file; returns where the site leads next."""
    raw = content.encode() if isinstance(content, str) else content
    form = {"file": SimpleUploadedFile(name, raw), "mapping": "build", **more}
    answer = client.post(reverse("imports:start"), form)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


GENERAL = {
    "title": "Lista de la plaza",
    "source_kind": "relative",
    "source_label": "el comité",
    "reliability": "B",
    "confidentiality": "sealed",
    "scheme": "plaza",
    "order": "dmy",
    "lenient": "on",
}
COLUMNS = {"c0": "id", "c1": "name.full", "c2": "sex.value", "c3": "arrest.when", "c4": "arrest.place"}
VALUES = {"v2-0": "woman", "v2-1": "man", "v2-2": "-"}


def test_from_a_file_to_a_withdrawn_import(client: Client, desk: User) -> None:
    columns = send(client)
    page = client.get(columns).content.decode()
    assert all(text in page for text in ("Zoé Núñez", "detenida", "Qué columna es qué"))
    asked = client.post(columns, {**GENERAL, **COLUMNS})
    assert asked.status_code == 200
    assert 'name="v2-0"' in asked.content.decode()
    unsaid = client.post(columns, {**GENERAL, **COLUMNS, **VALUES, "v2-2": ""})
    assert unsaid.status_code == 400
    preview = client.post(columns, {**GENERAL, **COLUMNS, **VALUES}).headers["Location"]
    seen = client.get(preview).content.decode()
    assert "Qué daría esta importación" in seen
    assert re.search(r"personas nuevas</th><td class=\"n\">3<", seen)
    assert "detenida" in seen
    assert Fact.objects.count() == 0
    done = client.post(preview)
    assert done.status_code == 200
    assert Fact.objects.filter(kind="arrest").count() == 2
    assert Upload.objects.count() == 0
    batch = ImportBatch.objects.get()
    address = reverse("imports:batch", args=[batch.pk])
    assert "Lista de la plaza" in client.get(address).content.decode()
    withdraw = reverse("imports:withdraw", args=[batch.pk])
    assert client.post(withdraw, {"reason": ""}).status_code == 400
    assert client.post(withdraw, {"reason": "equivocada"}).status_code == 302
    assert "Retirada entera" in client.get(address).content.decode()
    assert not Fact.objects.filter(batch=batch, superseded_by__isnull=True).exists()


def test_the_mapping_that_the_form_makes_is_one_that_a_person_could_write(client: Client, desk: User) -> None:
    columns = send(client)
    client.post(columns, {**GENERAL, **COLUMNS, **VALUES, "empty": "NA; -"})
    mapping = load(Upload.objects.get().mapping)
    assert (mapping.person.scheme, mapping.person.id) == ("plaza", ["id"])
    assert [fact.kind for fact in mapping.fact] == ["name", "sex", "arrest"]
    assert mapping.file.empty == ["NA", "-"]
    assert mapping.on_error == "skip_fact"


def test_a_shipped_mapping_goes_straight_to_the_preview_and_says_what_does_not_fit(client: Client) -> None:
    preview = send(client, mapping="chile_rettig")
    answer = client.get(preview)
    assert answer.status_code == 400
    assert "individual_id" in answer.content.decode() or "first_name" in answer.content.decode()


def test_an_own_mapping_is_used_and_can_be_corrected_by_hand(client: Client) -> None:
    preview = send(client, own=SimpleUploadedFile("m.toml", OWN.encode()))
    assert "Propio" in client.get(preview).content.decode()
    text = reverse("imports:mapping", args=[Upload.objects.get().pk])
    wrong = client.post(text, {"text": OWN.replace("full", "ful")})
    assert wrong.status_code == 400
    assert "ful" in wrong.content.decode()
    assert client.post(text, {"text": OWN.replace("Propio", "Mejor")}).status_code == 302
    assert "Mejor" in client.get(preview).content.decode()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "lista.csv", "vacío"),
        (b"%PDF-1.7", "lista.csv", "CSV, XLSX u ODS"),
        (b"a,b\n", "lista.csv", "no hay ninguna fila"),
        (b"PK\x03\x04", "lista.xlsx", "dañado"),
    ],
)
def test_a_bad_file_is_answered_with_a_sentence(
    client: Client, content: bytes, name: str, words: str
) -> None:
    form = {"file": SimpleUploadedFile(name, content), "mapping": "build"}
    answer = client.post(reverse("imports:start"), form, follow=True)
    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_a_mapping_that_is_none_is_answered_at_once(client: Client) -> None:
    form = {"file": SimpleUploadedFile("l.csv", b"a\n1\n"), "mapping": "build"}
    for own in (b"\xff\xfe\x00", b"x = [", b"y = 1"):
        answer = client.post(reverse("imports:start"), {**form, "own": SimpleUploadedFile("m.toml", own)})
        assert answer.status_code == 400


def waiting() -> list[Path]:
    return [file for file in (unlocked.home().path / "recibidos").rglob("*") if file.is_file()]


def test_a_file_that_waits_is_sealed_on_the_disk_and_goes_away(client: Client, desk: User) -> None:
    before = set(waiting())
    send(client, "nombre\nZoé Inconfundible\n")
    files = set(waiting()) - before
    assert len(files) == 1
    assert all(b"Inconfundible" not in f.read_bytes() for f in files)
    upload = Upload.objects.get()
    with receiving.opened(upload) as path:
        assert "Inconfundible" in Path(path).read_text()
    client.post(reverse("imports:discard", args=[upload.pk]))
    assert not [f for f in files if f.exists()]


def test_a_file_that_nobody_imports_goes_away_after_a_day(client: Client, desk: User) -> None:
    send(client)
    with clock.frozen(clock.now() + receiving.KEPT * 2):
        receiving.receive(desk, SimpleUploadedFile("otro.csv", b"a\n1\n").file, "otro.csv")
    assert [receiving.name_of(one) for one in Upload.objects.all()] == ["otro.csv"]


def test_an_import_is_reviewed_by_somebody_else(
    desk: User, second: User, signed_in: SignedIn, tmp_path: Path
) -> None:
    file = tmp_path / "l.csv"
    file.write_text(CSV)
    done = services.commit(desk, file, OWN)
    review = reverse("imports:review", args=[done.batch])
    signed_in(desk).post(review, {"verdict": "confirm"})
    assert Review.objects.count() == 0
    signed_in(second).post(review, {"verdict": "confirm", "note": "revisada"})
    assert Review.objects.get().note == "revisada"
    assert "revisada" in signed_in(second).get(reverse("imports:batch", args=[done.batch])).content.decode()


def test_what_a_cell_holds_is_text_on_the_page(client: Client) -> None:
    columns = send(client, "nombre;x\n<script>alert(1)</script>;=1+1\n")
    assert "<script>alert" not in client.get(columns).content.decode()


def test_what_is_refused_comes_as_csv_without_the_cells(client: Client) -> None:
    columns = send(client)
    preview = client.post(columns, {**GENERAL, **COLUMNS, **VALUES}).headers["Location"]
    answer = client.get(f"{preview}rechazos/")
    assert answer.status_code == 200
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Fila,Columna,Por qué,Queda fuera"
    assert lines[1].startswith("4,detenida,")
    assert "Eva" not in answer.content.decode()
