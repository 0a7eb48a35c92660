"""A file is looked at before it is kept, and comes back as it was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from constancia.apps.accounts.models import User
from constancia.apps.claims import services
from constancia.apps.claims.models import Arrival, Document
from constancia.apps.claims.services import arriving
from constancia.infra import clock, unlocked
from constancia.infra.texts import Extracted, extract
from tests.apps.claims.papers import TEXT
from tests.support.world import SignedIn

pytestmark = pytest.mark.django_db
CONTENT = b"<title>Un balance</title> inventado"
PAGE = """<!doctype html><html lang=es><head><meta charset=utf-8><title>Un balance</title></head>
<body><article><h1>Un balance</h1><script>alert(1)</script>
<p>Contaron 120 personas presas en la cárcel de la ciudad, según dijo el comité que las visita.</p>
</article></body></html>""".encode()
READ = Extracted(
    text=TEXT,
    media="text/html",
    title="Un balance",
    publisher="Diario Inventado",
    language="es",
    published=date(2024, 9, 18),
    address="https://diario.example/balance",
)


@pytest.fixture(autouse=True)
def _extracting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "extract", lambda data, **_: READ)


@pytest.fixture
def client(desk: User, signed_in: SignedIn) -> Client:
    return signed_in(desk)


def send(client: Client, content: bytes = CONTENT, **typed: str) -> str:
    form = {"kind": "article", "file": SimpleUploadedFile("balance.html", content), **typed}
    answer = client.post("/cifras-ajenas/nuevo/", form)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def test_what_a_file_says_of_itself_is_only_proposed(client: Client) -> None:
    address = send(client)
    assert not Document.objects.exists()
    shown = client.get(address).content.decode()
    assert 'value="2024-09-18"' in shown
    assert 'value="Un balance"' in shown
    assert "20 son mujeres" in shown
    checked = {"title": "Otro", "kind": "bulletin", "language": "es", "published": "2026-03-04", "text": TEXT}
    kept = client.post(address, checked)
    (document,) = Document.objects.all()
    assert kept.headers["Location"] == f"/cifras-ajenas/{document.pk}/"
    assert (document.title, document.kind, document.published) == ("Otro", "bulletin", date(2026, 3, 4))
    assert not Arrival.objects.exists()
    assert client.get(address).status_code == 404


def test_a_page_is_read_without_its_scripts(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "extract", extract)
    shown = client.get(send(client, PAGE)).content.decode()
    assert "Contaron 120 personas presas" in shown
    assert "alert(1)" not in shown


def test_what_the_sender_wrote_goes_before_what_the_file_says(client: Client) -> None:
    shown = client.get(send(client, title="Escrito a mano", published="2026-03-04")).content.decode()
    assert 'value="Escrito a mano"' in shown
    assert 'value="2026-03-04"' in shown
    assert 'value="Diario Inventado"' in shown


def test_the_file_comes_back_as_an_attachment_that_no_browser_opens(client: Client) -> None:
    address = send(client)
    client.post(address, {"title": "Otro", "kind": "article", "language": "es", "text": TEXT})
    (document,) = Document.objects.all()
    answer = client.get(f"/cifras-ajenas/{document.pk}/archivo/")
    assert answer.content == CONTENT
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == f"attachment; filename=documento-{document.pk}.html"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_text_that_is_there_already_is_refused_and_the_file_waits(client: Client, desk: User) -> None:
    first, second = send(client), send(client)
    checked = {"title": "Otro", "kind": "article", "language": "es", "text": TEXT}
    client.post(first, checked)
    answer = client.post(second, checked)
    assert answer.status_code == 400
    assert 'name="again"' in answer.content.decode()
    assert client.post(second, checked | {"again": "on"}).status_code == 302
    assert Document.objects.count() == 2


def test_a_file_that_is_discarded_or_a_day_old_leaves_nothing(client: Client, desk: User) -> None:
    inbox = unlocked.home().path / "recibidos"
    before = {*inbox.rglob("*")} if inbox.exists() else set()
    address = send(client)
    assert client.post(f"{address}descartar/").status_code == 302
    with clock.frozen(clock.now() - timedelta(days=2)):
        services.receive(desk, CONTENT)
    last = services.receive(desk, CONTENT)
    assert [one.pk for one in Arrival.objects.all()] == [last]
    services.discard(desk, last)
    assert {one for one in inbox.rglob("*") if one.is_file()} <= before
