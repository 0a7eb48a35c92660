"""Codes survive dictation: slips are caught, habits of writing are forgiven."""

from __future__ import annotations

import itertools
import re

import pytest

from constancia.domain import codes
from constancia.domain.catalogue import sentences
from constancia.domain.codes import ALPHABET, is_code, new_code, normalise
from constancia.domain.errors import InputRefused


def test_a_new_code_has_its_written_form_and_is_its_own_normal_form() -> None:
    for _ in range(200):
        code = new_code()
        assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}", code)
        assert normalise(code) == code


def test_codes_differ() -> None:
    assert len({new_code() for _ in range(2000)}) == 2000


def test_every_single_wrong_symbol_is_caught() -> None:
    for _ in range(20):
        plain = new_code().replace("-", "")
        for at, symbol in itertools.product(range(10), ALPHABET):
            wrong = plain[:at] + symbol + plain[at + 1 :]
            assert is_code(wrong) == (wrong == plain)


def test_every_exchange_of_two_symbols_is_caught() -> None:
    for _ in range(50):
        plain = new_code().replace("-", "")
        for a, b in itertools.combinations(range(10), 2):
            swapped = list(plain)
            swapped[a], swapped[b] = swapped[b], swapped[a]
            assert is_code("".join(swapped)) == (plain[a] == plain[b])


def test_case_blanks_dashes_and_like_letters_are_forgiven() -> None:
    code = next(c for c in iter(new_code, "") if "0" in c and "1" in c)
    plain = code.replace("-", "")
    for written in (
        code.lower(),
        f"  {plain} ",
        " ".join(plain),
        code.replace("-", "–"),
        plain.replace("0", "O").replace("1", "l"),
        plain.replace("0", "o").replace("1", "I"),
    ):
        assert normalise(written) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "K7PM",
        "U" * 10,
        "K7PM-3XQ4-T",
        "Ñ7PM-3XQ4-T2",
        "٠" * 10,
        "0" * 10_000,
        "K7PM\x003XQ4T2",
        "' OR 1=1",
    ],
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        normalise(text)
    assert refusal.value.code == "code.invalid"
    assert refusal.value.params == {}


def test_the_example_in_the_error_sentence_is_a_code() -> None:
    for sentence in sentences()["code.invalid"].values():
        example = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}", sentence)
        assert example
        assert is_code(example[0])


def test_the_weights_of_the_check_all_differ() -> None:
    assert sorted(codes._EXP) == list(range(1, 32))
