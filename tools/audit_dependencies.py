"""`make audit`: what is installed is what the locks say, with hashes, and nobody has warned of it.

Advisories come from OSV through pip-audit. Where that service cannot be reached (an office without network, a
closed building machine) the audit says so and holds to the locks alone; CONSTANCIA_AUDIT=required makes that
a failure. Exceptions: `tools/advisories.toml`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
OPTIONAL = ("requirements-spark.lock",)
OURS = {"constancia"}
ADVISORIES = Path(__file__).with_name("advisories.toml")
SECONDS = 240


def entries(text: str) -> Iterator[tuple[Requirement, int]]:
    """Each requirement of a lock, and how many SHA-256 hashes it carries."""
    for entry in text.replace("\\\n", " ").splitlines():
        words, *hashes = entry.split(" --hash=")
        if words.strip() and not words.lstrip().startswith("#"):
            yield Requirement(words.strip()), sum(one.startswith("sha256:") for one in hashes)


def loose(lock: Iterable[tuple[Requirement, int]]) -> list[str]:
    """Names that are not pinned to one version, come from an address, or have no hash."""
    return [
        one.name
        for one, hashes in lock
        if not hashes or one.url or [spec.operator for spec in one.specifier] != ["=="]
    ]


def strangers(locked: Iterable[Requirement], installed: Iterable[tuple[str, str]]) -> list[str]:
    """What is installed and no lock names in that version."""
    pins = {(canonicalize_name(one.name), spec.version) for one in locked for spec in one.specifier}
    return sorted(
        f"{name} {version}"
        for name, version in installed
        if canonicalize_name(name) not in OURS and (canonicalize_name(name), version) not in pins
    )


def looked_at(text: str, today: date) -> tuple[list[str], list[str]]:
    """Ids that are passed over, and those whose day has come."""
    rows: list[dict[str, Any]] = tomllib.loads(text).get("looked_at", [])
    return [r["id"] for r in rows if r["until"] >= today], [r["id"] for r in rows if r["until"] < today]


def warned_of(lock: str, passed_over: Iterable[str]) -> list[str] | None:
    """What has been published against the versions of a lock; None where nobody could be asked."""
    ignored = [word for one in passed_over for word in ("--ignore-vuln", one)]
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "-r",
        lock,
        "--require-hashes",
        "--disable-pip",
        "-s",
        "osv",
    ]
    try:
        told = subprocess.run(
            [*command, "-f", "json", "--progress-spinner", "off", *ignored],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
        found = json.loads(told.stdout)["dependencies"]
    except (ValueError, KeyError, subprocess.TimeoutExpired):
        return None
    if any("skip_reason" in one for one in found):
        return None
    return [f"{one['name']} {one['version']}: {v['id']}" for one in found for v in one["vulns"]]


def main() -> int:
    """Prints one line per finding; 1 if there is any."""
    read = {name: list(entries((ROOT / name).read_text("utf-8"))) for name in (*LOCKS, *OPTIONAL)}
    faults = [
        f"{name}: {one} is not pinned with a hash" for name, lock in read.items() for one in loose(lock)
    ]
    here = ((one.metadata["Name"], one.version) for one in distributions())
    locked = [one for lock in read.values() for one, _ in lock]
    faults += [f"installed and in no lock: {one}" for one in strangers(locked, here)]
    passed_over, expired = looked_at(ADVISORIES.read_text("utf-8"), datetime.now(UTC).date())
    faults += [f"to be looked at again: {one}" for one in expired]
    asked = [warned_of(name, passed_over) for name in LOCKS]
    for warnings in asked:
        faults += [f"advisory: {one}" for one in warnings or []]
    for fault in faults:
        print(fault, file=sys.stderr)
    if None in asked:
        print("audit: no advisory service could be reached; versions and hashes were checked")
        return 1 if faults or os.environ.get("CONSTANCIA_AUDIT") == "required" else 0
    print(f"audit: {len(locked)} locked versions, {len(faults)} findings")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
