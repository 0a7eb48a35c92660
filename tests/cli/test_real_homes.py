"""Commands as a person runs them, each in a process of its own, on a register of their own."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.attacks.conftest import PROGRAM, Done, environment, forker
from tests.support.sites import opened

PASSPHRASE = "una frase de paso inventada"


def constancia(*arguments: str, **more: str) -> Done:
    """One command in a process of its own, forked from one that has imported what commands import."""
    with tempfile.TemporaryDirectory() as folder:
        return forker().run(list(arguments), environment(**more), Path(folder))


def started(*arguments: str, **more: str) -> Done:
    """The same in a process started anew."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("registro") / "casa"
    made = started(
        "init", "--home", str(folder), "--organisation", "Casa inventada", "--json",
        "--key-file", str(folder.parent / "aparte.llave"), CONSTANCIA_PASSPHRASE=PASSPHRASE,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    assert told["administrator"] == "admin"
    assert told["link_path"].startswith("/entrar/")
    return folder


def key_of(home: Path) -> str:
    """The key file of `home`: it opens at once, where the passphrase takes its second."""
    return str(home.parent / "aparte.llave")


def test_a_new_register_is_healthy(home: Path) -> None:
    told = started("doctor", "--home", str(home), "--json", CONSTANCIA_PASSPHRASE=PASSPHRASE)
    findings = [one["code"] for one in json.loads(told.stdout)["findings"] if one["code"] != "doctor.swap"]
    assert not findings, told.stdout


def test_the_doctor_names_loose_permissions_and_how_to_mend_them(home: Path) -> None:
    home.chmod(0o755)
    try:
        told = constancia("doctor", "--home", str(home), CONSTANCIA_KEY_FILE=key_of(home))
    finally:
        home.chmod(0o700)
    assert told.returncode == 7
    assert "[doctor.mode]" in told.stdout
    assert "chmod" in told.stdout


def test_a_second_register_is_not_made_over_the_first(home: Path) -> None:
    told = constancia("init", "--home", str(home), CONSTANCIA_PASSPHRASE=PASSPHRASE)
    assert (told.returncode, told.stderr.split("]")[0]) == (5, "[home.taken")
    assert constancia("user", "list", "--home", str(home), CONSTANCIA_KEY_FILE=key_of(home)).returncode == 0


def test_a_short_passphrase_leaves_nothing_behind(tmp_path: Path) -> None:
    told = constancia("init", "--home", str(tmp_path / "casa"), CONSTANCIA_PASSPHRASE="corta")
    assert (told.returncode, told.stderr.split("]")[0]) == (2, "[passphrase.short")
    assert not (tmp_path / "casa").exists()


def test_a_wrong_passphrase_is_refused(home: Path) -> None:
    told = constancia("user", "list", "--home", str(home), CONSTANCIA_PASSPHRASE="otra frase distinta")
    assert (told.returncode, told.stderr.split("]")[0]) == (5, "[store.wrong_passphrase")
    assert told.stdout == ""


def test_without_a_keyboard_the_passphrase_is_asked_for_in_words(home: Path) -> None:
    told = constancia("user", "list", "--home", str(home))
    assert (told.returncode, told.stderr.split("]")[0]) == (2, "[cli.passphrase_needed")


def test_a_plaintext_file_in_place_of_the_database_is_refused(tmp_path: Path) -> None:
    folder, key = tmp_path / "casa", tmp_path / "aparte.llave"
    made = constancia("init", "--home", str(folder), "--no-passphrase", "--key-file", str(key))
    assert made.returncode == 0, made.stderr
    (folder / "registro.db").write_bytes(b"SQLite format 3\x00" + bytes(4080))
    told = constancia("user", "list", "--home", str(folder), CONSTANCIA_KEY_FILE=str(key))
    assert told.returncode == 5
    assert told.stderr.count("\n") == 1
    assert "[store.plaintext]" in told.stderr


def test_a_demonstration_is_not_built_over_a_real_register_or_other_files(home: Path, tmp_path: Path) -> None:
    told = constancia("demo", "--home", str(home), "--no-serve")
    assert (told.returncode, told.stderr.split("]")[0]) == (7, "[demo.real")
    (tmp_path / "carta.txt").write_text("mía")
    told = constancia("demo", "--home", str(tmp_path), "--no-serve")
    assert (told.returncode, told.stderr.split("]")[0]) == (7, "[demo.folder")
    assert (tmp_path / "carta.txt").read_text() == "mía"


def test_a_key_file_opens_the_register_without_a_passphrase(tmp_path: Path) -> None:
    folder, key = tmp_path / "casa", tmp_path / "aparte.llave"
    made = constancia("init", "--home", str(folder), "--no-passphrase", "--key-file", str(key))
    assert made.returncode == 0, made.stderr
    assert key.stat().st_mode & 0o777 == 0o600
    assert constancia("user", "list", "--home", str(folder), CONSTANCIA_KEY_FILE=str(key)).returncode == 0


def test_a_register_that_nothing_would_open_is_not_made(tmp_path: Path) -> None:
    told = constancia("init", "--home", str(tmp_path / "casa"), "--no-passphrase")
    assert (told.returncode, told.stderr.split("]")[0]) == (2, "[cli.missing")
    assert "--key-file" in told.stderr
    assert not (tmp_path / "casa").exists()


@pytest.mark.parametrize("host", ["192.0.2.1", "no es una dirección", ""])
def test_a_host_that_is_not_this_machine_is_refused_as_such(home: Path, host: str) -> None:
    told = constancia("serve", "--home", str(home), "--host", host, CONSTANCIA_KEY_FILE=key_of(home))
    assert (told.returncode, told.stderr.split("]")[0]) == (7, "[serve.host")


def test_the_site_answers_where_it_says_and_its_link_signs_in(home: Path) -> None:
    serve = [*PROGRAM, "serve", "--home", str(home), "--link"]
    with opened(serve, environment(CONSTANCIA_KEY_FILE=key_of(home))) as site:
        assert site.link
        with urlopen(site.address + "/entrar/", timeout=60) as answer:
            assert answer.status == 200
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        with urlopen(site.address + site.link, timeout=60) as answer:
            assert answer.status == 200
    assert "Traceback" not in site.said
