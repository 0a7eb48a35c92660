"""Building: the files of an edition, made from its content alone, and the manifest that signs them."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.publishing.access import content_of, edition_of
from constancia.apps.publishing.models import Build, Edition
from constancia.apps.publishing.outputs.files import files_of
from constancia.apps.publishing.recording import instant
from constancia.apps.publishing.services.approving import names_of
from constancia.domain.errors import InputRefused, IntegrityBroken, NotFound
from constancia.domain.publishing.canonical import canonical
from constancia.domain.publishing.manifest import KEY, MANIFEST, SIGNATURE, manifest_of
from constancia.infra import signing, unlocked
from constancia.infra.files import PRIVATE_FILE, PRIVATE_FOLDER, private_folder, sync_folder
from constancia.infra.writer import writing


def build(actor: User, number: int, *, at: datetime | None = None) -> Path:
    """Makes and signs the files of an edition; returns their folder. A second time the same files are made
    again where some are missing, and must be those that were signed.

    Raises NotAllowed, NotFound; IntegrityBroken `edition.rebuilt` where they come out otherwise (another
    version of the software makes other files; the signed ones stay where they are).
    """
    allow(actor, Permission.EDITION_WORK)
    edition = edition_of(number)
    content, key = content_of(edition), signing.public_key()
    files = files_of(content, names_of(edition), edition.approved_at)
    manifest = canonical(
        manifest_of(content, edition.sha256, edition.frozen_at, edition.approved_at, files, key)
    )
    with writing():
        built = Build.objects.filter(edition=edition).first()
        if built is None:
            built = Build(
                edition=edition,
                manifest=manifest,
                signature=signing.sign(manifest),
                public_key=key,
                built_at=instant(at),
                built_by=actor,
            )
            built.save()
        elif bytes(built.manifest) != manifest:
            raise IntegrityBroken("edition.rebuilt", number=number)
    folder = folder_of(number)
    _write(folder, files | signed_parts(built))
    return folder


def signed_parts(built: Build) -> dict[str, bytes]:
    """The manifest, its signature and the key that checks it, as files."""
    return {
        MANIFEST: bytes(built.manifest),
        SIGNATURE: bytes(built.signature),
        KEY: signing.as_pem(bytes(built.public_key)),
    }


def folder_of(number: int) -> Path:
    """Where the files of an edition lie in the register's home."""
    return unlocked.home().editions / str(number)


def file_at(number: int, path: str) -> bytes:
    """One file of an edition as it lies in the folder. Raises NotFound (`edition.no_file`)."""
    try:
        return (folder_of(number) / path).read_bytes()
    except OSError:
        raise NotFound("edition.no_file") from None


def built_files(edition: Edition) -> dict[str, bytes]:
    """The files of a built edition by path, those of the manifest and itself. A file that is gone is absent.

    Raises InputRefused `edition.not_built`.
    """
    built = Build.objects.filter(edition=edition).first()
    if built is None:
        raise InputRefused("edition.not_built", number=edition.number)
    folder = folder_of(edition.number)
    names = [one["path"] for one in json.loads(bytes(built.manifest))["files"]]
    found = {}
    for name in names:
        path = folder / name
        if path.is_file():
            found[name] = path.read_bytes()
    return found | signed_parts(built)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """All of them beside their place, and then in it. Not synced one by one, which would take a minute on a
    slow disk: what a power cut takes is made again, the same, and `verify` tells."""
    private_folder(folder.parent)
    fresh = folder.with_name(f".{folder.name}.{secrets.token_hex(6)}.tmp")
    try:
        for name, data in files.items():
            path = fresh / name
            path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            path.write_bytes(data)
            path.chmod(PRIVATE_FILE)
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    sync_folder(folder.parent)
