"""The public site, from the editions that were built."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.publishing.access import content_of
from constancia.apps.publishing.models import Build, Edition
from constancia.apps.publishing.outputs.charts import svg
from constancia.apps.publishing.outputs.files import document_of, has_report
from constancia.apps.publishing.outputs.html import fragment
from constancia.apps.publishing.outputs.site import (
    Download,
    Signed,
    SiteEdition,
    report_pictures,
)
from constancia.apps.publishing.outputs.site import (
    write_site as write,
)
from constancia.apps.publishing.services.building import file_at, is_there, signed_files, signed_parts
from constancia.apps.publishing.terms import errata_until
from constancia.domain.errors import InputRefused, IntegrityBroken
from constancia.domain.publishing.canonical import sha256
from constancia.domain.publishing.charts import chart_names
from constancia.domain.publishing.manifest import MANIFEST
from constancia.infra import unlocked


def write_site(actor: User, folder: Path, address: str = "") -> int:
    """Writes the site of all built editions to a folder; returns how many files.

    `address`: where it will be served ("https://…"), for citations and the feed. Raises NotAllowed;
    InputRefused `edition.none_built`, `site.folder_home` for a folder within the register's own;
    IntegrityBroken `edition.files_gone` where signed files are missing; and as
    `outputs.site.write_site`.
    """
    allow(actor, Permission.EDITION_WORK)
    if _within(folder, unlocked.home().path):
        raise InputRefused("site.folder_home")
    built = list(Build.objects.select_related("edition").order_by("edition__number"))
    if not built:
        raise InputRefused("edition.none_built")
    for one in built:
        gone = [file["path"] for file in signed_files(one) if not is_there(one.edition.number, file["path"])]
        if gone:
            raise IntegrityBroken("edition.files_gone", number=one.edition.number, count=len(gone))
    return len(write(folder, [edition_of(one) for one in built], errata_until(), address=address))


def _within(folder: Path, home: Path) -> bool:
    """What is public has no place among what is not: whoever serves it would serve the rest."""
    return folder.resolve().is_relative_to(home.resolve())


def edition_of(built: Build) -> SiteEdition:
    """An edition as the site shows it, with its signed files."""
    edition: Edition = built.edition
    content = content_of(edition)
    narrow = {
        (name, language): svg(content, name, language, "phone")
        for language in content.languages
        for name in chart_names(content)
    }
    reports = {}
    if has_report(content):
        for language in content.languages:
            document = document_of(content, language)
            reports[language] = fragment(
                document.blocks,
                document.notes,
                language,
                picture=report_pictures(edition.number, language, chart_names(content)),
            )
    return SiteEdition(
        content=content,
        files=downloads(built),
        signed=Signed(
            public_key=bytes(built.public_key).hex(),
            manifest_sha256=sha256(bytes(built.manifest)),
            signature=bytes(built.signature).hex(),
            manifest=MANIFEST,
            signed_at=built.built_at,
        ),
        charts={
            (name, language): svg(content, name, language)
            for language in content.languages
            for name in chart_names(content)
        },
        narrow=narrow,
        report=reports,
    )


def downloads(built: Build) -> tuple[Download, ...]:
    """The files that the site offers: those of the manifest, itself, its signature and the key."""
    number = built.edition.number
    files = [
        Download(one["path"], one["size"], one["sha256"], partial(file_at, number, one["path"]))
        for one in signed_files(built)
    ]
    for name, data in signed_parts(built).items():
        files.append(Download(name, len(data), sha256(data), _given(data)))
    return tuple(files)


def _given(data: bytes) -> Callable[[], bytes]:
    return lambda: data
