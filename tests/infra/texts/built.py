"""Documents made here, from as little as their formats need.

Everybody and everything in them is invented.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PROSE = (
    "La Red de Apoyo Inventada informó este jueves de 1.234 excarcelaciones entre el 8 de enero y el 20 de"
    " febrero, de las cuales 459 son anteriores a la ley."
)


def stream(body: bytes, extra: bytes = b"") -> bytes:
    packed = zlib.compress(body, 9)
    return b"<< /Length %d /Filter /FlateDecode %s>> stream\n%s\nendstream" % (len(packed), extra, packed)


def pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(out)


def shown(lines: Sequence[str]) -> bytes:
    """What a page draws: these lines, one under another."""
    drawn = b" T* ".join(b"(%s) Tj" % line.encode("cp1252") for line in lines)
    return b"BT /F1 9 Tf 14 TL 40 780 Td %s ET" % drawn


def pdf_of(*pages: Sequence[str], trailer: bytes = b"", more: Sequence[bytes] = ()) -> bytes:
    """A PDF with these pages; a page without lines has a picture's place and no text."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (es-VE) >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number),
            stream(shown(lines) if lines else b"0 0 595 842 re f"),
        ]
    return pdf([*objects, *more], trailer)


def docx(body: str, **members: str | bytes) -> bytes:
    """A DOCX with this inside its `w:body`; `members` by name, "/" written as "__"."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return kept.getvalue()


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def page(body: str, head: str = "") -> bytes:
    top = f'<!doctype html><html lang="es"><head><meta charset="utf-8">{head}</head>'
    return f"{top}<body>{body}</body></html>".encode()
