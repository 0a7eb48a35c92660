"""A DOCX file taken apart for tests."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx
from docx.document import Document
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(data: bytes) -> Document:
    return docx.Document(BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def xml(data: bytes, part: str) -> etree._Element:
    return etree.fromstring(parts(data)[part])


def said(element: etree._Element) -> str:
    """The text of an element: what is read, not what fields are made of."""
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def styled(element: etree._Element, style: str) -> list[str]:
    """The texts of the runs in a character style, in order."""
    return [
        said(run)
        for run in element.iter(f"{W}r")
        if (found := run.find(f"{W}rPr/{W}rStyle")) is not None and found.get(f"{W}val") == style
    ]


def paragraphs(element: etree._Element, style: str) -> list[str]:
    """The texts of the paragraphs in a style, in order."""
    return [
        said(one)
        for one in element.iter(f"{W}p")
        if (found := one.find(f"{W}pPr/{W}pStyle")) is not None and found.get(f"{W}val") == style
    ]
