"""Records one case after another, each with a file behind it, and tells each once it is acknowledged.

`python -m tests.attacks.recording HOME TIMES [careless]`, with the key file named in the environment.
`careless` leaves out that each commit waits for the disk: the negative control. A case that cannot be
recorded is told by its error, and the next one is tried; so is a register that cannot be opened.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path

from django.db import Error, connection
from sqlcipher3 import dbapi2 as driver

from constancia.domain.errors import ConstanciaError
from constancia.infra import bootstrap
from constancia.infra.home import Home

FAILURES = (Error, driver.Error, OSError, ConstanciaError)


def record(times: int) -> None:
    """Models cannot be imported before a register is open."""
    services, evidence = (
        import_module(f"constancia.apps.register.{name}") for name in ("services", "evidence")
    )
    cast, accounts = import_module("tests.support.cast"), import_module("constancia.apps.accounts.models")
    desk = accounts.User.objects.get()
    done = {"facts": 0, "files": 0}
    for number in range(times):
        told = [
            services.FactGiven("name", {"full": f"Persona Inventada {number}"}),
            services.FactGiven("arrest", {"state": "lara"}, cast.on("2026-01-08")),
        ]
        try:
            person = services.new_case(desk, facts=told, source=cast.SEEN)
            done["facts"] += len(told)
            arrest = person.facts.get(kind="arrest")
            evidence.attach(desk, arrest.pk, "Acta", b"Acta inventada")
            done["files"] += 1
        except FAILURES as error:
            print(error, file=sys.stderr)
        os.write(1, json.dumps(done).encode() + b"\n")


def main(home: str, times: str, *careless: str) -> None:
    bootstrap.start(Home.at(Path(home)))
    if careless:
        connection.ensure_connection()
        connection.connection.set_authorizer(None)  # which does not let such a thing happen
        connection.connection.execute("PRAGMA synchronous = NORMAL")
    record(int(times))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except FAILURES as error:
        sys.exit(str(error))
