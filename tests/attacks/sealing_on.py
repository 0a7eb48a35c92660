"""Records and seals for ever, telling what is acknowledged: `python -m tests.attacks.sealing_on HOME [seal]`.

With `seal` it seals only. One line of JSON each time: how many facts it recorded and the sizes of the logs.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path

from constancia.infra import bootstrap
from constancia.infra.home import Home


def go_on(records: bool) -> None:
    """Models cannot be imported before a register is open."""
    services = import_module("constancia.apps.register.services")
    sealing = import_module("constancia.apps.ledger.services.sealing")
    cast, accounts = import_module("tests.support.cast"), import_module("constancia.apps.accounts.models")
    desk = accounts.User.objects.get()
    facts = number = 0
    while True:
        number += 1
        if records:
            told = [
                services.FactGiven("name", {"full": f"Persona Inventada {number}"}),
                services.FactGiven("arrest", {"state": "lara"}, cast.on("2026-01-08")),
            ]
            services.new_case(desk, facts=told, source=cast.SEEN)
            facts += len(told)
        sizes = {one.log: one.size for one in sealing.seal()}
        os.write(1, json.dumps({"facts": facts, **sizes}).encode() + b"\n")


if __name__ == "__main__":
    bootstrap.start(Home.at(Path(sys.argv[1])))
    go_on(sys.argv[2:] != ["seal"])
