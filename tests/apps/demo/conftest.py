"""One demonstration, built by the command, for all tests that ask it something."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
CONSTANCIA = [sys.executable, "-c", "from constancia.cli.main import run; run()"]

# One process answers all the questions after the first: a command line a line in, its outcome a line out.
ASKED_AGAIN_AND_AGAIN = """
import contextlib, io, json, sys
from constancia.cli.main import app

for line in sys.stdin:
    out, err, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            app(json.loads(line))
        except SystemExit as end:
            code = end.code
    print(json.dumps([code or 0, out.getvalue(), err.getvalue()]), flush=True)
"""

Ask = Callable[..., dict[str, Any]]


def surroundings() -> dict[str, str]:
    """The environment without anything that points at a register of this machine."""
    found = {
        name: value
        for name, value in os.environ.items()
        if name != "DATABASE_URL" and not name.startswith(("CONSTANCIA_", "DJANGO_"))
    }
    return found | {"PYTHONPATH": str(ROOT / "src")}


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a demonstration built once for all these tests, by the command itself."""
    home = tmp_path_factory.mktemp("demonstration") / "home"
    build = [*CONSTANCIA, "demo", "--no-serve", "--home", str(home), "--json"]
    built = subprocess.run(build, env=surroundings(), capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return home


@pytest.fixture(scope="session")
def ask(demonstration: Path) -> Iterator[Ask]:
    """Runs `constancia … --json` on the demonstration."""
    asking = [sys.executable, "-c", ASKED_AGAIN_AND_AGAIN]
    with subprocess.Popen(
        asking, env=surroundings(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def run(*words: str) -> dict[str, Any]:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps([*words, "--home", str(demonstration), "--json"]) + "\n")
            process.stdin.flush()
            code, out, err = json.loads(process.stdout.readline())
            assert code == 0, err
            answer: dict[str, Any] = json.loads(out)
            return answer

        yield run
        process.stdin.close()
