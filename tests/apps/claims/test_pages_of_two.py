"""What the pages say when two people work at once, when a document is corrected or withdrawn."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from constancia.apps.accounts.models import User
from constancia.apps.claims import queries, services
from constancia.apps.claims.models import Arrival, Claim, Decision, Document
from constancia.apps.claims.services import documents
from constancia.domain.claims.reading import LIMIT
from constancia.infra.texts import Extracted
from tests.apps.claims.papers import TEXT, about, held, paper
from tests.apps.claims.test_pages import HTMX, given, numbers, page, sent
from tests.support.world import SignedIn

WOMEN = about(held("20 son mujeres", 20), category="mujeres")


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "propose", lambda text, *_: [held(), WOMEN] if text == TEXT else [])


@pytest.fixture
def client(desk: User, signed_in: SignedIn) -> Client:
    return signed_in(desk)


@pytest.fixture
def document(desk: User) -> int:
    return services.add_document(desk, paper()).document


def decide(client: Client, claim: int, verdict: str, seen: int, **headers: str) -> HttpResponse:
    return client.post(
        f"/cifras-ajenas/cifra/{claim}/decidir/", {"verdict": verdict, "seen": str(seen)}, **headers
    )


def test_a_stale_card_says_who_decided_meanwhile_and_offers_the_choice_again(
    client: Client, second: User, document: int
) -> None:
    first, _other = numbers(document)
    assert 'name="seen" value="0"' in page(client, document)
    services.confirm(second, first)
    said = decide(client, first, "reject", 0, **HTMX).content.decode()
    assert "Alguien la confirmó mientras usted la miraba" in said
    assert "por Segundo" in said
    assert Decision.objects.count() == 1
    (now,) = re.findall(r'name="seen" value="(\d+)"', said)
    decide(client, first, "retract", int(now), **HTMX)
    assert Decision.objects.count() == 2
    answer = client.post(
        f"/cifras-ajenas/cifra/{first}/decidir/", {"verdict": "reject", "seen": "0"}, follow=True
    )
    assert "Alguien retiró la decisión" in answer.content.decode()
    assert Decision.objects.count() == 2


def test_a_correction_of_what_somebody_decided_meanwhile_asks_again(
    client: Client, second: User, document: int
) -> None:
    first, _other = numbers(document)
    services.confirm(second, first)
    form = f"/cifras-ajenas/cifra/{first}/corregir/"
    said = client.post(form, sent(value="121", seen="0")).content.decode()
    assert "Alguien la confirmó" in said
    assert "Segundo" in said
    (now,) = re.findall(r'name="seen" value="(\d+)"', said)
    assert client.post(form, sent(value="121", seen=now)).status_code == 302


def test_a_refusal_stands_on_its_card_alone(client: Client, second: User, document: int) -> None:
    first, other = numbers(document)
    services.correct(second, first, about(held(), value=121))
    said = decide(client, first, "confirm", 0, **HTMX).content.decode()
    assert said.count("<article") == 2
    assert said.count("ya fue corregida") == 1
    cards = said.split("<article")
    assert "ya fue corregida" in next(one for one in cards if f'id="c{max(numbers(document))}"' in one)
    assert "ya fue corregida" not in next(one for one in cards if f'id="c{other}"' in one)


def test_every_step_of_a_claim_can_be_unfolded_on_its_card(
    client: Client, desk: User, second: User, document: int
) -> None:
    first, _other = numbers(document)
    better = services.correct(second, first, about(held(), value=121), note="dice 121")
    services.correct(desk, better, about(held(), value=122))
    (steps,) = re.findall(r'<details class="steps">(.*?)</details>', page(client, document), re.DOTALL)
    assert steps.count("<li>") == 3
    for words in ("120", "121", "122", "Segundo", "dice 121", "Leída", "Corregida y confirmada"):
        assert words in steps


def test_the_form_of_a_corrected_claim_leads_to_its_correction(
    client: Client, desk: User, document: int
) -> None:
    first, _other = numbers(document)
    better = services.correct(desk, first, about(held(), value=121))
    for headers in ({}, HTMX):
        said = client.get(f"/cifras-ajenas/cifra/{first}/corregir/", **headers).content.decode()
        assert "ya fue corregida" in said
        assert f'href="/cifras-ajenas/cifra/{better}/corregir/"' in said
        assert "Guardar y confirmar" not in said


def test_a_document_is_corrected_and_the_page_tells_of_it(client: Client, document: int) -> None:
    address = f"/cifras-ajenas/{document}/corregir/"
    assert 'value="2026-03-04"' in client.get(address).content.decode()
    changes = given(title="Otro título", published="2026-04-04", text="", reason="mal copiado")
    answer = client.post(address, changes, follow=True).content.decode()
    assert "pulse «Leer otra vez»" in answer
    assert ">Otro título</h1>" in answer
    assert "mal copiado" in answer
    assert "<s>Un balance inventado</s>" in answer
    refused = client.post(address, changes)
    assert refused.status_code == 400
    assert "No cambió nada" in refused.content.decode()
    assert client.post(address, given(reason="")).status_code == 400


def test_a_withdrawn_document_says_so_and_offers_nothing_to_decide(client: Client, document: int) -> None:
    address = f"/cifras-ajenas/{document}/retirar/"
    assert client.post(address, {"reason": " "}).status_code == 400
    client.post(address, {"reason": "es de otro país"})
    shown = page(client, document)
    assert "Este documento está retirado" in shown
    assert "es de otro país" in shown
    assert shown.count("No cuenta: el documento se retiró") == 2
    for words in ("Leer otra vez", "Confirmar", "Retirar el documento"):
        assert words not in shown
    listed = client.get("/cifras-ajenas/").content.decode()
    assert "<span>retirado</span>" in listed
    assert "por decidir" not in listed
    answer = client.post(f"/cifras-ajenas/{document}/leer/", follow=True)
    assert "está retirado" in answer.content.decode()


def test_a_withdrawn_document_shows_what_stood_in_it(client: Client, desk: User, document: int) -> None:
    first, other = numbers(document)
    services.retract(desk, services.correct(desk, first, about(held(), value=121)))
    better = services.correct(desk, other, about(WOMEN, value=21))
    services.withdraw_document(desk, document, note="por error")
    assert re.findall(r'<article class="claim \w+" id="c(\d+)"', page(client, document)) == [
        str(first),
        str(better),
    ]


def test_text_beside_a_file_is_refused_in_words(client: Client) -> None:
    file = SimpleUploadedFile("nota.txt", TEXT.encode(), "text/plain")
    answer = client.post("/cifras-ajenas/nuevo/", given(file=file))
    assert answer.status_code == 400
    assert "solo se guarda uno" in answer.content.decode()
    assert not Document.objects.exists()
    assert not Arrival.objects.exists()


def test_what_was_disguised_in_a_pasted_text_is_said(client: Client) -> None:
    answer = client.post(
        "/cifras-ajenas/nuevo/", given(text="Salieron \u202e120\u202c personas."), follow=True
    )
    assert re.search(r'<p class="message warning">[^<]*cambiaba el sentido', answer.content.decode())


def test_a_file_too_long_to_be_read_is_refused_at_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = Extracted("uno dos\n" * (LIMIT // 8 + 1), "text/plain")
    monkeypatch.setattr("constancia.apps.claims.services.arriving.extract", lambda *_, **__: long)
    file = SimpleUploadedFile("nota.txt", b"largo", "text/plain")
    answer = client.post("/cifras-ajenas/nuevo/", given(text="", file=file))
    assert answer.status_code == 400
    assert "es más que un artículo o un informe" in answer.content.decode()
    assert not Arrival.objects.exists()


def test_what_a_file_has_in_common_with_others_is_said_before_it_is_kept(
    client: Client, desk: User, document: int
) -> None:
    arrival = services.hold(desk, TEXT.encode(), Extracted(TEXT + "\nY algo más.", "text/plain"))
    looked = client.get(f"/cifras-ajenas/nuevo/{arrival}/").content.decode()
    assert "Se parece a otros" in looked
    assert f'href="/cifras-ajenas/{document}/"' in looked
    kept = client.post(
        "/cifras-ajenas/nuevo/", given(text=TEXT + "\nY algo más."), follow=True
    ).content.decode()
    assert kept.index("Se parece a otros") < kept.index('id="lectura"')


def test_after_the_last_claim_the_next_document_that_waits_is_named(
    client: Client, desk: User, document: int
) -> None:
    other = services.add_document(desk, paper(title="Otro balance"), again=True).document
    first, last = numbers(document)
    decide(client, first, "confirm", 0)
    assert "Otro balance" not in decide(client, last, "", 0, **HTMX).content.decode()
    said = decide(client, last, "confirm", 0, **HTMX).content.decode()
    assert "Sigue «Otro balance»" in said
    assert f'href="/cifras-ajenas/{other}/#decidir"' in said
    for claim in Claim.objects.filter(document=other):
        services.reject(desk, claim.pk)
    assert "Sigue «" not in page(client, document)
    assert queries.next_document(desk, document) is None


def test_readers_are_told_of_the_keys_that_do_something_for_them(
    lara: User, signed_in: SignedIn, document: int
) -> None:
    shown = page(signed_in(lara), document)
    assert 'id="letras"' in shown
    assert "<kbd>j</kbd>" in shown
    assert "<kbd>c</kbd>" not in shown
