"""How the total went from the previous edition to this one: opening + in − out = closing."""

from __future__ import annotations

from typing import Literal

from constancia.domain.language import Language
from constancia.domain.publishing import printing
from constancia.domain.publishing.blocks import DataTable, Number, Run, TableCell, TableRow, Text
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.content import Balance, Content, Term
from constancia.domain.publishing.figures_in_words import since_previous
from constancia.domain.publishing.tables import cell
from constancia.domain.publishing.wording import runs, said


def movement_table(content: Content, language: Language) -> DataTable | None:
    """The balance by cause; causes of nobody are left out. None where there is no earlier edition."""
    balance = content.balance
    if balance is None:
        return None
    first, last = (printing.short_day(day, language) for day in (balance.opening_as_of, content.as_of))
    rows = [
        _row(said("movement.at", language, day=first), balance.opening, "balance.opening", language, "total")
    ]
    rows += _side("in", balance.came, language)
    rows += _side("out", balance.went, language)
    rows.append(
        _row(said("movement.at", language, day=last), balance.closing, "balance.closing", language, "total")
    )
    notes = []
    if balance.older_cases:
        number = Number(printing.number(balance.older_cases, language), "balance.older_cases")
        notes.append(runs("balance.older_cases", language, number=number, day=first))
    notes += _releases(content, balance, first, language)
    notes.append((Text(said("movement.reading", language)),))
    return DataTable(
        key="movement",
        caption=(Text(said("movement.caption", language, first=first, last=last)),),
        head=(
            cell(said("movement.cause", language), head=True),
            cell(said("tables.unit_persons", language), head=True),
        ),
        rows=tuple(rows),
        numbers=(False, True),
        notes=tuple(notes),
    )


def _releases(content: Content, balance: Balance, first: str, language: Language) -> list[tuple[Run, ...]]:
    """Why more were released than the cause says, where more were."""
    counted = next((term.value for term in balance.went if term.cause == "released"), 0)
    figure = since_previous(content, "released")
    if figure is None or figure.value <= counted:
        return []
    both = {
        "all": Number(printing.number(figure.value, language), figure.name),
        "counted": Number(printing.number(counted, language), "balance.out.released"),
    }
    return [runs("movement.releases", language, day=first, **both)]


def _side(side: str, terms: tuple[Term, ...], language: Language) -> list[TableRow]:
    """The sum of a side, then its causes with their kinds."""
    name = f"balance.{side}"
    total = sum(term.value for term in terms)
    found = [_row(said(f"movement.{side}", language), total, name, language, "plain", _sign(side))]
    for term in terms:
        if not term.value:
            continue
        label = printing.capital(plain(term.label.in_language(language)))
        called = (Text(label), *_kinds(term, f"{name}.{term.cause}", language))
        found.append(_row(called, term.value, f"{name}.{term.cause}", language, "sub"))
    return found


def _kinds(term: Term, name: str, language: Language) -> tuple[Run, ...]:
    """ ": 30 bajo medidas, 11 libertad plena"; nothing where a term has no kinds."""
    found: list[Run] = []
    for kind in term.by:
        if kind.value:
            shown = plain(kind.label.in_language(language))
            number = Number(printing.number(kind.value, language), f"{name}.{kind.kind}")
            found += [Text(", " if found else ": "), number, Text(f" {shown[:1].lower()}{shown[1:]}")]
    return tuple(found)


def _sign(side: str) -> str:
    return "+ " if side == "in" else f"{printing.MINUS} "


def _row(
    label: str | tuple[Run, ...],
    value: int,
    name: str,
    language: Language,
    kind: Literal["plain", "total", "sub"],
    sign: str = "",
) -> TableRow:
    number = Number(printing.number(value, language), name)
    first = cell(label, head=True) if isinstance(label, str) else TableCell(label, head=True)
    return TableRow((first, TableCell((Text(sign), number) if sign else (number,))), kind=kind)
