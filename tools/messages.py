"""Translations: what the source says in Spanish, what the catalogues say in English, and the gap between.

    python -m tools.messages          update every catalogue and compile it
    python -m tools.messages --check  only tell what is missing, stale or not compiled; exit 1 if anything is

A package that speaks has a folder `locale/en/LC_MESSAGES` with `django.po` beside the compiled `django.mo`.
A new package gets its folder on the first update.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parent.parent / "src" / "constancia"
KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "say": None,
    "later": None,
}
HEADER_COMMENT = (
    "# English for what the source says in Spanish. Made by `make messages`; write only the msgstr."
)
DROPPED = tuple(
    f'"{field}'
    for field in (
        "Project-Id",
        "Report-Msgid",
        "POT-Creation",
        "PO-Revision",
        "Last-Tr",
        "Language-Team",
        "Generated",
    )
)
ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)
Id = str | tuple[str, ...]
Key = tuple[Id, str | None]


def packages() -> list[Path]:
    """The packages that may speak: the command line, the site, and each application."""
    return [
        SOURCE / "cli",
        SOURCE / "web",
        SOURCE / "api",
        SOURCE / "infra",
        *sorted(folder for folder in (SOURCE / "apps").iterdir() if (folder / "__init__.py").exists()),
    ]


def spoken(package: Path) -> dict[Key, list[tuple[str, int]]]:
    """What `package` says: (message or plural pair, context) → places."""
    found: dict[Key, list[tuple[str, int]]] = {}
    for file in sorted(package.rglob("*")):
        if file.suffix not in {".py", ".html", ".txt", ".svg"} or "locale" in file.parts:
            continue
        for line, message, context in _messages(file):
            found.setdefault((message, context), []).append((str(file.relative_to(SOURCE.parent)), line))
    return found


def _messages(file: Path) -> Iterator[tuple[int, Id, str | None]]:
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        if "{%" not in text:
            return
        # What templatize makes is read as Python: its lines keep their numbers and lose their indentation.
        text = "\n".join(line.strip() for line in templatize(text).split("\n"))
    code = io.BytesIO(text.encode())
    for line, message, _comments, context in extract("python", code, KEYWORDS, (), {"encoding": "utf-8"}):  # type: ignore[arg-type]
        if message:
            yield line, message, context


def catalogue_file(package: Path) -> Path:
    return package / "locale" / "en" / "LC_MESSAGES" / "django.po"


def catalogue(package: Path) -> Catalog:
    """The English catalogue of `package`; empty where it has none."""
    file = catalogue_file(package)
    if not file.exists():
        return Catalog(locale="en")
    with file.open("rb") as stream:
        return read_po(stream, locale="en")


def missing(package: Path) -> list[str]:
    """Messages that `package` says without a full English text, as "place: message"."""
    words = catalogue(package)
    gaps = []
    for (message, context), places in spoken(package).items():
        entry = words.get(message if isinstance(message, str) else message[0], context)
        texts = () if entry is None else entry.string if isinstance(entry.string, tuple) else (entry.string,)
        if entry is None or entry.fuzzy or not texts or not all(texts):
            gaps.append(f"{places[0][0]}:{places[0][1]}: {message!r}")
    return gaps


def stale(package: Path) -> list[str]:
    """Messages in the catalogue that nothing says any more."""
    said = {(m if isinstance(m, str) else m[0], c) for m, c in spoken(package)}
    return [
        str(entry.id)
        for entry in catalogue(package)
        if entry.id and (entry.id if isinstance(entry.id, str) else entry.id[0], entry.context) not in said
    ]


def compiled(words: Catalog) -> bytes:
    words.creation_date = words.revision_date = (
        ALWAYS  # else today's date would make every compilation differ
    )
    stream = io.BytesIO()
    write_mo(stream, words)
    return stream.getvalue()


def compiled_fresh(po: Path) -> bool:
    """Whether the .mo beside `po` is what `po` compiles to."""
    with po.open("rb") as stream:
        words = read_po(stream)
    mo = po.with_suffix(".mo")
    return mo.exists() and mo.read_bytes() == compiled(words)


def update(package: Path) -> None:
    """Adds what is newly said, drops what no longer is, keeps every translation, compiles."""
    said = spoken(package)
    file = catalogue_file(package)
    if said or file.exists():
        before = catalogue(package)
        after = Catalog(locale="en", domain="django", fuzzy=False, header_comment=HEADER_COMMENT)
        for (message, context), places in said.items():
            key = message if isinstance(message, str) else message[0]
            kept = before.get(key, context)
            after.add(
                message, kept.string if kept else None, locations=[(p, 0) for p, _ in places], context=context
            )
        file.parent.mkdir(parents=True, exist_ok=True)
        stream = io.BytesIO()
        write_po(stream, after, omit_header=False, sort_output=True, width=100, include_lineno=False)
        text = stream.getvalue().decode()
        lines = [line for line in text.splitlines() if not line.startswith(DROPPED)]
        file.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    for po in (package / "locale").rglob("*.po"):
        with po.open("rb") as stream_in:
            po.with_suffix(".mo").write_bytes(compiled(read_po(stream_in)))


def complaints() -> list[str]:
    """Everything that is not as it should be, over all packages."""
    found = []
    for package in packages():
        found += [f"no English: {gap}" for gap in missing(package)]
        found += [f"said no more: {package.name}: {message!r}" for message in stale(package)]
        for po in sorted((package / "locale").rglob("*.po")):
            if not compiled_fresh(po):
                found.append(f"not compiled: {po.relative_to(SOURCE.parent)}")
    return found


def main(arguments: list[str]) -> int:
    if "--check" not in arguments:
        for package in packages():
            update(package)
    found = complaints()
    for line in found:
        print(line)
    return 1 if found and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
