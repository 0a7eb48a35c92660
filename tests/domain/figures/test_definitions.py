"""Definitions and rules are data, read strictly and named by the hash of their content."""

from __future__ import annotations

import hashlib
from importlib import resources

import pytest

from constancia.domain.errors import InputRefused
from constancia.domain.figures.definition import Definition, definition, definitions, grade_named
from constancia.domain.figures.files import read
from constancia.domain.figures.rule import Rule, rule, rules
from constancia.domain.vocabulary.terms import Grade

STOCK = """name = "held"
version = 1
measure = "stock"
breakdowns = ["sex"]
label = { es = "a", en = "b" }
meaning = { es = "a", en = "b" }
"""
RULE = """name = "some"
version = 2
held = ["in_custody"]
label = { es = "a", en = "b" }
meaning = { es = "a", en = "b" }
"""
ASKED_FOR = {
    "held", "arrested", "released", "under_measures", "free", "full_releases", "died_in_custody",
    "whereabouts_unknown", "held_over_months", "detained_since", "recognised", "house_arrest",
}  # fmt: skip


def refused(cls, text, file):
    with pytest.raises(InputRefused) as error:
        read(cls, text, file)
    return error.value


def test_the_figures_that_the_field_publishes_are_there():
    assert set(definitions()) >= ASKED_FOR
    assert set(rules()) >= {"foro_penal", "with_house_arrest", "not_free", "all_detained", "jep"}


def test_a_definition_is_named_by_the_hash_of_its_file():
    file = resources.files("constancia.domain.figures").joinpath("definitions/held-1.toml")
    assert definition("held").pin == {
        "name": "held",
        "version": 1,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
    }


def test_line_ends_of_another_system_change_no_hash():
    assert read(Definition, STOCK.replace("\n", "\r\n"), "held-1.toml") == read(
        Definition, STOCK, "held-1.toml"
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (("breakdowns", "breakdown"), "breakdowns"),
        (('"stock"', '"stocks"'), "measure"),
        (('["sex"]', '["shoe_size"]'), "breakdowns.0"),
        (("version = 1", "version = 0"), "version"),
        (('es = "a", ', ""), "label.es"),
        (('"stock"', '"flow"'), "file"),
        (('"stock"', '"stock"\nkinds = ["death"]'), "file"),
        (('"stock"', '"stock"\nsurprise = 1'), "surprise"),
        (('"stock"', '"stock"\nsha256 = "0"'), "sha256"),
        (('["sex"]', '["kind"]'), "file"),
        (("version = 1", "version = "), "toml"),
    ],
)
def test_a_definition_with_a_mistake_is_refused_by_file_and_field(change, field):
    error = refused(Definition, STOCK.replace(*change), "held-1.toml")
    assert (error.code, error.params["file"], error.params["field"]) == ("figure.file", "held-1.toml", field)


def test_a_file_is_named_after_what_it_holds():
    assert refused(Rule, RULE, "some-1.toml").params["expected"] == "some-2.toml"


@pytest.mark.parametrize("extra", ['recognition = "listed"', 'frameworks = ["wgad"]', 'held = ["asleep"]'])
def test_a_rule_that_contradicts_itself_is_refused(extra):
    text = RULE.replace('held = ["in_custody"]\n', "") + extra if "held" in extra else f"{extra}\n{RULE}"
    assert refused(Rule, text, "some-2.toml").code == "figure.file"


def test_a_grade_is_asked_for_by_name():
    assert grade_named("corroborated") is Grade.CORROBORATED
    with pytest.raises(InputRefused):
        grade_named("disputed")


def test_recognition_is_asked_for_as_the_rule_says():
    any_framework = rule("foro_penal")
    assert any_framework.recognises("pace_1900:not_recognised wgad:recognised_retrial")
    assert not any_framework.recognises("pace_1900:under_review")
    listed = any_framework.model_copy(update={"recognition": "listed", "frameworks": ("wgad",)})
    assert not listed.recognises("foro_penal:recognised")
    everybody = rule("all_detained")
    assert everybody.recognises("")
    assert not everybody.recognises("", demanded=True)


def test_exits_are_counted_by_kind_or_by_all_of_a_stem():
    assert definition("released").counts_exit("release.conditional")
    assert not definition("released").counts_exit("closed.amnesty")
    assert definition("full_releases").counts_exit("closed.amnesty")
    assert not definition("full_releases").counts_exit("release.under_measures")
    assert not definition("released").counts_exit("")


def test_every_figure_and_rule_speaks_both_languages_differently():
    for one in (*definitions().values(), *rules().values()):
        assert one.label.es != one.label.en
        assert one.meaning.es != one.meaning.en
