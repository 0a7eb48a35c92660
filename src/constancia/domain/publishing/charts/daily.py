"""What the chart of a flow by day says: how many, when most, since when it is provisional, what was said."""

from __future__ import annotations

from datetime import date

from constancia.domain.claims.claimants import claimants, printed
from constancia.domain.claims.claimants import key_of as key_of_claimant
from constancia.domain.claims.spoken import spoken
from constancia.domain.language import Language
from constancia.domain.publishing.announced_table import in_spanish
from constancia.domain.publishing.blocks import DataTable, Link, Text
from constancia.domain.publishing.charts.described import (
    Described,
    Runs,
    between,
    capital,
    counted,
    head,
    key_of,
    number_cell,
    plain,
    row,
    sentence,
    text_cell,
    words,
)
from constancia.domain.publishing.charts.printing import clean, day_of
from constancia.domain.publishing.content import Content, Daily, Statement
from constancia.domain.publishing.printing import day, number


def daily(content: Content, series: Daily, language: Language) -> Described:
    """The bars of a flow by day, as it happened and by when it became known."""
    title = _title(content, series, language)
    since = provisional_since(series)
    marks = statements_of(content, series)
    notes = [sentence("daily.how", language, known=_known(content, series, language))]
    if since is not None:
        notes.append(sentence("daily.provisional", language, day=day(since, language)))
    if marks:
        notes.append(sentence("daily.marks", language))
        notes += [_mark(content, at, one, language) for at, one in enumerate(marks, start=1)]
    alt = sentence(
        "daily.alt",
        language,
        title=title,
        at_once=number(sum(one.by_that_day for one in series.days), language),
        week=number(sum(one.within_a_week - one.by_that_day for one in series.days), language),
        later=number(sum(one.value - one.within_a_week for one in series.days), language),
        provisional=sentence("daily.alt_provisional", language, day=day(since, language)) if since else "",
        marks=sentence("daily.alt_marks", language) if marks else "",
    )
    return Described(series.name, title, plain(alt).strip(), _data(content, series, language), tuple(notes))


def statements_of(content: Content, series: Daily) -> tuple[Statement, ...]:
    """The statements of the days that the chart shows, in the order in which they were made."""
    if not series.days:
        return ()
    first, last = series.days[0].day, series.days[-1].day
    inside = (one for one in content.statements if first <= one.said_on <= last)
    return tuple(sorted(inside, key=lambda one: (one.said_on, one.hour, one.number)))


def provisional_since(series: Daily) -> date | None:
    """The first day of the provisional ones at the end."""
    return next((one.day for one in series.days if one.provisional), None)


def _total(series: Daily) -> int:
    return sum(one.value for one in series.days)


def _total_name(content: Content, series: Daily) -> str:
    """The edition's name of the sum of all days, where a figure of the same period has it."""
    for one in content.figures:
        same = (one.figure, one.rule, one.value) == (series.figure, series.rule, _total(series))
        if same and series.days and (one.start, one.as_of) == (series.days[0].day, series.days[-1].day):
            return one.name
    return f"daily.{series.name}.total"


def _known(content: Content, series: Daily, language: Language) -> str:
    return day(day_of(series.known_at, content.zone), language)


def _title(content: Content, series: Daily, language: Language) -> Runs:
    total = counted(_total(series), _total_name(content, series), language)
    definition = next((one for one in content.definitions if one.name == series.figure), None)
    what = clean((definition.label if definition else series.title).in_language(language))
    if not series.days:
        return sentence("daily.title_none", language, what=what, period="", total=total)
    period = between(series.days[0].day, series.days[-1].day, language)
    top = max(one.value for one in series.days)
    days = [one.day for one in series.days if one.value == top]
    if top == 0:
        return sentence("daily.title_none", language, what=what, period=period, total=total)
    whole = series.days[0].day.year != series.days[-1].day.year
    said = [day(one, language, year=whole) for one in days[:2]]
    most = counted(top, f"daily.{series.name}.highest", language)
    if len(days) == 1:
        key = "daily.title_released" if series.figure == "released" else "daily.title"
        told = sentence(key, language, what=what, period=period, total=total, day=said[0], top=most)
        return capital(told)
    if len(days) == 2:
        return sentence(
            "daily.title_two", language, what=what, period=period, total=total, day=said[0], other=said[1],
            top=most,
        )  # fmt: skip
    return sentence("daily.title_many", language, what=what, period=period, total=total, top=most)


def _mark(content: Content, at: int, one: Statement, language: Language) -> Runs:
    """One line of the key: "1. 10 de enero de 2026. Who: what (where it stands)"."""
    when = day(one.said_on, language)
    if one.hour:
        when = plain(sentence("daily.hour", language, day=when, hour=clean(one.hour)))
    speaker: Runs = (Text(clean(one.speaker)),)
    mark: Runs = (Text(clean(one.mark)),)
    if language != "es":  # the desk writes both in Spanish; of speakers the house knows some by name
        key = key_of_claimant(one.speaker)
        known = key in claimants()
        speaker = (Text(spoken(printed(key), language)),) if known else in_spanish(clean(one.speaker))
        mark = in_spanish(clean(one.mark))
    line = sentence("daily.mark", language, number=str(at), day=when, speaker=speaker, mark=mark)
    source = content.source(one.source)
    if source is None:
        return line
    name = (Text(clean(source.publisher or source.title)),)
    safe = source.address.startswith(("https://", "http://"))
    return line + sentence("daily.mark_source", language, source=Link(source.address, name) if safe else name)


def _data(content: Content, series: Daily, language: Language) -> DataTable:
    any_provisional = provisional_since(series) is not None
    labels = ["all.day", "daily.count", "daily.at_once", "daily.week", "daily.later"]
    labels += ["daily.is_provisional"] if any_provisional else []
    rows = []
    for one in series.days:
        name = f"daily.{series.name}.{one.day.isoformat()}"
        cells = [
            text_cell(day(one.day, language)),
            number_cell(one.value, name, language),
            number_cell(one.by_that_day, f"{name}.at_once", language),
            number_cell(one.within_a_week - one.by_that_day, f"{name}.week", language),
            number_cell(one.value - one.within_a_week, f"{name}.later", language),
        ]
        if any_provisional:
            cells.append(text_cell(words("all.yes", language) if one.provisional else ""))
        rows.append(row(*cells))
    at_once = sum(one.by_that_day for one in series.days)
    week = sum(one.within_a_week for one in series.days)
    total = [
        text_cell(words("all.total", language)),
        number_cell(_total(series), _total_name(content, series), language),
        number_cell(at_once, f"daily.{series.name}.total.at_once", language),
        number_cell(week - at_once, f"daily.{series.name}.total.week", language),
        number_cell(_total(series) - week, f"daily.{series.name}.total.later", language),
    ]
    rows.append(row(*total, *([text_cell("")] if any_provisional else []), total=True))
    return DataTable(
        key=f"{key_of(series.name)}-data",
        caption=(Text(clean(series.title.in_language(language))),),
        head=head(*(words(label, language) for label in labels)),
        rows=tuple(rows),
        numbers=(False, True, True, True, True, *([False] if any_provisional else [])),
    )
