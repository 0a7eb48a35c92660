"""Small pieces of WordprocessingML: runs of text, fields, bookmarks, paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from constancia.apps.publishing.outputs.characters import printable

Element = BaseOxmlElement
Attributes = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is set: a character style, and what is laid over it. `base_italic`: its paragraph slants."""

    style: str | None = None
    bold: bool = False
    italic: bool = False
    base_italic: bool = False
    raised: bool = False
    language: str | None = None


PLAIN = Look()


def element(tag: str, attributes: Attributes | None = None, *children: Element) -> Element:
    """An element by its prefixed tag ("w:p"), with prefixed attributes and its children in order."""
    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name) if ":" in name else name, printable(str(value)))
    made.extend(children)
    return made


def run(text: str, look: Look = PLAIN) -> Element:
    """A run of text; characters that XML cannot hold are said by their number."""
    words = element("w:t", {"xml:space": "preserve"})
    words.text = printable(text)
    return element("w:r", None, *_properties(look), words)


def tab() -> Element:
    """A step to the next tab stop."""
    return element("w:r", None, element("w:tab"))


def line_break(kind: str | None = None) -> Element:
    """A new line, or with kind "page" a new page."""
    return element("w:r", None, element("w:br", {"w:type": kind} if kind else None))


def field(instruction: str, result: Iterable[Element], look: Look = PLAIN) -> Iterator[Element]:
    """A field with what it shows until it is updated."""
    yield field_mark("begin", look)
    yield field_code(instruction, look)
    yield field_mark("separate", look)
    yield from result
    yield field_mark("end", look)


def field_mark(kind: str, look: Look = PLAIN) -> Element:
    """Where a field begins, where its result begins ("separate"), where it ends."""
    return element("w:r", None, *_properties(look), element("w:fldChar", {"w:fldCharType": kind}))


def field_code(instruction: str, look: Look = PLAIN) -> Element:
    """What a field is to show."""
    code = element("w:instrText", {"xml:space": "preserve"})
    code.text = f" {instruction} "
    return element("w:r", None, *_properties(look), code)


def bookmark(name: str, number: int, content: Iterable[Element]) -> Iterator[Element]:
    """Content that can be pointed at. `number` is unique in the document."""
    yield element("w:bookmarkStart", {"w:id": number, "w:name": name})
    yield from content
    yield element("w:bookmarkEnd", {"w:id": number})


def paragraph(style: str, content: Iterable[Element], *properties: Element) -> Element:
    """A paragraph in a style. `properties` come after the style, in the order of the schema."""
    styled = element("w:pPr", None, element("w:pStyle", {"w:val": style}), *properties)
    return element("w:p", None, styled, *content)


def _properties(look: Look) -> list[Element]:
    said = []
    if look.style:
        said.append(element("w:rStyle", {"w:val": look.style}))
    if look.bold:
        said.append(element("w:b"))
    if look.italic:
        said.append(element("w:i", {"w:val": "0"} if look.base_italic else None))
    if look.raised:
        said.append(element("w:vertAlign", {"w:val": "superscript"}))
    if look.language:
        said.append(element("w:lang", {"w:val": look.language}))
    return [element("w:rPr", None, *said)] if said else []
