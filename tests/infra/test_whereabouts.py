"""Where a register seals from: a copy is told from the original, and a restart is no copy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from constancia.domain.errors import StoreRefused
from constancia.infra import whereabouts
from constancia.infra.home import Home

NewHome = Callable[..., Any]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that names the machine; this run is in no container."""
    file = tmp_path / "machine-id"
    file.write_text("11112222333344445555666677778888\n")
    monkeypatch.setattr(whereabouts, "MACHINE", (tmp_path / "none", file))
    monkeypatch.setattr(whereabouts, "CONTAINERS", ())
    return file


@pytest.fixture
def home(new_home: NewHome, machine: Path) -> Home:
    found: Home = new_home()[0]
    whereabouts.note_first(found)
    return found


def test_where_it_sealed_it_goes_on(home: Home) -> None:
    assert whereabouts.differs(home) is None
    before = home.place_file.read_bytes()
    whereabouts.note_first(home)
    assert home.place_file.read_bytes() == before
    assert (home.place_file.stat().st_mode & 0o777) == 0o600


def test_a_copy_in_another_folder_or_on_another_machine_is_told(home: Home, machine: Path) -> None:
    copy = Home(home.path.with_name("prueba"))
    shutil.copytree(home.path, copy.path)
    assert whereabouts.differs(copy) == "folder"
    assert whereabouts.differs(home) is None
    machine.write_text("a" * 32)
    assert whereabouts.differs(home) == "machine"
    with pytest.raises(StoreRefused, match=r"ledger\.elsewhere"):
        whereabouts.refuse_elsewhere(home)
    whereabouts.note(home)
    assert whereabouts.differs(home) is None


def test_of_a_folder_and_its_copy_in_the_same_place_one_alone_seals(home: Home) -> None:
    aside = Home(home.path.with_name("vieja"))
    home.path.rename(aside.path)
    shutil.copytree(aside.path, home.path)
    assert whereabouts.differs(home) is None  # no other can be here
    assert whereabouts.differs(aside) == "folder"


def test_through_a_link_it_is_the_same_folder(home: Home) -> None:
    link = home.path.with_name("enlace")
    link.symlink_to(home.path)
    assert whereabouts.differs(Home(link)) is None


@pytest.mark.parametrize("told", ["", "uninitialized", None, "\xff"])
def test_where_the_machine_says_nothing_the_folder_itself_is_looked_at(
    home: Home, machine: Path, told: str | None
) -> None:
    machine.unlink() if told is None else machine.write_text(told, encoding="latin-1")
    whereabouts.note(home)
    assert whereabouts.differs(home) is None
    exchanged(home)
    assert whereabouts.differs(home) == "copy"


def test_in_a_container_the_folder_itself_is_looked_at(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every container of an image may be called the same and have its register in the same place."""
    monkeypatch.setattr(whereabouts, "CONTAINERS", (home.settings_file,))
    assert whereabouts.differs(home) is None
    exchanged(home)
    assert whereabouts.differs(home) == "copy"


def exchanged(home: Home) -> None:
    """A copy in the place of the folder, which stays where its inode is not given to another."""
    kept = home.path.with_name("vieja")
    home.path.rename(kept)
    shutil.copytree(kept, home.path)
    assert kept.stat().st_ino != home.path.stat().st_ino


def test_a_demonstration_may_be_anywhere(new_home: NewHome, machine: Path) -> None:
    home: Home = new_home("demo", demonstration=True)[0]
    whereabouts.note_first(home)
    assert not home.place_file.exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"salt": 1}', "[" * 100_000, "\x00"])
def test_a_note_that_is_none_is_no_permission(home: Home, text: str) -> None:
    home.place_file.write_text(text)
    assert whereabouts.differs(home) == "unreadable"


def test_the_note_names_neither_machine_nor_folder(home: Home, machine: Path) -> None:
    said = home.place_file.read_text()
    assert machine.read_text().strip() not in said
    assert os.fspath(home.path) not in said
