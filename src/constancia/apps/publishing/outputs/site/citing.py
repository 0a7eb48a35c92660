"""How an edition is cited: as text and for BibTeX, always with its number and its two dates."""

from __future__ import annotations

from constancia.apps.publishing.outputs.site.addresses import edition_path
from constancia.apps.publishing.outputs.site.model import SiteEdition
from constancia.apps.publishing.outputs.site.shelf import Shelf
from constancia.domain.language import Language
from constancia.domain.publishing import printing
from constancia.domain.publishing.canonical import content_bytes, sha256
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.dates_in_words import of_content
from constancia.domain.publishing.wording import said

_SPECIAL = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}%$#&_"},
}  # fmt: skip


def citation(shelf: Shelf, edition: SiteEdition, language: Language) -> dict[str, str]:
    """ "text", "bibtex", "address" and "sha256" of the content."""
    content = edition.content
    address = shelf.absolute(edition_path(edition.number, language))
    text = said(
        "site.cite_text",
        language,
        organisation=plain(content.organisation),
        title=plain(content.title.in_language(language)),
        number=str(edition.number),
        dates=of_content(content, language),
    )
    return {
        "text": f"{text} {address}" if shelf.address else text,
        "bibtex": _bibtex(shelf, edition, language, address),
        "address": address,
        "sha256": sha256(content_bytes(content)),
    }


def _bibtex(shelf: Shelf, edition: SiteEdition, language: Language, address: str) -> str:
    content = edition.content
    local = content.known_at.astimezone(printing.zone_of(content.zone))
    number = said("site.edition", language, number=str(edition.number))
    fields = {
        "author": "{" + _escaped(content.organisation) + "}",
        "title": _escaped(content.title.in_language(language)),
        "edition": _escaped(number),
        "year": str(local.year),
        "note": _escaped(of_content(content, language)),
        **({"url": address} if shelf.address else {}),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{constancia-{edition.number}-{language},\n{lines}\n}}"


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in plain(text))
