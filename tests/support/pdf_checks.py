"""What an archival and accessible PDF has to hold, as far as it can be read from the file with pypdf.

No full validator (veraPDF) stands behind these checks: Typst itself refuses to write a file that it knows to
break PDF/A-2a or PDF/UA-1, and what is checked here is that the marks of both are there and say true things.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

_ACTIVE = {
    "/JavaScript",
    "/JS",
    "/Launch",
    "/GoToR",
    "/ImportData",
    "/SubmitForm",
    "/RichMedia",
    "/EmbeddedFiles",
}
_ID = {
    "part": "{http://www.aiim.org/pdfa/ns/id/}part",
    "level": "{http://www.aiim.org/pdfa/ns/id/}conformance",
}
_UA = "{http://www.aiim.org/pdfua/ns/id/}part"


@dataclass
class Element:
    """One element of the structure: its tag, its attributes, what it holds."""

    tag: str
    alt: str | None
    attributes: str
    children: list[Element] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            yield from child.walk()


def structure(data: bytes) -> Element:
    """The tree of tags; a tree of nothing where there is none."""
    root = PdfReader(io.BytesIO(data)).trailer["/Root"]
    top = Element("/Root", None, "")
    if "/StructTreeRoot" in root:
        _gather(root["/StructTreeRoot"].get("/K"), top)
    return top


def _gather(part: Any, above: Element) -> None:
    part = part.get_object() if isinstance(part, IndirectObject) else part
    if isinstance(part, ArrayObject):
        for one in part:
            _gather(one, above)
    elif isinstance(part, DictionaryObject) and "/S" in part:
        element = Element(str(part["/S"]), part.get("/Alt"), str(part.get("/A", "")))
        above.children.append(element)
        _gather(part.get("/K"), element)


def failures(data: bytes, language: str) -> list[str]:
    """The checks that the file does not pass, by name."""
    reader = PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"]
    tags = list(structure(data).walk())
    names = [element.tag for element in tags]
    given = _given(root)
    checks = {
        "tagged": bool(root.get("/MarkInfo", {}).get("/Marked")) and len(names) > 1,
        "language": root.get("/Lang") == language,
        "title": bool(reader.metadata and reader.metadata.title),
        "title shown": bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")),
        "PDF/A-2a": (given.get(_ID["part"]), given.get(_ID["level"])) == ("2", "A"),
        "PDF/UA-1": given.get(_UA) == "1",
        "colours": "/OutputIntents" in root,
        "fonts embedded": all(_embedded(font) for font in _fonts(reader)),
        "pictures described": all(element.alt for element in tags if element.tag == "/Figure"),
        "heads of tables": all(_headed(element) for element in tags if element.tag == "/Table"),
        "levels of headings": _in_steps(names),
        "order of tabs": all(page.get("/Tabs") == "/S" for page in reader.pages if "/Annots" in page),
        "links described": all(note.get("/Contents") for note in _notes(reader)),
        "nothing active": not _active(reader),
        "not encrypted": not reader.is_encrypted,
    }
    return [name for name, passed in checks.items() if not passed]


def _given(root: DictionaryObject) -> dict[str, str]:
    """What the metadata (XMP) say: as elements or as attributes."""
    if "/Metadata" not in root:
        return {}
    tree = etree.fromstring(root["/Metadata"].get_object().get_data())
    found: dict[str, str] = {}
    for part in tree.iter():
        found |= {str(name): str(value) for name, value in part.attrib.items()}
        if part.text:
            found[str(part.tag)] = part.text
    return found


def _objects(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of the file that has a number of its own."""
    for number in range(1, int(reader.trailer["/Size"])):
        part = reader.get_object(number)
        if isinstance(part, DictionaryObject):
            yield part


def _fonts(reader: PdfReader) -> Iterator[DictionaryObject]:
    for part in _objects(reader):
        if part.get("/Type") == "/Font":
            yield part


def _embedded(font: DictionaryObject) -> bool:
    if font.get("/Subtype") == "/Type0":
        return "/ToUnicode" in font and all(_embedded(one.get_object()) for one in font["/DescendantFonts"])
    if font.get("/Subtype") == "/Type3":
        return True
    described = font.get("/FontDescriptor", DictionaryObject()).get_object()
    return any(name in described for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def _headed(table: Element) -> bool:
    """The first row of a table is of heads that say that they head their column."""
    rows = [element for element in table.walk() if element.tag == "/TR"]
    return bool(rows) and all(cell.tag == "/TH" and "/Column" in cell.attributes for cell in rows[0].children)


def _in_steps(names: list[str]) -> bool:
    levels = [
        int(name[2]) for name in names if len(name) == 3 and name.startswith("/H") and name[2].isdigit()
    ]
    return all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))


def _notes(reader: PdfReader) -> Iterator[DictionaryObject]:
    for page in reader.pages:
        for note in page.get("/Annots", ()):
            yield note.get_object()


def _active(reader: PdfReader) -> bool:
    """Whether anything in the file would run, open another file or send something."""
    if any(_ACTIVE & set(part) or part.get("/S") in _ACTIVE for part in _objects(reader)):
        return True
    return "/OpenAction" in reader.trailer["/Root"] or "/AA" in reader.trailer["/Root"]
