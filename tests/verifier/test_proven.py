"""Totals without rows, seen from a bundle: what the organisation itself could try."""

from __future__ import annotations

import json
from typing import Any

import pytest

from constancia.verifier.report import ABSENT, FAILS, OK
from tests.support import bundle_totals, bundles
from tests.support.bundle_logs import WITNESSES
from tests.support.bundles import Recipe
from tests.verifier.conftest import Check
from tests.verifier.test_steps import failure, results

CUT, SEAL, TOTALS = "prueba/casos.txt", "prueba/casos.sello", "prueba/totales.json"


def lines(files: bundles.Files) -> list[bytes]:
    return files[CUT].splitlines(keepends=True)


def twice(files: bundles.Files) -> None:
    some = lines(files)
    files[CUT] = b"".join([*some[:-1], b"23 " + some[0].split(b" ", 1)[1]])


def one_fewer(files: bundles.Files) -> None:
    files[CUT] = b"".join(lines(files)[:-1])


def swapped(files: bundles.Files) -> None:
    some = lines(files)
    first, second = some[0].split(b" "), some[1].split(b" ")
    first[2], second[2] = second[2], first[2]
    files[CUT] = b"".join([b" ".join(first), b" ".join(second), *some[2:]])


def other_seal(files: bundles.Files) -> None:
    files[SEAL] = bundle_totals.roster(23).note(23, WITNESSES)


def unsealed(files: bundles.Files) -> None:
    files[SEAL] = bundle_totals.roster(24).note(24, ())


def half(files: bundles.Files) -> None:
    del files[CUT]


def told(*path: str, to: Any) -> Any:
    def alter(files: bundles.Files) -> None:
        found = json.loads(files[TOTALS])
        place = found
        for one in path[:-1]:
            place = place[one]
        place[path[-1]] = to
        files[TOTALS] = bundles.canonical(found)

    return alter


@pytest.mark.parametrize(
    ("alter", "step", "code"),
    [
        (twice, 10, "proof.cut_twice"),
        (one_fewer, 10, "proof.cut_size"),
        (swapped, 10, "proof.cut_roster"),
        (other_seal, 10, "proof.totals_roster"),
        (unsealed, 10, "proof.quorum"),
        (half, 10, "proof.missing"),
        (told("edition", to=1), 10, "proof.totals_other"),
        (told("content", to="ab" * 32), 10, "proof.totals_other"),
        (told("format", to="constancia-totals-9"), 10, "proof.totals"),
        (told("sums", "", "", to=21), 14, "proof.sums"),
        (told("sums", "by_sex", "woman", to=7), 14, "proof.sums"),
    ],
)
def test_a_proof_of_something_else_is_refused_at_its_step(
    alter: Any, step: int, code: str, check: Check
) -> None:
    made = bundles.made(Recipe(totals=True, files=alter))
    assert failure(check(made.second)) == (step, code)


def test_a_proof_of_the_edition_before_does_not_serve_for_this_one(check: Check) -> None:
    first = bundles.usual(totals=True).first

    def alter(files: bundles.Files) -> None:
        files.update({path: first[path] for path in (CUT, SEAL, TOTALS)})

    assert failure(check(bundles.made(Recipe(totals=True, files=alter)).second)) == (10, "proof.totals_other")


def test_a_table_that_says_other_numbers_than_those_proven_is_refused(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proof holds by itself; only its comparison with the published table tells."""
    honest = bundle_totals.places
    monkeypatch.setattr(
        bundle_totals,
        "places",
        lambda found: [("man", "civilian") if n == 0 else one for n, one in enumerate(honest(found))],
    )
    made = bundles.made(Recipe(totals=True))
    assert failure(check(made.second)) == (14, "proof.totals_table")


def test_a_total_that_is_not_the_published_one_is_refused(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = bundle_totals.places
    monkeypatch.setattr(bundle_totals, "places", lambda found: honest(found)[1:])
    made = bundles.made(Recipe(totals=True))
    assert failure(check(made.second)) == (14, "proof.totals_table")


def test_a_case_taken_out_of_the_roster_since_the_edition_before_is_noticed(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = bundles.usual(totals=True)
    monkeypatch.setattr(bundle_totals, "slot_root", lambda index: bytes([index + 1]) * 32)
    bundle_totals._proven.cache_clear()
    other = bundles.made(Recipe(totals=True))
    bundle_totals._proven.cache_clear()
    mixed = bundles.made(Recipe(totals=True, files=lambda files: files.update(
        {path: other.second[path] for path in (CUT, SEAL, TOTALS)}
    )), Recipe(totals=True, files=lambda files: files.update(
        {path: made.first[path] for path in (CUT, SEAL, TOTALS)}
    )))  # fmt: skip
    report = check(mixed.second, mixed.first)
    assert failure(report) == (15, "proof.roster_changed")
    assert results(check(mixed.second))[15] == ABSENT


def test_tables_that_are_not_proven_are_named(check: Check) -> None:
    report = check(bundles.usual(totals=True).second)
    seen = {one.word: one.params for step in report.steps for one in step.seen}
    assert seen["unproven"] == {"tables": "both"}
    assert seen["proven"] == {"count": 20, "tables": 2}


def test_a_receipt_says_where_its_case_is_counted(check: Check) -> None:
    files = bundles.usual(totals=True).second
    report = check(files, receipt=bundle_totals.receipt(3, files["datos/edicion.json"]))
    assert report.holds
    assert results(report)[17] == OK
    seen = [(one.word, one.params.get("cell")) for one in report.steps[-1].seen]
    assert seen == [("counted", ""), ("counted_in", "man"), ("counted_in", "military+police")]


def test_a_receipt_of_a_case_that_does_not_count_says_so(check: Check) -> None:
    files = bundles.usual(totals=True).second
    report = check(files, receipt=bundle_totals.receipt(22, files["datos/edicion.json"]))
    assert [one.word for one in report.steps[-1].seen] == ["not_counted"]


def test_a_receipt_of_another_edition_or_of_nothing_is_refused(check: Check) -> None:
    made = bundles.usual(totals=True)
    code = bundle_totals.receipt(3, made.first["datos/edicion.json"])
    assert failure(check(made.second, receipt=code)) == (17, "proof.receipt_key")
    assert failure(check(made.second, receipt="perhaps")) == (17, "proof.receipt")
    assert not check(bundles.usual().second, receipt=code).holds


def test_who_fails_is_not_asked_further(check: Check) -> None:
    report = check(bundles.made(Recipe(totals=True, files=twice)).second)
    assert {step.number for step in report.steps if step.result == FAILS} == {10}
    assert results(report)[14] == "not_run"
