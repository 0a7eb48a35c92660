"""Names are stored as written or refused, and compared without what hands and files lose."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.errors import InputRefused
from constancia.domain.names import clean_written, fold, match_key, tokens
from tests.support.effort import examples


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Peña", "pena"),
        ("PEN\u0303A", "pena"),
        ("Güipúzcoa Ñáñez", "guipuzcoa nanez"),
        ("D'Elía-Ruiz, José", "d elia ruiz jose"),
        ("Реña", "pena"),  # the first two letters are Cyrillic
        ("ΗΕRΝΑΝDΕΖ", "hernandez"),  # Greek capitals
        ("Ma\u200brí\u00ada", "maria"),
        ("\u202eMaria", "maria"),
        ("Leyla İslam qızı", "leyla islam qizi"),
        ("Əliyev", "aliyev"),
        ("Straße", "strasse"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("ﬁdel", "fidel"),
        ("Ana 😀 Luz", "ana luz"),
        ("Mª José", "ma jose"),
        ("---", ""),
        ("", ""),
        ('NEAR(" * ^', "near"),
    ],
)
def test_folding_loses_case_accents_disguises_and_signs(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(max_size=40))
@settings(max_examples=examples(100), deadline=None)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
@settings(max_examples=examples(100), deadline=None)
def test_what_is_cleaned_is_clean(text: str) -> None:
    try:
        cleaned = clean_written(text)
    except InputRefused as refusal:
        if not refusal.code.startswith("name."):
            raise
        return
    assert clean_written(cleaned) == cleaned
    assert fold(cleaned) == fold(text)
    cleaned.encode("utf-8")


def test_blanks_are_made_single_and_letters_composed() -> None:
    assert clean_written("  Jose\u0301 \t Pérez\u00a0\nRuiz ") == "José Pérez Ruiz"


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "=HYPERLINK(\"x\")", "' OR 1=1 --", "NEAR(\" * ^", "Ana 😀", "+58",
     "@SUM(A1)", "O’Higgins", "Ana\u200dLuz", "%s {name} $x"],
)  # fmt: skip
def test_text_that_only_looks_dangerous_is_stored_exactly(text: str) -> None:
    assert clean_written(text) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ana\x00", "name.control"),
        ("Ana\x1b[31m", "name.control"),
        ("\u202eanA", "name.control"),
        ("\u2066Ana\u2069", "name.control"),
        ("Ana\ud83d", "name.control"),
        ("Ana\ufffe", "name.control"),
        ("Ana\U000e0041", "name.control"),
        ("Pe\ufffda", "name.damaged"),
        ("a" + "\u0301" * 6, "name.combining"),
        ("Z" + "\u0335\u0336\u0337\u0338\u0489", "name.combining"),
        ("a" * 401, "name.too_long"),
        ("a" * 10_000, "name.too_long"),
        ("\u0301" * 1_000_000, "name.too_long"),
    ],
)
def test_what_cannot_be_a_name_is_refused(text: str, code: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        clean_written(text)
    assert refusal.value.code == code
    assert all(value in (4, 400) for value in refusal.value.params.values())


def test_a_name_of_four_hundred_letters_is_still_a_name() -> None:
    assert clean_written("ñ" * 400) == "ñ" * 400


def test_marks_that_real_names_carry_are_kept() -> None:
    assert clean_written("Nguyễn Thị") == "Nguyễn Thị"
    assert clean_written("a\u0323\u0302\u0301\u0304") != ""


def test_the_order_of_the_words_does_not_matter_to_the_match_key() -> None:
    assert match_key("Pérez Ruiz, José") == match_key("JOSE PEREZ RUIZ") == "jose perez ruiz"
    assert match_key("José Pérez") != match_key("José Pérez Ruiz")
    assert tokens("María de la Cruz") == ["maria", "de", "la", "cruz"]
    assert match_key("…") == ""
