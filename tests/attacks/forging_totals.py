"""Totals as an organisation would make them that cheats: it holds every key and computes every root anew.

Written apart from `totals_proving`, which refuses to prove anything of the kind.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha512

from constancia.domain.ledger import sodium
from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.cut import Line, read_cut, written
from constancia.domain.ledger.edwards import BASE, ORDER, Point, add, decode, encode
from constancia.domain.ledger.layout import Layout
from constancia.domain.ledger.tally import H, Place, challenge
from constancia.domain.ledger.totals import Head, Totals, statement
from constancia.domain.ledger.totals_proving import Case, Proven
from tests.support.small_totals import LAYOUT, head, roster, some

SMALL_ORDER = decode(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"))
assert SMALL_ORDER is not None
_G, _H = encode(BASE), encode(H)

Value = Callable[[int, str, str, int], int]
"""(line, table, cell, honest value) → value."""


@dataclass
class Forged:
    """What is forged; by default nothing. `sealed`: the cases of the roster that the witnesses have seen;
    `small`: the places whose commitment gets a part of small order; `sums`: what is published instead."""

    cases: Sequence[Case] = field(default_factory=lambda: some(8))
    sealed: Checkpoint = field(default_factory=lambda: roster(some(8)))
    named: Checkpoint | None = None
    head: Head = field(default_factory=head)
    layout: Layout = LAYOUT
    value: Value = lambda line, table, cell, value: value
    small: frozenset[tuple[int, str, str]] = frozenset()
    sums: Callable[[dict[str, dict[str, int]]], object] = lambda sums: None
    lines: Callable[[list[Line]], list[Line]] = lambda lines: lines

    def made(self) -> Proven:
        named = self.named or self.sealed
        proves = statement(self.head, named, self.layout)
        sums = {one.table: dict.fromkeys(one.cells, 0) for one in self.layout.tables}
        openings = {one.table: dict.fromkeys(one.cells, 0) for one in self.layout.tables}
        lines = []
        for index, case in enumerate(self.cases):
            tokens, scalars, total = [], [], 0
            for at, one in enumerate(self.layout.tables):
                row, factor = [], 0
                for cell in one.cells:
                    value = self.value(index, one.table, cell, int((one.table, cell) in case.counted))
                    place = Place(proves, one.table, cell, index)
                    token, r = token_of(case.key, place, value, (index, one.table, cell) in self.small)
                    row.append(token)
                    factor += r
                    sums[one.table][cell] += value
                    openings[one.table][cell] += r
                tokens.append(tuple(row))
                if at:
                    scalars.append(written_scalar(factor - total))
                else:
                    total = factor
            lines.append(Line(index, case.week, case.slot_root, tuple(tokens), tuple(scalars)))
        cut = written(self.lines(lines))
        self.sums(sums)
        scalars_of = {
            table: {cell: written_scalar(r) for cell, r in cells.items()} for table, cells in openings.items()
        }
        root = read_cut(cut, self.layout).root
        return Proven(Totals(self.head, named, root, self.layout, sums, scalars_of).data(), cut)


def token_of(key: bytes, place: Place, value: int, small: bool = False) -> tuple[bytes, int]:
    """A commitment to any value, with a proof as good as can be made of it, and r."""
    r, nonce, other_c, other_z = (
        sodium.reduced(hmac.new(key, place.framed() + bytes([at]), sha512).digest()) for at in range(4)
    )
    point = sodium.add(sodium.multiply_base(written_scalar(value)), sodium.multiply(r, _H))
    true = 0 if value == 0 else 1
    false = point if true else sodium.subtract(point, _G)
    firsts = [b"", b""]
    firsts[true] = sodium.multiply(nonce, _H)
    firsts[1 - true] = sodium.subtract(sodium.multiply(other_z, _H), sodium.multiply(other_c, false))
    commitment = encode(add(known(point), SMALL_ORDER)) if small else point
    true_c = sodium.difference(sodium.reduced(challenge(place, commitment, *firsts)), other_c)
    true_z = sodium.sum_of(nonce, sodium.product(true_c, r))
    parts = (other_c, other_z, true_z) if true else (true_c, true_z, other_z)
    return commitment + b"".join(firsts) + b"".join(parts), int.from_bytes(r, "little")


def written_scalar(value: int) -> bytes:
    return (value % ORDER).to_bytes(32, "little")


def known(data: bytes) -> Point:
    found = decode(data)
    assert found is not None
    return found


def with_token(line: Line, at: int, token: bytes) -> Line:
    """The line with another token in cell `at`, counted over all tables."""
    flat = [one for tokens in line.tokens for one in tokens]
    flat[at] = token
    rest = iter(flat)
    return replace(line, tokens=tuple(tuple(next(rest) for _ in tokens) for tokens in line.tokens))


def token_at(line: Line, at: int) -> bytes:
    return [one for tokens in line.tokens for one in tokens][at]
