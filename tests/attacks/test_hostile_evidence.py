"""Files sent as evidence that are not what they seem, or that tell on who made them (SECURITY.md, row 36)."""

from __future__ import annotations

import resource
from collections.abc import Callable
from http import HTTPStatus
from io import BytesIO
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from constancia.apps.register import evidence
from constancia.apps.register.models import Evidence
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.files import FileNote, FileTrait
from constancia.domain.vocabulary.terms import Role
from constancia.infra.viewing import examine, kind_of, page_picture
from tests.infra.texts.built import pdf_of
from tests.infra.viewing import built
from tests.support.world import SignedIn, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(world: World, signed_in: SignedIn) -> Client:
    return signed_in(world.users[Role.ADMINISTRATOR])


def _bomb() -> bytes:
    return built.office({"word/media/image1.bin": bytes(60_000_000)})


def _webp_and_more() -> bytes:
    return built.picture("WEBP") + b"A" * 200


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "no bytes": (lambda: b"", "evidence.empty"),
    "zip bomb in a document": (_bomb, "evidence.bomb"),
    "zip": (lambda: built.archive(x=b"1"), "evidence.kind"),
    "picture of 50,000 x 50,000": (lambda: built.png_of(50_000, 50_000), "evidence.pixels"),
    "svg with script": (lambda: b"<svg xmlns='x'><script>alert(1)</script></svg>", "evidence.kind"),
    "page": (lambda: b"<!doctype html><script>alert(1)</script>", "evidence.kind"),
    "pdf that is a page": (
        lambda: pdf_of(["x"]).replace(b"\n", b"\n<html><script>alert(1)</script>\n", 1),
        "evidence.two_kinds",
    ),
    "gif that is a page": (lambda: b"GIF89a/*<script>alert(1)</script>*/", "evidence.two_kinds"),
    "pdf that is a zip": (lambda: pdf_of(["x"]) + built.archive(x=b"1"), "evidence.two_kinds"),
    "jpeg with a zip": (lambda: built.picture() + built.archive(x=b"1"), "evidence.two_kinds"),
    "png with a pdf": (lambda: built.picture("PNG") + pdf_of(["x"]), "evidence.two_kinds"),
    "video with a zip": (lambda: built.video_with_place() + built.archive(x=b"1"), "evidence.two_kinds"),
    "jpeg with a program": (lambda: built.picture() + b"\x7fELF\x02\x01" + bytes(99), "evidence.two_kinds"),
    "jpeg with something after it": (lambda: built.picture() + b"A" * 200, "evidence.after_end"),
    "png with something after it": (lambda: built.picture("PNG") + b"A" * 200, "evidence.after_end"),
    "gif with something after it": (
        lambda: built.picture("GIF", mode="P") + b"A" * 200,
        "evidence.after_end",
    ),
    "webp with something after it": (_webp_and_more, "evidence.after_end"),
    "macros": (lambda: built.office({"word/vbaProject.bin": b"x"}), "evidence.macros"),
    "macros by their type": (
        lambda: built.office(
            types="<Override ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/>"
        ),
        "evidence.macros",
    ),
    "entities": (
        lambda: built.office({"word/x.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}),
        "evidence.archive",
    ),
    "symlink in a document": (built.office_with_link, "evidence.archive"),
    "path out of a document": (lambda: built.office({"../../x": b"x"}), "evidence.archive"),
    "program in a document": (lambda: built.office({"word/x.exe": b"MZ"}), "evidence.archive"),
    "document behind a program": (
        lambda: b"PK\x03\x04" + bytes(60) + built.office(),
        "evidence.two_kinds",
    ),
}


@pytest.mark.parametrize(("make", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_row_36_a_file_that_is_not_what_it_seems_is_refused(make: Callable[[], bytes], code: str) -> None:
    data = make()
    with pytest.raises(InputRefused) as refused:
        examine(kind_of(data), data)
    assert refused.value.code == code


KEPT: dict[str, tuple[bytes, FileNote]] = {
    "photograph with a second one": (built.picture() + built.picture(), FileNote.PHONE_TRAILER),
    "moving photograph": (built.picture() + built.video_with_place(), FileNote.PHONE_TRAILER),
    "photograph with the maker's notes": (
        built.picture() + b"SEFH" + bytes(90) + b"SEFT",
        FileNote.PHONE_TRAILER,
    ),
    "pdf with a program": (built.pdf_with_program(), FileNote.ACTIVE),
    "pdf that is none inside": (b"%PDF-1.4 acta", FileNote.DAMAGED),
    "photograph that is none inside": (b"\xff\xd8\xff\xe0 acta", FileNote.DAMAGED),
    "heic whose picture is none": (built.heic_with_gps(), FileNote.DAMAGED),
}


@pytest.mark.parametrize(("data", "note"), KEPT.values(), ids=KEPT.keys())
def test_row_36_what_is_odd_but_may_be_evidence_is_kept_and_said(data: bytes, note: FileNote) -> None:
    assert note in examine(kind_of(data), data).notes


def test_row_36_place_author_and_manifest_are_told_and_are_in_no_copy() -> None:
    for data in (built.photograph(), built.heic_with_gps()):
        traits = examine(kind_of(data), data).traits
        assert (FileTrait.GPS, built.PLACE) in traits
        assert (FileTrait.AUTHOR, built.AUTHOR) in traits
    signed = built.jpeg_with_manifest()
    assert (FileTrait.MANIFEST_NAME, built.AUTHOR) in examine(kind_of(signed), signed).traits
    for data in (built.photograph(), signed):
        copied = page_picture("image/jpeg", data)
        assert built.AUTHOR.encode() not in copied
        assert b"jumb" not in copied
        assert Image.open(BytesIO(copied)).getexif() == {}


def test_row_36_a_picture_that_swells_takes_no_memory_of_the_site() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bomb = built.png_of(50_000, 50_000)
    with pytest.raises(InputRefused, match=r"evidence\.pixels"):
        page_picture("image/png", bomb)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_row_36_a_video_of_five_gigabytes_is_refused_before_a_byte_is_read(
    world: World, admin: Client
) -> None:
    fact = world.zulia.facts.get(kind="arrest")
    before = Evidence.objects.count()
    with mock.patch("django.http.request.HttpRequest.read", side_effect=AssertionError("read")):
        answer = admin.generic(
            "POST",
            f"/hecho/{fact.pk}/archivo/",
            b"x",
            content_type="multipart/form-data; boundary=x",
            CONTENT_LENGTH=str(5 * 10**9),
        )
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "64 MB" in answer.content.decode()
    assert Evidence.objects.count() == before


NAMES = {
    "up": "../../x.pdf",
    "crlf": "x\r\nX-Evil: y.pdf",
    "rtl": "\u202efdp.exe",
    "quotes": 'x"; filename="y.html',
    "accents": "acta ñ€.pdf",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_row_36_whatever_a_file_was_called_it_leaves_under_a_name_of_ours(
    name: str, world: World, admin: Client
) -> None:
    fact = world.zulia.facts.get(kind="arrest")
    sent = SimpleUploadedFile("x.pdf", b"Acta inventada", content_type="text/html")
    sent.name = name
    admin.post(f"/hecho/{fact.pk}/archivo/", {"title": "Acta", "file": sent})
    made = Evidence.objects.latest("pk")
    assert set(made.file) <= set("0123456789abcdef")
    taken = {"form": "original", "purpose": "own_work"}
    answer = admin.post(f"/archivo/{made.pk}/entregar/", taken)
    assert answer.headers["Content-Disposition"] == f"attachment; filename={made.sha256[:16]}.txt"
    assert "X-Evil" not in answer.headers


def test_row_36_no_form_of_a_file_is_drawn_in_the_site_but_pixels_and_plain_text(
    world: World, admin: Client
) -> None:
    fact = world.zulia.facts.get(kind="arrest")
    desk = world.users[Role.DESK]
    for content in (built.photograph(), built.pdf_with_program(), b"Acta inventada", built.office()):
        made = evidence.attach(desk, fact.pk, "Acta", content)
        taken = {"form": "original", "purpose": "own_work"}
        original = admin.post(f"/archivo/{made.pk}/entregar/", taken)
        assert original.headers["Content-Type"] == "application/octet-stream"
        assert original.headers["Content-Disposition"].startswith("attachment; ")
        copy = admin.get(f"/archivo/{made.pk}/copia/")
        if copy.status_code == HTTPStatus.OK:
            assert copy.headers["Content-Type"] in ("image/jpeg", "text/plain; charset=utf-8")
            assert copy.content[:3] == b"\xff\xd8\xff" or copy.content == content
        for answer in (original, copy) if copy.status_code == HTTPStatus.OK else (original,):
            assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Cache-Control"] == "no-store"
        assert admin.get(f"/archivo/{made.pk}/entregar/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
