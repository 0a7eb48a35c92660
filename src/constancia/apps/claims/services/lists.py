"""Taking in the list that came with an announcement, and saying who its names are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.claims.models import ListDecision, ListedName
from constancia.apps.claims.recording import recording
from constancia.apps.claims.sealing import open_names, seal_names
from constancia.apps.claims.services.announcements import NOTE, open_announcement
from constancia.apps.claims.versions import listed_of, number_of
from constancia.apps.register.access import person_of
from constancia.domain.claims.listed import MOST, names_in
from constancia.domain.errors import InputRefused
from constancia.domain.names import fold, written
from constancia.domain.vocabulary.terms import ListVerdict


@dataclass(frozen=True, slots=True)
class NamesAdded:
    """What pasting a list did: names added, and names that the list had already."""

    added: int
    there: int


def add_names(actor: User, announcement: int, text: str, *, at: datetime | None = None) -> NamesAdded:
    """Keeps the names of a pasted list, one per line, each sealed; those that are there already (and were
    not struck) once more only where the paste has more of them: namesakes stand on one list.

    Raises NotAllowed, NotFound (`announcement.not_found`); InputRefused `announcement.withdrawn`, what
    `domain.claims.listed.names_in` raises, and `announcement.list_long` for the list as a whole.
    """
    allow(actor, Permission.CLAIMS_WORK)
    allow(actor, Permission.IDENTITY_READ)
    names = names_in(text)
    with recording(at) as known_at:
        number = number_of(open_announcement(announcement))
        old = list(ListedName.objects.filter(announcement=number))
        struck = _struck(number)
        there = Counter(fold(name) for row, name in open_names(old).items() if row not in struck)
        new = []
        for name in names:
            there[fold(name)] -= 1
            if there[fold(name)] < 0:
                new.append(name)
        if len(old) + len(new) > MOST:
            raise InputRefused("announcement.list_long", limit=MOST)
        first = 1 + max((row.number for row in old), default=0)
        ListedName.objects.bulk_create(
            ListedName(
                announcement_id=number,
                number=row,
                name=sealed,
                subject=subject,
                known_at=known_at,
                recorded_by=actor,
            )
            for row, (subject, sealed) in enumerate(seal_names(number, first, new), start=first)
        )
    return NamesAdded(len(new), len(names) - len(new))


def _struck(announcement: int) -> set[int]:
    """The names whose last decision says that they were never on the list."""
    decisions = ListDecision.objects.filter(listed__announcement=announcement).order_by("pk")
    last = {one.listed_id: one.verdict for one in decisions}
    return {listed for listed, verdict in last.items() if verdict == ListVerdict.STRUCK}


def decide_name(
    actor: User,
    listed: int,
    verdict: ListVerdict,
    *,
    code: str = "",
    note: str = "",
    at: datetime | None = None,
) -> None:
    """Who a listed name is: the person called `code`, nobody of the register, or a slip that was never on
    the list; the last decision holds.

    A code is needed for a match, may be given for somebody held for other reasons, and is of no account
    otherwise. Raises NotAllowed; NotFound (`announcement.no_such_name`, `case.not_found`); InputRefused
    `announcement.withdrawn`, `announcement.match_code`, `announcement.undecided` (nothing to take back).
    """
    allow(actor, Permission.CLAIMS_WORK)
    allow(actor, Permission.IDENTITY_READ)
    with recording(at) as known_at:
        found = listed_of(listed)
        open_announcement(found.announcement_id)
        person = None
        if verdict is ListVerdict.MATCHED and not code:
            raise InputRefused("announcement.match_code")
        if code and verdict in (ListVerdict.MATCHED, ListVerdict.OTHER_REASONS):
            person = person_of(actor, code)
        if verdict is ListVerdict.RETRACT:
            last = found.decisions.order_by("pk").last()
            if last is None or last.verdict == ListVerdict.RETRACT:
                raise InputRefused("announcement.undecided")
        ListDecision(
            listed=found,
            verdict=verdict.value,
            person=person,
            note=written(note, limit=NOTE),
            known_at=known_at,
            decided_by=actor,
        ).save()
