"""The report as one page that needs nothing else: no other file, no other host, no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from constancia.apps.publishing.outputs.html.flow import Flow
from constancia.apps.publishing.outputs.html.inline import text
from constancia.apps.publishing.outputs.html.pictures import drawn
from constancia.apps.publishing.outputs.html.stylesheet import page_css, report_css
from constancia.apps.publishing.outputs.labels import Labels
from constancia.apps.publishing.outputs.spoken import plain
from constancia.domain.publishing.blocks import Block, Document, Heading

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_TAG = {"es": "es-VE", "en": "en"}


def html_page(
    document: Document, pictures: Mapping[str, str], *, narrow: Mapping[str, str] | None = None
) -> str:
    """The whole report. `pictures`: the SVG of each chart by its name; `narrow`: those for a telephone.

    The same document and pictures give the same characters. Raises IntegrityBroken for a chart that is
    missing or broken, InputRefused for the mark of a note that is not there.
    """
    labels = Labels(document.language, document.labels)
    flow = Flow(labels, len(document.notes), drawn(pictures, narrow))
    cover = _cover(document, labels, flow)
    body = flow.blocks(document.blocks)
    notes = flow.notes(document.notes)
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{_TAG[document.language]}">',
            _head(document),
            "<body>",
            f'<a class="skip" href="#main_">{text(labels["skip"])}</a>',
            f'<div class="report{" draft" if document.draft else ""}">',
            cover,
            _contents(document.blocks, labels),
            f'<main id="main_" tabindex="-1">\n{body}\n{notes}\n</main>',
            _imprint(document, labels, flow),
            "</div>",
            "</body>",
            "</html>\n",
        )
    )


def _head(document: Document) -> str:
    lines = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="color-scheme" content="light">',
        f'<meta name="author" content="{text(document.organisation)}">',
        f'<meta name="description" content="{text(document.subtitle or document.dates)}">',
        f"<title>{text(document.title)} · {text(document.organisation)}</title>",
        f"<style>\n{report_css()}{page_css()}</style>",
    ]
    if document.draft:
        lines.insert(5, '<meta name="robots" content="noindex">')
    return "<head>\n" + "\n".join(lines) + "\n</head>"


def _cover(document: Document, labels: Labels, flow: Flow) -> str:
    said = [
        f'<p class="organisation">{text(document.organisation)} '
        f'<span class="edition">{text(labels.edition(document.number))}</span></p>',
        f"<h1>{text(document.title)}</h1>",
    ]
    if document.draft:
        said.insert(0, f'<p class="draft-mark">{text(labels["draft_line"])}</p>')
    if document.subtitle:
        said.append(f'<p class="subtitle">{text(document.subtitle)}</p>')
    said.append(f'<p class="dates">{text(document.dates)}</p>')
    if document.cover:
        said.append(flow.key_numbers(document.cover))
    return '<header class="cover">\n' + "\n".join(said) + "\n</header>"


def _contents(blocks: Sequence[Block], labels: Labels) -> str:
    """Sections, and under each what it holds; nothing where there are no headings."""
    sections: list[tuple[Heading, list[Heading]]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            sections.append((block, []))
        elif isinstance(block, Heading) and block.level == 2 and sections:
            sections[-1][1].append(block)
    if not sections:
        return ""
    items = []
    for section, parts in sections:
        inner = "".join(f"<li>{_entry(part)}</li>" for part in parts)
        items.append(f"<li>{_entry(section)}{f'<ol>{inner}</ol>' if inner else ''}</li>")
    return (
        '<nav class="contents" aria-labelledby="contents_">'
        f'<h2 id="contents_">{text(labels["contents"])}</h2>\n<ol>{"".join(items)}</ol></nav>'
    )


def _entry(heading: Heading) -> str:
    return f'<a href="#{text(heading.anchor)}">{text(plain(heading.runs))}</a>'


def _imprint(document: Document, labels: Labels, flow: Flow) -> str:
    lines = "".join(f"<p>{flow.inline.runs(runs)}</p>" for runs in document.imprint)
    return (
        f'<footer class="imprint"><h2>{text(labels["imprint"])}</h2>{lines}'
        f"<p>{text(document.organisation)} · {text(labels.edition(document.number))} · "
        f"{text(document.dates)}</p></footer>"
    )
