"""The page opens what the program opens, and refuses at least what the program refuses."""

from __future__ import annotations

import io
import stat
import zipfile
from base64 import b64decode
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier.bundle import check_path, open_zip
from tests.support import bundles
from tests.support.effort import examples
from tests.verifier.page.conftest import encoded
from tests.verifier.test_bundle import archive

OPEN = """async (zips) => {
  const found = [];
  for (const zip of zips) {
    const { found: files, code } = await refusalOf(() => openZip(given(zip)));
    found.push(code ?? Object.fromEntries([...files].map(([path, data]) => [path, b64(data)])));
  }
  return found;
}"""
PATHS = "async (paths) => Promise.all(paths.map((path) => refusalOf(async () => checkPath(path))))"


def of_page(opened: Page, *zips: bytes) -> list[Any]:
    found = opened.evaluate(OPEN, [encoded(one) for one in zips])
    return [
        one if isinstance(one, str) else {path: b64decode(data) for path, data in one.items()}
        for one in found
    ]


def of_program(data: bytes) -> Any:
    try:
        return dict(open_zip(data))
    except ProofRefused as refused:
        return refused.code


def lzma() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("a", b"x" * 100)
    return buffer.getvalue()


def lying() -> bytes:
    data = archive(("a", b"twelve bytes"))
    return data.replace((12).to_bytes(4, "little"), (4).to_bytes(4, "little"))


def test_every_archive_is_opened_or_refused_as_by_the_program(opened: Page) -> None:
    whole = bundles.zipped(bundles.usual(totals=True).second)
    zips = [
        whole,
        whole[:-1],
        whole.replace(b"manifiesto.firma", b"manifiesto.firmb", 1),
        archive(("datos/", b""), ("datos/a", b"x")),
        archive(("información.txt", b"x")),
        archive(("informacio\u0301n.txt", b"x")),
        archive(("a", b"x"), ("A", b"y")),
        archive(("a", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777),
        archive(("../a", b"x")),
        archive(("a\\b", b"x")),
        archive(*[(f"f{number}", b"") for number in range(2001)]),
        lzma(),
        lying(),
        b"",
        b"PK",
        b"PK\x05\x06" + bytes(18),
        b"x" * 1000,
    ]
    assert of_page(opened, *zips) == [of_program(one) for one in zips]


def test_an_archive_that_was_altered_is_noticed(opened: Page) -> None:
    """The negative control of the check sum: one byte of what is stored."""
    whole = archive(("a", b"twelve bytes"))
    assert of_page(opened, whole.replace(b"twelve", b"eleven")) == ["proof.zip"]


@settings(
    max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_damaged_zip_is_never_opened_otherwise_than_by_the_program(
    opened: Page, data: st.DataObject
) -> None:
    zips = []
    for _ in range(20):
        whole = bytearray(archive(("a", b"x" * 50), ("b/c", b"y" * 50)))
        for _ in range(data.draw(st.integers(0, 3))):
            whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
        zips.append(bytes(whole))
    for one, found in zip(zips, of_page(opened, *zips), strict=True):
        assert isinstance(found, str) or found == of_program(one)


@settings(
    max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.text(st.sampled_from("ab/.\\ :\u00e9\u0301\u0085\ufeff\u2003\x1f\U0001f600"), max_size=8),
        min_size=50,
    )
)
def test_the_same_paths_are_refused(opened: Page, paths: list[str]) -> None:
    found = ["code" in one for one in opened.evaluate(PATHS, paths)]
    expected = []
    for path in paths:
        try:
            check_path(path)
            expected.append(False)
        except ProofRefused:
            expected.append(True)
    assert found == expected


@pytest.mark.parametrize(("length", "refused"), [(200, False), (201, True)])
def test_a_path_has_a_longest(opened: Page, length: int, refused: bool) -> None:
    assert [("code" in one) for one in opened.evaluate(PATHS, ["\U0001f600" * length])] == [refused]
