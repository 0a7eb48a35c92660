"""What a person would do on the site of a register, in a process of its own: `prepare`, `look`, `erase`.

python -m tests.attacks.keeping <deed> <folder>, with the register's key in the environment.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from constancia.cli.late import late
from constancia.infra import bootstrap, unlocked
from constancia.infra.home import Home

services = late("constancia.apps.accounts.services")
queries = late("constancia.apps.accounts.queries")
evidence = late("constancia.apps.register.evidence")
lines = late("constancia.apps.register.evidence.lines")
models = late("constancia.apps.register.models")
index = late("constancia.apps.register.search")
sealing = late("constancia.apps.ledger.services.sealing")

PASSWORD = "una contraseña inventada y larga"
PAPER = "Acta inventada de la detención.".encode() * 500


def prepare() -> dict[str, Any]:
    """A password, a paper behind a fact of each person, the files of an edition, a seal."""
    admin = queries.administrators()[0]
    services.set_password(admin, PASSWORD)
    for fact in models.Fact.objects.filter(kind="arrest"):
        evidence.attach(admin, fact.pk, "Acta", PAPER)
    edition = unlocked.home().editions / "1"
    edition.mkdir(parents=True)
    (edition / "figura.json").write_text('{"figura": 2}')
    sealing.seal()
    return {}


def look() -> dict[str, Any]:
    """What the register still says: names by search, papers, the edition, whether the password opens."""
    papers = []
    for row in models.Evidence.objects.order_by("pk"):
        papers.append(_read(row))
    return {
        "found": [len(index.find(name, limit=10)) for name in ("ramon", "zoe")],
        "papers": papers,
        "edition": (unlocked.home().editions / "1" / "figura.json").read_text(),
        "enters": services.authenticate("admin", PASSWORD).username,
    }


def erase() -> dict[str, Any]:
    """Destroy the key of the second person."""
    person = models.Person.objects.order_by("pk")[1]
    return {"erased": unlocked.codec().forget(bytes(person.subject))}


def _read(row: Any) -> bool:
    return bool(lines.bytes_of(row) == PAPER)


DEEDS = {"prepare": prepare, "look": look, "erase": erase}

if __name__ == "__main__":
    bootstrap.start(Home.find(Path(sys.argv[2])))
    print(json.dumps(DEEDS[sys.argv[1]]()))
