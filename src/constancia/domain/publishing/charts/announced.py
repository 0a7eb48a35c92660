"""What the chart of announcements says: what was promised, and what is verified of it."""

from __future__ import annotations

from constancia.domain.language import Language
from constancia.domain.publishing.announced_table import title_of
from constancia.domain.publishing.blocks import DataTable, TableCell, TableRow, Text
from constancia.domain.publishing.charts.described import (
    Described,
    Runs,
    capital,
    counted,
    head,
    joined,
    key_of,
    number_cell,
    plain,
    row,
    sentence,
    text_cell,
    words,
)
from constancia.domain.publishing.charts.printing import clean, clock, day_of
from constancia.domain.publishing.content import Announcement, Content, Step
from constancia.domain.publishing.printing import day, number
from constancia.domain.vocabulary.labels import term_labels

NAME = "announced"


MANY_STEPS = 12
"""A longer history is told day by day."""


def in_order(content: Content) -> tuple[Announcement, ...]:
    """The announcements by day, then by number."""
    return tuple(sorted(content.announcements, key=lambda one: (one.announced_on, one.number)))


def qualified(value: int, qualifier: str, name: str, language: Language) -> Runs:
    """A claimed number as it was meant: "más de 800"; an exact one stands alone."""
    found = counted(value, name, language)
    labels = term_labels().get(f"Qualifier.{qualifier}")
    if qualifier == "exact" or labels is None:
        return (found,)
    return (Text(f"{labels[language]} "), found)


def announced(content: Content, language: Language) -> Described:
    """Every announcement with its number, if it gave one, and the releases verified."""
    ones = in_order(content)
    items = " ".join(_alt_item(one, language) for one in ones)
    notes = [sentence("announced.verifying", language)]
    if any(one.steps for one in ones):
        notes.append(sentence("announced.how", language))
    return Described(
        NAME,
        _title(ones, language),
        plain(sentence("announced.alt", language, items=items)),
        _data(content, ones, language),
        tuple(notes),
    )


def _title_of(one: Announcement, language: Language) -> str:
    return plain(title_of(one, language))


def _promised(one: Announcement, language: Language) -> Runs:
    if one.value is None:
        return (Text(words("announced.unsaid", language)),)
    return qualified(one.value, one.qualifier, f"announcement.{one.number}.value", language)


def _alt_item(one: Announcement, language: Language) -> str:
    return plain(
        sentence(
            "announced.alt_item",
            language,
            title=_title_of(one, language),
            claimant=clean(one.claimant.in_language(language)),
            day=day(one.announced_on, language),
            value=_promised(one, language),
            verified=number(one.verified, language),
        )
    )


def _title(ones: tuple[Announcement, ...], language: Language) -> Runs:
    """The latest two announcements: "De 99 anunciadas el … están verificadas 61; …"."""
    parts: list[Runs] = []
    for one in ones[-2:]:
        numbered = one.value is not None
        if numbered:
            key = "announced.next" if parts else "announced.with_number"
        else:
            key = "announced.no_number" if parts else "announced.no_number_first"
        values: dict[str, Runs | str] = {"value": _promised(one, language)} if numbered else {}
        verified = counted(one.verified, f"announcement.{one.number}.verified", language)
        when = day(one.announced_on, language)
        parts.append(sentence(key, language, day=when, verified=verified, **values))
    said = joined(run for index, part in enumerate(parts) for run in ((Text("; "),) if index else ()) + part)
    return capital(sentence("announced.title", language, items=said))


def steps_told(one: Announcement, zone: str) -> list[tuple[int, Step]]:
    """The steps of the table with their numbers, from 1: all of a few, of many the last of each day."""
    numbered = list(enumerate(one.steps, start=1))
    if len(numbered) <= MANY_STEPS:
        return numbered
    last = {day_of(step.known_at, zone): at for at, step in numbered}
    return [(at, step) for at, step in numbered if at in last.values()]


def _data(content: Content, ones: tuple[Announcement, ...], language: Language) -> DataTable:
    labels = ("announcement", "claimant", "announced", "verified", "reported", "remaining")
    rows = []
    for one in ones:
        name = f"announcement.{one.number}"
        claimant, when = clean(one.claimant.in_language(language)), day(one.announced_on, language)
        rows.append(
            row(
                TableCell(title_of(one, language)),
                text_cell(f"{claimant}, {when}"),
                text_cell(words("announced.unsaid", language))
                if one.value is None
                else number_cell(one.value, f"{name}.value", language),
                number_cell(one.verified, f"{name}.verified", language),
                number_cell(one.reported, f"{name}.reported", language),
                number_cell(one.remaining, f"{name}.remaining", language),
            )
        )
        for at, step in steps_told(one, content.zone):
            step_day = day(day_of(step.known_at, content.zone), language)
            hour = clock(step.known_at, content.zone)
            label = plain(sentence("announced.step", language, day=step_day, hour=hour))
            verified = number_cell(step.verified, f"{name}.step.{at}", language)
            blank = text_cell("")
            cells = (TableCell((Text(label),), span=2), blank, verified, blank, blank)
            rows.append(TableRow(cells, kind="sub"))
    return DataTable(
        key=f"{key_of(NAME)}-data",
        caption=(Text(words("announced.caption", language)),),
        head=head(*(words(f"announced.{label}", language) for label in labels)),
        rows=tuple(rows),
        numbers=(False, False, True, True, True, True),
    )
