"""A content as rows of a page, in its language, with the way to the people behind a number if there is one.

The pages of figures ask by whole days and with the definitions of now: a number whose T is no end of a day
has no way down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from constancia.apps.figures.queries import zone
from constancia.apps.figures.views.asking import behind
from constancia.apps.publishing.wording import cells_in_words
from constancia.domain.figures.dimensions import NOT_KNOWN
from constancia.domain.figures.periods import end_of_day
from constancia.domain.publishing.content import ALL, Balance, Content, Figure, Table, Term
from constancia.infra.spoken import language


@dataclass(frozen=True, slots=True)
class Row:
    """One number: of whom, and the address of the people behind it ("" where there is none)."""

    label: str
    value: int | None
    address: str = ""
    sub: bool = False
    merged: bool = False


@dataclass(frozen=True, slots=True)
class FigureRow:
    figure: Figure
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A table. Of one dimension: `rows` and `empty`, the categories of nobody. Of two: `head` and `lines` of
    a label and a value, a sign of a group, or "". `groups`: the sums by sign."""

    name: str
    title: str
    total: int
    withheld: bool
    rows: tuple[Row, ...] = ()
    empty: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    lines: tuple[tuple[str, tuple[int | str, ...]], ...] = ()
    groups: tuple[tuple[str, tuple[str, ...], int], ...] = ()


def numbers_of(content: Content, people: bool) -> dict[str, Any]:
    """What `publishing/numbers.html` shows; `people`: with the way to those behind each number."""
    balance = content.balance
    return {
        "content": content,
        "figures": figures(content, people),
        "balance": balance,
        "balance_rows": balance_rows(balance, content.rule, content.known_at, content.as_of, people)
        if balance
        else [],
        "tables": tables(content, people),
        "people": people,
    }


def figures(content: Content, people: bool) -> list[FigureRow]:
    """Every figure; `people`: with the way to those behind it."""
    return [
        FigureRow(one, one.label.in_language(language()), _behind(one) if people else "")
        for one in content.figures
    ]


def balance_rows(balance: Balance, rule: str, known_at: datetime, as_of: date, people: bool) -> list[Row]:
    """The terms that are not zero, those who left as negative numbers, with the kinds of each below it."""
    known = _whole_day(known_at)
    ways = people and known is not None and _whole_day(balance.opening_known_at) == balance.opening_as_of
    asked = {
        "al": as_of.isoformat(),
        "conocido": (known or as_of).isoformat(),
        "desde": balance.opening_as_of.isoformat(),
        "regla": rule,
    }
    return [
        *_terms("in", balance.came, 1, asked if ways else {}),
        *_terms("out", balance.went, -1, asked if ways else {}),
    ]


def tables(content: Content, people: bool) -> list[Shown]:
    """Every table as published."""
    return [_shown(content, table, people) for table in content.tables]


def _terms(side: str, terms: Iterable[Term], sign: int, asked: Mapping[str, str]) -> list[Row]:
    rows = []
    for term in terms:
        if not term.value:
            continue
        query = urlencode({**asked, "causa": f"{side}.{term.cause}"})
        address = f"{reverse('figures:moved')}?{query}" if asked else ""
        rows.append(Row(term.label.in_language(language()), sign * term.value, address))
        rows += [Row(one.label.in_language(language()), one.value, sub=True) for one in term.by if one.value]
    return rows


def _whole_day(instant: datetime) -> date | None:
    """The day whose end the instant is, None if it is none."""
    day = instant.astimezone(zone()).date()
    return day if end_of_day(day, zone()) == instant else None


def _behind(figure: Figure, **more: str) -> str:
    known = _whole_day(figure.known_at)
    if known is None or not figure.value:
        return ""
    start = {"desde": figure.start} if figure.start else {}
    return behind(cifra=figure.figure, al=figure.as_of, conocido=known, regla=figure.rule, **start, **more)


def _shown(content: Content, table: Table, people: bool) -> Shown:
    title = table.title.in_language(language())
    if table.withheld:
        return Shown(table.name, title, table.total, True)
    if len(table.dimensions) == 1:
        return _one_way(content, table, title, people)
    return _two_ways(table, title)


def _one_way(content: Content, table: Table, title: str, people: bool) -> Shown:
    figure = content.figure(table.total_of)
    groups = {group.number: group for group in table.groups}
    rows, empty, told = [], [], set()
    for category in table.categories[0]:
        cell = table.cell(category.key)
        label = category.label.in_language(language())
        if cell is None:
            continue
        if cell.group is not None:
            if cell.group not in told:
                told.add(cell.group)
                group = groups[cell.group]
                rows.append(Row(", ".join(cells_in_words(table, group.cells)), group.value, merged=True))
        elif not cell.value:
            empty.append(label)
        else:
            linked = figure if people and category.key != NOT_KNOWN else None
            address = _behind(linked, por=table.dimensions[0], categoria=category.key) if linked else ""
            rows.append(Row(label, cell.value, address))
    return Shown(table.name, title, table.total, False, tuple(rows), tuple(empty))


def _two_ways(table: Table, title: str) -> Shown:
    spoken = language()
    first, second = table.categories
    there = {cell.key: cell for cell in table.cells if cell.value or cell.group is not None}
    heads = [one for one in second if any(key[1] == one.key for key in there)]
    columns = [*(one.key for one in heads), ALL]
    lines = []
    for key, label in [*((one.key, one.label.in_language(spoken)) for one in first), (ALL, "")]:
        cells = [there.get((key, column)) for column in columns]
        if not any(cells):
            continue
        values: list[int | str] = [
            "" if cell is None else sign(cell.group) if cell.group is not None else cell.value or 0
            for cell in cells
        ]
        if key == ALL and not values[-1]:
            values[-1] = table.total
        lines.append((label, tuple(values)))
    return Shown(
        table.name,
        title,
        table.total,
        False,
        head=tuple(one.label.in_language(spoken) for one in heads),
        lines=tuple(lines),
        groups=tuple(
            (sign(group.number), cells_in_words(table, group.cells), group.value) for group in table.groups
        ),
    )


def sign(number: int) -> str:
    """The letter of a group: a, b, …, z, aa, …"""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Name:
    """A name that can be inserted, what it prints, and its parts: (ending, whole name, what it prints)."""

    name: str
    prints: str
    parts: tuple[tuple[str, str, str], ...] = ()


PARTS = ("lowest", "highest", "pending_in", "pending_out", "as_of", "known_at", "start")
"""What a figure is asked beside its value."""


def names_by_kind(prints: Mapping[str, str]) -> list[tuple[str, list[Name]]]:
    """Names by their first part, plain figures first, under "", each figure with its parts."""
    kinds: dict[str, list[Name]] = {"": []}
    for name, said in prints.items():
        first, _dot, rest = name.partition(".")
        if not rest:
            parts = [(part, f"{name}.{part}") for part in PARTS if f"{name}.{part}" in prints]
            told = tuple((part, whole, prints[whole]) for part, whole in parts)
            kinds[""].append(Name(name, said, told))
        elif not (rest in PARTS and first in prints):
            kinds.setdefault(first, []).append(Name(name, said))
    return list(kinds.items())
