"""The proof of totals of an invented edition: its roster, and who of it counts where."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from typing import Any

from constancia.domain.ledger.entry import Entry
from constancia.domain.ledger.layout import TOTAL, Cells, Layout
from constancia.domain.ledger.receipt import Receipt
from constancia.domain.ledger.tally import cut_key
from constancia.domain.ledger.totals import Head
from constancia.domain.ledger.totals_proving import Case, prove
from tests.support.bundle_logs import CASES, Log

SIZE = {1: 20, 2: 24}
"""Edition → cases on the roster."""

WEEK = "2026-W09"
LAYOUT = Layout(
    (
        TOTAL,
        Cells("by_sex", ("woman", "man", "not_known")),
        Cells("profile", ("military+police", "civilian", "not_known")),
    )
)


def key(index: int) -> bytes:
    return sha256(f"tests only: case key {index}".encode()).digest()


def slot_root(index: int) -> bytes:
    return sha256(f"case {index}".encode()).digest()


def roster(size: int) -> Log:
    return Log(CASES, [Entry("case", WEEK, slot_root(index)).leaf() for index in range(size)])


def places(found: Any) -> list[tuple[str, str]]:
    """Sex and profile of everybody who counts; the others of the roster have none."""
    by_sex = {cell["key"][0]: cell["value"] for cell in found["tables"][0]["cells"]}
    women, men, unknown = by_sex["woman"], by_sex["man"], by_sex["not_known"]
    uniformed = [("woman", "military+police")] + [("man", "military+police")] * 4
    return (
        uniformed
        + [("woman", "civilian")] * (women - 1)
        + [("man", "civilian")] * (men - 4)
        + [("not_known", "not_known")] * unknown
    )


def cases(number: int, counted: Sequence[tuple[str, str]]) -> list[Case]:
    some = []
    for index in range(SIZE[number]):
        cells = frozenset[tuple[str, str]]()
        if index < len(counted):
            sex, profile = counted[index]
            cells = frozenset({("", ""), ("by_sex", sex), ("profile", profile)})
        some.append(Case(WEEK, slot_root(index), key(index), cells))
    return some


def totals_files(found: Any, data: bytes, witnesses: tuple[str, ...]) -> dict[str, bytes]:
    """The three files that prove the totals of the edition with the content `found`, `data` as bytes."""
    made = _proven(found["number"], data, found["as_of"], found["known_at"], tuple(places(found)))
    log = roster(SIZE[found["number"]])
    return {
        "prueba/totales.json": made[0],
        "prueba/casos.txt": made[1],
        "prueba/casos.sello": log.note(len(log.leaves), witnesses),
    }


@cache
def _proven(number: int, data: bytes, as_of: str, known_at: str, counted: Any) -> tuple[bytes, bytes]:
    head = Head(number, sha256(data).digest(), "held", as_of, known_at)
    log = roster(SIZE[number])
    made = prove(head, LAYOUT, log.checkpoint(len(log.leaves)), cases(number, counted))
    return made.totals, made.cut


def receipt(index: int, data: bytes) -> str:
    """What the family of a case is given for the edition with the content `data`."""
    return str(Receipt(index, cut_key(key(index), sha256(data).digest())))
