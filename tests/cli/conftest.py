"""Running a command inside this process, on the register of the test run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from constancia.cli import words
from constancia.cli.late import late
from constancia.cli.main import app
from constancia.domain.vocabulary.terms import Role

# Models exist only once the run has opened its register, which is after this file is read.
services = late("constancia.apps.accounts.services")


@dataclass(frozen=True)
class Result:
    """What a command line came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


Command = Callable[..., Result]


@pytest.fixture(autouse=True)
def spanish_again() -> Iterator[None]:
    yield
    words.use("es")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Command:
    """run("search", "pena", "--json") → Result; no register is opened unless the command does it."""

    def command(*arguments: str) -> Result:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            app(list(arguments))
        told = capsys.readouterr()
        return Result(int(ended.value.code or 0), told.out, told.err)

    return command


@pytest.fixture
def admin(db: None) -> Any:
    return services.create_user(None, "adela", "Adela", Role.ADMINISTRATOR)


@pytest.fixture
def here(run: Command, suite_home: Any) -> Command:
    """The same, on the register of the test run."""
    return lambda *arguments: run("--home", str(suite_home.path), *arguments)
