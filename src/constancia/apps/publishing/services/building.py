"""Building: the files of an edition, made from its content alone, and the manifest that signs them."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.ledger.keys import log_key
from constancia.apps.ledger.models import FACTS
from constancia.apps.ledger.services.appending import append_document, week_of
from constancia.apps.ledger.services.cosigning import seal_and_cosign
from constancia.apps.publishing.access import content_of, edition_of
from constancia.apps.publishing.models import Build, Edition
from constancia.apps.publishing.outputs.files import files_of
from constancia.apps.publishing.proving.parts import Pinned, listed_parts, pin, place_of, printed, seal_of
from constancia.apps.publishing.recording import instant
from constancia.apps.publishing.services.approving import names_of
from constancia.apps.register import noting
from constancia.domain.errors import InputRefused, IntegrityBroken, NotFound
from constancia.domain.publishing.canonical import canonical, sha256
from constancia.domain.publishing.manifest import KEY, MANIFEST, SIGNATURE, manifest_of
from constancia.infra import clock, signing, unlocked
from constancia.infra.files import PRIVATE_FILE, PRIVATE_FOLDER, private_folder, sync_folder, write_whole
from constancia.infra.writer import writing

WITH_NAMES = ("datos.zip",)
"""The files of an edition that hold its named list."""


def build(actor: User, number: int, *, at: datetime | None = None) -> Path:
    """Makes and signs the files of an edition and enters its manifest into the log; returns their folder. A
    second time the same files are made again where some are missing, and must be those that were signed.
    Where they cannot be written nothing is signed, and what stood in the folder stays.

    The log is sealed before, so that the proof covers every case there is, and afterwards, so that the
    edition has its place in it.

    Raises NotAllowed, NotFound; IntegrityBroken `edition.names_lost` where the named list cannot be read any
    more, `edition.proof` where the register no longer counts what the edition says, `edition.rebuilt` where
    the files come out otherwise (another version of the software makes other files; the signed ones stay
    where they are); what `seal_and_cosign` raises.
    """
    allow(actor, Permission.EDITION_WORK)
    edition = edition_of(number)
    content, key = content_of(edition), signing.public_key()
    names = names_of(edition)
    if content.named is not None and content.named.named != len(names):
        raise IntegrityBroken("edition.names_lost", number=number)
    built = Build.objects.filter(edition=edition).first()
    pinned = pinned_of(built) if built is not None else _pin(at)
    files = files_of(content, names, edition.approved_at, seal_of(pinned) if pinned else None)
    log = None
    if pinned is not None:
        files |= listed_parts(edition, content, pinned)
        log = (log_key(FACTS).name, week_of(pinned.at), str(printed(pinned)))
    manifest = canonical(
        manifest_of(content, edition.sha256, edition.frozen_at, edition.approved_at, files, key, log)
    )
    folder = folder_of(number)
    if names:
        said = {"edition": number, "n": len(names), "sha256": sha256(manifest)}
        noting.exported(actor, "edition_names", said)
    # In the writer's turn to the end: of two who build at once one comes after the other, whole.
    with writing():
        built = Build.objects.filter(edition=edition).first()
        if built is None:
            built = _signed(edition, manifest, key, pinned, instant(at), actor)
        same = bytes(built.manifest) == manifest
        if same:
            _write(folder, files | signed_parts(built))
        elif pinned_of(built) == pinned:
            raise IntegrityBroken("edition.rebuilt", number=number)
    if not same:  # somebody was quicker, on another state of the log
        return build(actor, number, at=at)
    _prove_place(built, at)
    return folder


def _pin(at: datetime | None) -> Pinned:
    seal_and_cosign(at=at)
    return pin(at or clock.now())


def _signed(
    edition: Edition, manifest: bytes, key: bytes, pinned: Pinned | None, now: datetime, actor: User
) -> Build:
    """The signed manifest as a row, and its entry in the log."""
    assert pinned is not None
    built = Build(
        edition=edition,
        manifest=manifest,
        signature=signing.sign(manifest),
        public_key=key,
        facts_size=pinned.facts,
        roster_size=pinned.roster,
        policy=pinned.policy,
        pinned_at=pinned.at,
        built_at=now,
        built_by=actor,
    )
    built.save()
    append_document("edition", "edition", edition.number, manifest, pinned.at)
    return built


def _prove_place(built: Build, at: datetime | None) -> None:
    """Writes what shows the edition's place in the log, sealing it first where it has none."""
    if pinned_of(built) is None:
        return
    try:
        found = place_of(built, before(built))
    except NotFound:
        seal_and_cosign(at=at)
        found = place_of(built, before(built))
    folder = folder_of(built.edition.number)
    for name, data in found.items():
        private_folder((folder / name).parent)
        write_whole(folder / name, data)


def pinned_of(built: Build) -> Pinned | None:
    """The ledger as it was when the edition was built; None where there was none yet."""
    if built.pinned_at is None:
        return None
    return Pinned(built.facts_size, built.roster_size, built.policy, built.pinned_at)


def before(built: Build) -> Build | None:
    """The build of the edition that this one names as the one before it, where that has a place in the
    log."""
    rows = Build.objects.filter(edition__number__lt=built.edition.number).order_by("-edition__number")
    found: Build | None = rows.first()
    return found


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


def is_there(number: int, path: str) -> bool:
    """Whether a file of that name lies in the folder of an edition."""
    return (folder_of(number) / path).is_file()


def file_at(number: int, path: str) -> bytes:
    """One file of an edition as it lies in the folder. Raises NotFound (`edition.no_file`)."""
    try:
        return (folder_of(number) / path).read_bytes()
    except OSError:
        raise NotFound("edition.no_file") from None


def built_files(edition: Edition) -> dict[str, bytes]:
    """The files of a built edition by path, those of the manifest and itself, as they lie in the folder.
    A file that is gone is absent.

    Raises InputRefused `edition.not_built`.
    """
    built = _built(edition)
    folder = folder_of(edition.number)
    found = {}
    for one in signed_files(built):
        path = folder / one["path"]
        if path.is_file():
            found[one["path"]] = path.read_bytes()
    return found | signed_parts(built)


def built_file(edition: Edition, path: str) -> bytes:
    """One of them, as it was signed.

    Raises InputRefused `edition.not_built`; NotFound `edition.no_file`; IntegrityBroken
    `edition.file_changed` where what lies in the folder is not what was signed.
    """
    built = _built(edition)
    parts = signed_parts(built)
    if path in parts:
        return parts[path]
    said = next((one for one in signed_files(built) if one["path"] == path), None)
    if said is None:
        raise NotFound("edition.no_file")
    data = file_at(edition.number, path)
    if not is_as_signed(data, said):
        raise IntegrityBroken("edition.file_changed", number=edition.number)
    return data


def signed_files(built: Build) -> list[dict[str, Any]]:
    """What the manifest says of each file: its path, size, sha256."""
    found: list[dict[str, Any]] = json.loads(bytes(built.manifest))["files"]
    return found


def is_as_signed(data: bytes | None, said: Mapping[str, Any]) -> bool:
    """Whether these are the bytes of which the manifest says so."""
    return data is not None and len(data) == said["size"] and sha256(data) == said["sha256"]


def _built(edition: Edition) -> Build:
    built: Build | None = Build.objects.filter(edition=edition).first()
    if built is None:
        raise InputRefused("edition.not_built", number=edition.number)
    return built


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """All of them beside their place, and then in it. Not synced one by one, which would take a minute on a
    slow disk: what a power cut takes is made again, the same, and `verify` tells."""
    private_folder(folder.parent)
    for left in folder.parent.glob(f".{folder.name}.*"):  # by a building that was killed
        _remove(left)
    fresh, old = (folder.with_name(f".{folder.name}.{secrets.token_hex(6)}.{end}") for end in ("tmp", "old"))
    try:
        for name, data in files.items():
            path = fresh / name
            path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            path.write_bytes(data)
            path.chmod(PRIVATE_FILE)
        if os.path.lexists(folder):
            folder.rename(old)
        try:
            fresh.rename(folder)
        except OSError:
            if os.path.lexists(old):
                old.rename(folder)
            raise
    finally:
        _remove(fresh)
    _remove(old)
    sync_folder(folder.parent)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
