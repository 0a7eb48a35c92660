"""What was announced and what came of it, as a table."""

from __future__ import annotations

from constancia.domain.language import Language
from constancia.domain.publishing import printing
from constancia.domain.publishing.blocks import (
    Break,
    DataTable,
    Emphasis,
    Number,
    Run,
    TableCell,
    TableRow,
    Text,
)
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.content import Announcement, Content
from constancia.domain.publishing.dates_in_words import period
from constancia.domain.publishing.sources import Noting, citing
from constancia.domain.publishing.tables import cell, known_note
from constancia.domain.publishing.wording import runs, said, said_or

MOST_STEPS, FIRST_STEPS, LAST_STEPS = 12, 6, 3
"""A longer history is told by its beginning and its end; the open data have all of it."""

_COLUMNS = ("announcement", "announced", "verified", "reported", "remaining")


def announced_table(content: Content, language: Language, note: Noting) -> DataTable | None:
    """One row for each announcement: how many it promised, how many we verified, how many are to come.

    Under a row stands how the verified number grew. None where the edition shows no announcement.
    """
    if not content.announcements:
        return None
    rows = []
    for one in content.announcements:
        rows.append(_row(one, content, language, note))
        if len(one.steps) > 1:
            rows.append(_steps(one, language))
    return DataTable(
        key="announcements",
        caption=(Text(said("announced.caption", language, dates=period(content.as_of, language))),),
        head=tuple(cell(said(f"announced.{column}", language), head=True) for column in _COLUMNS),
        rows=tuple(rows),
        numbers=(False, True, True, True, True),
        notes=(
            known_note(content.as_of, content.known_at, content, language),
            (Text(said("announced.reading", language)),),
        ),
    )


def title_of(one: Announcement, language: Language) -> tuple[Run, ...]:
    """Its title. The desk writes it in Spanish: elsewhere it is quoted, and marked as Spanish."""
    title = plain(one.title)
    return (Text(title),) if language == "es" else in_spanish(title)


def in_spanish(words: str) -> tuple[Run, ...]:
    """Spanish words as a quotation in a document of another language."""
    return (Text("“"), Emphasis((Text(words),), "es"), Text("”"))


def quantity(value: int, qualifier: str, name: str, language: Language) -> tuple[Run, ...]:
    """ "más de 800": somebody's number with what they said of it."""
    word = said_or(f"announced.qualifier_{qualifier}", "", language)
    number = Number(printing.number(value, language), name)
    return (Text(f"{word} "), number) if word else (number,)


def _row(one: Announcement, content: Content, language: Language, note: Noting) -> TableRow:
    name = f"announcement.{one.number}"
    mark = citing(content, one.source, language, note)
    announced_on = Number(printing.day(one.announced_on, language), f"{name}.announced_on")
    claimant = printing.capital(plain(one.claimant.in_language(language)))
    who = runs("announced.who", language, who=claimant, day=announced_on)
    first = TableCell((*title_of(one, language), *mark, Break(), *who), head=True)
    announced = (
        cell(said("announced.no_number", language))
        if one.value is None
        else TableCell(quantity(one.value, one.qualifier, f"{name}.value", language))
    )
    rest = [
        cell("—")
        if value is None
        else TableCell((Number(printing.number(value, language), f"{name}.{part}"),))
        for part, value in (
            ("verified", one.verified),
            ("reported", one.reported),
            ("remaining", one.remaining),
        )
    ]
    return TableRow((first, announced, *rest))


def _steps(one: Announcement, language: Language) -> TableRow:
    """ "Verificadas a medida que se supo: 19, 26, 45, 50, 61"; of very many the first and the last."""
    found: list[Run] = [Text(said("announced.steps", language))]
    many = len(one.steps) > MOST_STEPS
    for place, step in enumerate(one.steps, start=1):
        if many and FIRST_STEPS < place <= len(one.steps) - LAST_STEPS:
            found += [Text(" …")] if place == FIRST_STEPS + 1 else []
            continue
        number = Number(printing.number(step.verified, language), f"announcement.{one.number}.step.{place}")
        found += [number] if place == 1 else [Text(", "), number]
    if many:
        found.append(Text(said("announced.steps_all", language)))
    return TableRow((TableCell(tuple(found), span=len(_COLUMNS)),), kind="sub")
