"""A bundle is opened as if a stranger had made it to do harm."""

from __future__ import annotations

import contextlib
import io
import os
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier import bundle
from constancia.verifier.bundle import check_path, open_bundle, open_zip
from tests.support import bundles
from tests.support.effort import examples


def refusal(path: Path) -> str:
    with pytest.raises(ProofRefused) as refused:
        open_bundle(path)
    return refused.value.code


def archive(*entries: tuple[str, bytes], mode: int = 0o100644) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data in entries:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            made.writestr(entry, data)
    return buffer.getvalue()


def test_a_folder_and_its_zip_are_the_same_bundle(tmp_path: Path) -> None:
    files = bundles.usual().second
    folder = bundles.written(files, tmp_path / "folder")
    (tmp_path / "bundle.zip").write_bytes(bundles.zipped(files))
    assert open_bundle(folder).files == open_bundle(tmp_path / "bundle.zip").files == files


def test_folders_listed_in_a_zip_are_passed_over() -> None:
    assert dict(open_zip(archive(("datos/", b""), ("datos/a", b"x")))) == {"datos/a": b"x"}


@pytest.mark.parametrize(
    "name",
    [
        "../a",
        "/a",
        "a/../b",
        "a//b",
        "./a",
        "a\\b",
        "C:a",
        "a\nb",
        "a ",
        " a",
        "a.",
        "",
        "a" * 201,
        "a/" * 7 + "b",
    ],
)
def test_a_path_that_leads_out_or_reads_as_another_is_refused(name: str) -> None:
    with pytest.raises(ProofRefused, match=r"proof\.path"):
        check_path(name)


@pytest.mark.parametrize("name", ["../a", "/a", "a\\..\\b", "a\x00b", "datos/../../x"])
def test_a_zip_with_such_a_path_is_refused(name: str, tmp_path: Path) -> None:
    made = archive((name.replace("\x00", "#"), b"x")).replace(b"#", b"\x00")
    (tmp_path / "a.zip").write_bytes(made)
    assert refusal(tmp_path / "a.zip") == "proof.path"


def test_a_decomposed_accent_is_another_path_and_refused() -> None:
    with pytest.raises(ProofRefused):
        check_path("informacio\u0301n.txt")
    assert check_path("informaci\u00f3n.txt")


def test_a_name_twice_is_refused_even_in_other_case(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        (tmp_path / "a.zip").write_bytes(archive(("a", b"x"), ("a", b"y")))
    assert refusal(tmp_path / "a.zip") == "proof.twice"
    (tmp_path / "b.zip").write_bytes(archive(("a", b"x"), ("A", b"y")))
    assert refusal(tmp_path / "b.zip") == "proof.twice"


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(archive(("a", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777))
    assert refusal(tmp_path / "a.zip") == "proof.link"
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a").symlink_to("/etc/hostname")
    assert refusal(tmp_path / "folder") == "proof.link"
    (tmp_path / "other").mkdir()
    os.mkfifo(tmp_path / "other" / "a")
    assert refusal(tmp_path / "other") == "proof.link"


def test_a_folder_that_links_to_itself_comes_to_an_end(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path)
    assert refusal(tmp_path) == "proof.link"


def test_too_many_and_too_large_files_are_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "MOST_FILES", 3)
    (tmp_path / "many.zip").write_bytes(archive(*[(f"f{number}", b"") for number in range(4)]))
    assert refusal(tmp_path / "many.zip") == "proof.too_many"
    monkeypatch.setattr(bundle, "LARGEST_FILE", 1000)
    (tmp_path / "large.zip").write_bytes(archive(("a", bytes(1001))))
    assert refusal(tmp_path / "large.zip") == "proof.too_large"
    monkeypatch.setattr(bundle, "LARGEST_BUNDLE", 1500)
    (tmp_path / "two.zip").write_bytes(archive(("a", bytes(900)), ("b", bytes(900))))
    assert refusal(tmp_path / "two.zip") == "proof.too_large"


def test_a_zip_bomb_is_refused_by_the_size_it_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "LARGEST_FILE", 2**20)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a", bytes(2**20 + 1))
    assert len(buffer.getvalue()) < 5000
    (tmp_path / "bomb.zip").write_bytes(buffer.getvalue())
    assert refusal(tmp_path / "bomb.zip") == "proof.too_large"


def test_a_size_that_lies_is_noticed(tmp_path: Path) -> None:
    data = archive(("a", b"twelve bytes"))
    told = data.replace((12).to_bytes(4, "little"), (4).to_bytes(4, "little"))
    assert told != data
    (tmp_path / "a.zip").write_bytes(told)
    assert refusal(tmp_path / "a.zip") in {"proof.zip", "proof.unreadable"}


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"x" * 1000])
def test_what_is_no_bundle_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    if content.startswith(b"PK\x05"):
        assert open_bundle(tmp_path / "a.zip").files == {}
    else:
        assert refusal(tmp_path / "a.zip") == "proof.zip"


def test_what_is_not_there_or_is_no_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nothing") == "proof.unreadable"
    assert refusal(Path("/dev/null")) == "proof.unreadable"
    assert refusal(Path("a\x00b")) == "proof.unreadable"


def test_an_encrypted_or_oddly_compressed_zip_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("a", b"x" * 100)
    (tmp_path / "a.zip").write_bytes(buffer.getvalue())
    assert refusal(tmp_path / "a.zip") == "proof.zip"


@settings(max_examples=examples(150))
@given(st.data())
def test_a_damaged_zip_is_read_or_refused_and_never_anything_else(data: st.DataObject) -> None:
    whole = bytearray(archive(("a", b"x" * 50), ("b/c", b"y" * 50)))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ProofRefused):
        open_zip(bytes(whole[: data.draw(st.integers(len(whole) // 2, len(whole)))]))
