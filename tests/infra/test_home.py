"""The register's folder: found, made, and refused where it should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from constancia.domain.errors import DeploymentRefused, StoreRefused
from constancia.infra.home import Home, HomeSettings


def test_a_new_home_is_private_and_keeps_its_settings(tmp_path: Path) -> None:
    Home.create(
        tmp_path / "casa",
        organisation='Los "Árboles" \\ A. C.',
        zone="America/Bogota",
        language="en",
        demonstration=True,
    )
    found = Home.find(tmp_path / "casa")
    assert found.settings == HomeSettings('Los "Árboles" \\ A. C.', "America/Bogota", "en", True)
    assert found.path.stat().st_mode & 0o777 == 0o700
    assert found.settings_file.stat().st_mode & 0o777 == 0o600


def test_the_home_is_the_option_then_the_environment_then_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        Home.create(tmp_path / name)
    monkeypatch.setenv("CONSTANCIA_HOME", str(tmp_path / "b"))
    assert Home.find(tmp_path / "a").path == tmp_path / "a"
    assert Home.find().path == tmp_path / "b"
    monkeypatch.delenv("CONSTANCIA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    with pytest.raises(StoreRefused, match=r"home\.missing"):
        Home.find()


def test_a_folder_without_a_register_is_refused_and_left_alone(tmp_path: Path) -> None:
    with pytest.raises(StoreRefused, match=r"home\.missing"):
        Home.find(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file", ["constancia.toml", "llave.json", "registro.db", "claves.db"])
def test_a_register_is_never_made_over_another(tmp_path: Path, file: str) -> None:
    (tmp_path / file).write_text("something")
    with pytest.raises(StoreRefused, match=r"home\.taken"):
        Home.create(tmp_path)
    assert (tmp_path / file).read_text() == "something"


@pytest.mark.parametrize(
    "content",
    [
        "zone = 'Nowhere/Town'",
        "zone = '../../etc/passwd'",
        "zone = 3",
        "language = 'fr'",
        "= broken",
        "zone = ''",
    ],
)
def test_a_setting_that_does_not_hold_is_named(tmp_path: Path, content: str) -> None:
    home = Home.create(tmp_path / "casa")
    home.settings_file.write_text(content)
    with pytest.raises(DeploymentRefused, match=r"home\.settings"):
        _ = Home.at(home.path).settings


def test_a_home_with_bad_settings_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(DeploymentRefused):
        Home.create(tmp_path / "casa", organisation="a\nzone = 'x'")
    assert not (tmp_path / "casa").exists()
