"""Documents and claims sent to the site to break its pages, or to hide what they say."""

from __future__ import annotations

import re
from dataclasses import replace
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from constancia.apps.claims import queries, services
from constancia.apps.claims.models import Arrival, Claim, Decision, Document
from constancia.apps.claims.services import documents
from constancia.domain.vocabulary.terms import Role
from tests.apps.claims.papers import TEXT, held, paper
from tests.attacks.documents import docx_that_swells, page_of_scripts_alone
from tests.support.world import SignedIn, World

SENTENCE = re.compile(r'class="(?:errorlist|alert error|error)"')


@pytest.fixture
def desk(world: World, signed_in: SignedIn) -> Client:
    return signed_in(world.users[Role.DESK], raise_request_exception=False)


def paste(client: Client, text: str, **more: object) -> HttpResponse:
    form = {"title": "Un balance", "kind": "article", "language": "es", "text": text, **more}
    return client.post("/cifras-ajenas/nuevo/", form)


@pytest.mark.parametrize(
    "text",
    [
        "12 presos " * 100_000,
        "x" * 2_100_000,
        "\n" * 50_000,
        "\u200b\u2060\ufeff",
        "Lоs prеsоs pоlítiсоs sоn dосе, diсе еl соmité dе lа саpitаl. " * 20,
    ],
    ids=["a megabyte on one line", "two million characters", "line ends alone", "nothing seen", "alphabets"],
)
def test_a_text_that_is_none_is_refused_beside_the_form_and_nothing_is_kept(desk: Client, text: str) -> None:
    before = Document.objects.count()
    answer = paste(desk, text)
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert SENTENCE.search(answer.content.decode())
    assert Document.objects.count() == before


@pytest.mark.parametrize("content", [docx_that_swells, page_of_scripts_alone, lambda: b"\x00" * 9000])
def test_a_file_made_to_hurt_waits_nowhere(desk: Client, content: object) -> None:
    before = Arrival.objects.count()
    data = content() if callable(content) else b""
    answer = paste(desk, "", file=SimpleUploadedFile("balance.html", data))
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert SENTENCE.search(answer.content.decode())
    assert Arrival.objects.count() == before


def test_a_text_that_turns_its_writing_round_is_kept_in_its_true_order(desk: Client) -> None:
    answer = paste(desk, "El comité contó \u202e021\u202c personas presas, y 20 que salieron.")
    shown = desk.get(answer.headers["Location"]).content.decode()
    assert "\u202e" not in shown
    assert "021 personas" in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "9" * 13},
        {"value": "-1"},
        {"value": "1e9"},
        {"start": "-5"},
        {"quote": "a" * 2001},
        {"about": "guilty"},
        {"w_sex": "zodiac"},
        {"claimant": "\u202eonimónA"},
        {"note": "n" * 1001},
        {"as_of": "0001-01-01"},
    ],
    ids=lambda wrong: "-".join(wrong),
)
def test_a_claim_that_no_form_of_ours_sends_is_refused(
    desk: Client, world: World, wrong: dict[str, str]
) -> None:
    form = {
        "value": "120",
        "qualifier": "exact",
        "unit": "persons",
        "about": "held",
        "claimant": "Comité Imaginario",
        "quote": "120 personas presas",
        "start": "0",
    }
    counts = Claim.objects.count(), Decision.objects.count()
    for address in (f"cifra/{world.claim}/corregir/", f"{world.document}/cifra/"):
        answer = desk.post(f"/cifras-ajenas/{address}", form | wrong)
        assert answer.status_code == HTTPStatus.BAD_REQUEST, address
    assert (Claim.objects.count(), Decision.objects.count()) == counts
    assert desk.post(f"/cifras-ajenas/cifra/{world.claim}/corregir/", form).status_code == HTTPStatus.FOUND


def test_hundreds_of_quotations_one_upon_another_are_shown_and_decided(
    desk: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = TEXT * 12
    heap = [replace(held(), quote=text[at : at + 300], start=at, value=at) for at in range(600)]
    monkeypatch.setattr(documents, "propose", lambda *_: heap)
    number = services.add_document(world.users[Role.DESK], paper(text)).document
    shown = desk.get(f"/cifras-ajenas/{number}/").content.decode()
    assert "Hay 300 más." in shown
    (first, *_rest) = (line.number for line in queries.document(world.users[Role.DESK], number).claims)
    answer = desk.post(
        f"/cifras-ajenas/cifra/{first}/decidir/", {"verdict": "confirm"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == HTTPStatus.OK
    assert "<b>599</b> por decidir" in answer.content.decode()
