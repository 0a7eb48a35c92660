"""The register that the crowd works on: people, users with open sessions, and whose release is to be told."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench import people
from bench.serving import session_of
from constancia.cli.late import late
from constancia.domain.vocabulary.terms import Role, Verdict
from constancia.infra import bootstrap, secrets_unlock
from constancia.infra.home import Home

accounts = late("constancia.apps.accounts.services")
user_models = late("constancia.apps.accounts.models")
conf = late("django.conf")
imports = late("constancia.apps.imports.services")
models = late("constancia.apps.register.models")
sealing = late("constancia.apps.ledger.services.sealing")
services = late("constancia.apps.register.services")

HELD = 2_000
"""Codes of people still held that are handed out: more than any wave needs."""


@dataclass(frozen=True)
class Prepared:
    """`sessions`: cookie values, one per user; `codes`: cases to read; `held`: people still held, as (code,
    detention); `words`: what is searched for."""

    home: str
    key: str
    cookie: str
    sessions: list[str]
    codes: list[str]
    held: list[tuple[str, int]]
    words: list[str]
    desk: str
    second: str

    @classmethod
    def read(cls, path: Path) -> Prepared:
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def environment(self) -> dict[str, str]:
        """For commands on this register."""
        key = secrets_unlock.KEY_FILE_VARIABLE
        return {**os.environ, "CONSTANCIA_HOME": self.home, key: self.key}


def prepare(folder: Path, size: int, users: int) -> Prepared:
    """The register in `folder`: made, or the one that an earlier run left there."""
    if (folder / "registro").exists():
        home, key = Home.at(folder / "registro"), folder / "registro.llave"
        os.environ[secrets_unlock.KEY_FILE_VARIABLE] = str(key)
        bootstrap.start(home)
        bootstrap.migrate()
        return _told(home, key, [_known(number) for number in range(users)])
    table = folder / "people.csv"
    people.write(table, size)
    home, key = Home.create(folder / "registro", organisation="Bench"), folder / "registro.llave"
    bootstrap.start(home, secrets_unlock.create_secret(home, key_file=key))
    bootstrap.migrate()
    admin = accounts.create_user(None, "bench", "Bench", Role.ADMINISTRATOR)
    second = accounts.create_user(None, "second", "Second", Role.DESK)
    mapping = Path(__file__).parents[1].joinpath("mapping.toml").read_text(encoding="utf-8")
    done = imports.commit(admin, table, mapping)
    services.review_batch(second, done.batch, Verdict.CONFIRM)
    # The site seals once a day what was recorded: a whole import at once is not a day's work.
    sealing.seal()
    # Of twenty, twelve coordinate a state, eight sit at the desk.
    return _told(home, key, [_user(number) for number in range(users)])


def _told(home: Home, key: Path, crowd: list[Any]) -> Prepared:
    return Prepared(
        home=str(home.path),
        key=str(key),
        cookie=conf.settings.SESSION_COOKIE_NAME,
        sessions=[session_of(user) for user in crowd],
        codes=list(models.Person.objects.order_by("code").values_list("code", flat=True)[:500]),
        held=_held(),
        words=["pena", "jose", "maria gonzalez", "perez", "urdaneta", "zulia", "carlos rodriguez"],
        desk="bench",
        second="second",
    )


def _known(number: int) -> Any:
    found = user_models.User.objects.filter(username=f"{'coord' if number % 5 < 3 else 'mesa'}{number:02}")
    return found.first() or _user(number)


def _user(number: int) -> Any:
    if number % 5 < 3:
        region = people.STATES[number % len(people.STATES)]
        return accounts.create_user(None, f"coord{number:02}", "Coord", Role.COORDINATOR, [region])
    return accounts.create_user(None, f"mesa{number:02}", "Mesa", Role.DESK)


def _held() -> list[tuple[str, int]]:
    cards = models.CaseCard.objects.filter(custody="in_custody", reported_custody="in_custody").order_by("pk")
    codes = cards.values_list("person__code", "person_id")[:HELD]
    last = dict(models.Detention.objects.filter(person__in=[p for _, p in codes]).values_list("person", "pk"))
    return [(code, last[person]) for code, person in codes]


if __name__ == "__main__":
    os.umask(0o077)
    folder, size, users, out = sys.argv[1:]
    made = prepare(Path(folder), int(size), int(users))
    Path(out).write_text(json.dumps(asdict(made)), encoding="utf-8")
