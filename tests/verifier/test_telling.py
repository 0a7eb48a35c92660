"""Everything that the verifier can say has its words, in both languages."""

from __future__ import annotations

import ast
import string
from pathlib import Path

from constancia.domain.catalogue import sentences
from constancia.verifier import steps as source
from constancia.verifier.report import FAILS, OK, Report, Seen, StepResult
from constancia.verifier.steps import ALL_STEPS
from constancia.verifier.telling import filled, last_lines, step_lines
from constancia.verifier.words import CHECKED, FRAME, MEANS, RESULT
from constancia.verifier.words_seen import SEEN
from tests.support import bundles
from tests.verifier.conftest import Check


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_step_says_what_it_checks_and_what_its_failing_means() -> None:
    names = {name for _, name, _, _ in ALL_STEPS}
    assert names == set(CHECKED) == set(MEANS)


def test_both_languages_say_the_same_things() -> None:
    for words in (CHECKED, MEANS, SEEN, RESULT, FRAME):
        for name, one in words.items():
            assert set(one) == {"es", "en"}, name
            assert all(one.values())
            assert blanks(one["es"]) == blanks(one["en"]), name


def test_all_that_a_step_tells_has_words_and_no_word_is_left_over() -> None:
    tree = ast.parse(Path(source.__file__).read_text("utf-8"))
    told = {
        one.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute | ast.Name)
        and (node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id)
        in {"tell", "warn", "told"}
        for one in ast.walk(node.args[0])
        if isinstance(one, ast.Constant) and one.value
    }
    assert told == set(SEEN)


def test_every_report_can_be_told_with_no_blank_left(check: Check) -> None:
    made = bundles.usual(totals=True)
    for report in (check(made.second, made.first), check({"a": b""}), check(bundles.usual().first)):
        for language in ("es", "en"):
            text = "\n".join(
                line for step in report.steps for line in step_lines(step, language, sentences())
            )
            assert "{" not in text
            assert "\n".join(last_lines(report, language))


def test_the_step_that_fails_is_told_with_why_and_what_it_means() -> None:
    step = StepResult(3, "signed", FAILS, code="proof.manifest_signature")
    told = list(step_lines(step, "en", sentences()))
    assert told[0].startswith(" 3. [FAILS]")
    assert "[proof.manifest_signature]" in told[1]
    assert MEANS["signed"]["en"] in told[2]
    assert "step 3" in "\n".join(last_lines(Report((step,)), "en"))


def test_what_a_bundle_says_cannot_steer_a_terminal() -> None:
    assert filled("{path}", {"path": "a\x1b[2J\u202eb"}) == "a·[2J·b"
    assert len(filled("{path}", {"path": "x" * 5000})) == 400
    assert filled("{a} {b}", {"a": "{b}", "b": "1"}) == "{b} 1"


def test_a_report_without_steps_does_not_hold() -> None:
    assert not Report(()).holds
    assert Report((StepResult(1, "whole", OK, (Seen("files", {"count": 1}),)),)).holds
