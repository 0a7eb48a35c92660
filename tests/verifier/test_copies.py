"""The CSV tables are compared with the signed content, cell by cell."""

from __future__ import annotations

import re

import pytest

from constancia.apps.publishing.outputs.opendata import package, zipped
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.publishing.canonical import content_bytes
from constancia.verifier.bundle import CONTENT, Bundle
from constancia.verifier.copies import check_copies
from constancia.verifier.edition import Edition
from tests.support import bundles, editions

USUAL = bundles.usual().second
EDITION = Edition.read(USUAL[CONTENT])


def with_csv(name: str, old: bytes, new: bytes) -> Bundle:
    path = f"datos/{name}.csv"
    assert old in USUAL[path]
    return Bundle({**USUAL, path: USUAL[path].replace(old, new, 1)})


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("figures", b",20,19,22", b",21,19,22"),
        ("figures", b"people held", b"people freed"),
        ("figures", b"held,personas", b"free,personas"),
        ("tables", b",6,\r\n", b",9,\r\n"),
        ("tables", b"Mujeres", b"Hombres"),
        ("tables", b"profile:1", b"profile:2"),
        ("tables", b"\r\nby_sex,man", b"\r\nby_sex,men"),
        ("figures", b"as_of", b"day"),
    ],
)
def test_a_cell_that_says_something_else_is_named(name: str, old: bytes, new: bytes) -> None:
    with pytest.raises(ProofRefused) as refused:
        check_copies(with_csv(name, old, new), EDITION)
    assert refused.value.code == "proof.csv_differs"
    assert refused.value.params["name"] == name


def test_a_line_more_or_fewer_is_refused() -> None:
    table = USUAL["datos/tables.csv"]
    for data in (table + table.splitlines(keepends=True)[1], b"".join(table.splitlines(keepends=True)[:-1])):
        with pytest.raises(ProofRefused, match=r"proof\.csv_differs"):
            check_copies(Bundle({**USUAL, "datos/tables.csv": data}), EDITION)


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b'a,"b\nc', b"a,a\r\n1,2\r\n", b"a,b\r\n1\r\n", b"a\x00b\r\n"]
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(ProofRefused, match=r"proof\.csv"):
        check_copies(Bundle({**USUAL, "datos/tables.csv": data}), EDITION)


def test_a_bundle_without_tables_has_none_to_compare() -> None:
    assert check_copies(Bundle({CONTENT: USUAL[CONTENT]}), EDITION) == 0


def test_the_open_data_of_a_whole_edition_is_what_the_verifier_expects() -> None:
    content = editions.content()
    files = package(content, None)
    edition = Edition.read(content_bytes(content))
    assert check_copies(Bundle(files), edition) == 7
    archive = {CONTENT: files[CONTENT], "datos.zip": zipped(files)}
    assert check_copies(Bundle(archive), edition) == 7


def test_an_archive_with_another_content_is_refused() -> None:
    content = editions.content()
    files = package(content, None)
    changed = {**files, CONTENT: files[CONTENT].replace(b"Ejemplar", b"Ejemplos")}
    with pytest.raises(ProofRefused, match=r"proof\.archive_content"):
        check_copies(
            Bundle({CONTENT: files[CONTENT], "datos.zip": zipped(changed)}),
            Edition.read(files[CONTENT]),
        )


def test_every_number_of_the_open_data_of_a_whole_edition_is_compared() -> None:
    """The negative control: whatever number is changed in a table that is compared, it is noticed."""
    content = editions.content()
    files = package(content, None)
    edition = Edition.read(content_bytes(content))
    for name in ("figures", "tables", "groups", "balance", "levels", "daily", "breakdowns"):
        text = files[f"datos/{name}.csv"].decode()
        spot = re.search(r"(?<=,)\d{1,4}(?=,)", text)
        assert spot
        changed = text[: spot.start()] + "9999" + text[spot.end() :]
        if name == "balance":
            changed = text.replace(f",{content.balance and content.balance.closing},", ",9999,", 1)
        with pytest.raises(ProofRefused, match=r"proof\.csv_differs"):
            check_copies(Bundle({**files, f"datos/{name}.csv": changed.encode()}), edition)
