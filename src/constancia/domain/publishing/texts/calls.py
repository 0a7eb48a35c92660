"""The blocks that a text may call on a line of its own. One over nothing is a calm sentence, not a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from constancia.domain.errors import InputRefused
from constancia.domain.figures.dimensions import Dimension
from constancia.domain.publishing import explained
from constancia.domain.publishing.announced_table import announced_table
from constancia.domain.publishing.balance_table import apart_table, balance_table
from constancia.domain.publishing.blocks import Aside, Block, DataTable, KeyNumbers, Paragraph, Picture, Text
from constancia.domain.publishing.claims_table import bridge_table, claims_table
from constancia.domain.publishing.figures_in_words import key_number
from constancia.domain.publishing.movement_table import movement_table
from constancia.domain.publishing.tables import table_block
from constancia.domain.publishing.texts.insertions import Call
from constancia.domain.publishing.texts.problem import shown
from constancia.domain.publishing.texts.sheet import Sheet
from constancia.domain.publishing.wording import phrases, said

Where = tuple[str, int]


def insert(call: Call, sheet: Sheet, where: Where) -> tuple[Block, ...]:
    """The blocks that `call` stands for; a fault of it goes to the sheet's problems, with file and line."""
    found = _CALLS[call.block](call, sheet, where)
    return tuple(_unique(block, sheet) for block in found)


def _unique(block: Block, sheet: Sheet) -> Block:
    """The block under a key that no other has."""
    if isinstance(block, DataTable):
        return replace(block, key=sheet.unique(block.key))
    if isinstance(block, Picture):
        data = replace(block.data, key=sheet.unique(block.data.key)) if block.data else None
        return replace(block, key=sheet.unique(block.key), data=data)
    return block


def _calm(key: str, sheet: Sheet) -> tuple[Block, ...]:
    return (Paragraph((Text(said(key, sheet.language)),)),)


def _or_calm(block: DataTable | None, key: str, sheet: Sheet) -> tuple[Block, ...]:
    return (block,) if block else _calm(key, sheet)


def unknown(sheet: Sheet, where: Where, name: str, known: Iterable[str]) -> None:
    """A name that the edition did not freeze, with those that are like it."""
    file, line = where
    if near := sheet.problems.near(name, list(known)):
        error = InputRefused("edition.text_name_near", file=file, line=line, name=shown(name), near=near)
    else:
        error = InputRefused("edition.text_name", file=file, line=line, name=shown(name))
    sheet.refuse(file, line, error)


def _nothing_given(call: Call, sheet: Sheet, where: Where) -> bool:
    """Whether nothing stands after the word of a block that takes nothing; else a problem."""
    if call.given:
        file, line = where
        sheet.refuse(
            file, line, InputRefused("edition.text_block_bare", file=file, line=line, name=call.block)
        )
    return not call.given


def _named(call: Call, sheet: Sheet, where: Where) -> str | None:
    """The one name that a block needs; else a problem."""
    if call.given:
        return call.given[0]
    file, line = where
    sheet.refuse(file, line, InputRefused("edition.text_block_needs", file=file, line=line, name=call.block))
    return None


def _table(call: Call, sheet: Sheet, where: Where) -> tuple[Block, ...]:
    name = _named(call, sheet, where)
    if name is None:
        return ()
    table = sheet.content.table(name)
    if table is None:
        unknown(sheet, where, name, (one.name for one in sheet.content.tables))
        return ()
    return (table_block(table, sheet.content, sheet.language),)


def _tables(call: Call, sheet: Sheet, where: Where) -> tuple[Block, ...]:
    """All tables, or those by any of the given dimensions."""
    for name in call.given:
        if name not in list(Dimension):
            unknown(sheet, where, name, Dimension)
    wanted = set(call.given)
    found: list[DataTable | Aside] = [
        table_block(table, sheet.content, sheet.language)
        for table in sheet.content.tables
        if not wanted or wanted & set(table.dimensions)
    ]
    return tuple(found) or _calm("calls.no_tables" if not wanted else "calls.no_such_tables", sheet)


def _chart(call: Call, sheet: Sheet, where: Where) -> tuple[Block, ...]:
    name = _named(call, sheet, where)
    if name is None or sheet.describe is None:
        return ()
    name = name.replace(": ", ":")
    try:
        found = sheet.describe(sheet.content, name, sheet.language)
    except InputRefused:
        calm = f"calls.no_chart_{name.partition(':')[0]}"
        if calm in phrases():
            return _calm(calm, sheet)
        file, line = where
        sheet.refuse(file, line, InputRefused("edition.text_chart", file=file, line=line, name=shown(name)))
        return ()
    key = f"chart-{''.join(c if c.isascii() and c.isalnum() else '-' for c in name)}"
    return (Picture(key, name, found.title, found.alt, found.data, found.notes),)


def _balance(call: Call, sheet: Sheet, where: Where) -> tuple[Block, ...]:
    if not _nothing_given(call, sheet, where):
        return ()
    others = apart_table(sheet.content, sheet.language)
    return (balance_table(sheet.content, sheet.language), *([others] if others else []))


def _movement(call: Call, sheet: Sheet, where: Where) -> tuple[Block, ...]:
    if not _nothing_given(call, sheet, where):
        return ()
    return _or_calm(movement_table(sheet.content, sheet.language), "movement.none", sheet)


def _announcements(call: Call, sheet: Sheet, where: Where) -> tuple[Block, ...]:
    if not _nothing_given(call, sheet, where):
        return ()
    return _or_calm(announced_table(sheet.content, sheet.language, sheet.note), "announced.none", sheet)


def _figures(call: Call, sheet: Sheet, where: Where) -> tuple[Block, ...]:
    content = sheet.content
    names = call.given or tuple(one.name for one in content.figures)
    figures = [(name, content.figure(name)) for name in names]
    for name, figure in figures:
        if figure is None:
            unknown(sheet, where, name, (one.name for one in content.figures))
    items = tuple(key_number(one, content, sheet.language) for _, one in figures if one)
    return (KeyNumbers(items),) if items else ()


def _claims(call: Call, sheet: Sheet, where: Where) -> tuple[Block, ...]:
    """A thing that nobody's claim is about is no fault: the next edition may have one."""
    found = claims_table(sheet.content, sheet.language, sheet.note, call.given)
    return _or_calm(found, "claims.none", sheet)


def _bridge(call: Call, sheet: Sheet, where: Where) -> tuple[Block, ...]:
    content, language = sheet.content, sheet.language
    if not call.given:
        tables = tuple(bridge_table(one, content, language) for one in content.bridges)
        return tables or _calm("claims.none_bridge", sheet)
    wanted = " ".join(call.given)
    known = {f"{one.first_rule} {one.second_rule}": one for one in content.bridges}
    if wanted not in known:
        unknown(sheet, where, wanted, known)
        return ()
    return (bridge_table(known[wanted], content, language),)


def _definitions(call: Call, sheet: Sheet, where: Where) -> tuple[Block, ...]:
    bare = _nothing_given(call, sheet, where)
    return explained.definitions(sheet.content, sheet.language) if bare else ()


def _errata(call: Call, sheet: Sheet, where: Where) -> tuple[Block, ...]:
    return explained.errata(sheet.content, sheet.language) if _nothing_given(call, sheet, where) else ()


def _list(call: Call, sheet: Sheet, where: Where) -> tuple[Block, ...]:
    return explained.named(sheet.content, sheet.language) if _nothing_given(call, sheet, where) else ()


def _summary(call: Call, sheet: Sheet, where: Where) -> tuple[Block, ...]:
    return explained.summary(sheet.content, sheet.language) if _nothing_given(call, sheet, where) else ()


_CALLS: dict[str, Callable[[Call, Sheet, Where], tuple[Block, ...]]] = {
    "table": _table,
    "tables": _tables,
    "chart": _chart,
    "balance": _balance,
    "movement": _movement,
    "announcements": _announcements,
    "figures": _figures,
    "claims": _claims,
    "bridge": _bridge,
    "definitions": _definitions,
    "errata": _errata,
    "named": _list,
    "summary": _summary,
}
