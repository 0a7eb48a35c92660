"""DOCX, XLSX, ODT, ODS: kept as they are where they hold no program, no link and no bomb."""

from __future__ import annotations

import html
import re
import stat
import zipfile
from io import BytesIO

from constancia.domain.errors import InputRefused, TableRefused
from constancia.domain.vocabulary.files import FileNote, FileTrait
from constancia.infra.archive import BROKEN, check_archive, chunks
from constancia.infra.viewing.within.seen import Seen

_MACROS = re.compile(
    r"(?:^|/)(?:vbaProject\w*\.bin|vbaData\.xml|activeX/|macrosheets/|dialogsheets/)|^(?:Basic|Scripts)/",
    re.IGNORECASE,
)
_EMBEDDED = re.compile(r"(?:^|/)embeddings/|^Object \d", re.IGNORECASE)
_MACRO_TYPE = re.compile(rb"macroEnabled|vbaProject|ms-excel\.(?:macrosheet|addin)", re.IGNORECASE)
_OUTSIDE = re.compile(rb'(?:attachedTemplate|oleObject|/image|frame)"[^>]{0,300}TargetMode="External"')
_PARTS = ("docProps/core.xml", "docProps/app.xml", "meta.xml")
_PROPERTIES = {
    "dc:creator": FileTrait.AUTHOR,
    "meta:initial-creator": FileTrait.AUTHOR,
    "cp:lastModifiedBy": FileTrait.AUTHOR,
    "Manager": FileTrait.AUTHOR,
    "Company": FileTrait.ORGANISATION,
    "Application": FileTrait.SOFTWARE,
    "meta:generator": FileTrait.SOFTWARE,
    "dc:title": FileTrait.TITLE,
    "dc:description": FileTrait.DESCRIPTION,
    "dcterms:created": FileTrait.CREATED,
    "meta:creation-date": FileTrait.CREATED,
    "dcterms:modified": FileTrait.MODIFIED,
    "dc:date": FileTrait.MODIFIED,
}
_LARGEST_PART = 1 << 20


def look(data: bytes) -> Seen:
    """Raises InputRefused `evidence.bomb`, `evidence.archive` (damaged, encrypted, with entities, links or
    paths), `evidence.macros`, `evidence.two_kinds`."""
    try:
        names = check_archive(data)
    except TableRefused as refused:
        if refused.code == "table.bomb":
            raise InputRefused("evidence.bomb", **refused.params) from None
        raise InputRefused("evidence.archive") from None
    _check_members(data)
    if any(_MACROS.search(name) for name in names):
        raise InputRefused("evidence.macros")
    seen = Seen()
    if any(_EMBEDDED.search(name) for name in names):
        seen.notes.add(FileNote.ATTACHED)
    for name in sorted(names):
        if name == "[Content_Types].xml" or name.endswith(".rels"):
            part = _part(data, name)
            if _MACRO_TYPE.search(part):
                raise InputRefused("evidence.macros")
            if _OUTSIDE.search(part):
                seen.notes.add(FileNote.LINKS)
    for name in _PARTS:
        if name in names:
            _properties(_part(data, name).decode("utf-8", "replace"), seen)
    return seen


def _check_members(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            end = archive.start_dir
    except BROKEN:
        raise InputRefused("evidence.archive") from None
    if min(member.header_offset for member in members) != 0 or not data[:2] == b"PK":
        raise InputRefused("evidence.two_kinds", kind="ZIP", other="?")
    if len(data) - end > 4_000_000:
        raise InputRefused("evidence.archive")
    for member in members:
        parts = member.filename.replace("\\", "/").split("/")
        if member.filename.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            raise InputRefused("evidence.archive")
        if stat.S_ISLNK(member.external_attr >> 16) or member.filename.lower().endswith(
            (".exe", ".dll", ".js")
        ):
            raise InputRefused("evidence.archive")


def _part(data: bytes, name: str) -> bytes:
    found = b""
    try:
        for piece in chunks(data, name):
            found += piece
            if len(found) > _LARGEST_PART:
                break
    except TableRefused:
        raise InputRefused("evidence.archive") from None
    return found


def _properties(text: str, seen: Seen) -> None:
    for name, trait in _PROPERTIES.items():
        for found in re.finditer(rf"<{name}(?:\s[^>]{{0,300}})?>([^<]{{1,500}})</{name}>", text):
            seen.tell(trait, html.unescape(found[1]))
