"""Mappings written by somebody who wants to hold the server, or who does not know what they are doing."""

from __future__ import annotations

from time import process_time

import pytest

from constancia.domain.errors import MappingRefused
from constancia.domain.mapping import PlannedCase, Refusal, fitted, load
from constancia.domain.mapping.cells import Row
from constancia.domain.mapping.patterns import LARGEST_PATTERN, Patience, Pattern, written_out

SOURCE = '[source]\nkind = "own_archive"\nlabel = "archivo"\n'
NAME = '[[fact]]\nkind = "name"\nfields = { full = "{nombre}" }\n'


def planned(mapping: str, *cells: str) -> list[PlannedCase | Refusal]:
    planner = fitted(load(mapping), ("nombre",), None)
    return list(planner.plan(Row(at, (cell,)) for at, cell in enumerate(cells, start=2)))


def by(**value: str) -> str:
    """A mapping that makes a name with one step: a regex, a find, a replace …"""
    steps = ", ".join(f"{name.rstrip('_')} = {written}" for name, written in value.items())
    return SOURCE + f"[[fact]]\nkind = 'name'\nfields.full = {{ column = 'nombre', {steps} }}\n"


def uses(at: int) -> str:
    return f"{{ use = 'a{at}' }}"


def refused(mapping: str, *cells: str) -> str:
    began = process_time()
    with pytest.raises(MappingRefused) as caught:
        planned(mapping, *cells)
    assert process_time() - began < 10
    return caught.value.code


def test_the_ordinary_mapping_of_these_tests_works() -> None:
    assert isinstance(planned(SOURCE + NAME, "Ana Inventada")[0], PlannedCase)
    assert isinstance(planned(by(regex=r"'^(a|aa)+$'"), "aaaa")[0], PlannedCase)


@pytest.mark.parametrize("step", ["regex", "find"])
def test_a_pattern_that_backtracks_for_ever_is_stopped(step: str) -> None:
    assert refused(by(**{step: "'^(a|aa)+$'"}), "a" * 60 + "!") == "mapping.pattern_slow"


def test_a_condition_and_a_case_that_backtrack_for_ever_are_stopped() -> None:
    cell = "a" * 60 + "!"
    condition = SOURCE + NAME + "if = { column = 'nombre', matches = '^(a|aa)+$' }\n"
    assert refused(condition, cell) == "mapping.pattern_slow"
    cases = SOURCE + "[[fact]]\ncolumn = 'nombre'\ncases = [{ matches = '^(a|aa)+$', kind = 'name' }]\n"
    assert refused(cases, cell) == "mapping.pattern_slow"


def test_many_slow_cells_use_up_the_patience_of_the_whole_file() -> None:
    patience = Patience(0.05)
    pattern = Pattern(r"(x+x+)+y", "fact 1", patience)
    with pytest.raises(MappingRefused, match=r"mapping\.pattern_slow"):
        for _ in range(1000):
            pattern.found_in("x" * 120)


def test_a_pattern_that_repeats_repetitions_is_not_compiled() -> None:
    assert refused(by(regex="'(?:(?:a{1000}){1000}){1000}'"), "a") == "mapping.pattern_large"
    assert refused(by(regex=r"'[\]{}]{9}(?:\({999}){999}'"), "a") == "mapping.pattern_large"


@pytest.mark.parametrize(
    ("pattern", "size"),
    [
        ("abc", 3),
        (r"\d{4}-\d{2}", 7),
        ("(?:ab){3}", 10),
        ("[a{9}]{5}", 5),
        (r"\{9}", 3),
        ("a{,7}", 7),
        ("(a", 2),
    ],
)
def test_counted_repetitions_are_written_out(pattern: str, size: int) -> None:
    assert abs(written_out(pattern) - size) <= 4
    assert written_out(f"(?:{pattern}){{{LARGEST_PATTERN}}}") > LARGEST_PATTERN


@pytest.mark.parametrize("pattern", ["(", "(?R)?a", "(?P<x>a)(?&x)", "[z-a]", "*", "(?P=none)"])
def test_what_is_no_regular_expression_is_refused_wherever_it_stands(pattern: str) -> None:
    assert refused(by(regex=f"'{pattern}'"), "a") == "mapping.pattern"
    cases = SOURCE + f"[[fact]]\ncolumn = 'nombre'\ncases = [{{ matches = '{pattern}', kind = 'name' }}]\n"
    assert refused(cases, "a") == "mapping.pattern"


@pytest.mark.parametrize("take", [r"\9", r"\g<x>", r"\q"])
def test_a_replacement_that_names_no_group_is_refused(take: str) -> None:
    assert refused(by(replace=f"[['a', '{take}']]"), "Ana") == "mapping.pattern"
    assert refused(by(patterns=f"[{{ match = 'a', take = '{take}' }}]"), "Ana") == "mapping.pattern"


def test_replacements_that_double_again_and_again_are_stopped() -> None:
    doubling = ", ".join([r"['(.+)', '\1\1\1\1']"] * 50)
    assert refused(by(replace=f"[{doubling}]"), "x" * 200) == "mapping.pattern_grows"
    assert (
        refused(by(replace=r"[['(?=(.+))', '" + r"\1" * 200 + "']]"), "x" * 5000) == "mapping.pattern_grows"
    )
    assert refused(by(find="'(?=(.+))'"), "xy" * 2000) == "mapping.pattern_grows"


def test_a_template_reads_columns_and_nothing_else() -> None:
    for template in ("{nombre.__class__}", "{0}", "{nombre!r}", "{nombre:>99999999}"):
        assert refused(SOURCE + NAME.replace("{nombre}", template), "Ana") == "mapping.column_missing"
    [case] = planned(SOURCE + NAME, "{nombre} %s {0.__class__} ${x}")
    assert isinstance(case, PlannedCase)
    assert case.facts[0].fields["full"] == "{nombre} %s {0.__class__} ${x}"


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "9" * 5000,
        "x = " + "[" * 200_000,
        "x = " + "{ a = " * 20_000,
        ".".join("a" * 100_000) + " = 1",
        "[" + ".".join("a" * 20_000) + "]",
        "x = 2026-02-30",
        "\ufeff\x00",
        "x = 1\nx = 2",
    ],
    ids=["digits", "brackets", "tables", "dotted key", "dotted table", "no such day", "nul", "key twice"],
)
def test_toml_that_hurts_its_reader_is_refused(text: str) -> None:
    assert refused(SOURCE + NAME + text) in ("mapping.toml", "mapping.key_unknown")


def test_a_mapping_of_ten_megabytes_is_refused_unread() -> None:
    assert refused("#" * 10_000_000) == "mapping.too_long"


@pytest.mark.parametrize("key", ["[__class__]\nx = 1", "[file]\npath = '/etc/passwd'", "recorder = 1"])
def test_keys_that_the_language_does_not_know_are_refused(key: str) -> None:
    assert refused(SOURCE + NAME + key if key.startswith("[") else key + "\n" + SOURCE + NAME).startswith(
        "mapping.key_unknown"
    )


def test_a_repeat_of_millions_is_refused_before_it_is_written_out() -> None:
    numbers = ", ".join(map(str, range(200)))
    assert refused(SOURCE + (NAME + f"repeat = [{numbers}]\n") * 300, "Ana") == "mapping.too_many_facts"
    case = "{ matches = 'a', kind = 'name', fields = { full = '{nombre}' } }"
    cases = f"[[fact]]\ncolumn = 'nombre'\nrepeat = [{numbers}]\ncases = [{', '.join([case] * 50)}]\n"
    assert refused(SOURCE + cases, "Ana") == "mapping.too_many_facts"


@pytest.mark.parametrize("names", ["a = { use = 'a' }", "a = { use = 'b' }\nb = { use = 'a' }"])
def test_conditions_that_name_each_other_in_a_ring_are_refused(names: str) -> None:
    assert (
        refused(SOURCE + NAME + f"if = {{ use = 'a' }}\n[conditions]\n{names}\n", "Ana") == "mapping.nested"
    )


def test_conditions_that_name_each_other_into_millions_are_refused() -> None:
    names = "".join(f"a{at} = [{', '.join([uses(at + 1)] * 100)}]\n" for at in range(4))
    last = "a4 = { column = 'nombre', equals = 'x' }\n"
    mapping = SOURCE + NAME + f"if = {{ use = 'a0' }}\n[conditions]\n{names}{last}"
    assert refused(mapping, "Ana") == "mapping.nested"


@pytest.mark.parametrize("character", ["\\u0000", "\\u202e", "\\u001b"])
def test_control_characters_in_the_words_of_a_mapping_are_refused(character: str) -> None:
    assert refused(SOURCE.replace("archivo", f"archivo{character}") + NAME, "Ana") == "mapping.key"
    assert refused(f'title = "x{character}"\n' + SOURCE + NAME, "Ana") == "mapping.key"


def test_identifiers_with_characters_that_turn_the_text_round_are_refused() -> None:
    mapping = SOURCE + NAME.replace("{nombre}", "Ana") + "[person]\nscheme = 's'\nid = ['nombre']\n"
    [refusal] = planned(mapping, "12\u202e34")
    assert isinstance(refusal, Refusal)
    assert refusal.code == "name.control"
