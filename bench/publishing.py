"""`python -m bench.publishing HOME REPORT`: what an edition of a demonstration register costs to make, in a
process that has neither drawn nor typeset before."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

from constancia.cli.late import late
from constancia.infra import bootstrap, clock
from constancia.infra.home import Home

access = late("constancia.apps.publishing.access")
accounts = late("constancia.apps.accounts.queries")
disclosing = late("constancia.apps.publishing.disclosing")
files = late("constancia.apps.publishing.outputs.files")
freezing = late("constancia.apps.publishing.freezing.freeze")
queries = late("constancia.apps.publishing.queries")
services = late("constancia.apps.publishing.services")
terms = late("constancia.apps.publishing.terms")

ROWS = (
    ("freeze_s", "an edition frozen out of the register", "s", ""),
    ("protect_s", "its tables protected, beside every earlier edition", "s", ""),
    ("set_s", "a full bilingual set of files, from a cold start", "s", "< 10"),
    ("again_s", "the same set once more", "s", ""),
    ("files", "files in the set", "", ""),
    ("set_kb", "their size", "kB", ""),
    ("verify_s", "an edition verified, every number counted anew", "s", ""),
    ("site_s", "the public site of two editions", "s", ""),
    ("site_files", "files in the site", "", ""),
)
"""Key, label, unit, goal."""

T = TypeVar("T")


def main(home: str, report: str) -> int:
    bootstrap.start(Home.at(home))
    user = accounts.administrators()[0]
    edition = access.edition_of(2)
    found: dict[str, Any] = {}
    asked = terms.of_edition(edition)
    found["freeze_s"], frozen = timed(lambda: freezing.freeze(user, asked))
    found["protect_s"], _ = timed(lambda: disclosing.objections(frozen.tables, (), frozenset()))
    names = frozen.names
    found["set_s"], made = timed(lambda: files.files_of(frozen.content, names, clock.now()))
    found["again_s"], made = timed(lambda: files.files_of(frozen.content, names, clock.now()))
    found["files"], found["set_kb"] = len(made), sum(map(len, made.values())) / 1000
    found["verify_s"], _ = timed(lambda: queries.verify(user, 1))
    with tempfile.TemporaryDirectory() as folder:
        found["site_s"], found["site_files"] = timed(
            lambda: services.write_site(user, Path(folder) / "sitio")
        )
    Path(report).write_text(json.dumps(found), encoding="utf-8")
    return 0


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds of one run, and what it gave."""
    began = perf_counter()
    found = work()
    return perf_counter() - began, found


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
