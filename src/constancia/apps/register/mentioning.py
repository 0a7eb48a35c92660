"""What somebody has typed of a new case so far, as a mention to be compared with the register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from constancia.apps.register.forms import read_day
from constancia.domain.dates import UNKNOWN, ImpreciseDate
from constancia.domain.errors import DateRefused
from constancia.domain.matching.shapes import Days, Mention
from constancia.domain.timeline.ages import born_when_aged
from constancia.domain.vocabulary.states import state_code
from constancia.domain.vocabulary.terms import Sex

OLDEST = 120
"""Years; an age above it is a slip."""
_NAME, _SHORT = 400, 100


def mentioned(given: Mapping[str, str], today: date) -> Mention:
    """The fields of the new case's form as they stand; what cannot be read yet is left out, not refused."""
    when = _when(given.get("when", "")[: 2 * _SHORT])
    return Mention(
        name=given.get("name", "")[:_NAME].strip(),
        document=given.get("document", "")[:_SHORT],
        born=_born(given.get("age", ""), when, today),
        sex=given.get("sex", "") if given.get("sex", "") in set(Sex) else "",
        state=state_code(given.get("state", "")[:_SHORT]) or "",
        place=given.get("held_at", "")[: 3 * _SHORT],
        day=_days(when),
    )


def _when(words: str) -> ImpreciseDate:
    try:
        return read_day(words)
    except DateRefused:
        return UNKNOWN


def _days(when: ImpreciseDate) -> Days | None:
    if when.earliest is None or when.latest is None:
        return None
    return when.earliest.toordinal(), when.latest.toordinal()


def _born(age: str, when: ImpreciseDate, today: date) -> Days | None:
    """Between which days: the age is that of the day typed beside it, or of today."""
    if not (age.isascii() and age.isdigit()) or len(age) > len(str(OLDEST)) or int(age) > OLDEST:
        return None
    first, last = _days(when) or (today.toordinal(), today.toordinal())
    return born_when_aged(int(age), first, last)
