"""A document as PDF, set by Typst from the templates beside this file.

The document goes to the template as data. What any text says is shown and never read as markup; characters
that no font has, or that would turn a line around, are shown by their number ("U+202E").
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

from constancia.apps.publishing.outputs.pdf.charts import checked
from constancia.apps.publishing.outputs.pdf.shaping import shaped
from constancia.domain.publishing.blocks import Document
from constancia.infra import typesetting

Paper = Literal["a4", "us-letter"]


def pdf(document: Document, pictures: Mapping[str, str], made_at: datetime, *, paper: Paper = "a4") -> bytes:
    """A tagged PDF (PDF/A-2a and PDF/UA-1) of the document; the same arguments give the same bytes.

    `pictures`: the SVG of each chart that the document shows, by the name under which it asks for it.
    `made_at`: an aware instant, for the metadata. Raises InputRefused: `typeset.picture_missing`,
    `typeset.picture_unreadable`, `typeset.note_missing`, `typeset.failed`.
    """
    return typesetting.typeset(_folder(), "report.typ", _inputs(document, pictures, paper), made_at=made_at)


def page_pictures(
    document: Document,
    pictures: Mapping[str, str],
    made_at: datetime,
    *,
    paper: Paper = "a4",
    resolution: int = 80,
) -> tuple[bytes, ...]:
    """The pages of the same document as PNG, `resolution` dots an inch. Raises what `pdf` does."""
    return typesetting.pages(
        _folder(), "report.typ", _inputs(document, pictures, paper), made_at=made_at, resolution=resolution
    )


def _inputs(document: Document, pictures: Mapping[str, str], paper: Paper) -> dict[str, str]:
    shown = shaped(document, checked(document, pictures))
    return {"document": json.dumps(shown, ensure_ascii=False, sort_keys=True), "paper": paper}


@cache
def _folder() -> Path:
    return Path(str(resources.files(__package__).joinpath("template")))
