"""What the open data of an edition consist of: resources, columns, codes and their words, read from data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources as files
from typing import Any, Literal

from constancia.domain.publishing.content import Words
from constancia.domain.vocabulary.labels import term_labels

Kind = Literal["string", "integer", "count", "boolean", "date", "instant", "sha256"]

NAMED_LIST = "named_list"
"""The one resource about persons; it is there only with their consent."""

ALL_TOGETHER = "*"
"""How a margin of a table is written: an empty category means that there is no second dimension."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `codes`: the list its values come from, None where they are free. `required`: never empty;
    free text may always be."""

    name: str
    kind: Kind
    meaning: Words
    required: bool
    codes: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """The values of `column` are those of `target` in `resource`, or empty."""

    column: str
    resource: str
    target: str


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of data: "figures" is figures.csv. `key`: the columns that tell its rows apart."""

    name: str
    meaning: Words
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    references: tuple[Reference, ...]


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files.files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _words(entry: Mapping[str, str]) -> Words:
    return Words(es=entry["es"], en=entry["en"])


def _column(name: str, resource: Mapping[str, Any]) -> Column:
    entry = _read("codebook.toml")["columns"][name]
    words = resource.get("words", {}).get(name, entry)
    codes = entry.get("codes") or entry.get("term")
    free = entry["type"] == "string" and not codes and name not in {*resource["key"], *_referring(resource)}
    required = not free and name not in resource.get("optional", ())
    return Column(name, entry["type"], _words(words), required, codes)


def _referring(resource: Mapping[str, Any]) -> Mapping[str, str]:
    found: Mapping[str, str] = resource.get("references", {})
    return found


@cache
def resources() -> tuple[Resource, ...]:
    """Every resource in the order of the package; the named list is the last."""
    return tuple(
        Resource(
            name,
            _words(entry),
            tuple(entry["key"]),
            tuple(_column(column, entry) for column in entry["columns"]),
            tuple(Reference(column, *target.split(".")) for column, target in _referring(entry).items()),
        )
        for name, entry in _read("codebook.toml")["resources"].items()
    )


@cache
def codes() -> Mapping[str, Mapping[str, Words]]:
    """List → code → what it means: the codes that do not depend on the edition."""
    entries = _read("codebook.toml")
    found = {
        name: {code: _words(words) for code, words in members.items()}
        for name, members in entries["codes"].items()
    }
    for column in entries["columns"].values():
        if term := column.get("term"):
            members = {
                key.partition(".")[2]: words
                for key, words in term_labels().items()
                if key.startswith(f"{term}.")
            }
            found[term] = {code: _words(words) for code, words in members.items()}
    return found


def sentence(section: str, name: str) -> Words:
    """A text of the package by its place in opendata.toml, its {blanks} unfilled."""
    return _words(_read("opendata.toml")[section][name])


def passage(name: str) -> Words:
    """A longer text of the package: "readme", "named"."""
    return _words(_read("opendata.toml")[name])
