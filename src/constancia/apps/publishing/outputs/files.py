"""All files of an edition, from its content alone: which there are, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from constancia.apps.publishing.outputs.card import card_png, card_svg
from constancia.apps.publishing.outputs.charts import png, svg
from constancia.apps.publishing.outputs.docx import docx
from constancia.apps.publishing.outputs.html import html_page
from constancia.apps.publishing.outputs.opendata import package, zipped
from constancia.apps.publishing.outputs.pdf import pdf
from constancia.domain.language import Language
from constancia.domain.publishing.balance_table import balance_text
from constancia.domain.publishing.blocks import Aside, Block, Bullets, Document, Picture, Quote
from constancia.domain.publishing.bulletin import bulletin
from constancia.domain.publishing.canonical import content_bytes
from constancia.domain.publishing.card import card_alt
from constancia.domain.publishing.charts import chart_names, described
from constancia.domain.publishing.charts.described import key_of
from constancia.domain.publishing.content import Content
from constancia.domain.publishing.manifest import CONTENT
from constancia.domain.publishing.report import report
from constancia.domain.publishing.seal import Seal


def files_of(
    content: Content, names: Sequence[str], made_at: datetime, seal: Seal | None = None
) -> dict[str, bytes]:
    """Path → bytes of every file of an edition. `names`: the named list; `made_at`: every time in the files;
    `seal`: the log as bulletins and reports print it.

    The same arguments give the same bytes. Raises what the writers raise.
    """
    found = {CONTENT: content_bytes(content), "datos.zip": zipped(package(content, names or None))}
    for language in content.languages:
        found |= in_language(content, language, made_at, seal)
    return dict(sorted(found.items()))


def in_language(
    content: Content, language: Language, made_at: datetime, seal: Seal | None = None
) -> dict[str, bytes]:
    """The files of one language: bulletin, balance, card, charts, and the report in its three forms."""
    words = bulletin(content, language, seal)
    drawn = charts(content, language)
    found: dict[str, bytes] = {
        f"boletin-{language}-corto.txt": words.post.encode(),
        f"boletin-{language}-mensaje.txt": words.message.encode(),
        f"boletin-{language}.txt": words.long.encode(),
        f"balance-{language}.txt": balance_text(content, language).encode(),
        f"tarjeta-{language}.svg": card_svg(content, language).encode(),
        f"tarjeta-{language}.png": card_png(content, language),
        f"tarjeta-{language}.txt": card_alt(content, language).encode(),
        **{f"graficos/{key_of(name)}-{language}.svg": one.encode() for name, one in drawn.items()},
    }
    if has_report(content):
        document = document_of(content, language, seal)
        shown = dict.fromkeys(pictures_in(document.blocks))
        narrow = {name: svg(content, name, language, "phone") for name in shown}
        found |= report_files(document, drawn, narrow, made_at)
    return found


def has_report(content: Content) -> bool:
    """Whether the edition was given texts to make a report of."""
    return any(one.path.endswith(".md") for one in content.texts)


def document_of(content: Content, language: Language, seal: Seal | None = None) -> Document:
    """The report of an edition in one language, with its charts described."""
    return report(content, language, describe=described, seal=seal)


def charts(content: Content, language: Language) -> dict[str, str]:
    """Every chart of an edition as SVG, by name."""
    return {name: svg(content, name, language) for name in chart_names(content)}


def report_files(
    document: Document, drawn: Mapping[str, str], narrow: Mapping[str, str], made_at: datetime
) -> dict[str, bytes]:
    """The report as PDF, DOCX and HTML. `drawn`: its charts as SVG, by name; `narrow`: for a telephone."""
    shown = {name: drawn[name] for name in dict.fromkeys(pictures_in(document.blocks))}
    pictures = {name: png(one) for name, one in shown.items()}
    name = f"informe-{document.language}"
    return {
        f"{name}.pdf": pdf(document, shown, made_at),
        f"{name}.docx": docx(document, pictures, made_at, drawings=shown),
        f"{name}.html": html_page(document, shown, narrow=narrow).encode(),
    }


def pictures_in(blocks: Sequence[Block]) -> Iterator[str]:
    """The names of the charts that blocks show, those within others too, in order."""
    for block in blocks:
        if isinstance(block, Picture):
            yield block.chart
        elif isinstance(block, Aside | Quote):
            yield from pictures_in(block.blocks)
        elif isinstance(block, Bullets):
            for item in block.items:
                yield from pictures_in(item)
