"""Runs as WordprocessingML. A number of the edition has a character style of its own, so that it is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part

from constancia.apps.publishing.outputs.docx.elements import PLAIN, Element, Look, element, line_break, run
from constancia.apps.publishing.outputs.docx.footnotes import Footnotes
from constancia.apps.publishing.outputs.spoken import followed, marks
from constancia.domain.publishing.blocks import Break, Emphasis, Link, NoteMark, Number, Run, Strong, Text


class Runs:
    """Writes the runs of one part of the package: links are relationships of the part that they stand in."""

    def __init__(self, part: Part, footnotes: Footnotes, *, within_note: bool = False) -> None:
        self._part = part
        self._footnotes = footnotes
        self._within_note = within_note

    def elements(self, runs: Sequence[Run], look: Look = PLAIN) -> Iterator[Element]:
        """Raises InputRefused `publishing.note_missing` for the mark of a note that is not there."""
        for one in runs:
            yield from self._one(one, look, linked=False)

    def _one(self, one: Run, look: Look, *, linked: bool) -> Iterator[Element]:
        match one:
            case Text(text=words):
                yield run(words, look)
            case Number(text=words):
                yield run(words, look if look.style else replace(look, style="EditionNumber"))
            case Strong(runs=inner):
                yield from self._all(inner, replace(look, bold=True), linked=linked)
            case Emphasis(runs=inner):
                language = one.language or look.language
                yield from self._all(inner, replace(look, italic=True, language=language), linked=linked)
            case Break():
                yield line_break()
            case Link():
                yield from self._link(one, look, linked=linked)
            case NoteMark(number=number):
                if not linked:  # inside a link it would be lost on a click: it follows the link
                    yield from self._mark(number)

    def _all(self, runs: Sequence[Run], look: Look, *, linked: bool) -> Iterator[Element]:
        for one in runs:
            yield from self._one(one, look, linked=linked)

    def _link(self, link: Link, look: Look, *, linked: bool) -> Iterator[Element]:
        address = None if linked else followed(link.address)
        if address is None:
            yield from self._all(link.runs, look, linked=linked)
            return
        rid = self._part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        inner = self._all(link.runs, replace(look, style="Hyperlink"), linked=True)
        yield element("w:hyperlink", {"r:id": rid, "w:history": 1}, *inner)
        for mark in marks(link.runs):
            yield from self._mark(mark.number)

    def _mark(self, number: int) -> Iterator[Element]:
        """Notes inside notes are not to be had: there the mark is its number, raised."""
        if self._within_note:
            yield run(str(number), Look(raised=True))
        else:
            inside = Runs(self._footnotes.part, self._footnotes, within_note=True)
            yield from self._footnotes.call(number, inside.elements)
