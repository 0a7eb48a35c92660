"""Builds one register of invented people and times the common deeds on it. Runs in a process of its own."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from bench import machine, people, serving
from constancia.cli.late import late
from constancia.domain.vocabulary.terms import Reliability, Role, SourceKind, Verdict
from constancia.infra import bootstrap, secrets_unlock
from constancia.infra.home import Home

accounts = late("constancia.apps.accounts.services")
clock = late("constancia.infra.clock")
figures = late("constancia.apps.figures.queries")
imports = late("constancia.apps.imports.services")
register = late("constancia.apps.register.queries")
services = late("constancia.apps.register.services")

DAY, LATER = date(2024, 6, 30), date(2024, 9, 30)
THEN = datetime(2024, 7, 1, 3, 59, tzinfo=UTC)
TIMES = 9


def main(size: int, folder: Path, report: Path) -> None:
    os.environ.pop("DATABASE_URL", None)
    found: dict[str, float] = {}
    table = folder / "people.csv"
    people.write(table, size)
    home, key = Home.create(folder / "registro", organisation="Bench"), folder / "registro.llave"
    bootstrap.start(home, secrets_unlock.create_secret(home, key_file=key))
    os.environ[secrets_unlock.KEY_FILE_VARIABLE] = str(key)  # for the server
    bootstrap.migrate()
    user = accounts.create_user(None, "bench", "Bench", Role.ADMINISTRATOR)
    second = accounts.create_user(None, "second", "Second", Role.DESK)
    mapping = Path(__file__).with_name("mapping.toml").read_text(encoding="utf-8")
    found["import_s"], done = timed(lambda: imports.commit(user, table, mapping))
    found["facts"] = done.facts
    keep(found, report)
    if done.refused_rows or done.batch is None:
        raise SystemExit(f"the bench's own spreadsheet was refused: {dict(done.refusals_by_code)}")
    found["review_s"], _ = timed(lambda: services.review_batch(second, done.batch, Verdict.CONFIRM))
    found["store_mb"] = sum(f.stat().st_size for f in home.path.rglob("*") if f.is_file()) / 1e6
    keep(found, report)
    counting(found, user)
    keep(found, report)
    working(found, user)
    found["memory_mb"] = machine.resident_mb(os.getpid())
    serving.measure(found, home, user)
    keep(found, report)


def keep(found: dict[str, float], report: Path) -> None:
    """Writes what is known so far, so that a long run can be watched."""
    report.write_text(json.dumps(found), encoding="utf-8")


def counting(found: dict[str, float], user: Any) -> None:
    """The figures: first reading, then medians."""
    # The import was confirmed just now: with the grade "verified" only the present knows anything.
    now = clock.now()
    seconds, held = timed(lambda: figures.figure(user, "held", DAY, now))
    if not held["value"]:
        raise SystemExit("nobody is held in the bench's register")
    found["snapshot_ms"] = 1000 * seconds
    found["held_ms"] = often(lambda: figures.figure(user, "held", DAY, now))
    found["held_then_ms"] = often(lambda: figures.figure(user, "held", DAY, THEN, grade="reported"))
    found["held_by_ms"] = often(
        lambda: figures.figure(user, "held", DAY, now, by=("sex", "state", "profile"))
    )
    found["series_ms"] = often(lambda: figures.series(user, "held", date(2023, 7, 1), DAY, "daily", now))
    found["balance_ms"] = often(lambda: figures.balance(user, DAY, now, LATER, now))


def working(found: dict[str, float], user: Any) -> None:
    """Searching and recording."""
    found["search_ms"] = often(lambda: register.search(user, "pena"))
    lines = register.search(user, "jose").lines
    found["search_rare_ms"] = often(lambda: register.search(user, lines[0].name))
    source = services.SourceGiven(SourceKind.OWN_LAWYER, "Abogada inventada", Reliability.A)
    fact = services.FactGiven("occupation", {"group": "docente"})
    found["record_ms"] = often(lambda: services.add_facts(user, lines[0].code, facts=[fact], source=source))


def timed(deed: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that `deed` took, and what it gave."""
    began = perf_counter()
    given = deed()
    return perf_counter() - began, given


def often(deed: Callable[[], Any]) -> float:
    """The median of several runs, in milliseconds, after one that warms up."""
    deed()
    return 1000 * median(timed(deed)[0] for _ in range(TIMES))


if __name__ == "__main__":
    os.umask(0o077)
    main(int(sys.argv[1]), Path(tempfile.mkdtemp(dir=sys.argv[2])), Path(sys.argv[3]))
