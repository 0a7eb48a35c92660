"""The lines of a cut, `prueba/casos.txt`: one for every case of the roster, in its order, counted or not.

    <index> <week> <slot root> <token> … [<scalar>] …

separated by single spaces, each line ended by a line feed. Index, week and slot root are those of the case's
entry in the roster, which is public. For each cell of the layout comes a token (`tally.TOKEN` bytes, base64);
after the tokens of every table but the total, a scalar s (32 bytes, base64) that shows that the cells of this
case add up to its total: the sum of their commitments, less that of the total, is s*H.

The slot root of a case is the same in every cut, and so is its index: the roster is public and only grows, so
a line tells which case it is of, never who that is. Nothing else in a line comes back in another cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from constancia.domain.ledger.encoding import HASH, b64, number, unb64, unhash
from constancia.domain.ledger.entry import WEEK, Entry
from constancia.domain.ledger.layout import Layout
from constancia.domain.ledger.merkle import Frontier, leaf_hash
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.tally import TOKEN

LARGEST_CUT = 512 * 2**20
"""Bytes of a cut that are read at all."""


@dataclass(frozen=True, slots=True)
class Line:
    """`tokens`: per table of the layout, one per cell; `scalars`: per table after the total, 32 bytes."""

    index: int
    week: str
    slot_root: bytes
    tokens: tuple[tuple[bytes, ...], ...]
    scalars: tuple[bytes, ...]

    def text(self) -> str:
        """The line without its line feed."""
        found = [str(self.index), self.week, b64(self.slot_root)]
        for at, table in enumerate(self.tokens):
            found += [b64(token) for token in table]
            if at:
                found.append(b64(self.scalars[at - 1]))
        return " ".join(found)

    @property
    def leaf(self) -> bytes:
        """The leaf of the case in the roster."""
        return Entry("case", self.week, self.slot_root).leaf()


@dataclass(frozen=True, slots=True)
class Cut:
    """All lines, and the root of RFC 6962 over their bytes."""

    lines: tuple[Line, ...]
    root: bytes


def written(lines: Sequence[Line]) -> bytes:
    return "".join(f"{line.text()}\n" for line in lines).encode()


def read_cut(data: bytes, layout: Layout) -> Cut:
    """The cut as it is written, its lines numbered from 0 without a gap.

    Raises ProofRefused `proof.cut_text` (too large, not ASCII, no line feed at its end), `proof.cut_line`
    with the number of the line, from 1, that is not in the one form.
    """
    if len(data) > LARGEST_CUT or (data and not data.endswith(b"\n")):
        raise ProofRefused("proof.cut_text")
    try:
        texts = data.decode("ascii").split("\n")[:-1]
    except UnicodeDecodeError:
        raise ProofRefused("proof.cut_text") from None
    tree, lines = Frontier(), []
    for index, text in enumerate(texts):
        try:
            lines.append(_line(text, index, layout))
        except ProofRefused:
            raise ProofRefused("proof.cut_line", line=index + 1) from None
        tree.append(leaf_hash(text.encode("ascii")))
    return Cut(tuple(lines), tree.root())


def _line(text: str, index: int, layout: Layout) -> Line:
    found = text.split(" ")
    columns = 3 + sum(len(one.cells) for one in layout.tables) + len(layout.tables) - 1
    if len(found) != columns or number(found[0]) != index or not WEEK.fullmatch(found[1]):
        raise ProofRefused("proof.cut_line", line=index + 1)
    rest = iter(found[3:])
    tokens, scalars = [], []
    for at, one in enumerate(layout.tables):
        tokens.append(tuple(unb64(next(rest), TOKEN) for _ in one.cells))
        if at:
            scalars.append(unb64(next(rest), HASH))
    return Line(index, found[1], unhash(found[2]), tuple(tokens), tuple(scalars))
