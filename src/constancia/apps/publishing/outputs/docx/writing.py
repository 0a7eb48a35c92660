"""A whole report as the bytes of a DOCX file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import count
from typing import Literal

from constancia.apps.publishing.outputs.docx import front, package
from constancia.apps.publishing.outputs.docx.contents import contents
from constancia.apps.publishing.outputs.docx.elements import Element, Look, paragraph, run
from constancia.apps.publishing.outputs.docx.flow import Flow, Place
from constancia.apps.publishing.outputs.docx.footnotes import Footnotes
from constancia.apps.publishing.outputs.docx.pictures import Pictures
from constancia.apps.publishing.outputs.docx.runs import Runs
from constancia.apps.publishing.outputs.labels import Labels
from constancia.domain.publishing.blocks import Document, Heading, Text

Paper = Literal["a4", "us-letter"]


def docx(
    document: Document,
    pictures: Mapping[str, bytes],
    made_at: datetime,
    *,
    drawings: Mapping[str, str] | None = None,
    paper: Paper = "a4",
) -> bytes:
    """The report as a file. `pictures`: the PNG of each chart by its name; `drawings`: the SVG, which Word
    draws in its stead with the fonts that its machine has. `made_at`, aware, is every time in the file.

    The same document, pictures and instant give the same bytes. Raises IntegrityBroken
    `publishing.picture_missing` or `publishing.picture_broken`, InputRefused `publishing.note_missing`.
    """
    word = package.opened(document.language, paper)
    labels = Labels(document.language, document.labels)
    width = front.text_width(word.sections[0])
    bookmarks = count(1)
    footnotes = Footnotes(word, document.notes, bookmarks)
    runs = Runs(word.part, footnotes)
    flow = Flow(word, runs, Pictures(word, pictures, drawings), labels, bookmarks)
    body = list(flow.blocks(document.blocks, Place("BodyText", width)))
    body += _behind(flow, labels, width)
    body += _uncalled(document, footnotes, runs, labels)
    body += _imprint(document, runs, labels)
    first = list(front.cover(document, labels, runs, width))
    first += contents(flow.headings, labels, width)
    last = word.element.body.sectPr
    for made in (*first, *front.on_new_page(body)):
        last.addprevious(made)
    front.running(word, document, labels, width)
    package.describe(word, document, made_at)
    return package.closed(word, made_at)


def _behind(flow: Flow, labels: Labels, width: int) -> list[Element]:
    """The numbers behind the charts, together at the end: in the text they would be in the way."""
    if not flow.behind:
        return []
    heading = Heading(1, (Text(labels["data_annex"]),), "data")
    made = list(flow.blocks((heading,), Place("BodyText", width)))
    for number, data in flow.behind:
        label = run(labels.of("figure_data", number=number) + ". ", Look("CaptionLabel"))
        caption = paragraph("Caption", [label, *flow.runs.elements(data.caption)])
        made += flow.table(data, caption, width)
    return made


def _uncalled(document: Document, footnotes: Footnotes, runs: Runs, labels: Labels) -> list[Element]:
    """Notes that no text calls have no foot to stand at; they are not dropped for that."""
    numbers = footnotes.finish()
    made = [paragraph("ImprintTitle", [run(labels["notes"])])] if numbers else []
    for number in numbers:
        words = runs.elements(document.notes[number - 1])
        made.append(paragraph("FootnoteText", [run(f"{number} "), *words]))
    return made


def _imprint(document: Document, runs: Runs, labels: Labels) -> list[Element]:
    if not document.imprint:
        return []
    made = [paragraph("ImprintTitle", [run(labels["imprint"])])]
    return made + [paragraph("Imprint", runs.elements(line)) for line in document.imprint]
