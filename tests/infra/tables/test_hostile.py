"""Whatever bytes come, the answer is a table or TableRefused: never a stray error, never a hang."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from constancia.domain.errors import TableRefused
from constancia.infra.tables import open_table
from tests.support.effort import examples

MODEST = settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read(path: Path) -> None:
    try:
        for row in open_table(path).rows():
            assert row.number > 0
    except TableRefused:
        pass


@MODEST
@given(content=st.binary(max_size=400))
def test_any_bytes_called_csv(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(content)
    read(file)


@MODEST
@given(
    content=st.text(alphabet='abñ\0"\r\n,;\t|=\ufeff\u2028', max_size=120),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
def test_any_text_called_csv(content: str, encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(content.encode(encoding, errors="replace"))
    read(file)


@MODEST
@given(where=st.integers(0, 6000), what=st.binary(min_size=1, max_size=8))
@pytest.mark.parametrize("name", ["plain.xlsx", "plain.ods"])
def test_a_workbook_with_bytes_changed(
    name: str, where: int, what: bytes, tables: Path, tmp_path: Path
) -> None:
    content = bytearray((tables / name).read_bytes())
    where %= len(content)
    content[where : where + len(what)] = what
    file = tmp_path / name
    file.write_bytes(content)
    read(file)


@MODEST
@given(
    where=st.integers(0, 3000),
    what=st.sampled_from(
        [b"", b"<", b">", b'"', b"r=", b"<c", b"<row r='9'>", b"&amp;", b"t='s'", b"99999999"]
    ),
)
@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("plain.xlsx", "xl/worksheets/sheet1.xml"),
        ("plain.xlsx", "xl/workbook.xml"),
        ("plain.ods", "content.xml"),
    ],
)
def test_a_workbook_with_its_markup_changed(
    name: str, member: str, where: int, what: bytes, tables: Path, tmp_path: Path
) -> None:
    file = tmp_path / name
    with zipfile.ZipFile(tables / name) as source, zipfile.ZipFile(file, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == member:
                at = where % len(content)
                content = content[:at] + what + content[at + len(what) :]
            target.writestr(item.filename, content)
    read(file)
