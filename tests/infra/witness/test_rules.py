"""What a witness answers: the table of the specification, and whatever bytes anybody sends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.ledger.encoding import b64
from constancia.domain.ledger.note import COSIGNATURE, Key, open_note
from constancia.infra.witness import rules
from constancia.infra.witness.rules import LARGEST_REQUEST, SIZE, Answer, Asked, Seen
from tests.infra.witness.conftest import TIME, Running
from tests.support.effort import examples
from tests.support.logs import Log, request

LOG = Log()


def test_a_first_checkpoint_is_cosigned(witness: Running) -> None:
    answer = witness.add(LOG.request(0, 5))
    assert answer.status == 200
    whole = LOG.checkpoint(5).text() + "\n" + answer.body
    (signed,) = open_note(whole.encode(), [witness.signer.key], strict=True).signed
    assert (signed.key, signed.time) == (witness.signer.key, TIME)
    assert signed.key.kind == COSIGNATURE


def test_a_log_that_grows_is_cosigned_from_every_size_to_every_other(witness: Running) -> None:
    for newer in range(1, 18):
        for older in range(1, newer):
            seen = Seen(older, LOG.checkpoint(older).root, "", TIME)
            asked = rules.read(LOG.request(older, newer))
            assert isinstance(asked, Asked)
            found = rules.opened(asked, [LOG.key])
            assert not isinstance(found, Answer)
            assert rules.refusal(asked, found, seen) is None
            other = Seen(older, LOG.checkpoint(newer).root, "", TIME)
            assert rules.refusal(asked, found, other).status == 422


def test_the_same_checkpoint_again_is_cosigned_again(witness: Running) -> None:
    witness.grown(5)
    assert witness.add(LOG.request(5, 5), TIME + 60).status == 200
    seen = witness.store.latest(LOG.key.name)
    assert seen is not None
    assert (seen.size, seen.time) == (5, TIME + 60)


def test_another_old_size_is_answered_with_the_one_that_is_known(witness: Running) -> None:
    witness.grown(5, 9)
    for body in (LOG.request(5, 12), LOG.request(0, 12), LOG.request(5, 9), LOG.request(0, 5)):
        assert witness.add(body) == Answer(409, "9\n", SIZE)
    assert Log().key == LOG.key


def test_a_log_never_seen_is_known_with_size_zero(witness: Running) -> None:
    assert witness.add(LOG.request(3, 5)) == Answer(409, "0\n", SIZE)


BROKEN: list[tuple[str, Callable[[Log], bytes]]] = [
    ("a proof of other sizes", lambda log: request(5, log.proof(5, 10), log.note(9))),
    ("no proof", lambda log: request(5, [], log.note(9))),
    ("one hash more", lambda log: request(5, [*log.proof(5, 9), bytes(32)], log.note(9))),
    ("one hash fewer", lambda log: request(5, log.proof(5, 9)[:-1], log.note(9))),
    ("two hashes swapped", lambda log: request(5, log.proof(5, 9)[::-1], log.note(9))),
    ("a hash where nothing grew", lambda log: request(5, [bytes(32)], log.note(5))),
    ("another history", lambda log: Log(fork=3).request(5, 9)),
    ("another root of the same size", lambda log: Log(fork=3).request(5, 5)),
]


@pytest.mark.parametrize("body", [one[1] for one in BROKEN], ids=[one[0] for one in BROKEN])
def test_a_tree_that_is_not_shown_to_have_grown_is_refused(
    body: Callable[[Log], bytes], witness: Running
) -> None:
    witness.grown(5)
    assert witness.add(body(LOG)).status == 422
    assert witness.store.latest(LOG.key.name).size == 5
    assert witness.add(LOG.request(5, 9)).status == 200


def test_a_proof_from_nothing_is_refused(witness: Running) -> None:
    assert witness.add(request(0, [bytes(32)], LOG.note(5))).status == 422


def test_an_empty_log_has_the_root_of_the_empty_tree(witness: Running) -> None:
    wrong = LOG.signed(f"{LOG.key.name}\n0\n{b64(bytes(32))}\n")
    assert witness.add(request(0, [], wrong)).status == 400  # no checkpoint at all
    assert witness.add(LOG.request(0, 0)).status == 200
    assert witness.add(LOG.request(0, 4)).status == 200


def test_a_log_that_is_not_watched_is_unknown(witness: Running) -> None:
    other = Log("otra.ejemplo.org/constancia/hechos/1")
    assert witness.add(other.request(0, 5)).status == 404


def test_a_checkpoint_of_another_key_is_refused(witness: Running) -> None:
    stranger = Log(seed=bytes(31) + b"\x01")
    assert witness.add(stranger.request(0, 5)).status == 403
    text, line = LOG.checkpoint(5).text(), LOG.note(6).partition(b"\n\n")[2]
    assert witness.add(request(0, [], text.encode() + b"\n" + line)).status == 403
    assert witness.store.latest(LOG.key.name) is None


def test_signatures_of_strangers_are_passed_over_and_not_kept(witness: Running) -> None:
    stranger = Key("quien.sabe", COSIGNATURE, bytes(32))
    line = f"— {stranger.name} {b64(stranger.id + bytes(72))}\n".encode()
    assert witness.add(request(0, [], LOG.note(5) + line)).status == 200
    assert "quien.sabe" not in witness.store.latest(LOG.key.name).note


def test_either_key_of_a_log_serves_while_it_changes_them(witness: Running) -> None:
    successor = Log(seed=bytes(31) + b"\x02")
    witness.grown(5)
    assert witness.add(successor.request(5, 9)).status == 403
    witness.store.add_log(successor.key)
    assert witness.add(successor.request(5, 9)).status == 200
    assert witness.add(LOG.request(9, 11)).status == 200


NOTE = LOG.note(5)
TEXT = LOG.checkpoint(5).text()
MALFORMED = {
    "nothing": b"",
    "no old size": NOTE,
    "no empty line": b"old 0\n" + NOTE,
    "no note": b"old 0\n\n",
    "leading zero": request("00", [], NOTE),
    "sign": request("+0", [], NOTE),
    "negative": request(-1, [], NOTE),
    "two spaces": request(" 0", [], NOTE),
    "2^63": request(2**63, [], NOTE),
    "a thousand digits": request("9" * 1000, [], NOTE),
    "other digits": request("٣", [], NOTE),
    "another word": b"new 0\n\n" + NOTE,
    "carriage returns": request(0, [], NOTE).replace(b"\n", b"\r\n"),
    "byte order mark": b"\xef\xbb\xbf" + request(0, [], NOTE),
    "old size above the new": request(6, [], NOTE),
    "64 hashes": request(0, [bytes(32)] * 64, NOTE),
    "a hash of 31 bytes": request(0, [bytes(31)], NOTE),
    "a hash that is not canonical": b"old 1\n" + b"A" * 42 + b"B=\n\n" + NOTE,
    "empty proof line": b"old 1\n \n\n" + NOTE,
    "no UTF-8": b"old 0\n\n" + b"\xff" + NOTE,
    "NUL": b"old 0\n\n" + NOTE.replace(b"\n5\n", b"\n5\x00\n"),
    "extension line": request(0, [], LOG.signed(TEXT + "más\n")),
    "size with a zero before": request(0, [], LOG.signed(TEXT.replace("\n5\n", "\n05\n"))),
    "size 2^63": request(0, [], LOG.signed(TEXT.replace("\n5\n", f"\n{2**63}\n"))),
    "root of 31 bytes": request(0, [], LOG.signed(f"{LOG.key.name}\n5\n{b64(bytes(31))}\n")),
    "two lines": request(0, [], LOG.signed(f"{LOG.key.name}\n5\n")),
    "no last line feed": request(0, [], NOTE[:-1]),
    "a line that signs nothing": request(0, [], NOTE + b"hola\n"),
    "17 signatures": request(0, [], NOTE + NOTE.partition(b"\n\n")[2] * 16),
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
def test_what_cannot_be_read_is_called_so(body: bytes, witness: Running) -> None:
    assert witness.add(body).status == 400
    assert witness.store.latest(LOG.key.name) is None


def test_the_control_of_what_cannot_be_read_is_cosigned(witness: Running) -> None:
    assert witness.add(request(0, [], NOTE)).status == 200


def test_more_than_fits_is_not_looked_at() -> None:
    answer = rules.read(b"x" * (LARGEST_REQUEST + 1))
    assert isinstance(answer, Answer)
    assert answer.status == 413


@settings(max_examples=examples(150))
@given(st.binary(max_size=300) | st.builds(lambda a, b: a + NOTE + b, st.binary(max_size=20), st.binary()))
def test_whatever_is_sent_is_a_request_or_a_refusal(body: bytes) -> None:
    found = rules.read(body)
    if isinstance(found, Asked):
        assert isinstance(rules.opened(found, [LOG.key]), rules.Opened | Answer)
    else:
        assert found.status == 400


@settings(max_examples=examples(200))
@given(st.integers(0, len(LOG.request(5, 9)) - 1), st.integers(1, 255))
def test_no_byte_of_a_request_can_change_and_be_cosigned_for_another(at: int, change: int) -> None:
    body = bytearray(LOG.request(5, 9))
    body[at] ^= change
    found = rules.read(bytes(body))
    opened = found if isinstance(found, Answer) else rules.opened(found, [LOG.key])
    if isinstance(opened, Answer):
        return
    refused = rules.refusal(found, opened, Seen(5, LOG.checkpoint(5).root, "", TIME))
    assert refused is not None or opened.checkpoint == LOG.checkpoint(9)
