"""The names by which texts insert what an edition froze.

`held` is a figure, `held.lowest` a part of it; `balance.out.released.full`, `table.held_by_sex.woman`,
`announcement.1.verified`, `claim.11.value`, `bridge.foro_penal.jep.first`,
`daily.daily_releases.2026-01-08`, `edition.as_of`, `previous.number`, `named.reserved`,
`protection.threshold`. Merged cells have no name of their own; the sum of the cells that were merged has
(`table.held_by_state.merged.1`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from constancia.domain.language import Language
from constancia.domain.publishing import printing
from constancia.domain.publishing.blocks import Number
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.content import ALL, Balance, Content, Figure, Table, Term, Words

TOTAL = "total"
"""In the name of a cell: all categories of that dimension."""


@dataclass(frozen=True, slots=True)
class Inserted:
    """A value that a text may insert. A `signed` number is a change; an `instant` carries its zone."""

    value: int | date | datetime | str | Words
    kind: Literal["number", "signed", "day", "instant", "text"]


def printed(inserted: Inserted, language: Language) -> str:
    """The value as it stands in print."""
    value = inserted.value
    if isinstance(value, datetime):
        return printing.instant(value, language)
    if isinstance(value, date):
        return printing.day(value, language)
    if isinstance(value, int):
        show = printing.signed if inserted.kind == "signed" else printing.number
        return show(value, language)
    return plain(value.in_language(language) if isinstance(value, Words) else value)


def tidy(name: str) -> str:
    """A name as it is looked up: composed characters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def names(content: Content) -> Mapping[str, Inserted]:
    """Every name of the edition, in a stable order. A name that two things claim belongs to neither.

    Raises InputRefused `edition.zone`.
    """
    zone = printing.zone_of(content.zone)
    found: dict[str, Inserted] = {}
    claimed_twice = set()
    for raw, inserted in _all(content, zone):
        name = tidy(raw)
        if name in found:
            claimed_twice.add(name)
        found[name] = inserted
    return {name: inserted for name, inserted in found.items() if name not in claimed_twice}


def numbered(content: Content, language: Language) -> Mapping[str, Number]:
    """Every name with what it prints, ready to stand in a document."""
    return {name: Number(printed(one, language), name) for name, one in names(content).items()}


def merged(content: Content) -> Mapping[str, tuple[str, Table]]:
    """Names of cells that are shown only together with others: what stands in for them, and their table."""
    return {
        tidy(cell_name(table, cell.key)): (tidy(merged_name(table, cell.group)), table)
        for table in content.tables
        for cell in table.cells
        if cell.value is None and cell.group is not None
    }


def cell_name(table: Table, key: tuple[str, ...]) -> str:
    """The name of one cell; of two dimensions both categories, parted by "/"."""
    return f"table.{table.name}.{'/'.join(part or TOTAL for part in key)}"


def merged_name(table: Table, group: int) -> str:
    """The name of the sum of the cells of a group."""
    return f"table.{table.name}.merged.{group}"


def _number(value: int) -> Inserted:
    return Inserted(value, "number")


def _optional(name: str, value: int | date | None) -> Iterator[tuple[str, Inserted]]:
    """A part that is there only where something was said."""
    if value is not None:
        yield name, Inserted(value, "number" if isinstance(value, int) else "day")


def _all(content: Content, zone: ZoneInfo) -> Iterator[tuple[str, Inserted]]:
    yield from _edition(content, zone)
    for figure in content.figures:
        yield from _figure(figure, zone)
    if content.balance:
        yield from _balance(content.balance, zone)
    for table in content.tables:
        yield from _table(table)
    yield from _announcements(content)
    yield from _claims(content)
    yield from _bridges(content)
    yield from _daily(content)


def _edition(content: Content, zone: ZoneInfo) -> Iterator[tuple[str, Inserted]]:
    yield "edition.number", _number(content.number)
    yield "edition.title", Inserted(content.title, "text")
    yield "edition.as_of", Inserted(content.as_of, "day")
    yield "edition.known_at", Inserted(content.known_at.astimezone(zone), "instant")
    yield "edition.organisation", Inserted(content.organisation, "text")
    yield "protection.threshold", _number(content.protection.threshold)
    if previous := content.previous:
        yield "previous.number", _number(previous.number)
        yield "previous.as_of", Inserted(previous.as_of, "day")
        yield "previous.known_at", Inserted(previous.known_at.astimezone(zone), "instant")
    if named := content.named:
        yield "named.named", _number(named.named)
        yield "named.reserved", _number(named.reserved)
        yield "named.people", _number(named.people)


def _figure(figure: Figure, zone: ZoneInfo) -> Iterator[tuple[str, Inserted]]:
    name = figure.name
    yield name, _number(figure.value)
    for part in ("lowest", "highest", "pending_in", "pending_out"):
        yield f"{name}.{part}", _number(getattr(figure, part))
    yield f"{name}.as_of", Inserted(figure.as_of, "day")
    yield f"{name}.known_at", Inserted(figure.known_at.astimezone(zone), "instant")
    yield from _optional(f"{name}.start", figure.start)


def _balance(balance: Balance, zone: ZoneInfo) -> Iterator[tuple[str, Inserted]]:
    yield "balance.opening", _number(balance.opening)
    yield "balance.opening_as_of", Inserted(balance.opening_as_of, "day")
    yield "balance.opening_known_at", Inserted(balance.opening_known_at.astimezone(zone), "instant")
    yield "balance.closing", _number(balance.closing)
    yield "balance.change", Inserted(balance.closing - balance.opening, "signed")
    yield "balance.difference", _number(abs(balance.closing - balance.opening))
    yield "balance.older_cases", _number(balance.older_cases)
    yield from _side("balance.in", balance.came)
    yield from _side("balance.out", balance.went)


def _side(name: str, terms: tuple[Term, ...]) -> Iterator[tuple[str, Inserted]]:
    yield name, _number(sum(term.value for term in terms))
    for term in terms:
        yield f"{name}.{term.cause}", _number(term.value)
        for kind in term.by:
            yield f"{name}.{term.cause}.{kind.kind}", _number(kind.value)


def _table(table: Table) -> Iterator[tuple[str, Inserted]]:
    whole = (ALL,) * len(table.dimensions)
    yield cell_name(table, whole), _number(table.total)
    for cell in table.cells:
        if cell.value is not None and cell.key != whole:
            yield cell_name(table, cell.key), _number(cell.value)
    for group in table.groups:
        yield merged_name(table, group.number), _number(group.value)
    if table.dimensions == ("nationality",):
        parts = [table.cell(key) for key in ("foreign", "dual")]
        values = [cell.value for cell in parts if cell and cell.value is not None]
        if len(values) == len(parts):
            yield f"table.{table.name}.foreign+dual", _number(sum(values))


def _announcements(content: Content) -> Iterator[tuple[str, Inserted]]:
    for one in content.announcements:
        name = f"announcement.{one.number}"
        yield from _optional(f"{name}.value", one.value)
        yield f"{name}.verified", _number(one.verified)
        yield f"{name}.reported", _number(one.reported)
        yield from _optional(f"{name}.remaining", one.remaining)
        yield f"{name}.announced_on", Inserted(one.announced_on, "day")
        yield f"{name}.claimant", Inserted(one.claimant, "text")
        yield f"{name}.title", Inserted(one.title, "text")
        for place, step in enumerate(one.steps, start=1):
            yield f"{name}.step.{place}", _number(step.verified)


def _claims(content: Content) -> Iterator[tuple[str, Inserted]]:
    for one in content.claims:
        name = f"claim.{one.number}"
        yield f"{name}.value", _number(one.value)
        yield from _optional(f"{name}.ours", one.ours)
        yield from _optional(f"{name}.restated", one.restated)
        yield from _optional(f"{name}.difference", one.difference)
        yield f"{name}.claimant", Inserted(one.claimant, "text")
        yield from _optional(f"{name}.as_of", one.as_of)
        yield from _optional(f"{name}.start", one.start)


def _bridges(content: Content) -> Iterator[tuple[str, Inserted]]:
    for one in content.bridges:
        name = f"bridge.{one.first_rule}.{one.second_rule}"
        yield f"{name}.first", _number(one.first)
        yield f"{name}.second", _number(one.second)
        yield f"{name}.change", Inserted(one.second - one.first, "signed")
        for place, step in enumerate(one.steps, start=1):
            yield f"{name}.step.{place}", Inserted(step.change, "signed")


def _daily(content: Content) -> Iterator[tuple[str, Inserted]]:
    for one in content.daily:
        name = f"daily.{one.name}"
        yield f"{name}.total", _number(sum(day.value for day in one.days))
        if one.days:
            top = max(one.days, key=lambda day: (day.value, -day.day.toordinal()))
            yield f"{name}.highest", _number(top.value)
            yield f"{name}.highest_day", Inserted(top.day, "day")
        for day in one.days:
            yield f"{name}.{day.day.isoformat()}", _number(day.value)
