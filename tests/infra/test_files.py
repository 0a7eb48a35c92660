"""A file is whole or absent, and private."""

from __future__ import annotations

from pathlib import Path

import pytest

from constancia.infra.files import clear_left, open_to_others, private_folder, replacing, write_whole


def test_a_file_is_replaced_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "f"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert open_to_others(path) is None
    assert [each.name for each in tmp_path.iterdir()] == ["f"]


def test_an_error_while_writing_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "f"
    write_whole(path, b"one")
    with pytest.raises(RuntimeError), replacing(path) as file:
        file.write(b"half of tw")
        raise RuntimeError
    assert path.read_bytes() == b"one"
    assert [each.name for each in tmp_path.iterdir()] == ["f"]


def test_what_a_killed_writer_left_is_cleared_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    kept = [tmp_path / "f", tmp_path / "f.tmp", tmp_path / ".f", tmp_path / "deep" / "g"]
    left = [tmp_path / ".f.0a1b.tmp", tmp_path / "deep" / ".g.0a1b.tmp"]
    for path in (*kept, *left):
        path.touch()
    clear_left(tmp_path / "f")
    assert [path.exists() for path in left] == [False, True]
    clear_left(tmp_path)
    assert [path.exists() for path in (*left, *kept)] == [False, False, True, True, True, True]


@pytest.mark.parametrize(("mode", "told"), [(0o600, None), (0o700, None), (0o640, "0640"), (0o601, "0601")])
def test_rights_of_others_are_told_in_octal(tmp_path: Path, mode: int, told: str | None) -> None:
    path = tmp_path / "f"
    path.touch()
    path.chmod(mode)
    assert open_to_others(path) == told


def test_a_private_folder_is_made_with_what_is_missing_above_it(tmp_path: Path) -> None:
    made = private_folder(tmp_path / "a" / "b")
    assert [folder.stat().st_mode & 0o777 for folder in (made, made.parent)] == [0o700, 0o700]
    private_folder(made)
