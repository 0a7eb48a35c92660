"""Typesetting with Typst: a folder of templates and texts to put in, to PDF or to pictures of its pages.

What comes out depends on the arguments alone: no fonts of the machine (only those of the font packages and
those that Typst itself brings), no packages, no files outside the folder, no clock. Texts reach a template as
data (`sys.inputs`), never as markup.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import font_source_sans_pro
import font_source_serif_pro
import typst

from constancia.domain.errors import InputRefused

Standard = Literal["1.7", "a-2a", "a-2b", "a-2u", "a-3a", "ua-1"]

ARCHIVAL_AND_ACCESSIBLE: tuple[Standard, ...] = ("a-2a", "ua-1")
"""PDF/A-2a and PDF/UA-1 together: PDF 1.7, tagged, everything embedded."""

_FONT_FOLDERS = (font_source_sans_pro.font_directory, font_source_serif_pro.font_directory)
_PACKAGE = re.compile(r"\"@[a-z]+/")
_PANIC = "PanicException"
"""What a bug inside Typst is raised as: no Exception, and of a class that cannot be imported."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLACE = re.compile(r"─ .*\.typ:(\d+):\d+")
_PROBE = '#set document(title: "-")\n#set text(font: "Source Serif Pro")\n'


def typeset(
    folder: Path,
    main: str,
    inputs: Mapping[str, str],
    *,
    made_at: datetime,
    standards: Sequence[Standard] = ARCHIVAL_AND_ACCESSIBLE,
) -> bytes:
    """A PDF. Same arguments, same bytes, in any process.

    `folder` holds the templates and all that they may read; `main` is the name of the one to start with.
    `inputs`: what the template finds in `sys.inputs`. `made_at`: an aware instant, the date in the metadata.
    Raises InputRefused `typeset.failed` if the template cannot be set with these inputs; the message holds
    neither texts nor paths.
    """
    made = _compiled(
        _compiler(folder, main, inputs),
        format="pdf",
        pdf_standards=list(standards),
        timestamp=int(made_at.timestamp()),
    )
    return made[0]


def pages(
    folder: Path, main: str, inputs: Mapping[str, str], *, made_at: datetime, resolution: int = 80
) -> tuple[bytes, ...]:
    """The same document as PNG pictures, one a page, `resolution` dots an inch: for previews.

    Raises InputRefused `typeset.failed` as `typeset` does.
    """
    compiler = _compiler(folder, main, inputs)
    return _compiled(compiler, format="png", ppi=float(resolution), timestamp=int(made_at.timestamp()))


def unprintable(clusters: Iterable[str]) -> frozenset[str]:
    """Those of the clusters (a character, or one with its marks) that no font at hand can show, or that an
    archival PDF may not hold.

    A PDF/A with one of them would be refused as a whole, so a writer has to show them in another way.
    """
    asked = frozenset(clusters)
    lacking = frozenset(one for one in asked if _SURROGATE.search(one))
    left = asked - lacking
    while left:
        found = _refused(sorted(left))
        if not found:
            return lacking
        lacking |= found
        left -= found
    return lacking


def _refused(clusters: list[str]) -> frozenset[str]:
    """Some of the clusters that cannot be set, at least one if there is any."""
    # One a line, so that the place in a message says which one it is about.
    lines = "\n".join(f'#par(text("{_escaped(one)}"))' for one in clusters)
    compiler = typst.Compiler(
        input=f"{_PROBE}{lines}".encode(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
    )
    try:
        compiler.compile(format="pdf", pdf_standards=list(ARCHIVAL_AND_ACCESSIBLE), timestamp=0)
    except typst.TypstError as error:
        named = {int(line) - _PROBE.count("\n") - 1 for line in _PLACE.findall(error.diagnostic)}
        found = frozenset(clusters[at] for at in named if 0 <= at < len(clusters))
        if found or len(clusters) == 1:
            return found or frozenset(clusters)
        # The message has no place: look in halves.
        middle = len(clusters) // 2
        return _refused(clusters[:middle]) or _refused(clusters[middle:])
    return frozenset()


def _escaped(text: str) -> str:
    """The text for between the quotes of a string in a template."""
    return "".join(f"\\u{{{ord(one):x}}}" for one in text)


def _compiler(folder: Path, main: str, inputs: Mapping[str, str]) -> typst.Compiler:
    for template in folder.glob("*.typ"):
        if _PACKAGE.search(template.read_text(encoding="utf-8")):  # it would be fetched from the network
            raise InputRefused("typeset.failed")
    try:
        return typst.Compiler(
            input=str(folder / main),
            root=str(folder),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=dict(inputs),
        )
    except (RuntimeError, UnicodeEncodeError):
        raise InputRefused("typeset.failed") from None


def _compiled(compiler: typst.Compiler, **options: Any) -> tuple[bytes, ...]:
    """One PDF, or a picture of each page."""
    try:
        made = compiler.compile(**options)
    except RuntimeError:  # typst.TypstError is one
        raise InputRefused("typeset.failed") from None
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise InputRefused("typeset.failed") from None
    return (made,) if isinstance(made, bytes) else tuple(made or ())


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The fonts that documents are set in: one file a style.

    The packages hold every style twice (OTF and TTF) and Typst would take whichever the file system names
    first, so it is shown a folder with the OTF files alone. It resolves the links at once, after which
    the folder may go.
    """
    with tempfile.TemporaryDirectory() as shown:
        for package in _FONT_FOLDERS:
            for file in sorted(Path(package).glob("*.otf")):
                os.symlink(file.resolve(), Path(shown, file.name))
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[shown])
