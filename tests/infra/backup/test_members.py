"""What is inside: a plain tar that other programs read, padded, and nothing but files below."""

from __future__ import annotations

import subprocess
import tarfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from constancia.domain.errors import IntegrityBroken
from constancia.infra.backup import members
from constancia.infra.backup.members import Member

STEP = 100_000


def packed(files: list[Member]) -> bytes:
    stream = BytesIO()
    members.pack(files, stream, step=STEP)
    return stream.getvalue()


def test_what_was_packed_is_unpacked_and_the_size_says_only_steps(tmp_path: Path) -> None:
    (tmp_path / "grande").write_bytes(b"x" * 130_000)
    data = packed([Member("a.txt", b"uno"), Member("b/c/d.p/64", tmp_path / "grande")])
    assert len(data) == 2 * STEP
    assert len(packed([])) == len(packed([Member("a", b"x" * 80_000)])) == STEP
    folder = tmp_path / "nueva"
    folder.mkdir()
    assert members.unpack(BytesIO(data), folder) == 2
    assert (folder / "a.txt").read_bytes() == b"uno"
    assert (folder / "b/c/d.p/64").read_bytes() == b"x" * 130_000
    assert (folder / "a.txt").stat().st_mode & 0o777 == 0o600


def test_tar_alone_reads_it(tmp_path: Path) -> None:
    (tmp_path / "x.tar").write_bytes(packed([Member("ediciones/1/año.txt", "ñandú".encode())]))
    subprocess.run(["tar", "-xf", "x.tar"], cwd=tmp_path, check=True)
    assert (tmp_path / "ediciones/1/año.txt").read_text() == "ñandú"


@pytest.mark.parametrize(
    "name", ["../fuera", "/etc/x", "a/../../x", ".oculto", "a//b", "a/", "a\x00b", "a/.b/c", "x" * 300]
)
def test_a_path_that_leads_anywhere_else_is_refused(tmp_path: Path, name: str) -> None:
    assert not members.is_plain(name)


def _link(head: tarfile.TarInfo) -> None:
    head.type, head.linkname = tarfile.SYMTYPE, "/etc/passwd"


def _hard(head: tarfile.TarInfo) -> None:
    head.type, head.linkname = tarfile.LNKTYPE, "a.txt"


def _device(head: tarfile.TarInfo) -> None:
    head.type = tarfile.CHRTYPE


def _outside(head: tarfile.TarInfo) -> None:
    head.name = "../fuera.txt"


def _twice(head: tarfile.TarInfo) -> None:
    head.name = "a.txt"


@pytest.mark.parametrize("spoil", [_link, _hard, _device, _outside, _twice])
def test_links_devices_doubles_and_ways_out_are_refused(
    tmp_path: Path, spoil: Callable[[tarfile.TarInfo], None]
) -> None:
    stream = BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"), BytesIO())
        head = tarfile.TarInfo("b.txt")
        spoil(head)
        archive.addfile(head)
    folder = tmp_path / "nueva"
    folder.mkdir()
    with pytest.raises(IntegrityBroken) as refused:
        members.unpack(BytesIO(stream.getvalue()), folder)
    assert refused.value.code == "backup.content"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["nueva"]


@pytest.mark.parametrize(
    "data", [b"", b"no es un tar" * 100, packed([Member("a", b"uno")]) + b"y algo detras"]
)
def test_what_is_no_tar_or_has_something_behind_it_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(IntegrityBroken) as refused:
        members.unpack(BytesIO(data), tmp_path)
    assert refused.value.code == "backup.content"
