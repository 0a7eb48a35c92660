"""A file is what it holds, and one thing only; looking at it ends in an answer or the one error."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.errors import InputRefused
from constancia.infra.viewing.kinds import (
    AVIF,
    DOCX,
    GIF,
    HEIC,
    JPEG,
    KINDS,
    M4A,
    MOV,
    MP3,
    MP4,
    ODT,
    OGG,
    PDF,
    PNG,
    TEXT,
    THREE_GP,
    TIFF,
    WEBP,
    XLSX,
    FileKind,
    kind_of,
)
from constancia.infra.viewing.within.ends import check_end
from tests.infra.texts.built import pdf_of
from tests.infra.viewing.built import (
    archive,
    heic_with_gps,
    jpeg_with_manifest,
    office,
    photograph,
    picture,
    video_with_place,
)

ODT_START = b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.textPK"
XLSX_FILE = archive(**{"[Content_Types].xml": "<Types/>", "xl__workbook.xml": "<workbook/>"})

HONEST: list[tuple[FileKind, bytes]] = [
    (JPEG, picture()),
    (JPEG, photograph()),
    (JPEG, jpeg_with_manifest()),
    (PNG, picture("PNG")),
    (GIF, picture("GIF", mode="P")),
    (WEBP, picture("WEBP")),
    (TIFF, picture("TIFF")),
    (AVIF, picture("AVIF")),
    (HEIC, heic_with_gps()),
    (PDF, pdf_of(["Acta"])),
    (TEXT, "Acta inventada, con eñe\n".encode()),
    (DOCX, office()),
    (XLSX, XLSX_FILE),
    (ODT, ODT_START),
    (MP4, video_with_place()),
    (MOV, video_with_place().replace(b"mp42", b"qt  ", 1)),
    (M4A, video_with_place().replace(b"mp42", b"M4A ", 1)),
    (THREE_GP, video_with_place().replace(b"mp42", b"3gp5", 1)),
    (MP3, b"ID3\x03" + bytes(40)),
    (OGG, b"OggS" + bytes(22) + b"\x01\x02ab"),
]


@pytest.mark.parametrize(
    ("kind", "data"), HONEST, ids=lambda one: one.ending if isinstance(one, FileKind) else ""
)
def test_each_kind_is_known_by_what_it_holds_and_ends_where_it_ends(kind: FileKind, data: bytes) -> None:
    assert kind_of(data) is kind
    assert check_end(kind, data) is False


REFUSED = {
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "page": b"<!DOCTYPE html><html></html>",
    "xml": b"<?xml version='1.0'?><svg/>",
    "script": b"#!/bin/sh\nrm -rf /\n",
    "windows program": b"MZ\x90\x00\x03",
    "program in text": b"MZ this is no text",
    "linux program": b"\x7fELF\x02\x01\x01\x00",
    "archive": archive(x=b"1"),
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20),
    "rar": b"Rar!\x1a\x07\x00",
    "gzip": b"\x1f\x8b\x08\x00",
    "rtf": b"{\\rtf1 x}",
    "noise": bytes(range(256)),
    "blanks": b" \n \t",
    "other boxes": b"\x00\x00\x00\x10ftypXXXX\x00\x00\x00\x00",
    "pdf further in": b"x" * 10 + b"\x00%PDF-1.4",
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_on_the_list_is_no_kind(data: bytes) -> None:
    with pytest.raises(InputRefused, match=r"evidence\.kind"):
        kind_of(data)


def test_an_empty_file_is_said_to_be_empty() -> None:
    with pytest.raises(InputRefused, match=r"evidence\.empty"):
        kind_of(b"")


@settings(max_examples=150)
@given(st.sampled_from([data for _, data in HONEST]), st.data())
def test_a_file_cut_or_altered_anywhere_ends_in_an_answer_or_the_one_error(
    data: bytes, draw: st.DataObject
) -> None:
    altered = bytearray(data[: draw.draw(st.integers(0, len(data)))])
    for _ in range(draw.draw(st.integers(0, 4))):
        if altered:
            altered[draw.draw(st.integers(0, len(altered) - 1))] = draw.draw(st.integers(0, 255))
    altered += draw.draw(st.binary(max_size=80))
    with suppress(InputRefused):
        check_end(kind_of(bytes(altered)), bytes(altered))


@settings(max_examples=150)
@given(st.sampled_from(list(KINDS.values())), st.binary(max_size=400))
def test_the_end_of_noise_is_looked_for_without_any_other_error(kind: FileKind, data: bytes) -> None:
    with suppress(InputRefused):
        check_end(kind, data)
