"""The trail of deeds: chained, never rewritten, and an alteration is found."""

from __future__ import annotations

import pytest
from sqlcipher3 import dbapi2 as driver

from constancia.domain.vocabulary.deeds import Deed, Outcome
from constancia.infra import trail

pytestmark = pytest.mark.django_db


def test_events_come_back_as_they_were_noted_the_latest_first() -> None:
    trail.note(7, Deed.CASE_READ, "person", 17)
    seq = trail.note(None, Deed.REFUSED, outcome=Outcome.REFUSED, said={"code": "account.not_allowed"})
    last, before = trail.events(limit=2)
    assert (last.seq, last.actor, last.outcome, last.said["code"]) == (
        seq,
        None,
        Outcome.REFUSED,
        "account.not_allowed",
    )
    assert (before.actor, before.deed, before.about, before.number) == (7, Deed.CASE_READ, "person", 17)
    assert list(trail.broken()) == []


def test_rows_are_neither_changed_nor_removed() -> None:
    trail.note(7, Deed.SEARCHED)
    for sql in ("UPDATE event SET actor = 8", "DELETE FROM event"):
        with trail._file().opened() as connection, pytest.raises(driver.IntegrityError, match="append-only"):
            connection.execute(sql)


def test_an_altered_row_breaks_the_chain_where_it_stands() -> None:
    seqs = [trail.note(7, Deed.SEARCHED) for _ in range(3)]
    with trail._file().opened() as connection:
        connection.execute("DROP TRIGGER event_kept")
        connection.execute("UPDATE event SET actor = 8 WHERE seq = ?", (seqs[1],))
    try:
        assert list(trail.broken()) == [seqs[1]]
    finally:
        with trail._file().opened() as connection:
            connection.execute("UPDATE event SET actor = 7 WHERE seq = ?", (seqs[1],))
            connection.execute(trail.SCHEMA[3])
