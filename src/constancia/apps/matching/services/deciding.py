"""Who an entry is, as a person decides. A decision records nothing about anybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from constancia.apps.accounts.models import User
from constancia.apps.matching.access import allow_work, entry_of
from constancia.apps.matching.models import Entry, EntryDecision
from constancia.apps.matching.recording import recording
from constancia.apps.matching.standing import standing_of
from constancia.apps.register.access import person_of
from constancia.apps.register.models import Person
from constancia.domain.codes import normalise
from constancia.domain.errors import InputRefused
from constancia.domain.matching.judging import Judgement
from constancia.domain.names import written
from constancia.domain.vocabulary.terms import EntryVerdict

REASON = 1000
NAMES_SOMEBODY = (EntryVerdict.SAME, EntryVerdict.DIFFERENT)


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision to make: on which entry (primary key), and on whom (a case's code)."""

    entry: int
    verdict: EntryVerdict
    code: str = ""
    reason: str = ""


def decide(
    actor: User,
    entry: int,
    verdict: EntryVerdict,
    *,
    code: str = "",
    reason: str = "",
    seen: int | None = None,
) -> None:
    """What the actor says of an entry; see `domain.matching.judging` for how decisions add up.

    `code`: of which person, for "same" and "different". `seen`: the last decision that the actor saw.
    Raises NotAllowed, NotFound (`list.no_such_entry`, `case.not_found`), InputRefused `list.needs_person`,
    `list.changed`, `list.recorded` (what was recorded from it must be undone first), `list.undecided`.
    """
    given = Decided(entry, verdict, code, reason)
    with recording() as known_at:
        row = entry_of(actor, entry)
        standing = standing_of([entry])
        judgement = standing.judgement(entry)
        if seen is not None and seen != judgement.last:
            raise InputRefused("list.changed")
        if standing.taken.get(entry):
            raise InputRefused("list.recorded")
        if verdict is EntryVerdict.RETRACT and not judgement.decisive and not judgement.apart:
            raise InputRefused("list.undecided")
        _add(actor, row, given, _person(actor, given), known_at)


def _person(actor: User, given: Decided) -> Person | None:
    if given.verdict not in NAMES_SOMEBODY:
        return None
    if not given.code.strip():
        raise InputRefused("list.needs_person")
    return person_of(actor, normalise(given.code))


def _add(actor: User, row: Entry, given: Decided, person: Person | None, known_at: datetime) -> None:
    EntryDecision(
        entry=row,
        verdict=given.verdict.value,
        person=person,
        reason=written(given.reason, limit=REASON),
        known_at=known_at,
        decided_by=actor,
    ).save()


def decide_proposed(
    actor: User,
    pairs: Iterable[tuple[Entry, Person]],
    judgements: Mapping[int, Judgement],
    known_at: datetime,
) -> None:
    """The verdict "same" for each pair, within a recording that goes on: what was proposed and left ticked.

    Raises InputRefused `list.changed` where an entry is not open any more, or was said not to be that person.
    """
    allow_work(actor)
    for row, person in pairs:
        judgement = judgements.get(row.pk, Judgement())
        if not judgement.undecided or person.pk in judgement.apart:
            raise InputRefused("list.changed")
        _add(actor, row, Decided(row.pk, EntryVerdict.SAME), person, known_at)
