"""What the waterfall of a balance says: the earlier count, what came and went, the count now."""

from __future__ import annotations

from dataclasses import dataclass

from constancia.domain.language import Language
from constancia.domain.publishing.blocks import DataTable, Number, TableCell, TableRow, Text
from constancia.domain.publishing.charts.described import (
    Described,
    Runs,
    between,
    capital,
    counted,
    head,
    key_of,
    number_cell,
    plain,
    row,
    sentence,
    text_cell,
    words,
)
from constancia.domain.publishing.charts.printing import clean
from constancia.domain.publishing.content import Balance, Content
from constancia.domain.publishing.printing import day, signed

NAME = "balance"


@dataclass(frozen=True, slots=True)
class Drop:
    """One step: its label, the change (with its sign) and the count before and after it."""

    label: str
    change: int
    before: int
    after: int
    name: str


def drops(balance: Balance, language: Language) -> tuple[Drop, ...]:
    """The causes of somebody, what came before what went, in the order of the balance."""
    found: list[Drop] = []
    level = balance.opening
    for sign, side, terms in ((1, "in", balance.came), (-1, "out", balance.went)):
        for term in terms:
            if not term.value:
                continue
            change = sign * term.value
            label = clean(term.label.in_language(language))
            found.append(Drop(label, change, level, level + change, f"balance.{side}.{term.cause}.change"))
            level += change
    return tuple(found)


def waterfall(content: Content, balance: Balance, language: Language) -> Described:
    """From the opening to the closing of a balance."""
    title = _title(content, balance, language)
    items = "; ".join(f"{one.label}, {signed(one.change, language)}" for one in drops(balance, language))
    notes: list[Runs] = [sentence("balance.scale", language)]
    if balance.older_cases:
        key = "balance.older_1" if balance.older_cases == 1 else "balance.older"
        older = counted(balance.older_cases, "balance.older_cases", language)
        notes.append(sentence(key, language, value=older))
    alt = plain(sentence("balance.alt", language, title=title, items=f"{items}." if items else ""))
    return Described(NAME, title, alt.strip(), _data(content, balance, language), tuple(notes))


def _closing(content: Content, balance: Balance, language: Language) -> Number:
    held = content.figure("held")
    name = "held" if held is not None and held.value == balance.closing else "balance.closing"
    return counted(balance.closing, name, language)


def _title(content: Content, balance: Balance, language: Language) -> Runs:
    held = content.figure("held")
    what = clean(held.label.in_language(language)) if held else words("levels.people", language)
    return capital(
        sentence(
            "balance.same" if balance.opening == balance.closing else "balance.title",
            language,
            period=between(balance.opening_as_of, content.as_of, language),
            opening=counted(balance.opening, "balance.opening", language),
            closing=_closing(content, balance, language),
            what=what,
            moves=_moves(balance, language),
        )
    )


def _moves(balance: Balance, language: Language) -> Runs:
    """How many were added and taken off; "none" in words."""
    came, went = (sum(one.value for one in terms) for terms in (balance.came, balance.went))
    values: dict[str, Number] = {}
    if came:
        values["came"] = counted(came, "balance.in", language)
    if went:
        values["went"] = counted(went, "balance.out", language)
    key = "both" if came and went else "only_in" if came else "only_out" if went else "neither"
    return sentence(f"balance.{key}", language, **values)


def _data(content: Content, balance: Balance, language: Language) -> DataTable:
    opened = plain(sentence("balance.opening", language, day=day(balance.opening_as_of, language)))
    closed = plain(sentence("balance.closing", language, day=day(content.as_of, language)))
    blank = text_cell("")
    opening = number_cell(balance.opening, "balance.opening", language)
    rows = [row(text_cell(opened), blank, opening, total=True)]
    level = balance.opening
    for sign, side, terms in ((1, "in", balance.came), (-1, "out", balance.went)):
        for term in terms:
            level += sign * term.value
            name = f"balance.{side}.{term.cause}"
            change = TableCell((Number(signed(sign * term.value, language), f"{name}.change"),))
            label = text_cell(clean(term.label.in_language(language)))
            rows.append(row(label, change, number_cell(level, f"{name}.after", language)))
            for kind in term.by:
                part = clean(kind.label.in_language(language))
                text = text_cell(plain(sentence("balance.of_which", language, label=part)))
                number = Number(signed(sign * kind.value, language), f"{name}.{kind.kind}.change")
                rows.append(TableRow((text, TableCell((number,)), blank), kind="sub"))
    end = TableCell((_closing(content, balance, language),))
    rows.append(row(text_cell(closed), blank, end, total=True))
    labels = ("balance.cause", "balance.change", "balance.level")
    return DataTable(
        key=f"{key_of(NAME)}-data",
        caption=(Text(words("balance.caption", language)),),
        head=head(*(words(label, language) for label in labels)),
        rows=tuple(rows),
        numbers=(False, True, True),
    )
