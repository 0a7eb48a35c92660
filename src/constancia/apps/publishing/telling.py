"""Findings of a check in words, for pages and commands. No number that is not shown stands in them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused
from constancia.domain.language import Language
from constancia.domain.publishing.content import ALL, Content, Table

Json = Mapping[str, Any]


@cache
def _says() -> Mapping[str, Mapping[Language, str]]:
    text = resources.files(__package__).joinpath("telling.toml").read_text(encoding="utf-8")
    found: dict[str, dict[Language, str]] = tomllib.loads(text)
    return found


def findings(content: Content, found: Iterable[Json], language: Language) -> list[tuple[str, str]]:
    """Where and what, one pair for each thing that stands in the way; the proposals of mending last."""
    said: list[tuple[str, str]] = []
    for one in found:
        said += _finding(content, one, language)
    return said


def _finding(content: Content, one: Json, language: Language) -> Sequence[tuple[str, str]]:
    code = one["code"]
    if code == "text":
        where = says("text", language, file=one["file"], line=one["line"])
        return [(where, explain(InputRefused(one["problem"], **one["params"]), language))]
    if code == "cell":
        cells = one["group"] or [one["cell"]]
        cell = cells_words(content.table(one["table"]), cells, language)
        return [(title(content, one["table"], language), says(one["reason"], language, cell=cell))]
    if code == "difference":
        cell = cells_words(content.table(one["table"]), one["cells"], language)
        what = says(reason_of(one), language, cell=cell, edition=one["edition"])
        return [(title(content, one["table"], language), what)]
    if code == "mend":
        return [*_merges(content, one, language), *_withheld(content, one, language)]
    where = says("edition", language)
    return [(where, says(code, language, **{k: v for k, v in one.items() if k != "code"}))]


def reason_of(one: Json) -> str:
    """The sentence of `telling.toml` for what stands against a cell: also "…_here", within one edition."""
    reason: str = one.get("reason", one["code"])
    return reason if one["code"] != "difference" or one["edition"] else f"{reason}_here"


def _merges(content: Content, one: Json, language: Language) -> Iterable[tuple[str, str]]:
    by_table: dict[str, list[str]] = {}
    for merge in one["merges"]:
        words = cells_words(content.table(merge["table"]), merge["cells"], language)
        by_table.setdefault(merge["table"], []).append(words)
    for table, groups in by_table.items():
        if table not in one["withheld"]:
            yield title(content, table, language), says("mend", language, groups="; ".join(groups))


def _withheld(content: Content, one: Json, language: Language) -> Iterable[tuple[str, str]]:
    for table in one["withheld"]:
        yield title(content, table, language), says("withhold", language)


def title(content: Content, table: str, language: Language) -> str:
    """The title of a table; its name where the content has none of that name."""
    found = content.table(table)
    return found.title.in_language(language) if found else table


def cells_words(table: Table | None, cells: Sequence[Sequence[str]], language: Language) -> str:
    """Cells by their categories: "Apure + Cojedes", "Lara: Mujeres + Lara: Hombres"."""
    return " + ".join(cell_words(table, cell, language) for cell in cells)


def cell_words(table: Table | None, cell: Sequence[str], language: Language) -> str:
    """One cell by its categories: "Apure", "Lara · Mujeres", "Lara · Sexo: todas"."""
    if table is None:
        return " · ".join(cell)
    words = []
    for place, key in enumerate(cell):
        if key == ALL:
            if len(cell) > 1:
                words.append(
                    f"{table.dimension_labels[place].in_language(language)}: {says('all', language)}"
                )
            continue
        known = {one.key: one.label for one in table.categories[place]}
        words.append(known[key].in_language(language) if key in known else key)
    return " · ".join(words)


def says(key: str, language: Language, **params: Any) -> str:
    """One sentence of `telling.toml`, filled."""
    return _says()[key][language].format(**params)
