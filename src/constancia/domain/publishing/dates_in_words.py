"""The two dates of what is published, in words: as of which day, and as known when."""

from __future__ import annotations

from datetime import date, datetime

from constancia.domain.language import Language
from constancia.domain.publishing import printing
from constancia.domain.publishing.content import Content, Figure
from constancia.domain.publishing.wording import said


def two_dates(
    as_of: date, known_at: datetime, zone: str, language: Language, start: date | None = None
) -> str:
    """ "al 2 de marzo de 2026, según lo sabido al final de ese día": D (or a period) and T in the zone."""
    first = period(as_of, language, start)
    return said("dates.both", language, first=first, second=known(as_of, known_at, zone, language, start))


def period(as_of: date, language: Language, start: date | None = None) -> str:
    """ "al 2 de marzo de 2026", or "del 25 de febrero al 2 de marzo de 2026" where there is a first day.

    What two days share is said once: "del 19 al 24 de febrero de 2026"; one day alone is that day.
    """
    end = printing.day(as_of, language)
    if start is None:
        return said("dates.on", language, day=end)
    if start == as_of:
        return said("dates.day", language, day=end)
    return said("dates.between", language, start=first_day(start, as_of, language), end=end)


def first_day(start: date, end: date, language: Language) -> str:
    """The first day of a period as it stands before its last one: "19", "8 de enero" or with its year."""
    if (start.year, start.month) == (end.year, end.month):
        return str(start.day)
    return printing.day(start, language, year=start.year != end.year)


def known(as_of: date, known_at: datetime, zone: str, language: Language, start: date | None = None) -> str:
    """The second date: shorter where it is the end of the first, to the minute where it is neither."""
    local = known_at.astimezone(printing.zone_of(zone))
    if (local.hour, local.minute) != (23, 59):
        return said("dates.known_at", language, instant=printing.instant(local, language))
    if local.date() == as_of:
        one_day = start is None or start == as_of
        return said("dates.known_same_day" if one_day else "dates.known_last_day", language)
    return said("dates.known_end_of", language, day=printing.day(local.date(), language))


def of_content(content: Content, language: Language) -> str:
    """The edition's own two dates."""
    return two_dates(content.as_of, content.known_at, content.zone, language)


def of_figure(figure: Figure, content: Content, language: Language) -> str:
    """A figure's own two dates."""
    return two_dates(figure.as_of, figure.known_at, content.zone, language, figure.start)
