"""Documents as plain text and as a list of their numbers, and contents with the texts of a test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from constancia.domain import publishing
from constancia.domain.publishing.blocks import (
    Aside,
    Block,
    Break,
    Bullets,
    DataTable,
    Document,
    Heading,
    KeyNumbers,
    Link,
    NoteMark,
    Number,
    Paragraph,
    Picture,
    Run,
    TableCell,
    Text,
)
from constancia.domain.publishing.content import Content, TextFile

TEMPLATE = Path(publishing.__file__).parent / "templates" / "situacion"


def with_texts(content: Content, files: dict[str, str]) -> Content:
    """The content with this folder: path → text."""
    texts = tuple(TextFile.model_construct(path=path, text=text) for path, text in files.items())
    return content.model_copy(update={"texts": texts})


def template() -> dict[str, str]:
    """The starting template of the situation report: path → text."""
    files = sorted(one for one in TEMPLATE.rglob("*") if one.suffix in (".md", ".toml"))
    return {one.relative_to(TEMPLATE).as_posix(): one.read_text(encoding="utf-8") for one in files}


def with_section(content: Content, text: str) -> Content:
    """The content with one section, "a", in both languages."""
    plan = '[report]\nsections = ["a"]\n'
    return with_texts(content, {"informe.toml": plan, "es/a.md": text, "en/a.md": text})


def numbers(part: Any) -> Iterator[Number]:
    """Every Number in a document or a part of it."""
    if isinstance(part, Number):
        yield part
    elif isinstance(part, tuple | list):
        for one in part:
            yield from numbers(one)
    elif is_dataclass(part):
        for one in fields(part):
            yield from numbers(getattr(part, one.name))


def words(runs: Iterable[Run]) -> str:
    """The runs as text; a mark of a note as [1], a link with its address."""
    found = ""
    for run in runs:
        if isinstance(run, Text | Number):
            found += run.text
        elif isinstance(run, NoteMark):
            found += f"[{run.number}]"
        elif isinstance(run, Break):
            found += " / "
        elif isinstance(run, Link):
            found += f"{words(run.runs)}<{run.address}>"
        else:
            found += words(run.runs)
    return found


def row(cells: Iterable[TableCell]) -> str:
    return " | ".join(words(cell.runs) for cell in cells)


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {words(block.runs)}  ({block.anchor})"
    elif isinstance(block, Paragraph):
        yield ("» " if block.lead else "") + words(block.runs)
    elif isinstance(block, DataTable):
        yield f"[{block.key}] {words(block.caption)}"
        yield f"  {row(block.head)}"
        yield from (f"  {one.kind[0]} {row(one.cells)}" for one in block.rows)
        yield from (f"  * {words(note)}" for note in block.notes)
    elif isinstance(block, KeyNumbers):
        yield from (f"{one.number.text}: {one.label} ({one.note})" for one in block.items)
    elif isinstance(block, Picture):
        yield f"[{block.key}] {words(block.title)} ({block.alt})"
    elif isinstance(block, Bullets):
        for item in block.items:
            yield "-"
            yield from indented(item)
    else:
        yield f"[{block.tone}] {block.title}" if isinstance(block, Aside) else ">"
        yield from indented(block.blocks)


def indented(blocks: Iterable[Block]) -> Iterator[str]:
    return (f"    {line}" for block in blocks for line in _lines(block))


def as_text(document: Document) -> str:
    """The whole document as plain text, for golden files."""
    lines = [document.title, document.subtitle, document.organisation, document.number, document.dates, ""]
    lines += [f"{one.number.text}: {one.label} ({one.note})" for one in document.cover]
    lines += ["", *(line for block in document.blocks for line in _lines(block)), ""]
    lines += [f"[{place}] {words(note)}" for place, note in enumerate(document.notes, start=1)]
    lines += ["", *(words(line) for line in document.imprint)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def bare(content: Content) -> Content:
    """The content as that of a first edition with one figure and nothing beside it."""
    return content.model_copy(
        update={
            "previous": None,
            "tables": (),
            "balance": None,
            "daily": (),
            "levels": (),
            "announcements": (),
            "claims": (),
            "bridges": (),
            "statements": (),
            "named": None,
            "errata": (),
            "figures": content.figures[:1],
        }
    )
