"""Reading the trail. Whoever watches over it sees what was done, and no case by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.register.access import person_of, visible
from constancia.apps.register.noting import PERSON
from constancia.apps.register.policy import zone
from constancia.domain.codes import normalise
from constancia.domain.errors import NotFound
from constancia.domain.vocabulary.deeds import Deed, Outcome
from constancia.infra import trail, unlocked

PAGE = 50
USER, COMMAND = "user", "command"
"""What an event is about when it is about an account, or was done at the command line."""
OF_LISTS = (Deed.LISTED, Deed.SEARCHED, Deed.COMPARED)
_ABOUT = (
    "((about = ? AND number = ?) OR (deed IN (?, ?, ?)"
    " AND EXISTS (SELECT 1 FROM json_each(said, '$.people') WHERE value = ?)))"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; None or "" for any. `day` in the organisation's zone. `code`: of a case. `same_as`:
    the number of an event; those about the same person are wanted, whoever that is."""

    actor: int | None = None
    deed: Deed | None = None
    day: date | None = None
    code: str = ""
    same_as: int | None = None


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event. `who` is "" for the holder of the key at the command line and for nobody signed in.

    `code`: of the case it is about, where the reader may open that case; else `mark`, the same for the same
    case and of no use elsewhere. Both "" where it is about none. `whom`: the person of the house it is about,
    unless that is who did it; `by_key`: the holder of the key did it.
    """

    seq: int
    at: datetime
    who: str
    deed: Deed
    outcome: Outcome
    about: str
    code: str
    mark: str
    said: Mapping[str, Any]
    whom: str = ""
    by_key: bool = False


@dataclass(frozen=True, slots=True)
class TrailPage:
    lines: tuple[EventLine, ...]
    page: int
    more: bool


def events(user: User, wanted: Wanted | None = None, page: int = 1) -> TrailPage:
    """The latest first. Raises NotAllowed; NotFound `case.not_found` for a code of a case that is not the
    reader's, `trail.no_event`."""
    allow(user, Permission.TRAIL_READ)
    return _page(user, *_condition(user, wanted or Wanted()), page)


def own(user: User, page: int = 1) -> TrailPage:
    """What the user did, and what others did or tried with their account; the latest first."""
    allow(user, Permission.OWN_ACCOUNT)
    return _page(user, "actor = ? OR (about = ? AND number = ?)", (user.pk, USER, user.pk), page)


def actors(user: User) -> list[User]:
    """Everybody of the house, to choose from. Raises NotAllowed."""
    allow(user, Permission.TRAIL_READ)
    return list(User.objects.order_by("username"))


def _condition(user: User, wanted: Wanted) -> tuple[str, tuple[Any, ...]]:
    parts: list[str] = []
    params: list[Any] = []
    if wanted.actor is not None:
        parts.append("actor = ?")
        params.append(wanted.actor)
    if wanted.deed is not None:
        parts.append("deed = ?")
        params.append(wanted.deed.value)
    if wanted.day is not None:
        start = datetime.combine(wanted.day, time(0), zone())
        end = datetime.combine(wanted.day + timedelta(days=1), time(0), zone())
        parts.append("at >= ? AND at < ?")
        params += [trail.micros(start), trail.micros(end)]
    about = _wanted_person(user, wanted)
    if about is not None:
        parts.append(_ABOUT)
        params += [PERSON, about, *(deed.value for deed in OF_LISTS), about]
    return " AND ".join(parts) or "1", tuple(params)


def _wanted_person(user: User, wanted: Wanted) -> int | None:
    if wanted.code:
        return person_of(user, normalise(wanted.code)).pk
    if wanted.same_as is None:
        return None
    event = trail.event(wanted.same_as)
    if event is None or event.about != PERSON or event.number is None:
        raise NotFound("trail.no_event")
    return event.number


def _page(user: User, where: str, params: tuple[Any, ...], page: int) -> TrailPage:
    page = max(1, min(page, 10_000))
    found = trail.events(where, params, limit=PAGE + 1, offset=(page - 1) * PAGE)
    return TrailPage(lines_of(user, found[:PAGE]), page, len(found) > PAGE)


def lines_of(user: User, found: Sequence[trail.Event]) -> tuple[EventLine, ...]:
    """Events as `user` may see them."""
    persons = {one.number for one in found if one.about == PERSON and one.number is not None}
    codes = dict(visible(user).filter(pk__in=persons).values_list("pk", "code")) if persons else {}
    people = {one.actor for one in found} | {one.number for one in found if one.about == USER}
    known = [pk for pk in people if pk is not None]
    names = {who.pk: str(who) for who in User.objects.filter(pk__in=known)}
    return tuple(
        EventLine(
            seq=one.seq,
            at=one.at,
            who=names.get(one.actor or 0, ""),
            deed=one.deed,
            outcome=one.outcome,
            about=one.about,
            code=codes.get(one.number or 0, "") if one.about == PERSON else "",
            mark=mark_of(one.number) if one.about == PERSON and one.number is not None else "",
            said=one.said,
            whom=names.get(one.number or 0, "") if one.about == USER and one.number != one.actor else "",
            # Whoever is only trying to get in is nobody yet; all else on an account takes the key.
            by_key=one.actor is None
            and (one.about == COMMAND or (one.about == USER and one.deed is not Deed.SIGN_IN)),
        )
        for one in found
    )


def mark_of(person: int) -> str:
    """What a person is called to who may not know the code: six hex digits, keyed."""
    return unlocked.codec().blind("trail", str(person))[:6]
