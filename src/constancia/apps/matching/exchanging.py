"""Measuring how much two organisations' lists overlap without showing names: encode, exchange, compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from constancia.apps.approvals.services import Spent
from constancia.apps.matching.outputs import marked, write_csv
from constancia.domain.errors import InputRefused
from constancia.domain.matching.linking.records import People
from constancia.domain.matching.linking.tokens import LEAST_FIELDS, encodable, tokens
from constancia.infra.encodings import comparing, container
from constancia.infra.encodings.container import Encodings
from constancia.infra.encodings.scheme import Encoder, Field, grams


@dataclass(frozen=True, slots=True)
class Made:
    """`empty`: records without anything to encode, left out. `fields`: what went in."""

    records: int
    empty: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """Sizes of two lists, how many are in both, and from which likeness on that was said."""

    first: int
    second: int
    both: int
    accept: float
    fields: tuple[str, ...]
    links: tuple[tuple[int, int, float], ...]


def encode(
    people: People,
    secret: str,
    file: Path,
    keys: Path | None = None,
    only: Sequence[str] = (),
    spent: Spent | None = None,
) -> Made:
    """Writes the encodings of a list to `file`, in a random order.

    `keys`: where to keep which of them is which row; it stays with its owner. `only`: these fields and no
    others; both sides need the same. `spent`: the approval of another person where the list is the register;
    the file of keys bears its marks, the encodings cannot. Raises InputRefused: `encoding.secret_short`,
    `encoding.few_fields`, `encoding.field_unknown`, `linking.empty`.
    """
    fields = _fields(people, only)
    if len(fields) < LEAST_FIELDS:
        raise InputRefused("encoding.few_fields", least=LEAST_FIELDS, fields=len(fields))
    encoder = Encoder(secret, [Field(key, kind) for key, kind in fields.items()])
    made = [tokens(record, fields, grams) for record in people.records]
    kept = [at for at, one in enumerate(made) if any(one.values())]
    if not kept:
        raise InputRefused("linking.empty")
    # Where a record stood in its list would say who it is to whoever has seen the list.
    order = [kept[at] for at in np.random.default_rng().permutation(len(kept))]
    encoded = encoder.encode([made[at] for at in order])
    container.write(file, Encodings(encoder.fields, encoder.check, people.duplicate_free, encoded))
    if keys is not None:
        rows = [[n, people.records[at].row, people.records[at].id] for n, at in enumerate(order, start=1)]
        write_csv(keys, marked([["encoding", "row", "id"], *rows], spent, 0))
    return Made(len(kept), len(made) - len(kept), tuple(fields))


def _fields(people: People, only: Sequence[str]) -> dict[str, str]:
    """The fields to encode. Without `only`, the parts of the name where the list has both, else the whole."""
    fields = encodable(people)
    if unknown := [name for name in only if name not in fields]:
        raise InputRefused("encoding.field_unknown", field=unknown[0][:40], known=", ".join(fields))
    if only:
        return {key: kind for key, kind in fields.items() if key in only}
    parts = {"given", "surnames"}
    left_out = {"name"} if parts <= fields.keys() or "name" not in fields else parts
    return {key: kind for key, kind in fields.items() if key not in left_out}


def compare(first: Path, second: Path, accept: float | None = None, out: Path | None = None) -> Shared:
    """How many of two files of encodings are the same people's. `out`: where to write which pairs (numbers
    of encodings and likeness). Raises InputRefused as reading and `container.together` do."""
    if accept is not None and not 0 < accept <= 1:
        raise InputRefused("linking.accept")
    one, other = container.read(first, "A"), container.read(second, "B")
    container.together(one, other)
    found = comparing.likeness(one.encoded, other.encoded, accept)
    links = comparing.linked(found)
    if out is not None:
        rows = [[a + 1, b + 1, round(dice, 4)] for a, b, dice in links]
        write_csv(out, [["encoding_1", "encoding_2", "likeness"], *rows])
    names = tuple(field.name for field in one.fields)
    return Shared(len(one.encoded), len(other.encoded), len(links), found.accept, names, tuple(links))
