"""A whole session with people planted in it: what is left behind anywhere speaks of none of them."""

from __future__ import annotations

import io
import json
import tempfile
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from constancia.apps.accounts import services
from constancia.apps.accounts.models import User
from constancia.apps.approvals import services as approvals
from constancia.apps.approvals.models import Request
from constancia.apps.ledger.services import cosigning
from constancia.apps.publishing import services as publishing
from constancia.apps.register import services as register
from constancia.apps.register.models import Person
from constancia.apps.register.services import FactGiven
from constancia.domain.errors import ConstanciaError
from constancia.domain.vocabulary.terms import Role
from constancia.infra import trail, unlocked
from tests.apps.publishing.crowd import Crowd, publish
from tests.support.cast import TOLD
from tests.support.planted import (
    CONTACT,
    DOCUMENT,
    NAME,
    NARRATIVE,
    PLANTED,
    REACH,
    SAFETY,
    SOURCE,
    found_in,
    said_in,
    said_in_all,
)
from tests.support.world import SignedIn

pytestmark = pytest.mark.django_db

NEW = {
    "name": NAME,
    "document": DOCUMENT,
    "kind": "arrest",
    "when": "08/01/2026",
    "state": "lara",
    "narrative": NARRATIVE,
    "source_kind": "relative",
    "source_label": SOURCE,
    "seen": "yes",
}


class Watched:
    """A browser of which everything that others see is kept: addresses, headers, and pages of refusal."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.outside: list[str] = []
        self.refusals: list[str] = []
        self.failed = 0

    def get(self, path: str, **more: Any) -> str:
        return self._kept(self.client.get(path, **more))

    def post(self, path: str, fields: dict[str, Any]) -> str:
        return self._kept(self.client.post(path, fields))

    def _kept(self, answer: Any) -> str:
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        page = body.decode("utf-8", errors="replace")
        self.outside += [answer.request["PATH_INFO"], answer.request.get("QUERY_STRING", "")]
        self.outside += [f"{name}: {value}" for name, value in answer.headers.items()]
        if answer.status_code >= HTTPStatus.FORBIDDEN:
            self.refusals.append(page)
        self.failed += answer.status_code >= HTTPStatus.BAD_REQUEST
        return page


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where whatever is put aside for a moment comes to lie."""
    there = tmp_path / "aparte"
    there.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(there))
    return there


def test_row_39_the_scanner_finds_what_is_planted(tmp_path: Path) -> None:
    for text in (NAME, DOCUMENT, NARRATIVE, CONTACT, REACH, SAFETY, SOURCE, quote(NAME), NAME.upper()):
        assert said_in(text), text
    (tmp_path / "x.bin").write_bytes(b"\x00\xff" + NARRATIVE.encode() + b"\x00")
    (tmp_path / "Plantado.txt").write_text("nada")
    assert found_in(tmp_path).keys() == {"x.bin", "Plantado.txt"}
    assert said_in("Una persona detenida el 8 de enero, según su hermana.") == []
    assert len(set(PLANTED)) == len(PLANTED)


def test_row_39_a_session_leaves_no_name_in_logs_addresses_mails_refusals_or_the_trail(
    desk: User, signed_in: SignedIn, log: io.StringIO, folder: Path
) -> None:
    browser = Watched(signed_in(desk, raise_request_exception=False))
    browser.post("/expediente/nuevo/", NEW)
    person = Person.objects.latest("pk")
    case = f"/expediente/{person.code}/"
    told = FactGiven("contact", {"contact_name": CONTACT, "reach": REACH})
    register.add_facts(
        desk, person.code, facts=[told, FactGiven("safety_note", {"text": SAFETY})], source=TOLD
    )
    assert said_in(browser.post("/registro/", {"text": "plantado"})), "the control: found by name"
    browser.post(f"{case}abrir/", {"tier": "identity", "reason": "family", "words": "llamar a la casa"})
    browser.post(f"{case}abrir/", {"tier": "sealed", "reason": "family"})
    assert {"11.111.111", "7654321", "zarrapastroso"} <= set(said_in(browser.get(case))), (
        "the control: opened"
    )
    second = services.create_user(None, "segunda", "Segunda", Role.DESK)
    browser.post("/registro/csv/", {"text": NAME, "reason": f"por {NAME}"})
    number = Request.objects.latest("pk").pk
    assert said_in(browser.get(f"/aprobaciones/{number}/")), "the control: asked for"
    approvals.answer(second, number, approve=True)
    assert said_in(browser.post(f"/registro/csv/{number}/", {})), "the control: exported"
    wrong(browser, case, person)
    admin = services.create_user(None, "adela", "Adela", Role.ADMINISTRATOR)
    watching = Watched(signed_in(admin))
    watching.post("/auditoria/", {"code": NAME, "day": DOCUMENT})
    assert said_in(watching.get("/auditoria/")) == []
    assert browser.failed >= 10
    assert said_in(log.getvalue()) == []
    assert said_in_all(browser.outside + watching.outside) == []
    assert said_in_all(browser.refusals) == []
    assert said_in_all(f"{letter.subject} {letter.body}" for letter in getattr(mail, "outbox", [])) == []
    noted = [json.dumps([one.about, *one.said.items()], ensure_ascii=False) for one in trail.events()]
    assert len(noted) > 10
    assert said_in_all(noted) == []
    assert said_in(Client().get("/entrar/").content.decode()) == []
    assert found_in(folder) == {}


def wrong(browser: Watched, case: str, person: Person) -> None:
    """Everything that can be refused, with names in it. A page that asks again shows what was sent."""
    arrest = person.facts.get(kind="arrest").pk
    typed = quote(NAME)
    sent = SimpleUploadedFile(f"{NAME} {DOCUMENT}.pdf", b"%PDF-1.4")
    for path, fields in (
        ("/expediente/nuevo/", {**NEW, "when": f"30 de febrero, {NAME}"}),
        ("/expediente/nuevo/", {**NEW, "name": f"{NAME}\u202e"}),
        ("/registro/", {"text": f"{NAME} ' OR 1=1 NEAR(", "page": "9" * 500}),
        (f"{case}abrir/", {"tier": "sealed", "reason": "other", "words": f"es {NAME} {DOCUMENT}"}),
        (f"{case}abrir/", {"tier": NAME, "reason": DOCUMENT}),
        (f"/hecho/{arrest}/corregir/", {"when": NAME, "source_kind": NAME}),
        (f"/hecho/{arrest}/retirar/", {}),
        (f"/hecho/{arrest}/archivo/", {"title": NAME, "file": sent}),
        ("/entrar/", {"username": NAME, "password": DOCUMENT}),
        ("/casa/nueva/", {"username": NAME, "role": DOCUMENT}),
        ("/importar/", {"file": sent}),
    ):
        browser.post(path, fields)
    before = len(browser.outside)
    of_case = (f"{case}anotar/{typed}/", f"/expediente/{typed}/", f"/archivo/{typed}/")
    for path in (f"/{typed}/", *of_case, f"/registro/?q={typed}"):
        browser.get(path)
    # Whoever types a name into an address has typed it; the answer must not say it again.
    browser.outside[before:] = [one for one in browser.outside[before:] if ": " in one]


def test_row_39_no_bundle_site_log_or_file_of_the_register_holds_a_name(
    desk: User, second: User, folder: Path, tmp_path: Path
) -> None:
    crowd = Crowd(desk, second)
    crowd.add(9)
    crowd.add(8, state="zulia")
    code = register.new_case(
        desk,
        facts=[
            FactGiven("name", {"full": NAME}),
            FactGiven("identity_document", {"number": DOCUMENT}),
            FactGiven("narrative", {"text": NARRATIVE}),
            FactGiven("contact", {"contact_name": CONTACT, "reach": REACH}),
            FactGiven("consent", {"tier_given": "count_only"}),
        ],
        source=register.SourceGiven(TOLD.kind, SOURCE),
    ).code
    with pytest.raises(ConstanciaError):
        register.withdraw(desk, 10**9, NAME)
    edition = publish(desk, second)
    bundle = publishing.build(desk, edition)
    publishing.write_site(desk, tmp_path / "sitio")
    cosigning.seal_and_cosign()
    home = unlocked.home().path
    assert (bundle / "manifiesto.json").is_file()
    assert list(unlocked.home().public_log.rglob("checkpoint"))
    for there in (bundle, tmp_path / "sitio", unlocked.home().public_log, home, folder):
        assert found_in(there) == {}, there.name
        told = [file.read_text("utf-8") for file in there.rglob("*") if file.suffix in (".html", ".json")]
        assert not [text for text in told if code in text], there.name
