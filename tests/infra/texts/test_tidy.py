"""Text as it is kept."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.errors import TextRefused
from constancia.infra.texts import limits, tidy
from constancia.infra.texts.tidy import field

ODD = st.text(
    alphabet="aé1 \t\n\r\x0b\x0c\x00\x85\u00a0\u2028\u200b\u202e\ufeff\u0301\U000e0041ﬁя", max_size=60
)


@given(ODD)
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    try:
        once, _ = tidy(text)
    except TextRefused:
        return
    assert tidy(once)[0] == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(symbol) == "Cc" and symbol not in "\n\t" for symbol in once)


def test_lines_are_trimmed_and_blanks_of_all_widths_are_one() -> None:
    assert tidy(" a\u00a0 b \r\n\r\n\r\n\r\nc\u20281 234\td \t e \n")[0] == "a b\n\nc\n1 234\td\te"


def test_letters_are_composed_and_ligatures_taken_apart() -> None:
    assert tidy("an\u0303o oﬁcial ½")[0] == "año oficial ½"


def test_lost_letters_are_told() -> None:
    assert tidy("Excarcelaci\ufffdn 61")[1] == ("texts.characters_lost",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "texts.empty"),
        ("…\n—", "texts.empty"),
        ("a\n" * limits.MAX_CHARACTERS, "texts.too_long"),
        ("a" * (limits.MAX_LINE + 1), "texts.line_too_long"),
    ],
    ids=["nothing", "signs", "long", "one line"],
)
def test_what_cannot_be_kept_is_refused(text: str, code: str) -> None:
    with pytest.raises(TextRefused) as caught:
        tidy(text)
    assert caught.value.code == code


def test_a_title_is_one_line_of_a_length_that_titles_have() -> None:
    assert field(" Balance\n de \x1b[31m la\u202e semana ") == "Balance de [31m la semana"
    assert field(None) == ""
    assert len(field("a" * 10_000)) == limits.FIELD
