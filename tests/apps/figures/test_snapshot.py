"""The snapshot follows the register, whoever else is reading it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from constancia.apps.figures import snapshot as module
from constancia.apps.figures.snapshot import Snapshot, Terms
from tests.apps.figures.memory import MemoryReader
from tests.domain.figures.registers import register

ROWS = register(Random(3))
ONE = ROWS[0].detention


class Counted(MemoryReader):
    """Counts what is read, and may be interrupted where it says how far the register is."""

    def __init__(self, rows):
        super().__init__(rows)
        self.whole, self.pieces, self.meanwhile = 0, 0, None

    def latest_change(self):
        latest = super().latest_change()
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        return latest

    def all_rows(self):
        self.whole += 1
        return super().all_rows()

    def rows_of(self, detentions):
        self.pieces += 1
        return super().rows_of(detentions)


def kept(snapshot):
    found = {detention for (detention,) in snapshot.table.rows("SELECT DISTINCT detention FROM state")}
    snapshot.close()
    return found


def test_a_change_is_taken_over_without_reading_the_rest():
    reader = Counted(ROWS)
    snapshot = Snapshot(reader).refresh()
    reader.rewrite(ONE, [])
    snapshot.refresh().refresh()
    assert (reader.whole, reader.pieces) == (1, 1)
    assert kept(snapshot) == {row.detention for row in ROWS} - {ONE}


def test_what_another_thread_has_taken_over_meanwhile_is_not_read_again():
    reader = Counted(ROWS)
    snapshot = Snapshot(reader).refresh()
    reader.rewrite(ONE, [])

    def another_thread():
        reader.rewrite(ONE, ROWS[:1])
        snapshot.refresh()

    reader.meanwhile = another_thread
    snapshot.refresh()
    assert (reader.whole, reader.pieces) == (1, 1)
    assert ONE in kept(snapshot)


def test_a_register_put_back_to_an_earlier_state_is_read_anew():
    reader = Counted(ROWS)
    snapshot = Snapshot(reader).refresh()
    reader.rewrite(ONE, [])
    snapshot.refresh()
    reader.rows, reader.changes = list(ROWS), reader.changes[:-1]
    assert ONE in kept(snapshot.refresh())
    assert reader.whole == 2


def test_where_most_of_the_register_was_rewritten_its_rows_are_read_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "RELOAD_AT", 1)
    reader = Counted(ROWS)
    snapshot = Snapshot(reader).refresh()
    for detention in {row.detention for row in ROWS}:
        reader.rewrite(detention, [replace(row, place="otro") for row in ROWS if row.detention == detention])
    snapshot.refresh()
    assert (reader.whole, reader.pieces) == (2, 0)
    assert snapshot.terms.id("otro") > 0
    snapshot.close()


def test_terms_may_come_in_while_others_are_looked_through():
    reader = MemoryReader(ROWS)
    list(reader.all_rows())
    terms = Terms()
    terms.read(reader)

    def condition(text):
        if "nuevo" not in reader._terms:
            reader._terms["nuevo"] = len(reader._terms)
            terms.read(reader)
        return text == "nuevo"

    assert terms.matching("new", condition) == (-1,)
    assert terms.matching("new", condition) == (terms.id("nuevo"),)
