"""Processes that write to a register of two tables, for tests of crowds and crashes.

`python -m tests.support.writers HOME MODE ...` with MODE one of
`crowd SECONDS` (add one to a counter in a writer's turn, print how often and how often it failed),
`unruly SECONDS` (the same without the queue, in Django's default transactions: the negative control),
`acknowledge` (add rows for ever, print the number of each once it is committed),
`member NAME LOG` (wait for the turn, append the name to a file, leave).
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import OperationalError, connection, transaction

from constancia.infra import unlocked
from constancia.infra.home import Home
from constancia.infra.secrets_unlock import unlock
from constancia.infra.writer import WriterQueue, writing
from tests.support.houses import PASSPHRASE


def load(home: Home, mode: str = "IMMEDIATE") -> None:
    """The tables' applications alone, on the encrypted file of `home`."""
    unlocked.set_root(unlock(home, PASSPHRASE), home)
    settings.configure(
        DATABASES={
            "default": {
                "ENGINE": "constancia.infra.sqlcipher",
                "NAME": str(home.database),
                "OPTIONS": {
                    "key": "constancia.infra.unlocked.database_key",
                    "transaction_mode": mode,
                    "timeout": 20,
                },
            }
        },
        INSTALLED_APPS=["tests.support.rows"],
        USE_TZ=True,
    )
    django.setup()


def crowd(seconds: float, turn: Any) -> None:
    done = failed = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with turn(), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT seq FROM rows_loose WHERE words = 'counter'")
                before = cursor.fetchone()[0]
                time.sleep(0.001)
                cursor.execute("UPDATE rows_loose SET seq = %s WHERE words = 'counter'", [before + 1])
            done += 1
        except OperationalError:
            failed += 1
    print(done, failed, flush=True)


def acknowledge() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(seq), 0) FROM rows_row")
        number = cursor.fetchone()[0]
        while True:
            number += 1
            subject = os.urandom(16) if number % 5 == 0 else None
            if subject:
                unlocked.codec().create_subjects([subject])
            with writing():
                cursor.execute("INSERT INTO rows_row VALUES (%s, %s)", [number, f"row {number}"])
                cursor.execute("INSERT INTO rows_loose VALUES (%s, %s)", [number, f"pair {number}"])
            print(number, flush=True)


def main(path: str, mode: str, *rest: str) -> None:
    home = Home.at(path)
    if mode == "member":
        with WriterQueue(home.lock).turn(), Path(rest[1]).open("a") as log:
            log.write(rest[0] + "\n")
        return
    load(home, "DEFERRED" if mode == "unruly" else "IMMEDIATE")
    if mode == "acknowledge":
        acknowledge()
    crowd(float(rest[0]), writing if mode == "crowd" else nullcontext)


if __name__ == "__main__":
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    main(*sys.argv[1:])
