"""Breakdowns: from people to tables for disclosure control, and from decided merges to tables for print."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from constancia.apps.figures.counting import Question
from constancia.apps.figures.published import Counter
from constancia.apps.figures.shapes import PAIRS
from constancia.apps.publishing.freezing import words
from constancia.domain.disclosure.pattern import Pattern, published
from constancia.domain.disclosure.table import Table
from constancia.domain.disclosure.universe import universe
from constancia.domain.figures.dimensions import NOT_KNOWN, Dimension
from constancia.domain.figures.periods import instant_of
from constancia.domain.names import fold
from constancia.domain.publishing import content
from constancia.domain.publishing.plan import AskedTable
from constancia.domain.vocabulary.states import region_code, state_label, states


def raw_table(counter: Counter, question: Question, asked: AskedTable, totals_only: frozenset[int]) -> Table:
    """The figure by the dimensions asked for, every person in one cell; `totals_only` under "not known".

    The order of the categories says nothing of their size. Each cell counts persons.
    """
    counts = Tally(cell for _, cell in placed(counter, question, asked, totals_only))
    return Table(
        name=asked.name,
        dimensions=tuple(one.value for one in asked.by),
        counts=dict(counts),
        universe=universe_of(question),
        categories=tuple(
            categories_of(dimension, {cell[place] for cell in counts})
            for place, dimension in enumerate(asked.by)
        ),
        listed=frozenset(
            (dimension.value, cell[place])
            for cell in counts
            for place, dimension in enumerate(asked.by)
            if cell[place] not in categories_of(dimension, ())
        ),
    )


def placed(
    counter: Counter, question: Question, asked: AskedTable, totals_only: frozenset[int]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Everybody counted, each with the inner cell of the table where they stand."""
    nowhere = (NOT_KNOWN,) * len(asked.by)
    for person, categories in counter.rows(replace(question, by=tuple(asked.by))):
        yield person, nowhere if person in totals_only else _canonical(asked.by, categories)


def universe_of(question: Question) -> str:
    """Whom a question counts, whatever the plan calls its figure."""
    stock = question.definition.measure == "stock"
    return universe(
        question.definition.name,
        question.rule.name,
        None if stock or not question.start else date.fromordinal(question.start),
        date.fromordinal(question.as_of),
        instant_of(question.known_at),
    )


def categories_of(dimension: Dimension, found: Iterable[str]) -> tuple[str, ...]:
    """Every category of a dimension in the order of print: the closed ones all, the open ones as found; "not
    known" last. A layout that does not move between editions tells nobody what came and went."""
    there = {*found} - {NOT_KNOWN}
    if dimension in PAIRS:
        fixed = [str(name) for name in PAIRS[dimension]]
        return (*fixed, *sorted(there.difference(fixed)), NOT_KNOWN)
    if dimension is Dimension.STATE:
        there |= set(states())
        return (*sorted(there, key=lambda code: fold(state_label(code))), NOT_KNOWN)
    return (*sorted(there, key=fold), NOT_KNOWN)


def shown(raw: Table, asked: AskedTable, pattern: Pattern, withheld: bool) -> content.Table:
    """The table as it is published under the merges decided for it. Of one that is withheld not even the
    categories, which are often there because somebody is in them."""
    dimensions = tuple(asked.by)
    seen = published(raw, pattern)
    groups = tuple(
        content.Group(number=number, cells=tuple(sorted(cells)), value=value)
        for number, (cells, value) in enumerate(seen.groups, start=1)
    )
    return content.Table(
        name=asked.name,
        title=asked.title,
        total_of=asked.of,
        total=sum(raw.counts.values()),
        dimensions=raw.dimensions,
        dimension_labels=tuple(words.dimension(name) for name in raw.dimensions),
        categories=tuple(
            tuple(
                content.Category(key=key, label=words.category(dimension, key))
                for key in (() if withheld else keys)
            )
            for dimension, keys in zip(dimensions, raw.categories, strict=True)
        ),
        cells=() if withheld else _cells(raw, seen.values, groups),
        groups=() if withheld else groups,
        withheld=withheld,
    )


def _cells(
    raw: Table, values: Mapping[tuple[str, ...], int], groups: Sequence[content.Group]
) -> tuple[content.Cell, ...]:
    """In the order of print; of one dimension without the total, which the table says anyway."""
    merged = {cell: group.number for group in groups for cell in group.cells}
    one_way = len(raw.dimensions) == 1
    return tuple(
        content.Cell(key=cell, value=values.get(cell), group=merged.get(cell))
        for cell in raw.cells()
        if not (one_way and cell == ("",))
    )


def _canonical(dimensions: Sequence[Dimension], categories: Sequence[str]) -> tuple[str, ...]:
    """States by their codes, whatever they were called."""
    return tuple(
        region_code(category) if dimension is Dimension.STATE and category != NOT_KNOWN else category
        for dimension, category in zip(dimensions, categories, strict=True)
    )
