"""Every refusal that the source can make has its words, and every word is used."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from constancia.domain import errors
from constancia.domain.catalogue import sentences
from constancia.domain.ledger.refused import ProofRefused

SOURCE = Path(__file__).parents[2] / "src" / "constancia"
FAMILY = {
    name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)
} | {ProofRefused.__name__}


def raised(code: str) -> Iterator[tuple[str, set[str] | None, int]]:
    """(error code, names of its parameters or None where spread, line) of each error made in `code`."""
    for node in ast.walk(ast.parse(code)):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in FAMILY:
            continue
        first = node.args[0]
        given = {keyword.arg for keyword in node.keywords}
        params = None if None in given else {name for name in given if name}
        for choice in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
            if isinstance(choice, ast.Constant) and isinstance(choice.value, str):
                yield choice.value, params, node.lineno


def everything_raised() -> Iterator[tuple[str, set[str] | None, str]]:
    for file in sorted(SOURCE.rglob("*.py")):
        for code, params, line in raised(file.read_text(encoding="utf-8")):
            yield code, params, f"{file.relative_to(SOURCE)}:{line}"


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_code_raised_stands_in_the_catalogue() -> None:
    known = sentences()
    lacking = {f"{where}: {code}" for code, _, where in everything_raised() if code not in known}
    assert not lacking, "\n".join(sorted(lacking))


def test_every_entry_speaks_both_languages_about_the_same_things() -> None:
    wrong = [
        code
        for code, words in sentences().items()
        if set(words) != {"es", "en"} or not all(words.values()) or fields(words["es"]) != fields(words["en"])
    ]
    assert not wrong, wrong


def test_every_sentence_gets_the_parameters_it_names() -> None:
    known = sentences()
    wrong = [
        f"{where}: {code} lacks {fields(known[code]['es']) - params}"
        for code, params, where in everything_raised()
        if params is not None and code in known and fields(known[code]["es"]) - params
    ]
    assert not wrong, "\n".join(wrong)


def test_no_entry_is_left_over() -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py"))
    unused = [code for code in sentences() if f'"{code}"' not in text]
    assert not unused, unused


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('raise InputRefused("a.b", row=1)', [("a.b", {"row"}, 1)]),
        ('raise errors.NotFound("a.c" if x else "a.d")', [("a.c", set(), 1), ("a.d", set(), 1)]),
        ('raise DateRefused("a.e", **more)', [("a.e", None, 1)]),
        ('raise ValueError("a.f")', []),
    ],
)
def test_codes_are_found_in_source(code: str, expected: list[tuple[str, set[str] | None, int]]) -> None:
    assert list(raised(code)) == expected
