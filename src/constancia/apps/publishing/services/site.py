"""The public site, from the editions that were built."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.publishing.access import content_of
from constancia.apps.publishing.models import Build, Edition
from constancia.apps.publishing.outputs.charts import svg
from constancia.apps.publishing.outputs.files import document_of, has_report
from constancia.apps.publishing.outputs.html import fragment
from constancia.apps.publishing.outputs.opendata import zipped
from constancia.apps.publishing.outputs.site import (
    Download,
    Logged,
    Signed,
    SiteEdition,
    report_pictures,
)
from constancia.apps.publishing.outputs.site import (
    write_site as write,
)
from constancia.apps.publishing.proving.parts import place_of, printed, recorded, verifier_page
from constancia.apps.publishing.services.building import (
    before,
    file_at,
    is_there,
    pinned_of,
    signed_files,
    signed_parts,
)
from constancia.apps.publishing.terms import errata_until
from constancia.domain.errors import InputRefused, IntegrityBroken, NotFound
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
    editions = [edition_of(one) for one in built]
    return len(write(folder, editions, errata_until(), address=address, checker=verifier_page()))


def _within(folder: Path, home: Path) -> bool:
    """What is public has no place among what is not: whoever serves it would serve the rest."""
    return folder.resolve().is_relative_to(home.resolve())


def edition_of(built: Build) -> SiteEdition:
    """An edition as the site shows it, with its signed files and what shows its place in the log."""
    edition: Edition = built.edition
    place = _place(built)
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
        files=(*downloads(built), *(_offered(path, data) for path, data in place.items())),
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
        logged=_logged(built, place) if place else None,
    )


def _place(built: Build) -> dict[str, bytes]:
    """What shows the edition's place in the log, with all the witnesses there are by now; nothing where it
    has none."""
    try:
        return place_of(built, before(built)) if pinned_of(built) else {}
    except NotFound:
        return {}


def _logged(built: Build, place: Mapping[str, bytes]) -> Logged:
    pinned = pinned_of(built)
    assert pinned is not None
    number = built.edition.number
    data = bundle_of(built, place)
    bundle = Download(
        f"constancia-edicion-{number}.zip", len(data), sha256(data), partial(bundle_of, built, place)
    )
    return Logged(bundle, str(printed(pinned)), str(recorded(number)))


def bundle_of(built: Build, place: Mapping[str, bytes]) -> bytes:
    """The whole bundle as an archive, the same bytes from the same files. Not kept: with many editions it
    would fill the memory."""
    number = built.edition.number
    listed = {one["path"]: file_at(number, one["path"]) for one in signed_files(built)}
    return zipped({**listed, **signed_parts(built), **place})


def downloads(built: Build) -> tuple[Download, ...]:
    """The files that the site offers: those of the manifest, itself, its signature and the key."""
    number = built.edition.number
    files = [
        Download(one["path"], one["size"], one["sha256"], partial(file_at, number, one["path"]))
        for one in signed_files(built)
    ]
    files += [_offered(name, data) for name, data in signed_parts(built).items()]
    return tuple(files)


def _offered(path: str, data: bytes) -> Download:
    return Download(path, len(data), sha256(data), _given(data))


def _given(data: bytes) -> Callable[[], bytes]:
    return lambda: data
