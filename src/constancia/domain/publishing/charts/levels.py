"""What the line of a stock over weeks says."""

from __future__ import annotations

from constancia.domain.language import Language
from constancia.domain.publishing.blocks import DataTable, Text
from constancia.domain.publishing.charts.described import (
    Described,
    Runs,
    counted,
    figure_named,
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
from constancia.domain.publishing.content import Content, Level, Levels
from constancia.domain.publishing.printing import day, number


def levels(content: Content, series: Levels, language: Language) -> Described:
    """The line of a stock, with the band between its lowest and highest possible values."""
    title = _title(content, series, language)
    known = day(day_of(series.known_at, content.zone), language)
    notes = [sentence("levels.how", language, known=known)]
    if has_band(series):
        notes.append(sentence("levels.band", language))
    return Described(
        series.name, title, _alt(series, title, language), _data(content, series, language), tuple(notes)
    )


def has_band(series: Levels) -> bool:
    """Whether any value is uncertain, so that there is a band to draw."""
    return any(one.lowest != one.highest for one in series.points)


def _what(content: Content, series: Levels, language: Language) -> str:
    for one in content.figures:
        if (one.figure, one.rule, one.start) == (series.figure, series.rule, None):
            return clean(one.label.in_language(language))
    return words("levels.people", language)


def _name(content: Content, series: Levels, one: Level) -> str:
    """The edition's name of a point, where a figure of that day has it."""
    otherwise = f"levels.{series.name}.{one.day.isoformat()}"
    name = figure_named(content, series.figure, series.rule, one.value, otherwise=otherwise)
    figure = content.figure(name)
    return name if figure is not None and figure.as_of == one.day else otherwise


def _title(content: Content, series: Levels, language: Language) -> Runs:
    if not series.points:
        return (Text(clean(series.title.in_language(language))),)
    first, last = series.points[0], series.points[-1]
    change = last.value - first.value
    key = "levels.one" if len(series.points) == 1 else "levels.same" if not change else "levels.more"
    return sentence(
        "levels.fewer" if change < 0 else key,
        language,
        what=_what(content, series, language),
        now=counted(last.value, _name(content, series, last), language),
        last=day(last.day, language),
        first=day(first.day, language, year=first.day.year != last.day.year),
        change=counted(abs(change), f"levels.{series.name}.change", language),
    )


def _alt(series: Levels, title: Runs, language: Language) -> str:
    if not series.points:
        return plain(title)
    top = max(series.points, key=lambda one: one.value)
    low = min(series.points, key=lambda one: one.value)
    return plain(
        sentence(
            "levels.alt",
            language,
            title=title,
            top=number(top.value, language),
            top_day=day(top.day, language),
            low=number(low.value, language),
            low_day=day(low.day, language),
        )
    )


def _data(content: Content, series: Levels, language: Language) -> DataTable:
    labels = ("all.day", "all.value", "levels.lowest", "levels.highest")
    rows = []
    for one in series.points:
        name = _name(content, series, one)
        rows.append(
            row(
                text_cell(day(one.day, language)),
                number_cell(one.value, name, language),
                number_cell(one.lowest, f"{name}.lowest", language),
                number_cell(one.highest, f"{name}.highest", language),
            )
        )
    return DataTable(
        key=f"{key_of(series.name)}-data",
        caption=(Text(clean(series.title.in_language(language))),),
        head=head(*(words(label, language) for label in labels)),
        rows=tuple(rows),
        numbers=(False, True, True, True),
    )
