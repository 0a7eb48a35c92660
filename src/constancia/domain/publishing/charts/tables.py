"""What bars and the map of states say about a table by one dimension."""

from __future__ import annotations

from constancia.domain.language import Language
from constancia.domain.publishing.blocks import Text
from constancia.domain.publishing.charts.described import (
    Described,
    Runs,
    capital,
    counted,
    joined,
    listed,
    plain,
    sentence,
)
from constancia.domain.publishing.charts.printing import clean
from constancia.domain.publishing.charts.shown import (
    Shown,
    counted_in,
    largest,
    merged_notes,
    rows_of,
    table_data,
)
from constancia.domain.publishing.content import Content, Table

MOST_BARS = 20
"""More bars than this are not drawn: the table behind the chart has them all."""

_IN = ("state", "place")
_BY_SIZE = ("state", "place", "authority", "context", "occupation", "kind", "measures", "group")


def bars(content: Content, table: Table, name: str, language: Language) -> Described:
    """A table as bars, one for each category or group of merged ones."""
    if table.withheld:
        return withheld(table, name, language)
    rows = rows_of(table, language)
    title = _title(content, table, rows, language)
    notes = merged_notes(rows, language)
    if len(rows) > MOST_BARS:
        shown, everything = Text(str(MOST_BARS)), Text(str(len(rows)))
        notes = (*notes, sentence("all.shown", language, shown=shown, all=everything))
    alt = f"{plain(sentence('table.alt_bars', language, title=title))} {_tail(rows, language)}"
    return Described(name, title, alt.strip(), table_data(table, name, rows, language), notes)


def state_map(content: Content, table: Table, name: str, language: Language) -> Described:
    """A table by state as a map of equal squares."""
    if table.withheld:
        return withheld(table, name, language)
    rows = rows_of(table, language)
    title = _title(content, table, rows, language)
    alt = f"{plain(sentence('table.alt_map', language, title=title))} {_tail(rows, language)}"
    notes = (sentence("table.tiles", language), *merged_notes(rows, language))
    return Described(name, title, alt.strip(), table_data(table, name, rows, language), notes)


def bars_drawn(table: Table, rows: tuple[Shown, ...]) -> tuple[Shown, ...]:
    """The rows that get a bar, at most `MOST_BARS`.

    Categories without an order of their own stand by size, others in the order of print; those not
    known are last.
    """
    by_size = sorted(rows, key=lambda one: -one.value)
    kept = {one.name for one in by_size[:MOST_BARS]}
    chosen = by_size if table.dimensions[0] in _BY_SIZE else rows
    return tuple(sorted((one for one in chosen if one.name in kept), key=lambda one: one.unknown))


def withheld(table: Table, name: str, language: Language) -> Described:
    """A table that is not published: its title, its total and a line that says so."""
    title = (Text(clean(table.title.in_language(language))),)
    total = counted(table.total, table.total_of, language)
    alt = plain(sentence("all.withheld_alt", language, title=title))
    note = sentence("all.withheld", language, total=total)
    return Described(name, title, alt, table_data(table, name, (), language), (note,))


def _title(content: Content, table: Table, rows: tuple[Shown, ...], language: Language) -> Runs:
    """ "De 541 personas detenidas, 301 están en Distrito Capital, 98 en Zulia y 60 en Lara." """
    what = counted_in(content, table, language)
    total = counted(table.total, table.total_of, language)
    top = largest(rows)
    if not top:
        key = "table.merged_only" if any(one.group for one in rows) else "table.none"
        return _and_unknown(sentence(key, language, total=total, what=what), rows, language)
    figure = content.figure(table.total_of)
    inside = table.dimensions[0] in _IN and (figure is None or figure.start is None)
    keys = ["table.in_first", *["table.in_next"] * len(top)] if inside else ["table.of_item"] * len(top)
    items = [
        sentence(key, language, label=one.label(language), value=counted(one.value, one.name, language))
        for key, one in zip(keys, top, strict=False)
    ]
    said = listed(items, language) if inside else joined(_with_semicolons(items))
    title = sentence("table.in_place" if inside else "table.of", language, total=total, what=what, items=said)
    return _and_unknown(title, rows, language)


def _and_unknown(title: Runs, rows: tuple[Shown, ...], language: Language) -> Runs:
    """The title, and of how many the category is not known."""
    unknown = next((one for one in rows if one.unknown and one.value), None)
    if unknown is None:
        return capital(title)
    number = counted(unknown.value, unknown.name, language)
    return joined((*capital(title), Text(" "), *sentence("table.unknown", language, value=number)))


def _with_semicolons(items: list[Runs]) -> Runs:
    return tuple(run for index, item in enumerate(items) for run in ((Text("; "),) if index else ()) + item)


def _tail(rows: tuple[Shown, ...], language: Language) -> str:
    """Every merged group in words, for those who do not see the hatching."""
    return " ".join(plain(note) for note in merged_notes(rows, language))
