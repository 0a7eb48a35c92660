"""A site is put in its folder whole, replaces only a site of ours, and can be checked by what it says."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from constancia.apps.publishing.outputs.site import Download, Signed, SiteEdition, folder, site, write_site
from constancia.domain.errors import InputRefused, IntegrityBroken
from constancia.domain.publishing.manifest import KEY, SIGNATURE
from tests.support.edition_site import first, site_edition, two_editions
from tests.support.pages import parsed


def everything(where: Path) -> dict[str, bytes]:
    return {str(one.relative_to(where)): one.read_bytes() for one in where.rglob("*") if one.is_file()}


def test_the_folder_holds_pages_and_downloads_and_nothing_beside_it(tmp_path: Path) -> None:
    written = write_site(tmp_path / "a" / "sitio", two_editions())
    found = everything(tmp_path / "a" / "sitio")
    assert sorted(found) == written
    assert found.items() >= site(two_editions()).items()
    assert found["archivos/2/manifiesto.json"] == b'{"number":2}'
    assert [one.name for one in (tmp_path / "a").iterdir()] == ["sitio"]


def test_what_is_published_can_be_read_by_a_server(tmp_path: Path) -> None:
    write_site(tmp_path / "sitio", two_editions())
    modes = {one.stat().st_mode & 0o777 for one in (tmp_path / "sitio").rglob("*") if one.is_file()}
    assert modes == {0o644}
    assert (tmp_path / "sitio" / "es").stat().st_mode & 0o755 == 0o755


def test_a_site_of_ours_is_replaced_and_what_is_gone_goes(tmp_path: Path) -> None:
    where = tmp_path / "sitio"
    write_site(where, two_editions())
    (where / "archivos" / "sobra.txt").write_text("x")
    write_site(where, two_editions()[:1])
    assert not (where / "archivos" / "sobra.txt").exists()
    assert not (where / "es" / "ediciones" / "2.html").exists()
    assert [one.name for one in tmp_path.iterdir()] == ["sitio"]


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    (tmp_path / "sitio").mkdir()
    assert write_site(tmp_path / "sitio", two_editions())


@pytest.mark.parametrize("kind", ["other files", "a file", "a link", "a false mark"])
def test_what_is_not_ours_is_left_alone(tmp_path: Path, kind: str) -> None:
    where = tmp_path / "sitio"
    if kind == "a file":
        where.write_text("mío")
    elif kind == "a link":
        write_site(tmp_path / "otro", two_editions())
        where.symlink_to(tmp_path / "otro")
    else:
        where.mkdir()
        (where / "tesis.odt").write_text("mío")
        if kind == "a false mark":
            (where / folder.MARK).write_text("{}")
    before = everything(tmp_path)
    with pytest.raises(InputRefused) as refused:
        write_site(where, two_editions())
    assert refused.value.code == "site.folder_foreign"
    assert everything(tmp_path) == before


def test_a_file_that_changed_leaves_the_old_site_standing(tmp_path: Path) -> None:
    where = tmp_path / "sitio"
    write_site(where, two_editions())
    before = everything(tmp_path)
    one, two = two_editions()
    bad = replace(two, files=(*two.files[:-1], replace(two.files[-1], read=lambda: b"otro")))
    with pytest.raises(IntegrityBroken):
        write_site(where, [one, bad])
    assert everything(tmp_path) == before


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "archivo").write_text("x")
    with pytest.raises(InputRefused) as refused:
        write_site(tmp_path / "archivo" / "sitio", two_editions())
    assert refused.value.code == "site.folder_unwritable"


def test_the_old_site_comes_back_when_the_exchange_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "sitio"
    write_site(where, two_editions())
    before, rename, calls = everything(tmp_path), os.rename, []

    def failing(old: Path, new: Path) -> None:
        calls.append(new)
        if len(calls) == 2:
            raise OSError("disk")
        rename(old, new)

    monkeypatch.setattr(folder.os, "rename", failing)
    with pytest.raises(InputRefused):
        write_site(where, two_editions()[:1])
    assert everything(tmp_path) == before


def test_a_copy_of_the_folder_is_the_same_site(tmp_path: Path) -> None:
    write_site(tmp_path / "sitio", two_editions())
    shutil.copytree(tmp_path / "sitio", tmp_path / "espejo")
    assert everything(tmp_path / "espejo") == everything(tmp_path / "sitio")
    assert not any(str(tmp_path).encode() in data for data in everything(tmp_path / "sitio").values())


def signed_edition() -> SiteEdition:
    key = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
    edition = site_edition(first())
    manifest = edition.files[-1].read()
    signed = Signed(
        public_key=key.public_key().public_bytes_raw().hex(),
        manifest_sha256=hashlib.sha256(manifest).hexdigest(),
        signature=key.sign(manifest).hex(),
        manifest="manifiesto.json",
    )
    return replace(edition, signed=signed)


def parts_of(edition: SiteEdition) -> list[Download]:
    """Signature and key as files."""
    assert edition.signed is not None
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(edition.signed.public_key))
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    files = {SIGNATURE: bytes.fromhex(edition.signed.signature), KEY: pem}
    return [
        Download(name, len(data), hashlib.sha256(data).hexdigest(), lambda data=data: data)  # type: ignore[misc]
        for name, data in files.items()
    ]


@pytest.mark.skipif(not (shutil.which("openssl") and shutil.which("xxd")), reason="no openssl or no xxd")
@pytest.mark.parametrize("in_files", [False, True], ids=["from the page", "from files"])
@pytest.mark.parametrize("tampered", [False, True])
def test_the_recipe_for_checking_the_signature_works(tmp_path: Path, tampered: bool, in_files: bool) -> None:
    edition = signed_edition()
    if in_files:
        edition = replace(edition, files=(*edition.files, *parts_of(edition)))
    write_site(tmp_path / "sitio", [edition])
    here = tmp_path / "sitio" / "archivos" / "1"
    if tampered:
        (here / "manifiesto.json").write_bytes(b'{"number":2}')
    recipe = parsed((tmp_path / "sitio" / "es" / "comprobar.html").read_bytes()).xpath("//pre")[-1].text
    assert re.search("openssl pkeyutl -verify", recipe)
    answer = subprocess.run(["sh", "-c", recipe], cwd=here, capture_output=True, text=True, check=False)
    assert ("Signature Verified Successfully" in answer.stdout) is not tampered
