"""The verifier as one file: made of the same modules, giving the same results, needing nothing."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from constancia.verifier import onefile
from constancia.verifier.onefile import joined, modules_of, single_file
from tests.support import bundle_totals, bundles
from tests.verifier.conftest import checked

PROGRAM = single_file()


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """In an empty environment, isolated, without site-packages, outside of the repository."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(folder / "verificar.py"), *arguments],
        cwd=folder,
        env={},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = bundles.made(
        bundles.Recipe(totals=True, program=PROGRAM), bundles.Recipe(totals=True, program=PROGRAM)
    )
    folder = tmp_path_factory.mktemp("outside")
    bundles.written(made.first, folder / "1")
    bundles.written(made.second, folder / "2")
    return folder


def test_it_is_the_same_bytes_every_time() -> None:
    assert single_file() == PROGRAM


def test_it_imports_the_standard_library_alone() -> None:
    tree = ast.parse(PROGRAM)
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
    assert {str(name).split(".")[0] for name in names} <= set(sys.stdlib_module_names)


def test_run_without_arguments_it_verifies_the_folder_in_which_it_lies(there: Path) -> None:
    done = run(there / "2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Edición 2" in done.stdout
    assert not done.stderr


def test_it_says_step_by_step_what_the_command_says(there: Path) -> None:
    made = bundles.made(
        bundles.Recipe(totals=True, program=PROGRAM), bundles.Recipe(totals=True, program=PROGRAM)
    )
    code = bundle_totals.receipt(3, made.second["datos/edicion.json"])
    done = run(there / "2", "--json", "--previous", str(there / "1"), "--receipt", code)
    assert json.loads(done.stdout) == checked(made.second, made.first, receipt=code).shape()
    assert done.returncode == 0


def test_a_broken_bundle_ends_with_six_and_the_same_words(there: Path, tmp_path: Path) -> None:
    made = bundles.usual()
    files = {**made.second, "manifiesto.firma": bytes(64)}
    bundles.written(files, tmp_path / "bad")
    done = run(there / "2", str(tmp_path / "bad"), "--lang", "en")
    assert done.returncode == 6
    assert "[proof.manifest_signature] The signature does not belong to the manifest" in done.stdout
    assert "Traceback" not in done.stderr


def test_it_says_at_its_beginning_what_it_proves_and_what_not() -> None:
    head = PROGRAM.decode()[:6000]
    for text in (
        "Qué prueba",
        "Qué no prueba",
        "What it proves",
        "What it does not prove",
        "python3 verificar.py",
    ):
        assert text in head


def test_a_python_too_old_is_told_so() -> None:
    """What stands before the check must be read by old ones too, and so must the syntax of the rest."""
    text = PROGRAM.decode()
    assert text.index("sys.version_info") < text.index("import argparse")
    ast.parse(text, feature_version=(3, 7))


def package(folder: Path, **modules: str) -> Path:
    source = folder / "constancia"
    source.mkdir()
    for name, text in modules.items():
        (source / f"{name}.py").write_text(text)
    return source


def test_private_names_of_two_modules_are_kept_apart_in_f_strings_too(tmp_path: Path) -> None:
    source = package(
        tmp_path,
        one='_word = "one"\nEND = "."\n\n\ndef first() -> str:\n    return f"{_word}{END}"\n',
        two=(
            "from constancia.one import first\n\n_word = 'two'\nEND = '!'\n\n\n"
            "def main(arguments, words):\n    return first() + _word + END\n"
        ),
    )
    text = joined(modules_of("constancia.two", source), {})
    found: dict[str, object] = {"__name__": "x"}
    exec(compile(text, "x", "exec"), found)
    assert found["main"]([], {}) == "one.two!"  # type: ignore[operator]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("def run(): pass\n", "from constancia.one import run\n\n\ndef run(): pass\n"),
        ("def run(): pass\n", "from constancia.one import run as go\n"),
        ("x = 1\n", "import constancia.one\n"),
        ("x = 1\n", "from constancia.one import *\n"),
        ("x = 1\n", "def f():\n    from constancia.one import x\n"),
        ("from json import loads\nx = 1\n", "from constancia.one import x\n\n\ndef loads(): pass\n"),
        ("from json import loads\nx = 1\n", "from constancia.one import x\nfrom pickle import loads\n"),
        ("WORD = 1\n", "from constancia.one import WORD\n\nWORD = 2\n"),
    ],
)
def test_what_cannot_be_joined_safely_is_refused(one: str, two: str, tmp_path: Path) -> None:
    source = package(tmp_path, one=one, two=two)
    with pytest.raises(ValueError, match=r"constancia|two things|stands in"):
        joined(modules_of("constancia.two", source), {})


def test_all_that_is_joined_is_of_the_ledger_or_the_verifier() -> None:
    allowed = ("constancia.domain.ledger.", "constancia.domain.errors", "constancia.verifier.")
    assert all(one.name.startswith(allowed) for one in modules_of(onefile.START))
