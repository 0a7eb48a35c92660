"""Arbitrary and mutated content to whatever reads files, settings and texts: one family of errors comes out.

Others have their own: the ledger's formats (tests/domain/ledger), spreadsheets (tests/infra/tables), texts of
reports, lists of names, EDTF, requests to a witness, time stamps. A PDF is read by a library with errors of
its own, in a process that calls them all one thing.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from constancia.domain import codes
from constancia.domain.dates import reading as dates
from constancia.domain.disclosure import pattern
from constancia.domain.errors import ConstanciaError
from constancia.domain.facts.kinds import KINDS
from constancia.domain.figures import files
from constancia.domain.figures.definition import Definition
from constancia.domain.figures.rule import Rule
from constancia.domain.grading.reading import read_policy
from constancia.domain.mapping import loading as mapping
from constancia.domain.matching.linking import loading as linking
from constancia.domain.names import clean_written
from constancia.domain.publishing.content import Content
from constancia.infra import secrets_unlock
from constancia.infra.archive import check_archive
from constancia.infra.encodings import container
from constancia.infra.home import Home
from constancia.infra.texts.kinds import kind_of
from constancia.infra.texts.within import page, plain, word
from tests.support import editions

DOMAIN = Path(files.__file__).parents[1]
APPS = DOMAIN.parent / "apps"


def _of(folder: Path, name: str) -> bytes:
    return (folder / name).read_bytes()


def _word() -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:body><w:p><w:r><w:t>Siete personas</w:t></w:r></w:p></w:body></w:document>",
        )
    return found.getvalue()


PAGE = b"<html><head><title>T</title></head><body><p>Foro Penal: 568 presas.</p></body></html>"
MERGES = [{"table": "sex", "cells": [["man"], ["woman"]]}]

Read = Callable[[bytes], object]


def _as_text(read: Callable[[str], object]) -> Read:
    return lambda data: read(data.decode("utf-8", "replace"))


READERS: dict[str, tuple[Read, bytes]] = {
    "code": (_as_text(codes.normalise), codes.new_code().encode()),
    "date": (_as_text(lambda text: dates.read(text, order="dmy")), b"principios de enero de 2026"),
    "name": (_as_text(clean_written), "Onésimo Urdaneta Peña".encode()),
    "definition": (
        _as_text(lambda text: files.read(Definition, text, "held-1.toml")),
        _of(DOMAIN, "figures/definitions/held-1.toml"),
    ),
    "rule": (
        _as_text(lambda text: files.read(Rule, text, "all_detained-1.toml")),
        _of(DOMAIN, "figures/rules/all_detained-1.toml"),
    ),
    "grading": (
        _as_text(lambda text: read_policy(text, frozenset(KINDS))),
        _of(DOMAIN, "grading/policies/constancia-1.toml"),
    ),
    "mapping": (_as_text(mapping.load), _of(APPS, "imports/mappings/chile_rettig.toml")),
    "link mapping": (_as_text(linking.load), _of(APPS, "matching/mappings/febrl4.toml")),
    "merges": (lambda data: pattern.from_json(_json(data)), json.dumps(MERGES).encode()),
    "content of an edition": (
        lambda data: Content.model_validate_json(data),
        editions.content().model_dump_json().encode(),
    ),
    "archive": (check_archive, _word()),
    "kind of a document": (kind_of, PAGE),
    "page": (lambda data: page.read(data, "text/html"), PAGE),
    "lines of a page": (lambda data: page.read_lines(data, "text/html"), PAGE),
    "word processor's file": (lambda data: word.read(data, ""), _word()),
    "plain text": (lambda data: plain.read(data, "text/plain"), b"568 personas"),
}
ALLOWED: dict[str, tuple[type[Exception], ...]] = {
    # What we froze ourselves, read back and checked by its hash before: pydantic's refusal says enough.
    "content of an edition": (ValueError,),
}
strange = st.sampled_from(
    [b"", b"\0", b"\r\n", b"=", b'"', b"'''", b"[[", b"{", b"9" * 400, b"\xff", b"\xed\xa0\x80",
     b"\xef\xbb\xbf", "٣".encode(), "\u202e".encode(), b"[" * 3000, b"<" * 200, b"&#x110000;", b"true",
     b"-1", b"1e999", b"nan"]
)  # fmt: skip
FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def _json(data: bytes) -> list[dict[str, object]]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise ConstanciaError("internal") from None
    return found if isinstance(found, list) else [found]


def _try(name: str, data: bytes) -> None:
    read, _ = READERS[name]
    with suppress(ConstanciaError, *ALLOWED.get(name, ())):
        read(data)


@pytest.mark.parametrize("name", READERS)
def test_any_bytes_are_read_or_refused(name: str) -> None:
    @FEW
    @given(st.binary(max_size=300))
    def fuzz(data: bytes) -> None:
        _try(name, data)

    fuzz()


@pytest.mark.parametrize("name", READERS)
def test_good_content_with_pieces_changed_is_read_or_refused(name: str) -> None:
    _, good = READERS[name]

    @FEW
    @given(st.data())
    def fuzz(data: st.DataObject) -> None:
        found = good
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, len(found)))
            to = data.draw(st.integers(at, min(len(found), at + 40)))
            found = found[:at] + data.draw(strange) + found[to:]
        _try(name, found)

    fuzz()


@pytest.mark.parametrize("name", READERS)
def test_the_control_good_content_is_read(name: str) -> None:
    read, good = READERS[name]
    read(good)


@FEW
@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore")))
)
def test_a_keystore_settings_a_key_file_or_encodings_of_any_bytes_are_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    home = Home.at(tmp_path_factory.getbasetemp() / "fuzzed")
    home.path.mkdir(mode=0o700, exist_ok=True)
    for file, read in (
        (home.keystore, lambda: secrets_unlock.unlock(home, "una frase cualquiera")),
        (home.settings_file, lambda: Home.at(home.path).settings),
        (home.path / "llave.txt", lambda: secrets_unlock.read_key_file(home.path / "llave.txt")),
        (home.path / "codigos", lambda: container.read(home.path / "codigos", "codigos")),
    ):
        file.write_bytes(data)
        file.chmod(0o600)
        with suppress(ConstanciaError):
            read()


@pytest.mark.parametrize("name", ["definition", "rule", "grading", "mapping", "link mapping"])
@pytest.mark.parametrize("content", [b"a = " + b"[" * 3000, b"a = " + b"9" * 5000])
def test_tables_too_deep_and_numbers_too_long_are_refused(name: str, content: bytes) -> None:
    read, _ = READERS[name]
    with pytest.raises(ConstanciaError):
        read(content)
