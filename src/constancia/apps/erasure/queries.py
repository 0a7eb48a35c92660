"""Requests for erasure and how far each is: for those who ask and approve."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow, scope
from constancia.apps.erasure.mentioning import Mentions, mentions_of
from constancia.apps.erasure.services.asking import erasure_of
from constancia.apps.erasure.services.within import what_of
from constancia.apps.erasure.services.words import erasable_of, with_the_same
from constancia.apps.erasure.together import one_person
from constancia.apps.ledger.models import Notice
from constancia.apps.register import erased
from constancia.apps.register.access import may_know_of, visible, within_reach
from constancia.apps.register.models import Erased, Erasure, Fact, Person, RedactedWord, Review
from constancia.apps.register.policy import zone
from constancia.apps.register.services import fact_of
from constancia.domain.errors import NotFound, StoreRefused
from constancia.domain.vocabulary.terms import ErasureGround
from constancia.infra import clock, unlocked
from constancia.infra.backup.checking import made_at
from constancia.infra.backup.store import BackupStore

RETENTION = timedelta(days=35)
"""So long is a copy of the keyring kept, where the notices of backups do not say."""


class Stage(StrEnum):
    """How far a request is."""

    ASKED = "asked"
    REFUSED = "refused"
    EXPIRED = "expired"
    BEGUN = "begun"  # approved, and not ended: it was broken off, or is under way
    ERASED = "erased"  # gone from the live register; copies of the keys still expire
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Line:
    """One request. `what`: "person", "evidence", "source", "fact" (its words) or "review" (its note), and
    which (`about`). `code`: of the case; "" of a source, whose facts may be of many. `together`: codes of
    cases that go with it, judged to be the same person, while it waits. `complete_on`: the day on which the
    last copy of the keys that this house keeps has expired; None before the end, and of words, whose key
    lives on. `records`, `keys`, `files`: how many were emptied, destroyed, removed.

    Of words: `kind` of the fact, which `fields`, and `alike`, the other facts that say the same and go along;
    `copies`: backups of the database from before that are still there as far as this house knows.
    """

    number: int
    what: str
    about: int
    code: str
    together: tuple[str, ...]
    ground: ErasureGround
    stage: Stage
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    own: bool
    answered_by: str
    answered_at: datetime | None
    erased_at: datetime | None
    ended_at: datetime | None
    complete_on: date | None
    people: int
    records: int
    keys: int
    files: int
    kind: str = ""
    fields: tuple[str, ...] = ()
    alike: tuple[int, ...] = ()
    copies: Copies | None = None


def listed(user: User) -> tuple[Line, ...]:
    """Every request, the latest first; of who does not see the whole register, their own and those about
    cases they see. Raises NotAllowed."""
    allow(user, Permission.ERASE_ASK)
    rows = Erasure.objects.select_related(
        "person", "fact__person", "review__fact__person", "evidence__fact__person", "asked_by",
        "answer__answered_by", "end",
    ).order_by("-pk")  # fmt: skip
    return tuple(_line(user, row) for row in _theirs(user, list(rows)))


def status(user: User, number: int) -> Line:
    """One request. Raises NotAllowed, NotFound (`erasure.not_found`) also for one that is not the user's to
    see."""
    allow(user, Permission.ERASE_ASK)
    rows = _theirs(user, [erasure_of(number)])
    if not rows:
        raise NotFound("erasure.not_found")
    return _line(user, rows[0])


@dataclass(frozen=True, slots=True)
class Askable:
    """What of a fact can be asked for: the words of its `fields`, and the `notes` of its reviews (number, by
    whom, and when)."""

    fact: int
    kind: str
    code: str
    fields: tuple[str, ...]
    notes: tuple[tuple[int, str, datetime], ...]


@within_reach
def askable(user: User, fact: int) -> Askable:
    """Raises NotAllowed, NotFound (`fact.not_found`)."""
    allow(user, Permission.ERASE_ASK)
    found = fact_of(user, fact)
    noted = Review.objects.filter(fact=found).exclude(note="").order_by("pk").select_related("reviewer")
    return Askable(
        found.pk,
        found.kind,
        found.person.code,
        erasable_of(found),
        tuple((one.pk, str(one.reviewer), one.known_at) for one in noted),
    )


def mentions(user: User, number: int) -> Mentions:
    """Where else the names of the people of a request stand, while it waits. Raises NotAllowed, NotFound
    (`erasure.not_found`) also where nothing waits, or not a person."""
    one = status(user, number)
    if one.what != "person" or one.stage is not Stage.ASKED:
        raise NotFound("erasure.not_found")
    return mentions_of(user, one_person(one.about), number)


def _theirs(user: User, rows: list[Erasure]) -> list[Erasure]:
    if scope(user) is None:
        return rows
    whose = {row.pk: person.pk for row in rows if (person := _person_of(row)) is not None}
    seen = set(visible(user).filter(pk__in=whose.values()).values_list("pk", flat=True))
    return [
        row
        for row in rows
        if row.asked_by_id == user.pk or (whose.get(row.pk) in seen and may_know_of(user, _kind_of(row)))
    ]


def _fact_of(row: Erasure) -> Fact | None:
    if row.evidence is not None:
        return row.evidence.fact
    return row.review.fact if row.review is not None else row.fact


def _kind_of(row: Erasure) -> str:
    fact = _fact_of(row)
    return fact.kind if fact is not None else ""


def _person_of(row: Erasure) -> Person | None:
    fact = _fact_of(row)
    return fact.person if fact is not None else row.person


def _line(user: User, row: Erasure) -> Line:
    answer, end = getattr(row, "answer", None), getattr(row, "end", None)
    people = list(Erased.objects.filter(answer=answer)) if answer is not None else []
    words = list(RedactedWord.objects.filter(answer=answer)) if answer is not None else []
    redacted = getattr(answer, "redacted", None) or (words[0] if words else None)
    person, what = _person_of(row), what_of(row)
    of_words = what in ("fact", "review")
    complete_on = copies_until(end.at) if end is not None and not of_words else None
    copies = copies_before(end.at) if end is not None and of_words else None
    return Line(
        number=row.pk,
        what=what,
        about=int(getattr(row, f"{what}_id")),
        code=person.code if person is not None else "",
        together=_together(row) if answer is None else (),
        ground=ErasureGround(row.ground),
        stage=_stage(row, complete_on, copies),
        asked_by=str(row.asked_by),
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        own=row.asked_by_id == user.pk,
        answered_by=str(answer.answered_by) if answer is not None else "",
        answered_at=answer.answered_at if answer is not None else None,
        erased_at=people[0].at if people else redacted.at if redacted else None,
        ended_at=end.at if end is not None else None,
        complete_on=complete_on,
        people=len(people),
        records=sum(one.records for one in people) + len(words),
        keys=end.keys if end is not None else 0,
        files=end.files if end is not None else 0,
        kind=_kind_of(row) if of_words else "",
        fields=tuple(row.fields.split(",")) if row.fields else (),
        alike=_alike(row, words, waiting=answer is None),
        copies=copies,
    )


def _alike(row: Erasure, words: list[RedactedWord], *, waiting: bool) -> tuple[int, ...]:
    if row.fact_id is None:
        return ()
    gone = row.fact.person_id in erased.everybody() if row.fact is not None else True
    going = with_the_same(row) if waiting and not gone else {word.fact_id or 0 for word in words}
    return tuple(sorted(set(going) - {row.fact_id}))


def _together(row: Erasure) -> tuple[str, ...]:
    if row.person_id is None:
        return ()
    others = one_person(row.person_id) - {row.person_id}
    return tuple(Person.objects.filter(pk__in=others).order_by("pk").values_list("code", flat=True))


def _stage(row: Erasure, complete_on: date | None, copies: Copies | None) -> Stage:
    answer, now = getattr(row, "answer", None), clock.now()
    if answer is None:
        return Stage.ASKED if now < row.expires_at else Stage.EXPIRED
    if not answer.approved:
        return Stage.REFUSED
    if copies is not None:
        return Stage.ERASED if copies.left else Stage.COMPLETE
    if complete_on is None:
        return Stage.BEGUN
    return Stage.COMPLETE if now.astimezone(zone()).date() > complete_on else Stage.ERASED


def copies_until(ended: datetime) -> date:
    """The last day on which a copy of the keyring that holds the destroyed keys may still be kept.

    Copies made since do not hold them. Backups that were made before say in the log until when theirs is
    kept; where none says it, the house keeps them for `RETENTION`.
    """
    until = []
    for text in Notice.objects.filter(kind="backup", recorded_at__lte=ended).values_list("text", flat=True):
        said = json.loads(text).get("keyring_until")
        if isinstance(said, str):
            until.append(date.fromisoformat(said[:10]))
    return max(until, default=(ended + RETENTION).astimezone(zone()).date())


@dataclass(frozen=True, slots=True)
class Copies:
    """Backups of the database made before the words went: how many this house made, how many are `left` (in
    its folder where it has one and it can be read, else all that were made), and the day of the `last`."""

    made: int
    left: int
    last: date | None
    seen: bool


def copies_before(ended: datetime) -> Copies:
    """Words without a key of their own stay readable in these until they are deleted."""
    names = []
    for text in Notice.objects.filter(kind="backup", recorded_at__lte=ended).values_list("text", flat=True):
        said = json.loads(text)
        if said.get("event") == "made" and isinstance(said.get("name"), str):
            names.append(said["name"])
    folder = unlocked.home().settings.backup_folder
    left, seen = set(names), False
    if folder:
        with suppress(StoreRefused):
            left, seen = left & set(BackupStore(Path(folder).expanduser()).names()), True
    last = max(left, default="")
    return Copies(len(names), len(left), made_at(last).astimezone(zone()).date() if last else None, seen)
