"""Which charts a content has, and the description of each by its name."""

from __future__ import annotations

from constancia.domain.errors import InputRefused
from constancia.domain.language import Language
from constancia.domain.publishing.charts import announced, daily, levels, pairs, tables, theirs, waterfall
from constancia.domain.publishing.charts.described import Described
from constancia.domain.publishing.content import Content, Table

MAP, BARS = "map:", "bars:"


def chart_names(content: Content) -> tuple[str, ...]:
    """The names of all charts of the content, in the order of a report.

    A table that is withheld has its charts too: they say that it is not published, so that a report that
    shows one still can be made.
    """
    names = [one.name for one in content.daily if one.days]
    names += [one.name for one in content.levels if one.points]
    if content.balance is not None:
        names.append(waterfall.NAME)
    if content.announcements:
        names.append(announced.NAME)
    if pairs.pair_tables(content):
        names.append(pairs.NAME)
    for table in content.tables:
        if len(table.dimensions) == 1:
            names += [MAP + table.name] if table.dimensions[0] == "state" else []
            names.append(BARS + table.name)
    return (*names, *(theirs.PREFIX + about for about in theirs.abouts(content)))


def described(content: Content, name: str, language: Language) -> Described:
    """What the chart `name` says. InputRefused `edition.chart_unknown` (name, known) for another name."""
    known = chart_names(content)
    if name not in known:
        raise InputRefused("edition.chart_unknown", name=name, known=", ".join(known) or "—")
    for series in content.daily:
        if series.name == name:
            return daily.daily(content, series, language)
    for stock in content.levels:
        if stock.name == name:
            return levels.levels(content, stock, language)
    if name == waterfall.NAME and content.balance is not None:
        return waterfall.waterfall(content, content.balance, language)
    if name == announced.NAME:
        return announced.announced(content, language)
    if name == pairs.NAME:
        return pairs.pairs(content, language)
    if name.startswith(theirs.PREFIX):
        return theirs.theirs(content, name.removeprefix(theirs.PREFIX), language)
    kind = MAP if name.startswith(MAP) else BARS
    table = table_of(content, name)
    draw = tables.state_map if kind == MAP else tables.bars
    return draw(content, table, name, language)


def table_of(content: Content, name: str) -> Table:
    """The table of a chart "map:…" or "bars:…" that is known to be there."""
    found = content.table(name.partition(":")[2])
    assert found is not None
    return found
