"""Step 16: the tables as CSV say what edicion.json says, cell by cell."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier.bundle import CONTENT, Bundle, open_zip
from constancia.verifier.edition import TOGETHER, Edition, Labels, Series, Table, Term

ARCHIVE = "datos.zip"
FOLDER = "datos/"
ALL_TOGETHER = "*"
"""How a CSV writes the category of a margin."""

Row = dict[str, str]

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def check_copies(bundle: Bundle, edition: Edition) -> int:
    """How many CSV were compared; 0 where the bundle has none.

    Raises ProofRefused: `proof.csv` (no table that can be read, with its name), `proof.csv_differs` (with the
    file, the line and the column), `proof.archive_content` (datos.zip holds another content), and as
    `open_zip`.
    """
    compared = 0
    for files in _places(bundle):
        for name, expected in _expected(edition).items():
            data = files.get(f"{FOLDER}{name}.csv")
            if data is not None:
                _compare(name, data, expected)
                compared += 1
    return compared


def _places(bundle: Bundle) -> Iterator[Mapping[str, bytes]]:
    yield bundle.files
    for path in (ARCHIVE, FOLDER + ARCHIVE):
        if path in bundle:
            within = open_zip(bundle[path])
            if within.get(CONTENT) != bundle[CONTENT]:
                raise ProofRefused("proof.archive_content")
            yield within


def _compare(name: str, data: bytes, expected: Sequence[Row]) -> None:
    try:
        reader = csv.reader(StringIO(data.decode("utf-8-sig", "strict"), newline=""), strict=True)
        head, *rows = list(reader)
    except (csv.Error, ValueError):
        raise ProofRefused("proof.csv", name=name) from None
    if len(set(head)) != len(head) or any(len(row) != len(head) for row in rows):
        raise ProofRefused("proof.csv", name=name)
    if len(rows) != len(expected):
        raise ProofRefused("proof.csv_differs", name=name, row=min(len(rows), len(expected)) + 1, column="")
    places = {column: place for place, column in enumerate(head)}
    for number, (row, told) in enumerate(zip(rows, expected), 1):  # noqa: B905 - lengths are compared above
        for column, text in told.items():
            if column not in places or row[places[column]] != text:
                raise ProofRefused("proof.csv_differs", name=name, row=number, column=column)


def _expected(edition: Edition) -> dict[str, list[Row]]:
    """Name of the CSV → per line the columns that are compared."""
    return {
        "figures": [_figure_row(edition, place) for place in range(len(edition.figures))],
        "breakdowns": [_breakdown_row(table) for table in edition.tables],
        "tables": [row for table in edition.tables for row in _cell_rows(table)],
        "groups": [row for table in edition.tables for row in _group_rows(table)],
        "balance": list(_balance_rows(edition)),
        "daily": [row for series in edition.daily for row in _series_rows(series)],
        "levels": [row for series in edition.levels for row in _series_rows(series)],
    }


def _cell(value: str | int | None) -> str:
    """As the CSV are written: what a spreadsheet would take for a formula has an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    return ("'" + value if value.startswith(_DANGEROUS) else value).replace("\x00", "")


def _row(**columns: str | int | None) -> Row:
    return {name: _cell(value) for name, value in columns.items()}


def _both(name: str, labels: Labels) -> Row:
    return {f"{name}_es": _cell(labels[0]), f"{name}_en": _cell(labels[1])}


def _second(instant: str) -> str:
    """An instant as the CSV write it, to the second."""
    return instant.partition(".")[0].removesuffix("Z") + "Z"


def _figure_row(edition: Edition, place: int) -> Row:
    one = edition.figures[place]
    return _row(
        name=one.name,
        value=one.value,
        lowest=one.lowest,
        highest=one.highest,
        pending_in=one.pending_in,
        pending_out=one.pending_out,
        start=one.start,
        as_of=one.as_of,
        known_at=_second(one.known_at),
        definition=one.figure,
        rule=one.rule,
    ) | _both("label", one.label)


def _breakdown_row(table: Table) -> Row:
    return _row(
        table=table.name,
        total_of=table.total_of,
        total=table.total,
        withheld="true" if table.withheld else "false",
    ) | _both("title", table.title)


def _cell_rows(table: Table) -> Iterator[Row]:
    for cell in table.cells:
        row = _row(
            table=table.name,
            value=cell.value,
            group=None if cell.group is None else f"{table.name}:{cell.group}",
        )
        for place, category in enumerate(cell.key):
            row[f"category{place + 1}"] = _cell(ALL_TOGETHER if category == TOGETHER else category)
            labels = (
                table.category_labels[place].get(category) if place < len(table.category_labels) else None
            )
            if labels is not None:
                row |= _both(f"category{place + 1}", labels)
        yield row


def _group_rows(table: Table) -> Iterator[Row]:
    for group in table.groups:
        yield _row(
            group=f"{table.name}:{group.number}",
            table=table.name,
            value=group.value,
            cells=len(group.cells),
        )


def _balance_rows(edition: Edition) -> Iterator[Row]:
    balance = edition.balance
    if balance is None:
        return
    yield _row(part="opening", value=balance.opening, edition=balance.edition, as_of=balance.opening_as_of)
    for part, terms in (("in", balance.came), ("out", balance.went)):
        for term in terms:
            yield from _term_rows(part, term)
    yield _row(part="closing", value=balance.closing)
    yield _row(part="older_cases", value=balance.older_cases)


def _term_rows(part: str, term: Term) -> Iterator[Row]:
    yield _row(part=part, cause=term.cause, kind=None, value=term.value) | _both("label", term.label)
    for kind, label, number in term.kinds:
        yield _row(part=part, cause=term.cause, kind=kind, value=number) | _both("label", label)


def _series_rows(series: Series) -> Iterator[Row]:
    for day, numbers in series.points:
        yield _row(
            series=series.name,
            day=day,
            known_at=_second(series.known_at),
            definition=series.figure,
            rule=series.rule,
        ) | {name: str(number) for name, number in numbers.items()}
