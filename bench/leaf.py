"""`python -m bench.leaf HOME REPORT`: what its entry in the ledger adds to recording a fact, and what a seal
and a check of the whole log cost, on a demonstration register that is thrown away afterwards."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from unittest import mock

from constancia.cli.late import late
from constancia.infra import bootstrap
from constancia.infra.home import Home

accounts = late("constancia.apps.accounts.queries")
checking = late("constancia.apps.ledger.queries.checking")
flushing = late("constancia.apps.register.flushing")
models = late("constancia.apps.register.models")
recording = late("constancia.apps.register.recording")
sealing = late("constancia.apps.ledger.services.sealing")
terms = late("constancia.domain.vocabulary.terms")
vouching = late("constancia.apps.register.vouching")

ROWS = (
    ("bare_ms", "a fact recorded without its entry", "ms", ""),
    ("fact_ms", "a fact recorded with it", "ms", "+6 %"),
    ("seal_s", "sealed, signed and published", "s", ""),
    ("check_s", "the whole log computed again", "s", ""),
    ("vouch_s", "every record compared with its entry", "s", ""),
    ("leaves", "leaves", "", ""),
)
"""Key, label, unit, goal."""

TIMES = 200


def main(home: str, report: str) -> int:
    bootstrap.start(Home.at(home))
    user = accounts.administrators()[0]
    people = list(models.Person.objects.order_by("pk")[: 2 * TIMES])
    found: dict[str, Any] = {}
    with_entry, bare = [], []
    for one, other in zip(people[:TIMES], people[TIMES:], strict=True):  # in turns: both on the same machine
        with_entry.append(_recorded(user, one))
        with mock.patch.object(flushing, "_commit"):
            bare.append(_recorded(user, other))
    found["fact_ms"], found["bare_ms"] = 1000 * median(with_entry), 1000 * median(bare)
    began = perf_counter()
    found["leaves"] = sealing.seal()[0].size
    found["seal_s"] = perf_counter() - began
    began = perf_counter()
    checking.check()
    found["check_s"] = perf_counter() - began
    began = perf_counter()
    vouching.vouch()
    found["vouch_s"] = perf_counter() - began
    Path(report).write_text(json.dumps(found), encoding="utf-8")
    return 0


def _recorded(user: Any, person: Any) -> float:
    began = perf_counter()
    with recording.Recorder(user) as recorder:
        handle = recorder.known_person(person)
        source = recorder.source(terms.SourceKind.RELATIVE, label="Hermana inventada")
        recorder.fact("alias", handle, fields={"value": "Otro nombre inventado"}, source=source)
    return perf_counter() - began


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
