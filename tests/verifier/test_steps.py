"""Each step holds for what is whole, and fails for the one thing that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from constancia.domain.ledger.note import SIGNATURE, Key
from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier import steps
from constancia.verifier.report import ABSENT, FAILS, NOT_RUN, OK, Report
from constancia.verifier.steps import ALL_STEPS, Asked, verify
from tests.support import bundles
from tests.support.bundle_logs import FACTS, WITNESSES, Log, public
from tests.support.bundles import Recipe
from tests.verifier.conftest import Check

Alter = Callable[[Any], object]


def results(report: Report) -> dict[int, str]:
    return {step.number: step.result for step in report.steps}


def failure(report: Report) -> tuple[int, str | None]:
    """The first step that fails, and its code."""
    assert not report.holds
    step = next(one for one in report.steps if one.result == FAILS)
    return step.number, step.code


def test_a_whole_edition_holds_in_every_step_that_it_brings(check: Check) -> None:
    made = bundles.usual()
    report = check(made.second, made.first)
    assert report.holds
    assert results(report) == {
        **dict.fromkeys(range(1, 10), OK),
        **dict.fromkeys(range(10, 16), ABSENT),
        16: OK,
    }


def test_with_a_proof_of_totals_all_sixteen_steps_hold(check: Check) -> None:
    made = bundles.usual(totals=True)
    assert set(results(check(made.second, made.first)).values()) == {OK}


def test_the_first_edition_continues_none_and_holds(check: Check) -> None:
    report = check(bundles.usual().first)
    assert report.holds
    assert results(report)[6] == ABSENT


def test_without_the_edition_before_and_rules_of_ones_own_the_reader_is_warned(check: Check) -> None:
    made = bundles.usual()
    warned = {one.word for step in check(made.second).steps for one in step.seen if one.loud}
    assert warned == {"own_rules", "publication_key", "not_compared"}
    report = check(made.second, made.first, policy=bundles.policy_text(), key=public("publicación"))
    assert not [one for step in report.steps for one in step.seen if one.loud]


def test_no_step_is_numbered_twice_and_each_needs_earlier_ones() -> None:
    numbers = [number for number, _, _, _ in ALL_STEPS]
    assert numbers == list(range(1, 18))
    assert all(need < number for number, _, needs, _ in ALL_STEPS for need in needs)


def set_to(*path: str | int, to: Any) -> Alter:
    """Puts a value in a JSON document, at a path of keys and places."""

    def alter(found: Any) -> None:
        for one in path[:-1]:
            found = found[one]
        found[path[-1]] = to

    return alter


CONTENTS = [
    (("figures", 0, "value"), 23, 7, "proof.bounds"),
    (("figures", 0, "highest"), 3, 7, "proof.bounds"),
    (("figures", 0, "value"), "20", 7, "proof.content"),
    (("figures", 0, "value"), True, 7, "proof.content"),
    (("figures", 0, "value"), -1, 7, "proof.content"),
    (("figures", 1, "name"), "held", 7, "proof.disagrees"),
    (("levels", 0, "points", 0, "lowest"), 21, 7, "proof.bounds"),
    (("daily", 0, "days", 0, "within_a_week"), 4, 7, "proof.bounds"),
    (("previous", "number"), 2, 7, "proof.disagrees"),
    (("previous", "as_of"), "2026-03-01", 7, "proof.disagrees"),
    (("format"), "constancia-edition-9", 7, "proof.format"),
    (("tables", 0, "total"), 21, 8, "proof.table_total"),
    (("tables", 0, "total_of"), "nothing", 8, "proof.table_total"),
    (("tables", 0, "cells", 0, "value"), 7, 8, "proof.table_sum"),
    (("tables", 0, "cells", 0, "key"), ["man"], 8, "proof.table_cells"),
    (("tables", 0, "cells", 0, "value"), None, 8, "proof.table_cells"),
    (("tables", 1, "groups", 0, "value"), 6, 8, "proof.table_sum"),
    (("tables", 1, "cells", 1, "value"), 3, 8, "proof.table_cells"),
    (("tables", 1, "groups", 0, "cells"), [["military"]], 8, "proof.table_cells"),
    (("tables", 1, "groups"), [], 8, "proof.table_cells"),
    (("tables", 2, "cells", 19, "value"), 21, 8, "proof.table_total"),
    (("tables", 2, "cells", 4, "value"), 7, 8, "proof.table_margin"),
    (("tables", 0, "withheld"), True, 8, "proof.table_cells"),
    (("balance", "opening"), 17, 9, "proof.balance"),
    (("balance", "closing"), 21, 9, "proof.balance"),
    (("balance", "came", 0, "value"), 4, 9, "proof.balance"),
    (("balance", "went", 0, "by", 0, "value"), 3, 9, "proof.balance_term"),
    (("balance", "older_cases"), 6, 9, "proof.balance"),
    (("balance", "edition"), 3, 9, "proof.balance_opening"),
    (("balance", "opening_as_of"), "2026-01-01", 9, "proof.balance_opening"),
    (("bridges", 0, "second"), 23, 9, "proof.bridge"),
]


@pytest.mark.parametrize(("path", "value", "step", "code"), CONTENTS)
def test_a_content_that_is_signed_and_wrong_is_refused_at_its_step(
    path: Any, value: Any, step: int, code: str, check: Check
) -> None:
    path = (path,) if isinstance(path, str) else path
    made = bundles.made(Recipe(content=set_to(*path, to=value)))
    assert failure(check(made.second, made.first)) == (step, code)


def test_a_closing_that_is_not_the_figure_held_is_refused(check: Check) -> None:
    def alter(found: Any) -> None:
        found["balance"]["closing"] = 19
        found["balance"]["went"][1]["value"] = 1

    assert failure(check(bundles.made(Recipe(content=alter)).second)) == (9, "proof.balance_closing")


def test_an_opening_that_the_edition_before_did_not_say_is_seen_beside_it(check: Check) -> None:
    def alter(found: Any) -> None:
        found["balance"]["opening"] = 17
        found["balance"]["came"][0]["value"] = 4

    made = bundles.made(Recipe(content=alter))
    assert check(made.second).holds
    assert failure(check(made.second, made.first)) == (9, "proof.balance_opening")


MANIFESTS = [
    (("edition",), 3, 7, "proof.disagrees"),
    (("as_of",), "2026-03-04", 7, "proof.disagrees"),
    (("known_at",), "2026-03-04T00:00:00Z", 7, "proof.disagrees"),
    (("organisation",), "Otra casa", 7, "proof.disagrees"),
    (("content",), "ab" * 32, 7, "proof.content_hash"),
    (("previous",), "ab" * 32, 7, "proof.disagrees"),
    (("log",), "otra.example/hechos", 2, "proof.policy_log"),
    (("log",), None, 1, "proof.unlogged"),
    (("week",), "2026-W54", 5, "proof.entry"),
    (("key",), public("otra").hex(), 3, "proof.key_file"),
    (("format",), "constancia-manifest-2", 1, "proof.format"),
    (("content",), "AB" * 32, 1, "proof.manifest"),
    (("files", 0, "size"), 5, 1, "proof.size"),
    (("files", 0, "sha256"), "ab" * 32, 1, "proof.sha256"),
    (("files", 0, "path"), "../edicion.json", 1, "proof.path"),
    (("files", 0, "path"), "manifiesto.json", 1, "proof.manifest"),
    (("files",), [], 1, "proof.manifest"),
]


@pytest.mark.parametrize(("path", "value", "step", "code"), MANIFESTS)
def test_a_manifest_that_is_signed_and_wrong_is_refused_at_its_step(
    path: Any, value: Any, step: int, code: str, check: Check
) -> None:
    made = bundles.made(Recipe(manifest=set_to(*path, to=value)))
    assert failure(check(made.second)) == (step, code)


def test_a_manifest_signed_with_another_key_than_it_names_is_refused(check: Check) -> None:
    made = bundles.usual()
    made.second["manifiesto.firma"] = bundles.private("otra").sign(made.second["manifiesto.json"])
    assert failure(check(made.second)) == (3, "proof.manifest_signature")


def test_another_publication_key_than_expected_is_refused(check: Check) -> None:
    made = bundles.made(Recipe(publisher="otra"))
    assert failure(check(made.second, key=public("publicación"))) == (3, "proof.unexpected_key")


def test_a_change_of_the_publication_key_holds_only_where_the_reader_knows_of_it(check: Check) -> None:
    made = bundles.made(Recipe(publisher="otra"))
    assert failure(check(made.second, made.first)) == (6, "proof.previous_publisher")
    report = check(made.second, made.first, key=public("otra"))
    assert report.holds
    assert "key_changed" in {one.word for step in report.steps for one in step.seen}


def test_too_few_witnesses_are_refused(check: Check) -> None:
    made = bundles.made(Recipe(witnesses=WITNESSES[:1]))
    assert failure(check(made.second)) == (4, "proof.quorum")
    made = bundles.made(Recipe(witnesses=WITNESSES[::-1]))
    assert failure(check(made.second)) == (4, "proof.signature_order")


def test_a_log_without_witnesses_holds_with_a_warning(check: Check) -> None:
    easy = bundles.policy_text(quorum="none")
    made = bundles.made(Recipe(witnesses=(), policy=easy), Recipe(witnesses=(), policy=easy))
    report = check(made.second, made.first)
    assert report.holds
    assert "no_quorum" in {one.word for step in report.steps for one in step.seen if one.loud}


def test_rules_of_the_reader_are_stronger_than_those_of_the_bundle(check: Check) -> None:
    easy = bundles.policy_text(quorum="none")
    made = bundles.made(Recipe(witnesses=(), policy=easy))
    assert failure(check(made.second, policy=bundles.policy_text())) == (4, "proof.quorum")
    other = bundles.policy_text().replace(str(bundles.log_key(FACTS)).encode(), _other_log().encode())
    assert failure(check(bundles.usual().second, policy=other)) == (2, "proof.policy_key")


def _other_log() -> str:
    return str(Key(FACTS, SIGNATURE, public("otro libro")))


def test_an_edition_that_is_not_in_the_log_is_refused(check: Check) -> None:
    made, other = bundles.usual(), bundles.made(Recipe(program=b"another"))
    made.second["prueba/manifiesto.tlog-proof"] = other.second["prueba/manifiesto.tlog-proof"]
    assert failure(check(made.second)) == (5, "proof.inclusion")


def test_a_log_that_was_written_anew_is_refused_beside_the_edition_before(check: Check) -> None:
    made, other = bundles.usual(), bundles.made(None, Recipe(program=b"another"))
    assert failure(check(made.second, other.first)) == (6, "proof.previous_checkpoint")
    assert failure(check(other.second, bundles.usual().second)) == (6, "proof.previous_content")


def test_a_consistency_proof_from_another_log_is_refused(check: Check) -> None:
    made, other = bundles.usual(), bundles.made(None, Recipe(program=b"another"))
    made.second["prueba/anterior.txt"] = other.second["prueba/anterior.txt"]
    assert failure(check(made.second)) == (6, "proof.consistency")


def test_other_log_keys_than_in_the_edition_before_are_refused(check: Check) -> None:
    made = bundles.usual()
    changed = bundles.policy_text().replace(
        str(bundles.log_key(bundles.CASES)).encode(),
        str(Key(bundles.CASES, SIGNATURE, public("otra"))).encode(),
    )
    again = bundles.made(Recipe(policy=changed))
    assert again.first == made.first
    assert failure(check(again.second, made.first)) == (6, "proof.previous_keys")


def test_a_broken_edition_before_fails_the_step_that_needs_it(check: Check) -> None:
    made = bundles.usual()
    made.first["manifiesto.firma"] = bytes(64)
    report = check(made.second, made.first)
    assert failure(report) == (6, "proof.previous_bundle")
    assert results(report)[9] == OK


def test_a_file_too_many_and_a_file_missing_are_named(check: Check) -> None:
    made = bundles.usual()
    made.second["notas.txt"] = b"x"
    report = check(made.second)
    assert failure(report) == (1, "proof.extra")
    assert report.steps[0].params == {"path": "notas.txt"}
    assert set(results(report).values()) == {FAILS, NOT_RUN}


def test_whatever_a_bundle_does_to_the_program_is_a_failed_step(monkeypatch: pytest.MonkeyPatch) -> None:
    made = bundles.usual()
    for problem in (
        MemoryError(),
        RecursionError(),
        UnicodeDecodeError("utf-8", b"", 0, 1, "x"),
        KeyError("x"),
    ):

        def fails(*_: object, problem: BaseException = problem) -> None:
            raise problem

        monkeypatch.setattr(steps, "check_content", fails)
        report = verify(Asked(lambda: steps.Bundle(made.second)))
        assert failure(report) == (7, "proof.unforeseen")


def test_a_bundle_that_cannot_be_opened_is_a_failed_first_step() -> None:
    def refuses() -> steps.Bundle:
        raise ProofRefused("proof.zip")

    assert failure(verify(Asked(refuses))) == (1, "proof.zip")


def test_a_log_of_support_grows(check: Check) -> None:
    log = Log(FACTS, bundles.filler("x", 5))
    assert log.checkpoint(5).root != log.checkpoint(4).root


def test_what_is_printed_is_the_state_that_this_one_grew_out_of(check: Check) -> None:
    report = check(bundles.usual().second)
    told = [one.params["words"] for step in report.steps for one in step.seen if one.word == "printed"]
    assert told == [bundles.printed_words()]
    other = bundles.printed_words().replace(" 16 ", " 17 ")
    assert failure(check(bundles.made(Recipe(manifest=set_to("printed", to=other))).second)) == (
        5,
        "proof.printed",
    )
    none = bundles.made(Recipe(manifest=lambda told: told.pop("printed"))).second
    assert check(none).holds
    assert failure(check({**none, "prueba/impreso.txt": b""})) == (1, "proof.extra")
