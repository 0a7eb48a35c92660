"""The documents of an audit are read in one form only, and say what was drawn and found and nothing else."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.ledger.auditing import (
    Announcement,
    Result,
    Sample,
    check_drawn,
    drawn,
    found_json,
    is_beacon,
    result_of,
    value_of,
)
from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.refused import ProofRefused

CONTENT, VALUE = "0a" * 32, "ab" * 32
ROSTER = Checkpoint("ejemplo.org/constancia/casos/1", 40, bytes(range(32)))
SAID = Announcement(3, CONTENT, ROSTER, "drand quicknet round 12345678")
SAMPLE = Sample(3, CONTENT, sha256(SAID.data()).hexdigest(), "2026-W09", VALUE, drawn(SAID, VALUE, 5))
FOUND = result_of(SAMPLE, "1b" * 32, 4, [SAMPLE.indices[2]])


def code_of(check: object, *given: object) -> str:
    with pytest.raises(ProofRefused) as found:
        check(*given)  # type: ignore[operator]
    return found.value.code


def test_what_is_written_is_read_back() -> None:
    assert Announcement.read(SAID.data()) == SAID
    assert Sample.read(SAMPLE.data()) == SAMPLE
    assert Result.read(FOUND.text()) == FOUND
    check_drawn(SAMPLE, SAID)


def test_a_result_is_six_lines() -> None:
    assert FOUND.text() == f"constancia/audit/v1\n3\n{CONTENT}\n{'1b' * 32}\n5 4\n{SAMPLE.indices[2]}\n"
    assert result_of(SAMPLE, "1b" * 32, 5, []).text().endswith("\n5 5\n-\n")
    told = found_json(FOUND, "— a AAAA\n", "a+0+b")
    assert (told["text"], told["signatures"]) == (FOUND.text().split("\n")[:-1], ["— a AAAA"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"edition":3', b'"edition":0'),
        (b'"edition":3', b'"edition":true'),
        (b'"size":40', b'"size":0'),
        (b'"size":40', b'"size":"40"'),
        (b"0a0a", b"0A0a"),
        (b"drand quicknet", b" drand quicknet"),
        (b"drand quicknet", b"drand\\nquicknet"),
        (b"drand quicknet round 12345678", b""),
        (b"constancia-audit-1", b"constancia-audit-2"),
        (b'"content"', b'"kontent"'),
    ],
)
def test_an_announcement_in_another_form_is_refused(old: bytes, new: bytes) -> None:
    assert old in SAID.data()
    assert code_of(Announcement.read, SAID.data().replace(old, new, 1)) in (
        "proof.announcement",
        "proof.json",
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"2026-W09", b"2026-W9"),
        (b'"indices":[', b'"indices":[-1,'),
        (b'"indices":[', b'"indices":[true,'),
        (b'"indices":[', b'"indices":["1",'),
        (b'"value":"ab', b'"value":"AB'),
        (b'"value":"ab', b'"value":"a'),
        (b"constancia-sample-1", b"constancia-sample-0"),
        (b'"edition":3', b'"edition":3.0'),
    ],
)
def test_a_sample_in_another_form_is_refused(old: bytes, new: bytes) -> None:
    assert old in SAMPLE.data()
    assert code_of(Sample.read, SAMPLE.data().replace(old, new, 1)) in ("proof.sample_document", "proof.json")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n5 4\n", "\n5 5\n"),
        ("\n5 4\n", "\n5  4\n"),
        ("\n5 4\n", "\n05 4\n"),
        ("\n5 4\n", "\n0 0\n"),
        ("\n5 4\n", "\n301 300\n"),
        ("audit/v1", "audit/v2"),
        ("\n3\n", "\n0\n"),
        ("0a0a", "0A0a"),
    ],
)
def test_a_result_in_another_form_is_refused(old: str, new: str) -> None:
    assert old in FOUND.text()
    assert code_of(Result.read, FOUND.text().replace(old, new, 1)) in ("proof.result", "proof.number")


@pytest.mark.parametrize("last", ["2 1", "1 1", "-\n", "", "1 2"])
def test_the_cases_not_confirmed_are_in_order_and_as_many_as_missing(last: str) -> None:
    text = FOUND.text().rsplit("\n", 2)[0] + f"\n{last}\n"
    assert code_of(Result.read, text) in ("proof.result", "proof.number")


@given(data=st.binary(max_size=300))
def test_whatever_is_read_is_a_document_or_one_error(data: bytes) -> None:
    for read in (Announcement.read, Sample.read, lambda one: Result.read(one.decode("utf-8", "replace"))):
        with pytest.raises(ProofRefused):
            read(data)


@given(at=st.integers(0, len(SAMPLE.data()) - 1), byte=st.integers(0, 255))
def test_no_byte_of_a_sample_changes_without_another_sample(at: int, byte: int) -> None:
    data = bytearray(SAMPLE.data())
    data[at] = byte
    try:
        found = Sample.read(bytes(data))
    except ProofRefused:
        return
    assert found.data() == bytes(data)
    assert (found == SAMPLE) == (bytes(data) == SAMPLE.data())


def test_other_cases_than_drawn_are_refused() -> None:
    for indices in ((0, 1, 2, 3, 4), SAMPLE.indices[::-1], SAMPLE.indices[:4] + SAMPLE.indices[:1]):
        other = Sample(3, CONTENT, SAMPLE.announcement, "2026-W09", VALUE, indices)
        assert code_of(check_drawn, other, SAID) == "proof.sample_other"
    grown = Announcement(3, CONTENT, Checkpoint(ROSTER.origin, 41, ROSTER.root), SAID.beacon)
    assert code_of(check_drawn, SAMPLE, grown) == "proof.sample_other"
    assert code_of(check_drawn, SAMPLE, Announcement(4, CONTENT, ROSTER, SAID.beacon)) == "proof.sample_other"


def test_a_larger_sample_begins_with_the_smaller_one_and_has_its_limits() -> None:
    assert drawn(SAID, VALUE, 12)[:5] == SAMPLE.indices
    for count in (0, 41, 301):
        assert code_of(drawn, SAID, VALUE, count) == "proof.sample"


def test_a_value_has_one_form_so_that_nobody_draws_twice() -> None:
    assert value_of(f"  {VALUE.upper()}\n") == VALUE
    for other in ("", "ab" * 15, "ab" * 16 + "a", "zz" * 32, "ab" * 129, f"0x{VALUE}", "ab " * 16):
        assert code_of(value_of, other) == "proof.beacon_value"


def test_a_beacon_is_a_line() -> None:
    assert is_beacon(SAID.beacon)
    for other in ("", " a", "a\nb", "a\u202eb", "x" * 201, "e\u0301"):
        assert not is_beacon(other)


def test_a_result_speaks_of_every_case_drawn_and_of_no_other() -> None:
    outside = next(one for one in range(40) if one not in SAMPLE.indices)
    one = SAMPLE.indices[0]
    for confirmed, bad in ((5, [one]), (3, [one]), (4, [outside]), (3, [one, one]), (4, [])):
        assert code_of(result_of, SAMPLE, "1b" * 32, confirmed, bad) == "proof.result_cases"
