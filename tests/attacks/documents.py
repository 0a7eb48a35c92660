"""Documents that hurt whoever opens them, each named after what is wrong with it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from constancia.infra.texts import limits
from tests.infra.texts.built import PROSE, W, docx, page, paragraph, pdf, pdf_of, stream


def pdf_with_a_stream_that_swells() -> bytes:
    once = zlib.compress(bytes(100_000_000), 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(once), once),
    ]
    return pdf(objects)


def pdf_with_streams_within_streams() -> bytes:
    body = bytes(500_000_000)
    for _ in range(3):
        body = zlib.compress(body, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << >> >> >>",
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode /FlateDecode] >> stream\n%s\nendstream"
        % (len(body), body),
    ]
    return pdf(objects)


def pdf_that_draws_without_end() -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        stream(b"BT /F1 9 Tf " + b"1 0 0 1 0 0 Tm (a) Tj " * 4_000_000 + b"ET"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    return pdf(objects)


def pdf_whose_pages_hold_themselves() -> bytes:
    return pdf(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"],
    )


def pdf_whose_forms_draw_themselves() -> bytes:
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> "
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R"
        b" /Resources << /XObject << /X 5 0 R >> >> >>",
        stream(b"/X Do"),
        stream(b"/X Do /X Do", form),
    ]
    return pdf(objects)


def pdf_of_a_hundred_thousand_pages() -> bytes:
    kids = b"3 0 R " * 100_000
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count 100000 >>" % kids,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ]
    return pdf(objects)


def pdf_nested_too_deep() -> bytes:
    return pdf([b"<< /Type /Catalog /Pages 2 0 R /X %s%s >>" % (b"[" * 200_000, b"]" * 200_000), b"<< >>"])


def pdf_whose_table_of_places_turns_in_circles() -> bytes:
    whole = pdf_of(["a"])
    at = whole.rindex(b"xref\n0 ")
    return whole.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % at)


def docx_that_swells() -> bytes:
    return docx(paragraph("x") + "<w:p/>" * 20_000_000)


def docx_of_many_words() -> bytes:
    words = paragraph(PROSE)
    return docx(words * (2 * limits.MAX_CHARACTERS // len(PROSE) + 1))


def docx_declaring(declarations: str, text: str) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        body = f"<w:document {W}><w:body>{paragraph(text)}</w:body></w:document>"
        archive.writestr("word/document.xml", f"<!DOCTYPE x [{declarations}]>{body}")
    return kept.getvalue()


def docx_with_entities() -> bytes:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return docx_declaring(f'<!ENTITY a0 "ja">{laughs}', "&a9;")


def docx_with_a_file_of_this_machine() -> bytes:
    return docx_declaring('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;")


def docx_nested_too_deep() -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * 100_000 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 100_000)


def page_nested_too_deep() -> bytes:
    return page("<div>" * 300_000 + PROSE)


def page_of_open_tables() -> bytes:
    return page("<table><tr><td>" * 60_000 + PROSE)


def page_of_many_attributes() -> bytes:
    return page("<p " + " ".join(f'a{n}="x"' for n in range(300_000)) + f">{PROSE}</p>")


def page_of_open_brackets() -> bytes:
    return page("<" * 5_000_000)


def page_of_scripts_alone() -> bytes:
    return page("<script>document.write('99 excarcelados')</script>" * 1_000)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "pdf: a stream that swells": (pdf_with_a_stream_that_swells, "texts.bomb"),
    "pdf: streams within streams": (pdf_with_streams_within_streams, "texts.bomb"),
    "pdf: a page that draws without end": (pdf_that_draws_without_end, "texts.bomb"),
    "pdf: pages that hold themselves": (pdf_whose_pages_hold_themselves, "texts.broken"),
    "pdf: forms that draw themselves": (pdf_whose_forms_draw_themselves, "texts.pdf_without_text"),
    "pdf: a hundred thousand pages": (pdf_of_a_hundred_thousand_pages, "texts.too_many_pages"),
    "pdf: brackets within brackets": (pdf_nested_too_deep, "texts.broken"),
    "pdf: a table of places in circles": (pdf_whose_table_of_places_turns_in_circles, ""),
    "pdf: cut in half": (lambda: pdf_of([PROSE] * 50)[:700], "texts.broken"),
    "pdf: a beginning and noise": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 4_000, "texts.broken"),
    "pdf: pictures of pages": (lambda: pdf_of([], []), "texts.pdf_without_text"),
    "pdf: a password": (
        lambda: pdf_of(
            ["a"],
            trailer=b"/ID [<01> <01>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
            % (b"41" * 32, b"42" * 32),
        ),
        "texts.encrypted",
    ),
    "docx: a body that swells": (docx_that_swells, "texts.bomb"),
    "docx: more words than are taken": (docx_of_many_words, "texts.too_long"),
    "docx: entities of entities": (docx_with_entities, "texts.entities"),
    "docx: a file of this machine": (docx_with_a_file_of_this_machine, "texts.entities"),
    "docx: tables within tables": (docx_nested_too_deep, "texts.broken"),
    "docx: cut in half": (lambda: docx(paragraph(PROSE) * 9)[:300], "texts.broken"),
    "page: boxes within boxes": (page_nested_too_deep, "texts.broken"),
    "page: tables that never close": (page_of_open_tables, "texts.broken"),
    "page: nothing but open brackets": (page_of_open_brackets, "texts.too_long"),
    "page: scripts alone": (page_of_scripts_alone, "texts.empty"),
    "page: a megabyte without a break": (lambda: page(f"<p>{'9' * 1_000_000}</p>"), "texts.line_too_long"),
    "text: a megabyte on one line": (lambda: PROSE.encode() * 7_000, "texts.line_too_long"),
    "text: three million letters": (lambda: (PROSE + "\n").encode() * 20_000, "texts.too_long"),
    "text: ten megabytes": (lambda: b"a" * 10_000_000, "texts.too_long"),
    "text: letters of two alphabets": (
        lambda: ("Пресoс políticоs: 1.234 excarcelaciоnes según lа оrganización dе prueba. " * 4).encode(),
        "texts.scripts_mixed",
    ),
    "text: only blanks": (lambda: b" \r\n\t" * 1_000, "texts.empty"),
    "text: two encodings": (
        lambda: "Excarcelación\n".encode() * 3 + "Sentenciación: ñandú\n".encode("cp1252"),
        "texts.encoding",
    ),
    "another: noise": (lambda: b"\x00\x01\x02\xff" * 4_000, "texts.kind_unknown"),
    "another: a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), "texts.kind_unknown"),
    "another: an old word processor": (lambda: b"{\\rtf1 Preso}", "texts.kind_old"),
    "another: an archive of anything": (lambda: b"PK\x03\x04" + bytes(400), "texts.broken"),
    "another: more than twenty megabytes": (lambda: b"a" * (limits.MAX_BYTES + 1), "texts.too_large"),
}
"""Each with the refusal it gets; "" where it may be read, as long as it does no harm."""
