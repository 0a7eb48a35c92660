"""Opening what is closed on a case: documents and births; sources, relatives, contacts, safety notes.

The trail is what opens: an event with a reason, by this user, about this person, not older than
`SHOWN_FOR`. Whoever shows what it opened names the event (a session keeps its number), so that an opening
serves the session that made it. One user opens a limited number of people in an hour.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow, may
from constancia.apps.regions.services import asking
from constancia.apps.register.access import person_of
from constancia.apps.register.histories import open_fields
from constancia.apps.register.models import Fact, Person
from constancia.apps.register.noting import PERSON, people
from constancia.apps.register.policy import zone
from constancia.domain.errors import InputRefused
from constancia.domain.names import clean_written, fold
from constancia.domain.vocabulary.deeds import Deed, OpeningReason, Outcome
from constancia.domain.vocabulary.terms import Tier
from constancia.infra import clock, trail, unlocked

SHOWN_FOR = timedelta(minutes=15)
HOUR = timedelta(hours=1)
LONGEST, SHORTEST = 300, 10
"""Characters of a reason in one's own words; the least where it stands alone."""
MOST_AT_ONCE = 100
"""Openings that are looked at for one page, the latest."""
DEED = {Tier.IDENTITY: Deed.IDENTITY_OPENED, Tier.SEALED: Deed.SOURCE_OPENED}
NEEDED = {Tier.IDENTITY: Permission.IDENTITY_READ, Tier.SEALED: Permission.SOURCE_SEALED}
OPENINGS = tuple(deed.value for deed in DEED.values())


@dataclass(frozen=True, slots=True)
class Revealed:
    """What is open now of one person, until when (UTC)."""

    tiers: frozenset[Tier] = frozenset()
    until: datetime | None = None


CLOSED = Revealed()


def reveal(user: User, code: str, tier: Tier, reason: OpeningReason, words: str = "") -> int:
    """Note that `user` opens a tier of the case called `code`, and why; the event's number.

    Raises NotAllowed; NotFound `case.not_found`; InputRefused `revealing.words` where the reason asks for
    words, `revealing.personal` where they repeat a name or a number, `revealing.limit` beyond the hour's
    limit: that is noted as refused.
    """
    allow(user, NEEDED[tier])
    person = person_of(user, code)
    words = clean_written(words)[:LONGEST]
    if reason is OpeningReason.OTHER and len(words) < SHORTEST:
        raise InputRefused("revealing.words", least=SHORTEST)
    if words and _is_personal(person, words):
        raise InputRefused("revealing.personal")
    most = unlocked.home().settings.openings_per_hour
    frees: list[datetime] = []

    def decide(connection: Any) -> tuple[Outcome, dict[str, Any]]:
        said = {"reason": reason.value, **({"words": words} if words else {})}
        opened = _in_the_hour(connection, user, OPENINGS)
        if person.pk not in opened and len(opened) >= most:
            frees.append(min(opened.values(), default=clock.now()) + HOUR)
            return Outcome.REFUSED, said
        return Outcome.DONE, said

    number, outcome = trail.note_if(user.pk, DEED[tier], PERSON, person.pk, decide)
    if outcome is Outcome.REFUSED:
        raise InputRefused("revealing.limit", most=most, until=_clock_words(frees[0]))
    return number


def ask_region(user: User, code: str, reason: OpeningReason) -> int:
    """Ask whoever holds the key of the case's region to show what it holds; the number of the request.

    Raises NotAllowed, NotFound `case.not_found`, InputRefused (`region.no_key`, `region.yours`,
    `region.asked`).
    """
    allow(user, Permission.SOURCE_SEALED)
    person = person_of(user, code)
    return asking.ask(user, person.code, person.region, reason)


def revealed(user: User, person: int, by: Iterable[int]) -> Revealed:
    """What the events numbered `by` open of `person` for `user` now."""
    numbers = sorted(set(by))[-MOST_AT_ONCE:]
    if not numbers:
        return CLOSED
    marks = ",".join("?" * len(numbers))
    since = trail.micros(clock.now() - SHOWN_FOR)
    found = trail.events(
        f"seq IN ({marks}) AND actor = ? AND about = ? AND number = ? AND outcome = ? AND at > ?",
        (*numbers, user.pk, PERSON, person, Outcome.DONE.value, since),
    )
    tiers = {tier for tier, deed in DEED.items() if any(one.deed is deed for one in found)}
    open_now = frozenset(tier for tier in tiers if may(user, NEEDED[tier]))
    return Revealed(open_now, min((one.at for one in found), default=clock.now()) + SHOWN_FOR)


def compare(user: User, persons: Iterable[int]) -> None:
    """Note that `user` sees `persons` side by side, documents and births included, to tell whether they are
    one: the work of a queue, which gives its own reason.

    Raises InputRefused `revealing.comparisons` beyond the hour's limit.
    """
    shown = sorted(set(persons))
    if not shown:
        return
    most = unlocked.home().settings.comparisons_per_hour
    frees: list[datetime] = []

    def decide(connection: Any) -> tuple[Outcome, dict[str, Any]]:
        seen = _in_the_hour(connection, user, (Deed.COMPARED.value,))
        if len(seen.keys() | set(shown)) > most and not set(shown) <= seen.keys():
            frees.append(min(seen.values(), default=clock.now()) + HOUR)
            return Outcome.REFUSED, people(shown)
        return Outcome.DONE, people(shown)

    _, outcome = trail.note_if(user.pk, Deed.COMPARED, "", None, decide)
    if outcome is Outcome.REFUSED:
        raise InputRefused("revealing.comparisons", most=most, until=_clock_words(frees[0]))


def _in_the_hour(connection: Any, user: User, deeds: tuple[str, ...]) -> dict[int, datetime]:
    """Person → when last opened in the last hour by `user`."""
    marks = ",".join("?" * len(deeds))
    found = trail.select(
        connection,
        f"actor = ? AND at > ? AND outcome = ? AND (about = ? OR number IS NULL) AND deed IN ({marks})",
        (user.pk, trail.micros(clock.now() - HOUR), Outcome.DONE.value, PERSON, *deeds),
    )
    latest: dict[int, datetime] = {}
    for one in found:  # the latest first
        for person in [one.number] if one.number is not None else one.said.get("people", ()):
            latest.setdefault(person, one.at)
    return latest


def _is_personal(person: Person, words: str) -> bool:
    """Whether a reason repeats a name of the person, or holds a number long enough to be somebody's."""
    if sum(character.isdigit() for character in words) >= 5:
        return True
    rows = Fact.objects.filter(person=person, kind__in=("name", "alias"), sealed__isnull=False)
    told = open_fields((bytes(person.subject), row.pk, bytes(row.sealed or b"")) for row in rows)
    names = {part for one in told for text in one.values() for part in fold(str(text)).split()}
    return any(part in names for part in fold(words).split() if len(part) > 3)


def _clock_words(instant: datetime) -> str:
    return f"{instant.astimezone(zone()):%H:%M}"
