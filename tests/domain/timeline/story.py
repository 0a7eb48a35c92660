"""Telling an invented person's story in a test: facts, reviews and further sources, then the rows."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from constancia.domain.dates import UNKNOWN, ImpreciseDate
from constancia.domain.facts.kinds import validated
from constancia.domain.facts.record import Attestation, Fact, History, Review, Source
from constancia.domain.grading import Policy
from constancia.domain.timeline import fold
from constancia.domain.timeline.moments import micros
from constancia.domain.timeline.state import BASIS_BOTH, BASIS_DECLARED, BASIS_WITNESSED, StateVersion
from constancia.domain.vocabulary.terms import SourceKind, Verdict

CARACAS = ZoneInfo("America/Caracas")
POLICY = Policy.load()

LAWYER = Source(1, SourceKind.OWN_LAWYER)
VOLUNTEER = Source(2, SourceKind.OWN_VOLUNTEER)
RELATIVE = Source(3, SourceKind.RELATIVE)
PRESS = Source(4, SourceKind.PRESS)
OFFICIAL = Source(5, SourceKind.OFFICIAL_STATEMENT)
OFFICIAL_LIST = Source(6, SourceKind.OFFICIAL_LIST)
COURT = Source(7, SourceKind.COURT_DOCUMENT)
ARCHIVE = Source(8, SourceKind.OWN_ARCHIVE)

ANA, BETO, CARLA = 1, 2, 3
"""Three people of the organisation. Ana records."""


def when(text: str) -> ImpreciseDate:
    """A day, month or year, `a/b`, `../b`, `a/..`, or "" for unknown, built by hand."""
    if not text:
        return UNKNOWN
    if "/" in text:
        start, end = text.split("/")
        return ImpreciseDate(
            text,
            None if start == ".." else when(start).earliest,
            None if end == ".." else when(end).latest,
        )
    parts = [int(part) for part in text.split("-")]
    first = date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    if len(parts) == 3:
        return ImpreciseDate(text, first, first)
    last_month = parts[1] if len(parts) == 2 else 12
    return ImpreciseDate(
        text, first, date(parts[0], last_month, calendar.monthrange(parts[0], last_month)[1])
    )


def moment(text: str) -> datetime:
    """Noon (UTC) of a day, or a full instant."""
    return datetime.fromisoformat(text if "T" in text else f"{text}T12:00").replace(tzinfo=UTC)


def day(text: str) -> int:
    """Ordinal of a day."""
    return date.fromisoformat(text).toordinal()


class Story:
    """Collects what was recorded about one person, in order."""

    def __init__(self, person: int = 1) -> None:
        self.person = person
        self.facts: list[Fact] = []
        self.attestations: list[Attestation] = []
        self.reviews: list[Review] = []
        self.counted_as: dict[int, int] = {}
        self._seq = 0

    def tell(
        self,
        kind: str,
        on: str = "",
        *,
        known: str = "2026-01-20",
        declared: str | None = None,
        detention: int | None = 1,
        source: Source = LAWYER,
        by: int = ANA,
        instead_of: int | None = None,
        batch: int | None = None,
        **fields: Any,
    ) -> int:
        """Records a fact; its seq comes back."""
        self._seq += 1
        self.facts.append(
            Fact(
                self._seq,
                kind,
                self.person,
                detention,
                when(on),
                validated(kind, fields),
                source,
                by,
                moment(declared or known),
                moment(known),
                instead_of,
                batch,
            )
        )
        return self._seq

    def review(
        self,
        fact: int | None,
        by: int = BETO,
        known: str = "2026-01-20",
        verdict: Verdict = Verdict.CONFIRM,
        batch: int | None = None,
    ) -> None:
        """A person of the organisation says something of a fact or a batch."""
        self._seq += 1
        at = moment(known)
        self.reviews.append(Review(self._seq, by, verdict, at, at, fact=fact, batch=batch))

    def attest(
        self, fact: int, source: Source, known: str = "2026-01-20", verdict: Verdict = Verdict.CONFIRM
    ) -> None:
        """A further source says something of a fact."""
        self._seq += 1
        at = moment(known)
        self.attestations.append(Attestation(self._seq, fact, source, verdict, at, at))

    @property
    def history(self) -> History:
        return History(
            self.person,
            tuple(self.facts),
            tuple(self.attestations),
            tuple(self.reviews),
            dict(self.counted_as),
        )

    def rows(self) -> list[StateVersion]:
        return fold(self.history, POLICY, CARACAS)

    def known(
        self, known: str = "2026-12-31", grade: int = 1, detention: int = 1, basis: int = BASIS_DECLARED
    ) -> list[StateVersion]:
        """The rows of one detention in force at a known time, for a minimum exit grade."""
        at = micros(moment(known))
        assert basis in (BASIS_DECLARED, BASIS_WITNESSED)
        return [
            row
            for row in self.rows()
            if row.detention == detention
            and row.basis in (BASIS_BOTH, basis)
            and row.known_from <= at < row.known_to
            and row.grade_low <= grade <= row.grade_high
        ]

    def on(self, valid: str, known: str = "2026-12-31", grade: int = 1, detention: int = 1) -> StateVersion:
        """The one row that holds on a day by reckoning days."""
        that_day = day(valid)
        (row,) = [
            row
            for row in self.known(known, grade, detention)
            if row.start_day <= that_day < row.end_day and row.seg_from <= that_day < row.seg_to
        ]
        return row

    def custody(self, known: str = "2026-12-31", grade: int = 1, detention: int = 1) -> list[str]:
        """The custody states of the spells, in order."""
        spells = {row.spell: row.custody for row in self.known(known, grade, detention)}
        return [spells[n] for n in sorted(spells)]
