"""The content of an edition as rows, one list for each resource of the open data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import count

from constancia.domain.names import fold
from constancia.domain.publishing.codebook import ALL_TOGETHER, NAMED_LIST, codes, resources
from constancia.domain.publishing.content import (
    ALL,
    Balance,
    Content,
    Figure,
    Pin,
    Table,
    Words,
)

Value = str | int | bool | date | datetime | None
Row = dict[str, Value]
"""Column → value. A column that a row does not name is empty."""


def rows(content: Content, names: Sequence[str] | None) -> dict[str, list[Row]]:
    """Resource → its rows, in a fixed order. The named list is there only where `names` is given."""
    found = {
        "figures": [_figure(content, figure) for figure in content.figures],
        "breakdowns": [_breakdown(content, table) for table in content.tables],
        "tables": [row for table in content.tables for row in _cells(content, table)],
        "groups": [row for table in content.tables for row in _groups(content, table)],
        "balance": _balance(content, content.balance) if content.balance else [],
        "daily": list(_daily(content)),
        "levels": list(_levels(content)),
        "announcements": list(_announcements(content)),
        "announcement_steps": list(_steps(content)),
        "claims": list(_claims(content)),
        "bridges": list(_bridges(content)),
        "statements": [one.model_dump() for one in content.statements],
        "sources": [one.model_dump() for one in content.sources],
        "errata": [
            {**_both("words", one.words), **one.model_dump(exclude={"words"})} for one in content.errata
        ],
        "definitions": [_ruled(one) for one in content.definitions],
        "rules": [{**_ruled(one), "held": " ".join(one.held)} for one in content.rules],
        "codebook": list(_codebook(content, names is not None)),
    }
    if names is not None:
        found[NAMED_LIST] = list_of_names(names)
    return found


def list_of_names(names: Sequence[str]) -> list[Row]:
    """In alphabetical order: the order of the register would tell who came when."""
    return [{"name": name} for name in sorted(names, key=lambda name: (fold(name), name))]


def _both(column: str, words: Words | None) -> Row:
    """The two columns of a text in both languages."""
    return {f"{column}_es": words.es, f"{column}_en": words.en} if words else {}


def _pin(column: str, name: str, pins: Sequence[Pin]) -> Row:
    """The three columns that name a file of rules; version and hash are empty where it is not pinned."""
    pin = next((one for one in pins if one.name == name), None)
    found: Row = {column: name}
    if pin is not None:
        found |= {f"{column}_version": pin.version, f"{column}_sha256": pin.sha256}
    return found


def _figure(content: Content, figure: Figure) -> Row:
    defined = next((one for one in content.definitions if one.name == figure.figure), None)
    return {
        **figure.model_dump(exclude={"label", "figure", "rule"}),
        **_both("label", figure.label),
        **_pin("definition", figure.figure, content.definitions),
        **_pin("rule", figure.rule, content.rules),
        "measure": defined.measure if defined else None,
        "unit": defined.unit if defined else None,
    }


def _dates(content: Content, table: Table) -> Row:
    """The two dates of a table: those of the figure that its cells add up to."""
    figure = content.figure(table.total_of)
    if figure is None:
        return {"as_of": content.as_of, "known_at": content.known_at}
    return {"start": figure.start, "as_of": figure.as_of, "known_at": figure.known_at}


def _breakdown(content: Content, table: Table) -> Row:
    figure = content.figure(table.total_of)
    return {
        "table": table.name,
        **_both("title", table.title),
        "total_of": table.total_of,
        "total": table.total,
        **{f"dimension{place}": name for place, name in enumerate(table.dimensions, 1)},
        **_dates(content, table),
        "rule": figure.rule if figure else content.rule,
        "withheld": table.withheld,
    }


def _group(table: Table, number: int | None) -> str | None:
    return None if number is None else f"{table.name}:{number}"


def _cells(content: Content, table: Table) -> Iterator[Row]:
    labels = [{one.key: one.label for one in categories} for categories in table.categories]
    together = codes()["category"][ALL_TOGETHER]
    for cell in table.cells:
        row: Row = {"table": table.name, "value": cell.value, "group": _group(table, cell.group)}
        for place, (dimension, key) in enumerate(zip(table.dimensions, cell.key, strict=True), 1):
            label = together if key == ALL else labels[place - 1].get(key)
            row |= {f"dimension{place}": dimension, f"category{place}": ALL_TOGETHER if key == ALL else key}
            row |= _both(f"category{place}", label)
        yield {**row, **_dates(content, table)}


def _groups(content: Content, table: Table) -> Iterator[Row]:
    for group in table.groups:
        yield {
            "group": _group(table, group.number),
            "table": table.name,
            "value": group.value,
            "cells": len(group.cells),
            **_dates(content, table),
        }


def _balance(content: Content, balance: Balance) -> list[Row]:
    """Opening, what came, what left, closing, and of those who came the older cases."""
    opened = balance.opening_as_of
    opening: Row = {
        "part": "opening",
        "value": balance.opening,
        "edition": balance.edition,
        "as_of": opened,
        "known_at": balance.opening_known_at,
    }
    found = [opening]
    for part, terms in (("in", balance.came), ("out", balance.went)):
        for term in terms:
            row: Row = {"part": part, "cause": term.cause, "start": opened}
            found.append({**row, **_both("label", term.label), "value": term.value})
            found += [
                {**row, "kind": kind.kind, **_both("label", kind.label), "value": kind.value}
                for kind in term.by
            ]
    found.append({"part": "closing", "value": balance.closing})
    found.append({"part": "older_cases", "value": balance.older_cases, "start": opened})
    for line, row in enumerate(found):
        label = codes()["part"][str(row["part"])]
        found[line] = {"as_of": content.as_of, "known_at": content.known_at, **_both("label", label), **row}
        found[line] |= {"line": line, "rule": content.rule}
    return found


def _daily(content: Content) -> Iterator[Row]:
    for series in content.daily:
        common: Row = {
            "series": series.name,
            "known_at": series.known_at,
            "definition": series.figure,
            "rule": series.rule,
        }
        yield from ({**common, **day.model_dump()} for day in series.days)


def _levels(content: Content) -> Iterator[Row]:
    for series in content.levels:
        common: Row = {
            "series": series.name,
            "known_at": series.known_at,
            "definition": series.figure,
            "rule": series.rule,
        }
        yield from ({**common, **point.model_dump()} for point in series.points)


def _announcements(content: Content) -> Iterator[Row]:
    for one in content.announcements:
        yield {
            **one.model_dump(exclude={"claimant", "steps"}),
            **_both("claimant", one.claimant),
            "as_of": content.as_of,
            "known_at": content.known_at,
        }


def _steps(content: Content) -> Iterator[Row]:
    for one in content.announcements:
        for place, step in enumerate(one.steps, 1):
            yield {"announcement": one.number, "step": place, **step.model_dump()}


def _claims(content: Content) -> Iterator[Row]:
    for one in content.claims:
        yield {
            **one.model_dump(exclude={"claimant", "says", "why"}),
            **_both("claimant", one.claimant),
            **_both("says", one.says),
            **_both("why", one.why),
            "known_at": content.known_at,
        }


def _bridges(content: Content) -> Iterator[Row]:
    for bridge in content.bridges:
        common: Row = {
            "first_rule": bridge.first_rule,
            "second_rule": bridge.second_rule,
            "as_of": content.as_of,
            "known_at": content.known_at,
        }
        part, line = codes()["part"], count()
        yield {
            **common,
            "line": next(line),
            "part": "first",
            **_both("label", part["first"]),
            "total": bridge.first,
        }
        for step in bridge.steps:
            row: Row = {**step.model_dump(exclude={"label"}), **_both("label", step.label)}
            yield {**common, "line": next(line), "part": "step", **row}
        yield {
            **common,
            "line": next(line),
            "part": "second",
            **_both("label", part["second"]),
            "total": bridge.second,
        }


def _ruled(one: Pin) -> Row:
    """A definition or a rule with its texts in two columns each."""
    found: Row = one.model_dump(exclude={"label", "meaning", "held"})
    for text in ("label", "meaning"):
        found |= _both(text, getattr(one, text))
    return found


def _codebook(content: Content, named: bool) -> Iterator[Row]:
    """Every column, and under each its codes: those of the house, then those of this edition."""
    own = _own_codes(content)
    for resource in resources():
        if resource.name == NAMED_LIST and not named:
            continue
        for column in resource.columns:
            common: Row = {"resource": resource.name, "column": column.name}
            kind = {"count": "integer", "instant": "datetime", "sha256": "string"}.get(
                column.kind, column.kind
            )
            yield {**common, "type": kind, **_both("meaning", column.meaning)}
            known = {**codes().get(column.codes or "", {}), **own.get(column.codes or "", {})}
            for code, meaning in known.items():
                yield {**common, "code": code, **_both("meaning", meaning)}


def _own_codes(content: Content) -> dict[str, dict[str, Words]]:
    """Dimensions and series, which an edition names itself."""
    series = {one.name: one.title for one in content.daily} | {one.name: one.title for one in content.levels}
    dimensions = {
        name: label
        for table in content.tables
        for name, label in zip(table.dimensions, table.dimension_labels, strict=True)
    }
    return {"dimension": dimensions, "series": series}
