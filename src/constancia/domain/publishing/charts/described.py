"""The shape of a description, and how its sentences are put together from words and numbers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from string import Formatter

from constancia.domain.language import Language
from constancia.domain.publishing.blocks import (
    DataTable,
    Emphasis,
    Link,
    Number,
    Run,
    Strong,
    TableCell,
    TableRow,
    Text,
)
from constancia.domain.publishing.content import Content
from constancia.domain.publishing.printing import day, number

Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """What a chart says. `title`: a sentence that says what is seen; `alt`: for those who do not see it;
    `data`: everything drawn, as a table; `notes`: what stands under the chart, one line each."""

    name: str
    title: Runs
    alt: str
    data: DataTable
    notes: tuple[Runs, ...] = ()


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    text = resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, dict[str, str]]] = tomllib.loads(text)
    return found


def words(key: str, language: Language) -> str:
    """The words under "section.key" of `words.toml`."""
    section, _, name = key.partition(".")
    return _words()[section][name][language]


def known(key: str) -> bool:
    """Whether `words.toml` has words under "section.key"."""
    section, _, name = key.partition(".")
    return name in _words().get(section, {})


def sentence(key: str, language: Language, /, **values: str | Run | Runs) -> Runs:
    """The words under `key` with each `{name}` replaced by its text, run or runs."""
    parts: list[Run] = []
    for text, name, _, _ in Formatter().parse(words(key, language)):
        if text:
            parts.append(Text(text))
        if name is not None:
            value = values[name]
            if isinstance(value, str):
                parts.append(Text(value))
            elif isinstance(value, tuple):
                parts += value
            else:
                parts.append(value)
    return joined(parts)


def joined(parts: Iterable[Run]) -> Runs:
    """The runs with neighbouring texts made one."""
    found: list[Run] = []
    for part in parts:
        if isinstance(part, Text) and found and isinstance(found[-1], Text):
            found[-1] = Text(found[-1].text + part.text)
        else:
            found.append(part)
    return tuple(found)


def listed(items: Sequence[Runs], language: Language) -> Runs:
    """ "a, b y c" / "a, b and c". In Spanish «e» before the sound of an i."""
    parts: list[Run] = []
    for index, item in enumerate(items):
        if index and index == len(items) - 1:
            parts.append(Text(_last_and(plain(item), language)))
        elif index:
            parts.append(Text(", "))
        parts += item
    return joined(parts)


def _last_and(following: str, language: Language) -> str:
    if language == "en":
        return " and "
    return " e " if re.match(r"(?i)h?[ií](?![aeoáéó])", following) else " y "


def plain(runs: Iterable[Run]) -> str:
    """The runs as text alone."""
    found = ""
    for run in runs:
        if isinstance(run, Text | Number):
            found += run.text
        elif isinstance(run, Strong | Emphasis | Link):
            found += plain(run.runs)
    return found


def counted(value: int, name: str, language: Language) -> Number:
    return Number(number(value, language), name)


def figure_named(
    content: Content, figure: str, rule: str, value: int, *, otherwise: str, flow: bool = False
) -> str:
    """The edition's name of the number `value` of a definition, `otherwise` if it has none."""
    for one in content.figures:
        if (one.figure, one.rule, one.value) == (figure, rule, value) and (one.start is not None) == flow:
            return one.name
    return otherwise


def key_of(name: str) -> str:
    """A chart's name as an anchor: "claims:held" is "chart-claims-held"."""
    return "chart-" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def text_cell(text: str) -> TableCell:
    return TableCell((Text(text),) if text else ())


def number_cell(value: int | None, name: str, language: Language) -> TableCell:
    """A number, or a dash where there is none."""
    return TableCell((counted(value, name, language),)) if value is not None else TableCell((Text("—"),))


def head(*texts: str) -> tuple[TableCell, ...]:
    return tuple(TableCell((Text(text),), head=True) for text in texts)


def row(*cells: TableCell, total: bool = False, group: bool = False) -> TableRow:
    return TableRow(cells, kind="total" if total else "group" if group else "plain")


def between(first: date, last: date, language: Language) -> str:
    """ "del 8 de enero al 2 de marzo de 2026" / "from 8 January to 2 March 2026"."""
    if first == last:
        return plain(sentence("all.on_day", language, day=day(last, language)))
    begin = day(first, language, year=first.year != last.year)
    return plain(sentence("all.period", language, first=begin, last=day(last, language)))


def capital(runs: Runs) -> Runs:
    """The runs with a capital first letter, if they begin with text."""
    if runs and isinstance(runs[0], Text) and runs[0].text:
        return (Text(runs[0].text[0].upper() + runs[0].text[1:]), *runs[1:])
    return runs
