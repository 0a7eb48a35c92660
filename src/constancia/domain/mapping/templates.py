"""Templates: "{first name} {surname}[ (page {page})]".

`{column}` is the cell; what stands in `[…]` is left out if a cell in it is empty. Doubled brackets and
braces stand for themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from constancia.domain.errors import MappingRefused
from constancia.domain.mapping.columns import Columns, View

_TOKEN = re.compile(r"\{\{|\}\}|\[\[|\]\]|\{([^{}]+)\}|[\[\]{}]")


@dataclass(frozen=True, slots=True)
class Segment:
    """Literal texts around cells: texts[0] cell texts[1] cell … (one text more than cells)."""

    optional: bool
    texts: tuple[str, ...]
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Template:
    segments: tuple[Segment, ...]

    @property
    def cells(self) -> tuple[int, ...]:
        return tuple(cell for segment in self.segments for cell in segment.cells)

    @property
    def literal(self) -> str:
        """The text of a template that names no cell."""
        return "".join(segment.texts[0] for segment in self.segments)

    def fill(self, view: View) -> str:
        """The text; "" if it names cells and all of them are empty."""
        pieces: list[str] = []
        some = False
        for segment in self.segments:
            values = [view.text(cell) for cell in segment.cells]
            some = some or any(values)
            if segment.optional and not all(values):
                continue
            pieces.append(segment.texts[0])
            for value, literal in zip(values, segment.texts[1:], strict=True):
                pieces.append(value)
                pieces.append(literal)
        return "".join(pieces) if some else ""


def compile_template(written: str, columns: Columns, place: str) -> Template:
    """Raises MappingRefused: `mapping.template` (brackets do not close), `mapping.column_missing`."""
    segments: list[Segment] = []
    texts, cells = [""], list[int]()
    optional = False
    at = 0
    for token in _TOKEN.finditer(written):
        texts[-1] += written[at : token.start()]
        at = token.end()
        found = token.group()
        if token.group(1) is not None:
            cells.append(columns.index(token.group(1), place))
            texts.append("")
        elif len(found) == 2:
            texts[-1] += found[0]
        elif (found == "[" and not optional) or (found == "]" and optional):
            segments.append(Segment(optional, tuple(texts), tuple(cells)))
            texts, cells, optional = [""], [], found == "["
        else:
            raise MappingRefused("mapping.template", place=place)
    texts[-1] += written[at:]
    if optional:
        raise MappingRefused("mapping.template", place=place)
    segments.append(Segment(False, tuple(texts), tuple(cells)))
    return Template(tuple(segment for segment in segments if segment.cells or any(segment.texts)))
