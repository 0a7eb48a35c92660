"""The list that came with an announcement: who its names are, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow, may
from constancia.apps.claims.models import ListDecision, ListedName
from constancia.apps.claims.progressing import Moment
from constancia.apps.claims.sealing import open_names
from constancia.apps.claims.versions import listed_of
from constancia.apps.figures import events
from constancia.apps.figures.seeing import codes_seen_by
from constancia.apps.register import noting
from constancia.apps.register.identity import counted_as
from constancia.domain.vocabulary.terms import ListVerdict

RULE = "all_detained"
"""Whether a listed person is out or still held does not hang on who is recognised."""


class Outcome(StrEnum):
    """Where a name stands: nobody has said who it is, or what the register knows of who it is."""

    UNDECIDED = "undecided"
    NOT_IN_REGISTER = "not_in_register"
    REPEATED = "repeated"  # the same person as an earlier name of the list
    OTHER_REASONS = "other_reasons"
    STRUCK = "struck"  # entered in error: of no account
    RELEASED = "released"  # out since the window began, verified
    REPORTED = "reported"  # out by what somebody says, not verified yet
    HELD = "held"  # authorised but not carried out
    ELSEWHERE = "elsewhere"  # out before the window began, or nobody knows


MATCHED = (Outcome.RELEASED, Outcome.REPORTED, Outcome.HELD, Outcome.ELSEWHERE)


@dataclass(frozen=True, slots=True)
class ListCounts:
    """How many names stand where. `total` leaves out the struck; `matched` adds up those who are people of
    the register."""

    total: int
    by: Mapping[Outcome, int]

    @property
    def matched(self) -> int:
        return sum(self.by.get(outcome, 0) for outcome in MATCHED)


@dataclass(frozen=True, slots=True)
class ListedLine:
    """One name of a list. `name`: "" for who may not read identities, for a person whose case is not the
    user's, and, while it is nobody of the register, for all but who works with lists. `code`: "" likewise."""

    number: int
    row: int
    name: str
    outcome: Outcome
    code: str
    decided_by: str
    decided_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What was decided on each name as known at T, and where that leaves it; by primary key."""

    names: Sequence[ListedName]
    decided: Mapping[int, ListDecision]
    outcomes: Mapping[int, Outcome]

    @property
    def counts(self) -> ListCounts:
        return ListCounts(
            sum(outcome is not Outcome.STRUCK for outcome in self.outcomes.values()),
            Counter(self.outcomes.values()),
        )


def standing_of(user: User, announcement: int, window_start: date, moment: Moment) -> Standing:
    """The list of an announcement as known at T."""
    names = list(
        ListedName.objects.filter(announcement=announcement, known_at__lte=moment.known_at).order_by("number")
    )
    decisions = (
        ListDecision.objects.filter(listed__announcement=announcement, known_at__lte=moment.known_at)
        .select_related("decided_by")
        .order_by("pk")
    )
    last = {one.listed_id: one for one in decisions}
    decided = {number: one for number, one in last.items() if one.verdict != ListVerdict.RETRACT}
    matched = {
        number: one.person_id
        for number, one in decided.items()
        if one.verdict == ListVerdict.MATCHED and one.person_id is not None
    }
    became = _became(user, matched.values(), window_start, moment) if matched else {}
    firsts: dict[int, int] = {}
    for one in names:
        if one.pk in matched:
            firsts.setdefault(became[matched[one.pk]][0], one.pk)
    return Standing(
        names,
        decided,
        {
            one.pk: Outcome.REPEATED
            if one.pk in matched and firsts[became[matched[one.pk]][0]] != one.pk
            else became[matched[one.pk]][1]
            if one.pk in matched
            else Outcome(decided[one.pk].verdict)
            if one.pk in decided
            else Outcome.UNDECIDED
            for one in names
        },
    )


def _became(
    user: User, persons: Iterable[int], window_start: date, moment: Moment
) -> dict[int, tuple[int, Outcome]]:
    """Whom each of the persons was counted as at T, and what the register knows of that one."""
    named = set(persons)
    mapping, _ = counted_as(named)
    found = {
        one.person: one.verified
        for one in sorted(
            events.releases(user, window_start, max(window_start, moment.day), rule=RULE),
            key=lambda release: release.verified,
        )
        if one.known_from <= moment.us < one.known_to
    }
    held = events.held_persons(user, moment.day, moment.known_at, RULE)
    heads = {person: _head(person, mapping.get(person, {}), moment.us) for person in named}
    return {person: (head, _outcome(head, found, held)) for person, head in heads.items()}


def _head(person: int, heads: Mapping[int, int], known_at: int) -> int:
    """Whom the person was counted as at T."""
    for instant, head in heads.items():
        if instant <= known_at:
            person = head
    return person


def _outcome(person: int, released: Mapping[int, bool], held: set[int]) -> Outcome:
    if released.get(person):
        return Outcome.RELEASED
    if person in released:
        return Outcome.REPORTED
    return Outcome.HELD if person in held else Outcome.ELSEWHERE


def lines_of(user: User, found: Standing) -> list[ListedLine]:
    """The names one by one, in the order of the list. Names only for who may read identities."""
    persons = {pk: one.person_id for pk, one in found.decided.items() if one.person_id is not None}
    codes = codes_seen_by(user, list(persons.values())) if may(user, Permission.PEOPLE_BEHIND) else {}
    works = may(user, Permission.CLAIMS_WORK)
    shown = [one for one in found.names if (persons[one.pk] in codes if one.pk in persons else works)]
    names: dict[int, str] = {}
    if shown and may(user, Permission.IDENTITY_READ):
        noting.list_read(user, "announcement", shown[0].announcement_id, len(shown))
        names = open_names(shown)
    return [_line(one, names, codes, found) for one in found.names]


def _line(one: ListedName, names: Mapping[int, str], codes: Mapping[int, str], found: Standing) -> ListedLine:
    decision = found.decided.get(one.pk)
    return ListedLine(
        number=one.pk,
        row=one.number,
        name=names.get(one.pk, ""),
        outcome=found.outcomes[one.pk],
        code=codes.get(decision.person_id or 0, "") if decision else "",
        decided_by=str(decision.decided_by) if decision else "",
        decided_at=decision.known_at if decision else None,
        note=decision.note if decision else "",
    )


def listed_names(
    user: User, announcement: int, window_start: date, moment: Moment
) -> tuple[ListCounts, list[ListedLine]]:
    """How many names stand where, and the names. Raises NotAllowed."""
    allow(user, Permission.CLAIMS_READ)
    found = standing_of(user, announcement, window_start, moment)
    return found.counts, lines_of(user, found)


def announcement_of_name(user: User, listed: int) -> int:
    """The number of the announcement whose list has the name. Raises NotAllowed, NotFound."""
    allow(user, Permission.CLAIMS_READ)
    return int(listed_of(listed).announcement_id)


def by_outcome(counts: ListCounts) -> dict[str, int]:
    """How many names stand where, every outcome in its order, 0 where none does."""
    return {outcome.value: counts.by.get(outcome, 0) for outcome in Outcome}
