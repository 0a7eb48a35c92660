"""The pages about all editions: home, list, others' figures, methods, errata, citing, checking."""

from __future__ import annotations

from collections.abc import Callable

from constancia.apps.publishing.outputs.site.addresses import PAGES, Page, edition_path, link, report_path
from constancia.apps.publishing.outputs.site.citing import citation
from constancia.apps.publishing.outputs.site.edition_pages import LARGEST, described_in_words, drawn_blocks
from constancia.apps.publishing.outputs.site.linked_data import of_edition
from constancia.apps.publishing.outputs.site.model import SiteEdition
from constancia.apps.publishing.outputs.site.parts import (
    checker_link,
    corrected,
    edition_row,
    erratum_row,
    logged,
    signed,
)
from constancia.apps.publishing.outputs.site.rendering import Sheet, page
from constancia.apps.publishing.outputs.site.sections import (
    Notes,
    Part,
    beside,
    heading_of_changes,
    movement,
    opening,
    series,
)
from constancia.apps.publishing.outputs.site.shelf import Shelf
from constancia.domain.language import Language
from constancia.domain.publishing.balance_table import balance_table
from constancia.domain.publishing.blocks import Block, Heading, Text
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.content import Pin
from constancia.domain.publishing.dates_in_words import of_content
from constancia.domain.publishing.explained import definitions
from constancia.domain.publishing.manifest import KEY, MANIFEST, SIGNATURE
from constancia.domain.publishing.wording import said

_DER = "302a300506032b6570032100"
"""What comes before the 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo (RFC 8410)."""

Writer = Callable[[Shelf, Language], bytes]


def home(shelf: Shelf, language: Language) -> bytes:
    """The latest edition in short."""
    whole = _home(shelf, language, data=True)
    return whole if len(whole) <= LARGEST else _home(shelf, language, data=False)


def _home(shelf: Shelf, language: Language, *, data: bool) -> bytes:
    """`data`: whether the numbers behind the chart stand here too, and not on the edition's page alone."""
    edition, content, here = shelf.latest, shelf.latest.content, PAGES["home"][language]
    blocks: list[Block] = list(opening(content, language))
    if changed := movement(content, language):
        blocks += [_heading(heading_of_changes(content), language), *changed]
    drawn = Part("day-by-day", "day_by_day", series(edition, language)[:1])
    if drawn.blocks:
        blocks += [_heading("day_by_day", language), *(drawn if data else drawn.without_data()).blocks]
    earlier = shelf.before(edition.number)
    blocks += [_heading("balance", language), balance_table(content, language, earlier)]
    description = described_in_words(edition, language)
    return page(
        "home.html",
        _sheet(shelf, "home", language, description=description, data=True),
        heading=plain(content.title.in_language(language)),
        dates=said(
            "site.edition_dates", language, number=str(edition.number), dates=of_content(content, language)
        ),
        body=drawn_blocks(edition, blocks, (), language, here),
        edition=link(here, edition_path(edition.number, language)),
        whole=said("site.whole", language, number=str(edition.number)),
        report=link(here, report_path(edition.number, language)) if language in edition.report else "",
        errata=[erratum_row(shelf, one, language, here) for one in shelf.errata_of(edition.number)],
        wrong=corrected(shelf, edition, language),
        earlier=[edition_row(shelf, one, language, here) for one in reversed(shelf.editions[:-1])][:5],
        all=link(here, PAGES["editions"][language]),
    )


def editions(shelf: Shelf, language: Language) -> bytes:
    """All editions, latest first."""
    here = PAGES["editions"][language]
    return page(
        "editions.html",
        _sheet(shelf, "editions", language),
        editions=[edition_row(shelf, one, language, here) for one in reversed(shelf.editions)],
    )


def beside_ours(shelf: Shelf, language: Language) -> bytes:
    """Others' figures of the latest edition, and where those of earlier ones stand."""
    here, notes = PAGES["beside"][language], Notes()
    blocks = beside(shelf.latest, language, notes)
    others = [one for one in reversed(shelf.editions[:-1]) if one.content.claims]
    return page(
        "beside.html",
        _sheet(shelf, "beside", language),
        body=drawn_blocks(shelf.latest, blocks, notes.found, language, here),
        any=bool(blocks),
        latest=edition_row(shelf, shelf.latest, language, here),
        earlier=[
            {
                **edition_row(shelf, one, language, here),
                "link": link(here, f"{edition_path(one.number, language)}#otros"),
            }
            for one in others
        ],
    )


def methods(shelf: Shelf, language: Language) -> bytes:
    """How a figure comes about, what each counts, and which versions each edition used."""
    here, content = PAGES["methods"][language], shelf.latest.content
    return page(
        "methods.html",
        _sheet(shelf, "methods", language),
        definitions_title=said("site.definitions_title", language, number=str(shelf.latest.number)),
        body=drawn_blocks(shelf.latest, definitions(content, language), (), language, here),
        pins=_pins(shelf, language),
    )


def _pins(shelf: Shelf, language: Language) -> list[dict[str, str]]:
    """Every version of every file of rules, with the editions that used it, latest version first."""
    used: dict[tuple[str, str, int, str], list[int]] = {}
    for edition in shelf.editions:
        content = edition.content
        groups: tuple[tuple[str, tuple[Pin, ...]], ...] = (
            ("definition", content.definitions),
            ("rule", content.rules),
            ("protection", (content.protection,)),
        )
        for kind, pins in groups:
            for pin in pins:
                used.setdefault((kind, pin.name, -pin.version, pin.sha256), []).append(edition.number)
    return [
        {
            "kind": said(f"site.pin_{kind}", language),
            "name": plain(name),
            "version": str(-version),
            "sha256": sha256,
            "used": ", ".join(map(str, numbers)),
        }
        for (kind, name, version, sha256), numbers in sorted(used.items())
    ]


def errata(shelf: Shelf, language: Language) -> bytes:
    """Every correction, latest first."""
    here = PAGES["errata"][language]
    return page(
        "errata.html",
        _sheet(shelf, "errata", language),
        errata=[erratum_row(shelf, one, language, here) for one in reversed(shelf.errata)],
    )


def cite(shelf: Shelf, language: Language) -> bytes:
    """How each edition is cited."""
    here = PAGES["cite"][language]
    return page(
        "cite.html",
        _sheet(shelf, "cite", language),
        licence=said("site.cite_licence", language, title=shelf.licence.title),
        licence_address=shelf.licence.address,
        editions=[
            {**edition_row(shelf, one, language, here), "cited": citation(shelf, one, language)}
            for one in reversed(shelf.editions)
        ],
    )


def check(shelf: Shelf, language: Language) -> bytes:
    """How anybody checks that a file is the one that was published."""
    here, recipe, by_files = PAGES["check"][language], _recipe(shelf), _has_parts(shelf.latest)
    return page(
        "check.html",
        _sheet(shelf, "check", language),
        commands="sha256sum *",
        recipe=recipe,
        recipe_words=said(
            "site.check_three_words",
            language,
            number=str(shelf.latest.number),
            files=said("site.with_files", language) if by_files else "",
            xxd="" if by_files else said("site.and_xxd", language),
        ),
        checker=checker_link(shelf, language, here),
        editions=[
            {**signed(edition, language, here), "logged": logged(edition, language, here)}
            for edition in reversed(shelf.editions)
        ],
    )


def _has_parts(edition: SiteEdition) -> bool:
    """Whether manifest, signature and key are among the downloads."""
    return {MANIFEST, SIGNATURE, KEY} <= {one.path for one in edition.files}


def _recipe(shelf: Shelf) -> str:
    """The commands that check the latest edition's signature: from its files, else from this page."""
    one = shelf.latest.signed
    if _has_parts(shelf.latest):
        return f"openssl pkeyutl -verify -pubin -inkey {KEY} -rawin \\\n  -in {MANIFEST} -sigfile {SIGNATURE}"
    if one is None or not one.signature:
        return ""
    return "\n".join(
        (
            f"echo {_DER}{one.public_key} | xxd -r -p > clave.der",
            f"echo {one.signature} | xxd -r -p > firma.bin",
            "openssl pkeyutl -verify -pubin -keyform DER -inkey clave.der -rawin \\",
            f"  -in {one.manifest.rpartition('/')[2] or MANIFEST} -sigfile firma.bin",
        )
    )


GENERAL: dict[Page, Writer] = {
    "home": home,
    "editions": editions,
    "beside": beside_ours,
    "methods": methods,
    "errata": errata,
    "cite": cite,
    "check": check,
}


def _heading(name: str, language: Language) -> Heading:
    return Heading(1, (Text(said(f"site.{name}", language)),), name.replace("_", "-"))


def _sheet(
    shelf: Shelf, name: Page, language: Language, *, description: str = "", data: bool = False
) -> Sheet:
    """A page about all editions is the organisation's as the latest edition names it."""
    of = plain(shelf.latest.content.organisation)
    other: Language = "en" if language == "es" else "es"
    description = description or said("site.described_site", language, organisation=of)
    return Sheet(
        path=PAGES[name][language],
        twin=PAGES[name][other],
        language=language,
        title=said(f"site.{name}", language),
        description=description,
        of=of,
        section=name,
        linked_data=of_edition(shelf, shelf.latest, language, description) if data else None,
    )
