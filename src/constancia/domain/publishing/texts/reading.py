"""One file of a report's folder, from its text to blocks; every fault of it goes to the sheet's problems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from constancia.domain.errors import InputRefused
from constancia.domain.publishing.blocks import (
    Aside,
    Block,
    Break,
    Bullets,
    DataTable,
    Heading,
    Paragraph,
    Quote,
    Run,
    TableCell,
    TableRow,
    Text,
)
from constancia.domain.publishing.characters import refused
from constancia.domain.publishing.texts.anchors import slug
from constancia.domain.publishing.texts.calls import insert
from constancia.domain.publishing.texts.comments import without_comments
from constancia.domain.publishing.texts.folder import Section
from constancia.domain.publishing.texts.footnotes import Footnotes
from constancia.domain.publishing.texts.parser import parser
from constancia.domain.publishing.texts.runs import Runs, said_by
from constancia.domain.publishing.texts.sheet import Sheet

LONGEST = 60_000
"""Characters of one file."""
DEEPEST = 10
"""Tokens within tokens: five lists in each other; and as many marks of emphasis."""
WIDEST = 12
"""Columns of a table."""

_ASIDE = re.compile(r"\s*\[!(nota|note)\]\s*", re.IGNORECASE)
_CAPTION = ": "


def read(section: Section, sheet: Sheet) -> tuple[Block, ...]:
    """The blocks of a section; faults go to `sheet.problems`, and what is faulty is left out."""
    if section.text is None:
        sheet.refuse(section.file, 1, InputRefused("edition.folder_file", file=section.file))
        return ()
    text = _sound(section, section.text, sheet)
    if text is None:
        return ()
    try:
        tokens = parser().parse(text, {})
    except RecursionError:  # pragma: no cover - the parser's own limit comes first
        sheet.refuse(section.file, 1, InputRefused("edition.text_deep", file=section.file, line=1))
        return ()
    if line := _too_deep(tokens):
        sheet.refuse(section.file, line, InputRefused("edition.text_deep", file=section.file, line=line))
        return ()
    return _File(section, sheet, SyntaxTreeNode(tokens)).blocks()


def _sound(section: Section, text: str, sheet: Sheet) -> str | None:
    """The text without its remarks, if it can be read at all."""
    file = section.file
    if len(text) > LONGEST:
        error = InputRefused("edition.text_long", file=file, most=LONGEST)
        sheet.refuse(file, 1, error)
        return None
    bad = list(refused(text))
    for line, sign in bad:
        sheet.refuse(file, line, InputRefused("edition.text_character", file=file, line=line, sign=sign))
    if bad:
        return None
    kept, unclosed = without_comments(text)
    if unclosed is not None:
        sheet.refuse(file, unclosed, InputRefused("edition.text_comment", file=file, line=unclosed))
        return None
    if not kept.strip():
        sheet.refuse(file, 1, InputRefused("edition.text_empty", file=file))
        return None
    return kept


def _too_deep(tokens: list[Token]) -> int | None:
    """The line (from 1) of what nests deeper than DEEPEST, None if nothing does."""
    depth, line = 0, 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        depth += token.nesting
        if depth > DEEPEST:
            return line
        inner = 0
        for child in token.children or ():
            inner += child.nesting
            if inner > DEEPEST:
                return line
    return None


class _File:
    """A file that is being read."""

    def __init__(self, section: Section, sheet: Sheet, tree: SyntaxTreeNode) -> None:
        self._section = section
        self._file = section.file
        self._sheet = sheet
        self._tree = tree
        self._footnotes = Footnotes(sheet, section.file, tree)
        self._runs = Runs(sheet, section.file, self._footnotes.text)
        self._level = 0

    def blocks(self) -> tuple[Block, ...]:
        found = self._inner(self._tree.children, top=True)
        self._footnotes.refuse_unused()
        return found

    def _refuse(self, line: int, error: InputRefused) -> None:
        self._sheet.refuse(self._file, line, error)

    def _inner(self, nodes: list[SyntaxTreeNode], *, top: bool) -> tuple[Block, ...]:
        found: list[Block] = []
        for node in nodes:
            if top and not self._level and node.type not in ("heading", "footnote_reference"):
                self._refuse(
                    _line(node), InputRefused("edition.text_first", file=self._file, line=_line(node))
                )
                self._level = 1
            for block in self._block(node, top=top):
                if not _captioned(found, block):
                    found.append(block)
        return tuple(found)

    def _block(self, node: SyntaxTreeNode, *, top: bool) -> Iterator[Block]:
        if node.type == "paragraph":
            runs = self._runs.read(node.children[0], _line(node))
            if runs:
                yield Paragraph(runs)
        elif node.type == "blockquote":
            yield self._quote(node)
        elif node.type in ("bullet_list", "ordered_list"):
            items = tuple(self._inner(item.children, top=False) for item in node.children)
            start = int(node.attrs.get("start", 1))
            yield Bullets(items, ordered=node.type == "ordered_list", start=start)
        elif node.type == "footnote_reference":
            return
        elif not top:
            error = InputRefused("edition.text_block_place", file=self._file, line=_line(node))
            self._refuse(_line(node), error)
        elif node.type == "heading":
            yield from self._heading(node)
        elif node.type == "table":
            yield from self._table(node)
        elif node.type == "called":
            yield from insert(node.meta["call"], self._sheet, (self._file, _line(node)))

    def _heading(self, node: SyntaxTreeNode) -> Iterator[Heading]:
        line, level = _line(node), int(node.tag[1:])
        runs = self._runs.read(node.children[0], line, "heading")
        code = self._fault(level, runs)
        if code:
            self._refuse(line, InputRefused(code, file=self._file, line=line))
        self._level = max(1, min(level, 3))
        if not code:
            stem = self._section.stem
            anchor = stem if level == 1 else f"{stem}-{slug(said_by(runs))}"
            yield Heading(_LEVELS[level], runs, self._sheet.unique(anchor))

    def _fault(self, level: int, runs: tuple[Run, ...]) -> str:
        """The code of what is wrong with a heading, "" if nothing is."""
        if not runs:
            return "edition.text_heading_empty"
        if level > 3:
            return "edition.text_heading_deep"
        if level == 1:
            return "edition.text_heading_second" if self._level else ""
        if not self._level:
            return "edition.text_first"
        return "edition.text_heading_jump" if level > self._level + 1 else ""

    def _quote(self, node: SyntaxTreeNode) -> Quote | Aside:
        """A quotation; one that opens with [!nota] and a title is a box."""
        blocks = self._inner(node.children, top=False)
        first = blocks[0] if blocks else None
        if not isinstance(first, Paragraph) or node.children[0].type != "paragraph":
            return Quote(blocks)
        line = node.children[0].children[0].content.split("\n", 1)[0].rstrip("\\ ")
        if not (found := _ASIDE.match(line)):
            return Quote(blocks)
        opening = first.runs[0]
        if not isinstance(opening, Text) or not opening.text.startswith(line):
            error = InputRefused("edition.text_box", file=self._file, line=_line(node))
            self._refuse(_line(node), error)
            return Quote(blocks)
        rest = _after(first.runs, line)
        title = " ".join(line[found.end() :].split())
        return Aside(title, (*((Paragraph(rest),) if rest else ()), *blocks[1:]))

    def _table(self, node: SyntaxTreeNode) -> Iterator[DataTable]:
        rows = [row for part in node.children for row in part.children]
        heads = rows[0].children
        if len(heads) > WIDEST:
            error = InputRefused("edition.text_wide", file=self._file, line=_line(node), most=WIDEST)
            self._refuse(_line(node), error)
            return
        read = [
            tuple(
                TableCell(
                    self._runs.read(cell.children[0], _line(row)) if cell.children else (),
                    head=cell.type == "th",
                )
                for cell in row.children
            )
            for row in rows
        ]
        yield DataTable(
            key=self._sheet.unique(f"{self._section.stem}-table"),
            caption=(),
            head=read[0],
            rows=tuple(TableRow(cells) for cells in read[1:]),
            numbers=tuple("right" in str(cell.attrs.get("style", "")) for cell in heads),
        )


_LEVELS: dict[int, Literal[1, 2, 3]] = {1: 1, 2: 2, 3: 3}


def _line(node: SyntaxTreeNode) -> int:
    """The line (from 1) where a node begins."""
    while node.map is None and node.parent is not None:
        node = node.parent
    return node.map[0] + 1 if node.map else 1


def _captioned(found: list[Block], block: Block) -> bool:
    """Whether `block` is ": words" under a table without a caption, which it then becomes."""
    if not found or not isinstance(table := found[-1], DataTable) or table.caption:
        return False
    if not isinstance(block, Paragraph) or not isinstance(first := block.runs[0], Text):
        return False
    if not first.text.startswith(_CAPTION):
        return False
    runs = _after(block.runs, _CAPTION)
    found[-1] = DataTable(table.key, runs, table.head, table.rows, table.numbers)
    return True


def _after(runs: tuple[Run, ...], opening: str) -> tuple[Run, ...]:
    """The runs without the text that they open with, and without blanks after it."""
    first, *rest = runs
    assert isinstance(first, Text)
    left = first.text[len(opening) :].lstrip()
    found: tuple[Run, ...] = (Text(left), *rest) if left else tuple(rest)
    return found[1:] if found and isinstance(found[0], Break) else found
