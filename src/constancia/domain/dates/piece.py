"""One date of a phrase, perhaps incomplete ("the 8th", of the month and year named later)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from constancia.domain.dates import edtf
from constancia.domain.dates.lexicon import LAST, Third, Unit
from constancia.domain.dates.limits import checked_day, checked_month, checked_year, last_of_month
from constancia.domain.errors import DateRefused

_OF_MONTH = (Unit.WEEK, Unit.FORTNIGHT)
_YEAR_PARTS = {Unit.QUARTER: (33, 4), Unit.FOUR_MONTHS: (37, 3), Unit.SEMESTER: (40, 2)}
"""Unit → first ISO 8601-2 code and how many there are in a year."""
_DECADE_THIRDS = {Third.EARLY: (0, 3), Third.MIDDLE: (4, 6), Third.LATE: (7, 9)}


@dataclass(frozen=True, slots=True)
class Piece:
    """What one date names. `decade`: `year` is its first."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    decade: bool = False
    third: Third | None = None
    unit: Unit | None = None
    ordinal: int = 0
    weekday: int | None = None
    about: bool = False
    doubt: bool = False

    @property
    def wants_month(self) -> bool:
        """Whether it says nothing until a month is known."""
        if self.month is not None:
            return False
        if self.day is not None or self.unit in _OF_MONTH:
            return True
        return self.third is not None and self.year is None

    @property
    def says_more_than_years(self) -> bool:
        """Whether it can lend its year: "8 January to 2026" does not say of which year the 8th was."""
        return any(x is not None for x in (self.month, self.day, self.third, self.unit))

    @property
    def wants_year(self) -> bool:
        return self.year is None

    def completed_from(self, other: Piece) -> Piece:
        """With the month and year that `other` names, where this one lacks them."""
        whole = self
        if self.wants_month and other.month is not None:
            whole = replace(whole, month=other.month)
        if whole.wants_year and other.says_more_than_years:
            whole = replace(whole, year=other.year)
        return whole

    def text(self) -> str:
        """EDTF of the piece; DateRefused for what is missing or cannot be."""
        base = self._base()
        if self.about:
            base = roughly(base)
        return doubtful(base) if self.doubt else base

    def _base(self) -> str:
        if self.wants_month:
            raise DateRefused("date.month_missing")
        if self.year is None:
            raise DateRefused("date.year_missing")
        checked_year(self.year)
        if self.unit is not None:
            return self._part(self.unit)
        if self.third is not None:
            return self._third(self.third)
        if self.decade:
            return f"{self.year // 10}X"
        if self.month is None:
            return f"{self.year}"
        checked_month(self.month)
        if self.day is None:
            return f"{self.year}-{self.month:02d}"
        day = checked_day(self.year, self.month, self.day)
        if self.weekday is not None and day.weekday() != self.weekday:
            raise DateRefused("date.weekday_mismatch")
        return day.isoformat()

    def _third(self, third: Third) -> str:
        assert self.year is not None
        n = third.value
        if self.decade:
            first, last = _DECADE_THIRDS[third]
            return f"{self.year + first}~/{self.year + last}~"
        if self.month is None:
            return f"{self.year}-{4 * n + 1:02d}~/{self.year}-{4 * n + 4:02d}~"
        end = last_of_month(self.year, checked_month(self.month)) if third is Third.LATE else 10 * n + 10
        return self._days(10 * n + 1, end, "~")

    def _part(self, unit: Unit) -> str:
        assert self.year is not None
        if self.third is not None or self.day is not None or self.decade:
            raise DateRefused("date.unreadable")
        if unit is Unit.HALF:
            unit = Unit.SEMESTER if self.month is None else Unit.FORTNIGHT
        if unit in _YEAR_PARTS:
            code, count = _YEAR_PARTS[unit]
            n = count if self.ordinal == LAST else self.ordinal
            if self.month is not None or not 1 <= n <= count:
                raise DateRefused("date.unreadable")
            return f"{self.year}-{code + n - 1}"
        assert self.month is not None
        end = last_of_month(self.year, checked_month(self.month))
        if unit is Unit.FORTNIGHT and self.ordinal in (1, 2, LAST):
            return self._days(1, 15, "") if self.ordinal == 1 else self._days(16, end, "")
        if unit is Unit.WEEK and self.ordinal == LAST:
            return self._days(end - 6, end, "~")
        if unit is Unit.WEEK and 1 <= self.ordinal <= 4:
            return self._days(7 * self.ordinal - 6, 7 * self.ordinal, "~")
        raise DateRefused("date.unreadable")

    def _days(self, first: int, last: int, mark: str) -> str:
        month = f"{self.year}-{self.month:02d}"
        return f"{month}-{first:02d}{mark}/{month}-{last:02d}{mark}"


def roughly(text: str) -> str:
    """`text` said to be about right: a date that stands alone gets `~`, ends of an interval are widened.

    Ends that are approximate already stay.
    """
    if "/" not in text:
        return text if text[-1] in "~%" else f"{text.rstrip('?')}{'%' if text[-1] == '?' else '~'}"
    return f"{left_end(text, about=True)}/{right_end(text, about=True)}"


def doubtful(text: str) -> str:
    """`text` with `?` (or `%` where it is also about) on every date in it."""
    return "/".join(
        end if end == ".." or end[-1] in "?%" else (end[:-1] + "%" if end[-1] == "~" else end + "?")
        for end in text.split("/")
    )


def rough_ends(text: str) -> str:
    """`text` with `~` on the ends of its interval, which stay where they are."""
    return "/".join(
        end if end == ".." or end[-1] in "~%" else (end[:-1] + "%" if end[-1] == "?" else end + "~")
        for end in text.split("/")
    )


def left_end(text: str, *, about: bool = False) -> str:
    """What stands at the left of an interval that begins with `text`; a lone `2014~` widens first."""
    end = text.partition("/")[0]
    is_about = end[-1] in "~%"
    if end == ".." or ("/" in text and (is_about or not about)) or not (is_about or about):
        return end
    earliest = edtf.parse(end if is_about else roughly(end)).earliest
    return f"{earliest}~" if end[-1] not in "?%" else f"{earliest}%"


def right_end(text: str, *, about: bool = False) -> str:
    """As `left_end`, for the right."""
    end = text.rpartition("/")[2]
    is_about = end[-1] in "~%"
    if end == ".." or ("/" in text and (is_about or not about)) or not (is_about or about):
        return end
    latest = edtf.parse(end if is_about else roughly(end)).latest
    return f"{latest}~" if end[-1] not in "?%" else f"{latest}%"
