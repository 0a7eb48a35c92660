"""The lines of a cut, in one form."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from constancia.domain.ledger import cut
from constancia.domain.ledger.cut import read_cut, written
from constancia.domain.ledger.merkle import EMPTY, Frontier, leaf_hash
from constancia.domain.ledger.refused import ProofRefused
from tests.support.small_totals import LAYOUT, small

SMALL = small(4)
LINES = SMALL.proven.cut.decode().split("\n")[:-1]


def test_a_cut_is_read_as_it_is_written() -> None:
    assert written(SMALL.cut.lines) == SMALL.proven.cut
    assert read_cut(SMALL.proven.cut, LAYOUT) == SMALL.cut


def test_its_root_is_that_of_the_lines_as_leaves() -> None:
    tree = Frontier()
    for line in LINES:
        tree.append(leaf_hash(line.encode()))
    assert SMALL.cut.root == tree.root()
    assert read_cut(b"", LAYOUT).root == EMPTY


def test_a_line_is_the_entry_of_its_case() -> None:
    tree = Frontier()
    for line in SMALL.cut.lines:
        tree.append(line.leaf)
    assert tree.root() == SMALL.roster.root


Spoil = Callable[[list[str]], list[str]]


def field(at: int, change: Callable[[str], str]) -> Spoil:
    def spoil(fields: list[str]) -> list[str]:
        return [*fields[:at], change(fields[at]), *fields[at + 1 :]]

    return spoil


SPOILT: dict[str, Spoil] = {
    "index with a zero before it": field(0, lambda text: "0" + text),
    "another index": field(0, lambda text: "3"),
    "no number": field(0, lambda text: "-2"),
    "a week that is none": field(1, lambda text: "2026-W54"),
    "a root of 31 bytes": field(2, lambda text: "A" * 40 + "AA=="),
    "base64 with spare bits": field(2, lambda text: "/" * 42 + "/="),
    "a token cut short": field(3, lambda text: text[:-4]),
    "a token that is no base64": field(3, lambda text: "*" + text[1:]),
    "a scalar cut short": field(6, lambda text: text[4:]),
    "a scalar too many": lambda fields: [*fields, fields[-1]],
    "a scalar missing": lambda fields: fields[:-1],
    "two spaces": field(1, lambda text: " " + text),
    "a tab": field(1, lambda text: text + "\t"),
    "a carriage return": field(-1, lambda text: text + "\r"),
    "nothing": lambda fields: [],
}


@pytest.mark.parametrize("name", SPOILT)
def test_another_form_of_a_line_is_refused_with_its_number(name: str) -> None:
    lines = [*LINES]
    lines[2] = " ".join(SPOILT[name](lines[2].split(" ")))
    with pytest.raises(ProofRefused) as refused:
        read_cut("".join(f"{line}\n" for line in lines).encode(), LAYOUT)
    assert (refused.value.code, refused.value.params) == ("proof.cut_line", {"line": 3})


@pytest.mark.parametrize(
    "data", [SMALL.proven.cut[:-1], b"\xff\n", "ñ\n".encode()], ids=["cut", "bytes", "text"]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ProofRefused) as refused:
        read_cut(data, LAYOUT)
    assert refused.value.code == "proof.cut_text"


def test_more_than_is_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cut, "LARGEST_CUT", 10)
    with pytest.raises(ProofRefused) as refused:
        read_cut(SMALL.proven.cut, LAYOUT)
    assert refused.value.code == "proof.cut_text"


def test_lines_repeated_removed_or_reordered_are_refused() -> None:
    for lines in ([LINES[0], *LINES], LINES[1:], [LINES[1], LINES[0], *LINES[2:]]):
        with pytest.raises(ProofRefused) as refused:
            read_cut("".join(f"{line}\n" for line in lines).encode(), LAYOUT)
        assert refused.value.code == "proof.cut_line"
