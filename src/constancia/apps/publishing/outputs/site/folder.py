"""The site in a folder: written beside it, whole, and only then put in its place."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path

from constancia.apps.publishing.outputs.opendata import CC_BY, Licence
from constancia.apps.publishing.outputs.site.model import SiteEdition
from constancia.apps.publishing.outputs.site.site import downloads, site
from constancia.domain.errors import InputRefused
from constancia.domain.publishing.content import Erratum
from constancia.infra.files import sync_folder

MARK = "constancia-sitio.json"
_MARKED = {"format": "constancia-site-1"}
PUBLIC_FILE, PUBLIC_FOLDER = 0o644, 0o755


def write_site(
    folder: Path,
    editions: Sequence[SiteEdition],
    errata: Sequence[Erratum] = (),
    *,
    address: str = "",
    licence: Licence = CC_BY,
    checker: bytes = b"",
) -> list[str]:
    """Write the site, with its downloads, to `folder`, and return the paths in it. `checker`: as in `site`.

    A site of ours that stands there is replaced; it stays whole until the new one is. Raises InputRefused
    `site.folder_foreign` where something else stands there, `site.folder_unwritable` where nothing can be
    written, and what `site` and `downloads` raise; then nothing has changed.
    """
    folder = folder.absolute()
    if not _ours(folder):
        raise InputRefused("site.folder_foreign")
    pages = site(editions, errata, address=address, licence=licence, checker=checker)
    pages[MARK] = json.dumps(_MARKED).encode() + b"\n"
    fresh = folder.with_name(f".{folder.name}.{secrets.token_hex(6)}.tmp")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh.mkdir(mode=PUBLIC_FOLDER)
        written = [_put(fresh, path, data) for path, data in pages.items()]
        written += [_put(fresh, path, read()) for path, read in downloads(editions)]
        _exchange(fresh, folder)
    except OSError:
        raise InputRefused("site.folder_unwritable") from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return sorted(written)


def _ours(folder: Path) -> bool:
    """Whether nothing stands there, or an empty folder, or a site of ours."""
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            return False
        if not folder.exists() or not any(folder.iterdir()):
            return True
        found: object = json.loads((folder / MARK).read_bytes())
        return found == _MARKED
    except (OSError, ValueError):
        return False


def _put(folder: Path, path: str, data: bytes) -> str:
    place = folder / path
    for parent in reversed(place.relative_to(folder).parents[:-1]):
        (folder / parent).mkdir(mode=PUBLIC_FOLDER, exist_ok=True)
    # Not synced one by one, which would take minutes on a slow disk: a site is made again in seconds.
    place.write_bytes(data)
    place.chmod(PUBLIC_FILE)
    return path


def _exchange(fresh: Path, folder: Path) -> None:
    """Put the new folder in the place of the old one, which comes back if that fails."""
    old = folder.with_name(f".{folder.name}.{secrets.token_hex(6)}.old")
    there = folder.exists()
    if there:
        os.rename(folder, old)
    try:
        os.rename(fresh, folder)
    except OSError:
        if there:
            os.rename(old, folder)
        raise
    sync_folder(folder.parent)
    shutil.rmtree(old, ignore_errors=True)
