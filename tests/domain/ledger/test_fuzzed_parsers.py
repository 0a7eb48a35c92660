"""Arbitrary and mutated bytes to everything that reads: only our own error ever comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from constancia.domain.ledger import note as notes
from constancia.domain.ledger.checkpoint import Checkpoint, open_checkpoint
from constancia.domain.ledger.entry import Entry
from constancia.domain.ledger.note import Key, open_note
from constancia.domain.ledger.policy import Policy
from constancia.domain.ledger.previous import Previous, check_previous
from constancia.domain.ledger.proof import TlogProof, check_proof
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.slots import read
from constancia.domain.ledger.spoken_root import SpokenRoot
from tests.domain.ledger.grown import LOG, WITNESS, Grown, checkpoint, note, previous, proof
from tests.support.effort import examples

TREE = Grown(11)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


POLICY = f"log {LOG}\nwitness uno {WITNESS}\ngroup g 1 uno\nquorum g\n".encode()
WORDS = str(SpokenRoot.of(checkpoint(TREE, 11))).encode()
PARSERS: dict[str, tuple[Callable[[bytes], object], bytes]] = {
    "key": (lambda data: Key.read(_text(data)), str(LOG).encode()),
    "note": (lambda data: open_note(data, [LOG, WITNESS]), note(TREE, 11)),
    "checkpoint": (lambda data: Checkpoint.read(_text(data)), checkpoint(TREE, 11).text().encode()),
    "signed checkpoint": (lambda data: open_checkpoint(data, LOG, [WITNESS]), note(TREE, 11)),
    "entry": (Entry.read, Entry("fact", "2026-W09", bytes(32)).data()),
    "policy": (Policy.read, POLICY),
    "proof": (TlogProof.read, proof(TREE, 6, 11).data()),
    "checked proof": (lambda data: check_proof(data, TREE.leaves[6], LOG), proof(TREE, 6, 11).data()),
    "previous": (Previous.read, previous(TREE, 6, 11).data()),
    "checked previous": (
        lambda data: check_previous(data, checkpoint(TREE, 11), LOG),
        previous(TREE, 6, 11).data(),
    ),
    "words": (lambda data: SpokenRoot.read(_text(data)), WORDS),
    "value": (lambda data: read(_text(data)), b'{"a":[1,"\xc3\xb1",null,true]}'),
}

strange = st.sampled_from(
    [b"", b"\0", b"\n", b"\r\n", b"\t", b" ", b"+", b"=", b"-", "—".encode(), "\u2028".encode(), b"\xff",
     b"\xed\xa0\x80", b"\xef\xbb\xbf", "٣".encode(),
     b"9" * 400, b"A" * 44, b"[" * 2000, b"none", b"\n\n", b"extra QQ==\n"]
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _unsigned() -> Iterator[None]:
    """Signatures are taken for good, so that the parsers behind them are reached, and quickly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notes, "is_signed", lambda *_: True)
        yield


@pytest.mark.parametrize("name", PARSERS)
def test_any_bytes_are_read_or_refused(name: str) -> None:
    parse, good = PARSERS[name]
    assert parse(good) is not None

    @settings(max_examples=examples(80))
    @given(st.binary(max_size=300))
    @example(b"")
    def fuzz(data: bytes) -> None:
        with suppress(ProofRefused):
            parse(data)

    fuzz()


@pytest.mark.parametrize("name", PARSERS)
def test_good_files_with_pieces_changed_are_read_or_refused(name: str) -> None:
    parse, good = PARSERS[name]
    places = st.integers(0, len(good))

    @settings(max_examples=examples(150))
    @given(st.lists(st.tuples(places, places, strange | st.binary(max_size=6)), min_size=1, max_size=4))
    def fuzz(changes: list[tuple[int, int, bytes]]) -> None:
        data = good
        for begin, end, piece in changes:
            data = data[:begin] + piece + data[max(begin, end - len(good) + len(data)) :]
        with suppress(ProofRefused):
            parse(data)

    fuzz()


def test_the_control_another_error_would_be_seen() -> None:
    def fragile(data: bytes) -> None:
        with suppress(ProofRefused):
            data.decode("ascii")

    with pytest.raises(UnicodeDecodeError):
        fragile(b"\xff")
