"""SECURITY.md, section 6, row 20: a bundle with a file missing, or a line repeated, removed or moved.

Every byte flipped is in tests/verifier/test_every_byte.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from constancia.verifier.report import FAILS, Report
from tests.support import bundles
from tests.verifier.conftest import checked

USUAL = bundles.usual(totals=True).second
PATHS = sorted(USUAL)
SIGNED_LINES = ("prueba/casos.sello", "prueba/casos.txt")
STEP = {
    "clave.pem": {3},
    "manifiesto.json": {1, 3},
    "prueba/manifiesto.tlog-proof": {4, 5},
    "prueba/impreso.txt": {5},
    "prueba/anterior.txt": {6},
}
"""Where what the manifest does not list must fail; all else fails in step 1."""


def failed(report: Report) -> set[int]:
    assert not report.holds
    found = [step for step in report.steps if step.result == FAILS]
    assert all(step.code != "proof.unforeseen" for step in found)
    return {step.number for step in found}


@pytest.mark.parametrize("path", PATHS)
def test_row_20_a_bundle_that_lacks_this_file_is_refused_at_step_1(path: str) -> None:
    report = checked({one: data for one, data in USUAL.items() if one != path})
    assert failed(report) == {1}
    assert report.steps[0].code == "proof.missing"
    assert report.steps[0].params == {"path": path}


def altered(data: bytes) -> Iterator[bytes]:
    """Each line repeated, removed, and exchanged with the next, where that makes another file."""
    lines = data.splitlines(keepends=True)
    for place in range(len(lines)):
        yield b"".join([*lines[: place + 1], *lines[place:]])
        yield b"".join([*lines[:place], *lines[place + 1 :]])
        if place + 1 < len(lines) and lines[place] != lines[place + 1]:
            yield b"".join([*lines[:place], lines[place + 1], lines[place], *lines[place + 2 :]])


@pytest.mark.parametrize("path", [path for path in PATHS if path != "manifiesto.firma"])
def test_row_20_a_line_repeated_removed_or_moved_is_refused_with_its_step(path: str) -> None:
    files = bundles.usual().second if path in STEP else USUAL
    some = list(altered(files[path]))
    assert some
    for data in some:
        assert failed(checked({**files, path: data})) <= STEP.get(path, {1})


def signed_again(path: str, data: bytes) -> set[int]:
    """The steps that fail where the organisation itself signs the altered file."""

    def alter(files: bundles.Files) -> None:
        files[path] = data

    return failed(checked(bundles.made(bundles.Recipe(totals=True, files=alter)).second))


@pytest.mark.parametrize("path", SIGNED_LINES)
def test_row_20_lines_altered_by_the_organisation_itself_are_refused_by_the_proof(path: str) -> None:
    whole = list(altered(USUAL[path]))
    for data in whole[:: max(1, len(whole) // 9)]:
        assert min(signed_again(path, data)) == 10, data
