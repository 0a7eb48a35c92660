"""A wave of releases: so many status changes in so many seconds, and an edition cut in the middle of them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

from bench.load.crowd import Seen
from bench.load.prepared import Prepared
from bench.load.visitor import Visitor
from bench.serving import COMMAND

RULE = "all_detained"


@dataclass
class Wave:
    changed: int = 0
    seconds: float = 0
    p95: float = 0
    cut_seconds: float = 0
    equal: bool = False
    errors: list[str] = field(default_factory=list)


def roll(port: int, ready: Prepared, changes: int, seconds: float) -> Wave:
    """By the desk's users, evenly over the time. The edition is drafted a third into it, with T at that
    instant, checked, approved by another person while the wave goes on, and counted anew after it."""
    told, wave = Seen(), Wave()
    desk = [session for number, session in enumerate(ready.sessions) if number % 5 >= 3]
    visitors = [Visitor(port, ready.cookie, session) for session in desk]
    began = time.monotonic()
    threads = [
        Thread(target=_release, args=(visitor, ready.held[:changes][at :: len(desk)], began, seconds, at))
        for at, visitor in enumerate(visitors)
    ]
    for thread in threads:
        thread.start()
    time.sleep(seconds / 3)
    cutting = time.monotonic()
    number = _cut(ready, wave)
    wave.cut_seconds = time.monotonic() - cutting
    for thread in threads:
        thread.join()
    wave.seconds = time.monotonic() - began
    for visitor in visitors:
        told.add(visitor)
    wave.changed, wave.p95 = told.count("write") - len(told.errors), told.p95("write")
    wave.errors += told.errors
    if number is not None:
        verified = _command(ready, ready.desk, "edition", "verify", str(number))
        wave.equal = verified.returncode == 0
    return wave


def _release(
    visitor: Visitor, mine: list[tuple[str, int]], began: float, seconds: float, offset: int
) -> None:
    for place, (code, detention) in enumerate(mine):
        due = began + seconds * place / len(mine) + offset * 0.1
        time.sleep(max(0.0, due - time.monotonic()))
        path = f"/expediente/{code}/anotar/release/"
        page = visitor.get("read", path)
        fields = {
            # Today in every zone of the Americas.
            "when": (datetime.now(UTC) - timedelta(hours=12)).strftime("%d/%m/%Y"),
            "f_release": "under_measures",
            "source_kind": "own_lawyer",
            "reliability": "A",
            "detention": str(detention),
        }
        visitor.post("write", path, fields, page, (302,))


def _cut(ready: Prepared, wave: Wave) -> int | None:
    """Draft, check, approve: the number of the edition."""
    now = datetime.now(UTC)
    yesterday = (now - timedelta(days=1)).date().isoformat()
    words = (
        "--title",
        "En plena ola",
        "--title-en",
        "In the wave",
        "--as-of",
        yesterday,
        "--rule",
        RULE,
        "--known-at",
        now.isoformat(),
    )
    drafted = _command(ready, ready.desk, "edition", "new", *words)
    if drafted.returncode != 0:
        wave.errors.append(f"draft: {drafted.stderr.strip()[:80]}")
        return None
    draft = str(json.loads(drafted.stdout)["draft"])
    checked = _command(ready, ready.desk, "edition", "check", draft, "--merge")
    if checked.returncode != 0:
        found = json.loads(checked.stdout or "{}").get("findings", [])
        wave.errors.append(f"check: {[one['code'] for one in found]} {checked.stderr.strip()[:80]}")
        return None
    sha256 = json.loads(checked.stdout)["sha256"]
    approved = _command(ready, ready.second, "edition", "approve", draft, "--sha256", sha256)
    if approved.returncode != 0:
        wave.errors.append(f"approve: {approved.stderr.strip()[:80]}")
        return None
    found: dict[str, Any] = json.loads(approved.stdout)
    return int(found.get("edition") or found["number"])


def _command(ready: Prepared, who: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", COMMAND, "--as", who, "--json", *words],
        env=ready.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
