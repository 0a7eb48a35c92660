"""The invented editions as a site needs them: an earlier one, files, signatures, charts, a report."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from constancia.apps.publishing.outputs.site import Download, Logged, Signed, SiteEdition
from constancia.domain.language import Language
from constancia.domain.publishing.canonical import sha256
from constancia.domain.publishing.charts import chart_names
from constancia.domain.publishing.content import Content
from tests.support.edition_tables import words
from tests.support.editions import BEFORE, T_BEFORE, content

LANGUAGES: tuple[Language, ...] = ("es", "en")
DRAWN = ("daily_releases", "held_weekly", "balance", "announced", "map:held_by_state", "claims:held")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 400" width="800" height="400">'
    '<rect width="800" height="400" fill="#dfe9f2"/><text x="40" y="80" font-size="32">{}</text></svg>'
)


def first() -> Content:
    """Edition 1, of 24 February: fewer things, other numbers, nothing before it."""
    second = content(1)
    figures = tuple(
        figure.model_copy(update={"value": value, "lowest": value - 3, "highest": value + 2})
        for figure, value in (
            (one, one.value + 32 if one.name == "held" else one.value + 1) for one in second.figures
        )
    )
    return second.model_copy(
        update={
            "title": words("Situación al 24 de febrero de 2026", "Situation on 24 February 2026"),
            "as_of": BEFORE,
            "known_at": T_BEFORE,
            "previous": None,
            "balance": None,
            "figures": tuple(
                one.model_copy(update={"as_of": BEFORE, "known_at": T_BEFORE})
                for one in figures
                if "since_previous" not in one.name
            ),
            "tables": tuple(
                one.model_copy(update={"withheld": True, "cells": ()}) for one in second.tables[:2]
            ),
            "bridges": (),
            "errata": (),
        }
    )


def site_edition(edition: Content, report: str = "") -> SiteEdition:
    """With three small files, a signature, and grey boxes for charts."""
    files = {
        f"informe-{edition.number}.es.pdf": b"%PDF-1.7 " + b"x" * 250_000,
        "datos.zip": b"PK" + bytes([edition.number]),
        "graficos/chart-daily-es.svg": b"<svg/>",
        "manifiesto.json": b'{"number":%d}' % edition.number,
    }
    downloads = tuple(
        Download(path, len(data), sha256(data), lambda data=data: data)  # type: ignore[misc]
        for path, data in files.items()
    )
    signed = Signed(
        public_key="0f" * 32,
        manifest_sha256=sha256(files["manifiesto.json"]),
        signature="1e" * 64,
        manifest="manifiesto.json",
        signed_at=edition.known_at + timedelta(hours=9),
    )
    names = [name for name in chart_names(edition) if name in DRAWN]
    charts = {(name, language): SVG.format(name) for name in names for language in LANGUAGES}
    reports = dict.fromkeys(LANGUAGES, report) if report else {}
    return SiteEdition(edition, downloads, signed, charts, report=reports)  # type: ignore[arg-type]


BUNDLE = b"PK the whole bundle"
PRINTED = "casa.example/constancia/hechos/1 36 lusab-babad"
RECORDED = "casa.example/constancia/hechos/1 40 zuhut-dudus"


def with_bundle(edition: SiteEdition, read: bytes = BUNDLE) -> SiteEdition:
    """The edition with a place in the log. `read`: what lies there when the bundle is copied."""
    name = f"constancia-edicion-{edition.number}.zip"
    bundle = Download(name, len(BUNDLE), sha256(BUNDLE), lambda: read)
    return replace(edition, logged=Logged(bundle, PRINTED, RECORDED))


def two_editions() -> list[SiteEdition]:
    """Edition 2 has a report."""
    report = '<h2 id="contexto">Contexto</h2>\n<p>Al cierre había personas detenidas.</p>'
    return [site_edition(first()), site_edition(content(2), report)]
