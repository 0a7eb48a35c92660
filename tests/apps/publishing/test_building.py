"""The files of an edition: made once, signed, made again the same; and the site that shows them."""

from __future__ import annotations

import errno
import json
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.publishing import queries, services
from constancia.apps.publishing.access import edition_of
from constancia.apps.publishing.services.building import folder_of
from constancia.domain.errors import InputRefused, IntegrityBroken, NotAllowed, NotFound
from constancia.infra import signing, unlocked
from tests.apps.publishing.crowd import RECORDED, Crowd, publish

# Freezing reads the database, and is tested on both engines; files are made of what it froze.
pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def edition(desk: User, second: User, crowd: Crowd) -> int:
    crowd.add(9, consent="public_name")
    crowd.add(8, state="zulia")
    services.save_text(desk, "prueba", "informe.toml", 'named = "held"\n', at=RECORDED)
    return publish(desk, second, report="prueba")


def test_the_files_are_those_of_the_manifest_and_the_manifest_is_signed(desk: User, edition: int) -> None:
    folder = services.build(desk, edition)
    manifest = (folder / "manifiesto.json").read_bytes()
    assert signing.is_signed(manifest, (folder / "manifiesto.firma").read_bytes(), signing.public_key())
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    said = {one["path"] for one in json.loads(manifest)["files"]}
    place = {"prueba/manifiesto.tlog-proof", "prueba/impreso.txt"}
    assert there == said | {"manifiesto.json", "manifiesto.firma", "clave.pem"} | place
    assert {"datos/edicion.json", "datos.zip", "boletin-es.txt", "tarjeta-en.png"} <= said


@pytest.mark.drawn_anew
def test_they_come_out_the_same_again_where_some_are_lost(desk: User, edition: int) -> None:
    folder = services.build(desk, edition)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / "datos.zip").unlink()
    (folder / "boletin-es.txt").write_text("otra cosa")
    assert [step.held for step in queries.verify(desk, edition) if step.name == "files"] == [False]
    services.build(desk, edition)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert all(step.held for step in queries.verify(desk, edition))


def test_a_program_that_makes_other_files_does_not_replace_the_signed_ones(
    desk: User, edition: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = services.build(desk, edition)
    before = (folder / "boletin-es.txt").read_bytes()
    monkeypatch.setattr(
        "constancia.apps.publishing.services.building.files_of", lambda *given: {"boletin-es.txt": b"otro"}
    )
    with pytest.raises(IntegrityBroken) as refused:
        services.build(desk, edition)
    assert refused.value.code == "edition.rebuilt"
    assert (folder / "boletin-es.txt").read_bytes() == before


def test_only_those_who_consented_are_in_the_list(desk: User, edition: int) -> None:
    data = queries.file_of(desk, edition, "datos.zip") if services.build(desk, edition) else b""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.read("datos/named_list.csv").decode("utf-8-sig").split("\r\n")
        everything = b"".join(archive.read(name) for name in archive.namelist() if "named_list" not in name)
    assert sorted(names[1:-1]) == [f"Persona Inventada Lara {index}" for index in range(9)]
    assert b"Inventada" not in everything


def test_the_list_is_sealed_in_the_register(desk: User, edition: int) -> None:
    row = edition_of(edition)
    assert row.names is not None
    assert b"Inventada" not in bytes(row.names)
    assert b"Inventada" not in bytes(row.content)


def test_files_are_private_until_somebody_copies_them(desk: User, edition: int) -> None:
    folder = services.build(desk, edition)
    for path in (folder, *folder.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path.name


def test_an_edition_without_files_says_so(desk: User, lara: User, edition: int) -> None:
    with pytest.raises(InputRefused) as refused:
        queries.file_of(desk, edition, "datos.zip")
    assert refused.value.code == "edition.not_built"
    with pytest.raises(NotAllowed):
        services.build(lara, edition)
    with pytest.raises(NotFound):
        services.build(desk, 99)


@pytest.mark.parametrize("path", ["../../registro.db", "/etc/passwd", "manifiesto.json/..", "", "nada.txt"])
def test_only_files_of_the_edition_are_given_out(desk: User, edition: int, path: str) -> None:
    services.build(desk, edition)
    with pytest.raises(NotFound):
        queries.file_of(desk, edition, path)


def test_the_site_needs_an_edition_with_files(desk: User, edition: int, tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        services.write_site(desk, tmp_path / "sitio")
    assert refused.value.code == "edition.none_built"
    services.build(desk, edition)
    assert services.write_site(desk, tmp_path / "sitio") > 20
    page = (tmp_path / "sitio" / "es" / "ediciones" / "1.html").read_text()
    assert "Edición de prueba" in page
    assert "Inventada" not in page


def test_an_erratum_is_shown_on_the_site_wherever_the_edition_is(
    desk: User, second: User, edition: int, tmp_path: Path
) -> None:
    services.build(desk, edition)
    services.issue_erratum(second, edition, "Donde dice 17 debe decir 18.", "For 17 read 18.")
    services.write_site(desk, tmp_path / "sitio")
    for page, words in (
        ("es/ediciones/1.html", "Donde dice 17 debe decir 18."),
        ("es/erratas.html", "Donde dice 17 debe decir 18."),
        ("en/editions/1.html", "For 17 read 18."),
    ):
        assert words in (tmp_path / "sitio" / page).read_text(), page
    assert "17 debe" not in (folder_of(edition) / "boletin-es.txt").read_text()


def no_room(*given: object, **more: object) -> None:
    raise OSError(errno.ENOSPC, "no room")


def test_where_the_files_cannot_be_written_nothing_is_signed(
    desk: User, edition: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full, pytest.raises(OSError, match="no room"):
        full.setattr(Path, "write_bytes", no_room)
        services.build(desk, edition)
    assert queries.edition(desk, edition).line.built is False
    assert not [*folder_of(edition).parent.glob(f".{edition}.*")]
    services.build(desk, edition)
    assert all(step.held for step in queries.verify(desk, edition))


def test_where_they_cannot_be_written_again_those_that_were_there_stay(
    desk: User, edition: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = services.build(desk, edition)
    rename = Path.rename

    def fails_for_the_new(self: Path, target: Path) -> Path:
        return no_room() if self.suffix == ".tmp" else rename(self, target)  # type: ignore[return-value]

    with monkeypatch.context() as full, pytest.raises(OSError, match="no room"):
        full.setattr(Path, "rename", fails_for_the_new)
        services.build(desk, edition)
    assert all(step.held for step in queries.verify(desk, edition))
    assert not [*folder.parent.glob(f".{edition}.*")]


def test_what_a_killed_building_left_is_cleared_away(desk: User, edition: int) -> None:
    folder = services.build(desk, edition)
    left = folder.with_name(f".{edition}.0123456789ab.tmp")
    left.mkdir()
    (left / "informe-es.pdf").write_bytes(b"half of it")
    services.build(desk, edition)
    assert not left.exists()


@pytest.mark.parametrize("instead", ["file", "link"])
def test_something_else_in_the_place_of_the_folder_gives_way(
    desk: User, edition: int, tmp_path: Path, instead: str
) -> None:
    folder = services.build(desk, edition)
    shutil.rmtree(folder)
    (tmp_path / "ajeno.txt").write_text("not ours")
    folder.write_text("") if instead == "file" else folder.symlink_to(tmp_path)
    services.build(desk, edition)
    assert all(step.held for step in queries.verify(desk, edition))
    assert not folder.is_symlink()
    assert (tmp_path / "ajeno.txt").read_text() == "not ours"


def test_a_list_whose_key_is_gone_is_said_and_no_files_are_made_without_it(desk: User, edition: int) -> None:
    row = edition_of(edition)
    assert row.subject is not None
    unlocked.codec().forget(bytes(row.subject))
    with pytest.raises(IntegrityBroken) as refused:
        services.build(desk, edition)
    assert refused.value.code == "edition.names_lost"
    assert queries.edition(desk, edition).line.built is False


def test_a_file_that_is_not_the_signed_one_is_not_handed_out(desk: User, edition: int) -> None:
    folder = services.build(desk, edition)
    (folder / "boletin-es.txt").write_text("otra cosa")
    with pytest.raises(IntegrityBroken) as refused:
        queries.file_of(desk, edition, "boletin-es.txt")
    assert refused.value.code == "edition.file_changed"
    assert queries.missing_files(desk, edition) == ("boletin-es.txt",)
    services.build(desk, edition)
    assert queries.missing_files(desk, edition) == ()


def test_a_site_without_the_signed_files_is_not_written(desk: User, edition: int, tmp_path: Path) -> None:
    shutil.rmtree(services.build(desk, edition))
    with pytest.raises(IntegrityBroken) as refused:
        services.write_site(desk, tmp_path / "sitio")
    assert (refused.value.code, refused.value.params["number"]) == ("edition.files_gone", edition)
    assert not (tmp_path / "sitio").exists()


@pytest.mark.parametrize("within", ["sitio", "evidencias/sitio", "ediciones/sitio", "no/../sitio"])
def test_a_site_has_no_place_in_the_register(desk: User, edition: int, within: str) -> None:
    services.build(desk, edition)
    with pytest.raises(InputRefused) as refused:
        services.write_site(desk, unlocked.home().path / within)
    assert refused.value.code == "site.folder_home"


def test_nor_behind_a_link_into_it(desk: User, edition: int, tmp_path: Path) -> None:
    services.build(desk, edition)
    (tmp_path / "enlace").symlink_to(unlocked.home().path)
    with pytest.raises(InputRefused) as refused:
        services.write_site(desk, tmp_path / "enlace" / "sitio")
    assert refused.value.code == "site.folder_home"
