"""A family's receipt: which line of a cut is theirs, and the secret that opens that line and nothing else.

It carries no name, label or organisation: a sheet of paper with 64 letters and figures. Who has it learns how
the case is counted in that one cut; who has one of another cut learns nothing of this one.

Written in four rows of four groups of four symbols (Crockford's base 32: no I, L, O, U), to be read over a
telephone; the last symbol of each row checks it, so a slip is found in its row:

    0400-0033-34W5-2E14  …

1 byte version, 4 bytes index, 32 bytes key, then 4 bits of zero: 60 symbols, 15 to a row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from constancia.domain.ledger.cut import Cut
from constancia.domain.ledger.edwards import BASE, ORDER, Point, add, decode, equal, multiply
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.tally import H, Place, blinding_source
from constancia.domain.ledger.totals import Totals

VERSION = 1
LENGTH = 37
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ROWS, PER_ROW = 4, 16

_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015\u2212]+")
_SPARE = 4


def _powers() -> list[int]:
    """a^0 … a^30 in GF(32) modulo x^5 + x^2 + 1, which is primitive."""
    found = [1]
    for _ in range(30):
        value = found[-1] << 1
        found.append(value ^ 0b100101 if value & 32 else value)
    return found


_EXP = _powers()
_LOG = {value: exponent for exponent, value in enumerate(_EXP)}


@dataclass(frozen=True, slots=True)
class Receipt:
    """`index`: of the line, from 0; `key`: of the case in that cut (`tally.cut_key`), 32 bytes."""

    index: int
    key: bytes

    def data(self) -> bytes:
        """The 37 bytes, for a QR code, which has its own check."""
        return bytes([VERSION]) + self.index.to_bytes(4, "big") + self.key

    def __str__(self) -> str:
        """Four rows, a line feed between them."""
        whole = int.from_bytes(self.data(), "big") << _SPARE
        values = [whole >> 5 * at & 31 for at in reversed(range(ROWS * (PER_ROW - 1)))]
        return "\n".join(
            _grouped(_checked(values[at : at + PER_ROW - 1], row))
            for row, at in enumerate(range(0, len(values), PER_ROW - 1))
        )

    @staticmethod
    def from_data(data: bytes) -> Receipt:
        """Raises ProofRefused `proof.receipt`."""
        if len(data) != LENGTH or data[0] != VERSION:
            raise ProofRefused("proof.receipt")
        return Receipt(int.from_bytes(data[1:5], "big"), data[5:])

    @staticmethod
    def read(text: str) -> Receipt:
        """What somebody wrote down: blanks, dots, dashes and case do not matter; O counts as 0, I and L as 1.

        Raises ProofRefused `proof.receipt` (not 64 symbols, or no receipt), `proof.receipt_row` with the row
        (1 to 4) in which there is a slip.
        """
        if len(text) > 400:
            raise ProofRefused("proof.receipt")
        symbols = _BETWEEN.sub("", text).upper()
        if len(symbols) != ROWS * PER_ROW or any(one not in _VALUE for one in symbols):
            raise ProofRefused("proof.receipt")
        values: list[int] = []
        for row in range(ROWS):
            part = [_VALUE[one] for one in symbols[row * PER_ROW : (row + 1) * PER_ROW]]
            if _checked(part[:-1], row) != part:
                raise ProofRefused("proof.receipt_row", row=row + 1)
            values += part[:-1]
        whole = 0
        for value in values:
            whole = whole << 5 | value
        if whole & (1 << _SPARE) - 1:
            raise ProofRefused("proof.receipt")
        return Receipt.from_data((whole >> _SPARE).to_bytes(LENGTH, "big"))


def check_receipt(receipt: Receipt, totals: Totals, cut: Cut) -> dict[str, str]:
    """Table → cell in which the case of this receipt is counted, once; empty where it stands on the roster
    and is not counted. To be asked after `check_totals`, which shows that the line counts no more than that.

    Raises ProofRefused `proof.receipt_index` (no such line), `proof.receipt_key` (the secret opens another
    line, or none).
    """
    if receipt.index >= len(cut.lines):
        raise ProofRefused("proof.receipt_index", lines=len(cut.lines))
    proves, found = totals.statement(), dict[str, str]()
    for one, tokens in zip(totals.layout.tables, cut.lines[receipt.index].tokens, strict=True):
        for cell, token in zip(one.cells, tokens, strict=True):
            place = Place(proves, one.table, cell, receipt.index)
            if _opens(receipt.key, place, token):
                if one.table in found:
                    raise ProofRefused("proof.receipt_key")
                found[one.table] = cell
    if found and len(found) != len(totals.layout.tables):
        raise ProofRefused("proof.receipt_key")
    return found


def _opens(key: bytes, place: Place, token: bytes) -> bool:
    """Whether the commitment is to 1. Variable time: the key is the reader's own."""
    point = decode(token[:32])
    if point is not None:
        for value in (0, 1):
            factor = int.from_bytes(blinding_source(key, place, value), "little") % ORDER
            if equal(point, _committed(value, factor)):
                return bool(value)
    raise ProofRefused("proof.receipt_key")


def _committed(value: int, factor: int) -> Point:
    hidden = multiply(factor, H)
    return add(BASE, hidden) if value else hidden


def _checked(values: list[int], row: int) -> list[int]:
    """The 15 values of a row and the one that brings the sum of v_i * a^i to its number, which is another in
    each row. All weights differ and none is 0, so a wrong symbol, two exchanged and two rows exchanged are
    always found."""
    rest = row
    for at, value in enumerate(values):
        rest ^= _EXP[(_LOG[value] + at) % 31] if value else 0
    last = _EXP[(_LOG[rest] - len(values)) % 31] if rest else 0
    return [*values, last]


def _grouped(values: list[int]) -> str:
    text = "".join(ALPHABET[value] for value in values)
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))
