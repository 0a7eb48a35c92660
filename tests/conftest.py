"""Every test that touches the database runs on both engines.

`pytest` runs the suite twice, in two processes: everything on SQLCipher, then what uses the database on
PostgreSQL. `--engine=sqlcipher` or `--engine=postgresql` runs one of them. The PostgreSQL server comes
from a wheel and lives as long as the run; CONSTANCIA_TEST_DATABASE_URL names another (16 or later).
Tests of the domain need neither: `pytest tests/domain` starts no database and no Django.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.support import engines, houses
from tests.support.effort import examples

# A new machine tries the same examples each time; everywhere else new ones are sought.
# No example has a deadline: how fast a machine is says nothing about the program.
PATIENT = hypothesis.settings(
    max_examples=examples(100), deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile("here", PATIENT)
hypothesis.settings.register_profile("ci", PATIENT, derandomize=True, database=None, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server", "client"}
ENGINE = engines.wanted(sys.argv[1:])
DOMAIN_ONLY = engines.only_within(Path(__file__).parent / "domain", sys.argv[1:])

# A shell that starts this in the background has Ctrl+C ignored, in children too; tests send it to them.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Other conftest files import models, and are loaded before any hook that could prepare for them.
if not DOMAIN_ONLY:
    houses.open_suite_home(ENGINE)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("constancia")
    group.addoption("--engine", choices=engines.CHOICES, default=ENGINE, help="database engine")
    group.addoption("--only-database", action="store_true", help="leave out tests that use no database")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """With `--engine=both`: one process per engine. Fails if one of them does."""
    if ENGINE != engines.BOTH or hasattr(config, "workerinput"):
        return None
    again = [sys.executable, "-m", "pytest", *config.invocation_params.args]
    if DOMAIN_ONLY or config.getoption("collectonly"):
        return subprocess.call([*again, "--engine=sqlcipher"])
    print("— SQLCipher: everything", flush=True)
    first = subprocess.call([*again, "--engine=sqlcipher"])
    print("— PostgreSQL: what uses the database", flush=True)
    second = subprocess.call([*again, "--engine=postgresql", "--only-database"])
    nothing = int(pytest.ExitCode.NO_TESTS_COLLECTED)
    if second == nothing:
        return first
    return second if first == nothing else first or second


def pytest_configure(config: pytest.Config) -> None:
    if not DOMAIN_ONLY:
        # They import models, which exist only from here on.
        config.pluginmanager.import_plugin("tests.support.cast")
        config.pluginmanager.import_plugin("tests.support.database")
        config.pluginmanager.import_plugin("tests.support.renders")
        config.pluginmanager.import_plugin("tests.support.world")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("only_database"):
        return
    kept = [item for item in items if _uses_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _uses_database(item)])
    items[:] = kept


def _uses_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("one_engine") is not None:
        return False
    names = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(names & DATABASE_FIXTURES)


@pytest.fixture(scope="session")
def engine() -> str:
    """ "sqlcipher" or "postgresql": the engine of this run."""
    return ENGINE


@pytest.fixture(scope="session")
def suite_home() -> Any:
    """The unlocked home of the whole run; its database is the test database."""
    return houses.suite_home()


@pytest.fixture
def new_home(tmp_path: Path) -> Callable[..., Any]:
    """Makes homes of their own, with a key that is quick to derive: `new_home(name) -> (Home, RootKey)`."""
    return lambda name="casa", **options: houses.new_home(tmp_path / name, **options)


@pytest.fixture
def shared() -> Path:
    """The folder of study material beside the repository; the test is skipped where there is none."""
    folder = Path(os.environ.get("CONSTANCIA_SHARED") or Path(__file__).parents[2] / "shared")
    if not folder.is_dir():
        pytest.skip("the shared folder is not on this machine (CONSTANCIA_SHARED)")
    return folder
