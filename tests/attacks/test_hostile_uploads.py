"""Files sent to the page that imports: too large, not what they say, called what no file should be."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from constancia.apps.imports.models import Upload
from constancia.apps.register.models import Fact, ImportBatch, Person
from constancia.domain.vocabulary.terms import Role
from tests.attacks.conftest import HEADER, MAPPING, ROWS
from tests.support.world import SignedIn, World

SLOW = MAPPING.replace('full = "{nombre}"', "full = { column = 'nombre', regex = '^(a|aa)+$' }")


@pytest.fixture
def desk(world: World, signed_in: SignedIn) -> Client:
    return signed_in(world.users[Role.DESK], raise_request_exception=False)


def counts() -> tuple[int, int, int]:
    return Person.objects.count(), Fact.objects.count(), ImportBatch.objects.count()


def send(client: Client, content: bytes, mapping: str = MAPPING, name: str = "lista.csv") -> tuple[int, str]:
    """The last page that comes of a file and its mapping, sent and confirmed."""
    file = SimpleUploadedFile("x.csv", content)
    file.name = name
    own = SimpleUploadedFile("mapa.toml", mapping.encode())
    answer = client.post("/importar/", {"file": file, "mapping": "build", "own": own})
    if answer.status_code == HTTPStatus.FOUND:
        answer = client.post(answer.headers["Location"])
    return answer.status_code, answer.content.decode()


def test_the_good_file_is_imported(desk: Client) -> None:
    before = counts()
    assert send(desk, (HEADER + ROWS).encode())[0] == HTTPStatus.OK
    assert Person.objects.count() == before[0] + 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nombre\n",
        b"\x00" * 100,
        b"PK\x03\x04" + bytes(50),
        b"<html></html>",
        b"id,id\n1,2\n",
        b"a;b,c\n1;2,3\n",
    ],
    ids=["empty", "only a header", "nul", "archive", "page", "header twice", "delimiter unsure"],
)
def test_a_file_that_is_no_table_is_answered_with_a_sentence_and_nothing_is_recorded(
    content: bytes, desk: Client
) -> None:
    before = counts()
    status, page = send(desk, content)
    assert status == HTTPStatus.BAD_REQUEST
    assert "Traceback" not in page
    assert counts() == before


def test_a_pattern_that_backtracks_for_ever_does_not_hold_the_site(desk: Client) -> None:
    before = counts()
    rows = "1," + "a" * 60 + "!,V-1,lara,Uribana,08/01/2026,\n"
    status, page = send(desk, (HEADER + rows).encode(), SLOW)
    assert status == HTTPStatus.BAD_REQUEST
    assert "(a+)+" in page
    assert counts() == before


@pytest.mark.parametrize(
    "mapping", ["", "= =", "x = " + "[" * 100_000, MAPPING + "[__class__]\nx = 1\n", "#" * 600_000, "\udcff"]
)
def test_a_mapping_that_is_none_is_answered_with_a_sentence(mapping: str, desk: Client) -> None:
    before = Upload.objects.count()
    own = SimpleUploadedFile("mapa.toml", mapping.encode(errors="surrogateescape"))
    file = SimpleUploadedFile("lista.csv", (HEADER + ROWS).encode())
    answer = desk.post("/importar/", {"file": file, "mapping": "build", "own": own})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert Upload.objects.count() == before


@pytest.mark.parametrize(
    "name", ["../../x.csv", "x\r\nX-Evil: y.csv", "\u202evsc.exe.csv", "<script>.csv", "a" * 300 + ".csv"]
)
def test_the_name_of_a_file_is_text_and_nothing_else(name: str, desk: Client) -> None:
    file = SimpleUploadedFile("x.csv", (HEADER + ROWS).encode())
    file.name = name
    answer = desk.post("/importar/", {"file": file, "mapping": "build"}, follow=True)
    assert answer.status_code in (HTTPStatus.OK, HTTPStatus.BAD_REQUEST)
    assert "X-Evil" not in answer.headers
    assert b"<script>.csv" not in answer.content
    assert b"../" not in answer.content


def test_a_sheet_of_two_thousand_columns_is_not_asked_about_one_by_one(desk: Client) -> None:
    wide = ",".join(f"c{number}" for number in range(1999)) + "\n" + "1," * 1998 + "1\n"
    file = SimpleUploadedFile("lista.csv", wide.encode())
    there = desk.post("/importar/", {"file": file, "mapping": "build"}).headers["Location"]
    answer = desk.get(there)
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "1999" in answer.content.decode()
    assert len(answer.content) < 100_000


@pytest.mark.parametrize("size", [str(64 * 1024**2 + 1), str(10 * 1024**3), "9" * 40])
def test_a_file_larger_than_the_site_takes_is_called_so(size: str, desk: Client) -> None:
    before = Upload.objects.count()
    page = desk.post(
        "/importar/",
        {"mapping": "build"},
        headers={"content-length": size},
        content_type="multipart/form-data; boundary=x",
    )
    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert "64 MB" in page.content.decode()
    assert Upload.objects.count() == before


def test_a_form_of_megabytes_of_text_is_refused(desk: Client) -> None:
    page = desk.post("/expediente/nuevo/", {"narrative": "x" * 3_000_000, "name": "Ana"})
    assert page.status_code == HTTPStatus.BAD_REQUEST
    fields = {f"f{number}": "1" for number in range(5000)}
    assert desk.post("/expediente/nuevo/", fields).status_code == HTTPStatus.BAD_REQUEST


def test_a_file_sent_by_somebody_else_cannot_be_read_by_who_may_not_import(
    world: World, signed_in: SignedIn, desk: Client
) -> None:
    file = SimpleUploadedFile("lista.csv", (HEADER + ROWS).encode())
    there = desk.post("/importar/", {"file": file, "mapping": "build"}).headers["Location"]
    for role in (Role.COORDINATOR, Role.LAWYER, Role.VOLUNTEER, Role.READER):
        assert signed_in(world.users[role]).get(there).status_code == HTTPStatus.NOT_FOUND
