"""Signed notes: who signed, what is passed over, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.ledger.encoding import b64
from constancia.domain.ledger.note import (
    COSIGNATURE,
    MOST_SIGNATURES,
    Key,
    open_note,
    signature_line,
    with_signatures,
)
from tests.domain.ledger.grown import (
    LOG,
    LOG_SIGNS,
    OTHER_WITNESS,
    OTHER_WITNESS_SIGNS,
    WHEN,
    WITNESS,
    WITNESS_SIGNS,
    refused,
    signed,
    signer,
)
from tests.support.effort import examples

TEXT = "Una nota\n\ncon una línea vacía\n"
TESSERA = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"


def test_a_key_that_others_published_is_read_and_written_alike() -> None:
    key = Key.read(TESSERA)
    assert (key.name, key.kind, key.id.hex()) == ("example.com/log/testdata", 1, "33d7b496")
    assert str(key) == TESSERA


@pytest.mark.parametrize(
    "text",
    [
        "", "a", "a+b", TESSERA[1:], TESSERA.replace("33d7b496", "33D7B496"), TESSERA.replace("+33", " +33"),
        "\ud800" + TESSERA, "+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
    ],
)  # fmt: skip
def test_a_key_in_another_form_is_refused(text: str) -> None:
    with refused("proof.key"):
        Key.read(text)


def test_a_key_of_a_kind_that_we_do_not_know_is_refused() -> None:
    with refused("proof.key"):
        Key.read(str(Key("a", 6, bytes(32))))


def test_a_note_tells_who_signed_and_when() -> None:
    note = open_note(signed(TEXT), [LOG, WITNESS, OTHER_WITNESS])
    assert note.text == TEXT
    by_log, by_witness = note.by(LOG), note.by(WITNESS)
    assert by_log is not None
    assert by_witness is not None
    assert (by_log.time, by_witness.time, note.by(OTHER_WITNESS)) == (None, WHEN, None)


def test_unknown_signatures_are_passed_over_and_refused_where_strict() -> None:
    data = signed(TEXT, signature_line(TEXT, OTHER_WITNESS, OTHER_WITNESS_SIGNS, WHEN))
    assert len(open_note(data, [LOG, WITNESS]).signed) == 2
    with refused("proof.signatures"):
        open_note(data, [LOG, WITNESS], strict=True)


def test_a_signature_twice_counts_once_and_is_refused_where_strict() -> None:
    data = signed(TEXT, signature_line(TEXT, LOG, LOG_SIGNS))
    assert len(open_note(data, [LOG, WITNESS]).signed) == 2
    with refused("proof.signatures"):
        open_note(data, [LOG, WITNESS], strict=True)


def test_a_known_key_whose_signature_does_not_hold_spoils_the_note() -> None:
    forged = with_signatures(TEXT, [signature_line(TEXT + "otra\n", LOG, LOG_SIGNS)])
    with refused("proof.signature"):
        open_note(forged.encode(), [LOG])


def test_a_cosignature_holds_at_its_own_time_only() -> None:
    line = signature_line(
        TEXT, WITNESS, lambda _: WITNESS_SIGNS(b"cosignature/v1\ntime 1\n" + TEXT.encode()), 2
    )
    with refused("proof.signature"):
        open_note(with_signatures(TEXT, [line]).encode(), [WITNESS])


def test_a_signature_of_the_text_is_no_cosignature() -> None:
    key, sign = signer("testigo.example/w1", COSIGNATURE)
    line = f"— {key.name} {b64(key.id + bytes(8) + sign(TEXT.encode()))}\n"
    with refused("proof.signature"):
        open_note(with_signatures(TEXT, [line]).encode(), [key])
    short = f"— {key.name} {b64(key.id + sign(TEXT.encode()))}\n"
    with refused("proof.signature"):
        open_note(with_signatures(TEXT, [short]).encode(), [key])


def test_a_note_of_nobody_known_is_refused() -> None:
    with refused("proof.unsigned"):
        open_note(signed(TEXT), [OTHER_WITNESS])


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\n", b"\n\n", b"texto\n", b"texto\n\n", "\n\n— a AAAAAAAA\n".encode(),
        "texto\n— a AAAAAAAA\n".encode(), "texto\n\n— a AAAAAAAA".encode(), b"texto\n\n- a AAAAAAAA\n",
        "texto\n\n— a  AAAAAAAA\n".encode(), "texto\n\n— a+b AAAAAAAA\n".encode(),
        "texto\n\n— a AAAAAAAA \n".encode(), "texto\n\n— a AAAAAAAA\nmás\n".encode(),
    ],
)  # fmt: skip
def test_what_has_not_the_form_of_a_note_is_refused(data: bytes) -> None:
    with refused("proof.note"):
        open_note(data, [LOG])


def test_sixteen_signatures_are_read_and_seventeen_refused() -> None:
    extra = [f"— otro.example/{at} {b64(bytes(68))}\n" for at in range(MOST_SIGNATURES)]
    assert open_note(signed(TEXT, *extra[:14]), [LOG, WITNESS]).by(LOG)
    with refused("proof.signatures"):
        open_note(signed(TEXT, *extra[:15]), [LOG, WITNESS])


@settings(max_examples=examples(20))
@given(st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=60))
def test_any_text_without_controls_is_signed_and_read(text: str) -> None:
    whole = text + "\n"
    note = open_note(with_signatures(whole, [signature_line(whole, LOG, LOG_SIGNS)]).encode(), [LOG])
    assert note.text == whole
