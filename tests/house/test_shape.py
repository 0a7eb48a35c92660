"""The shape of the tree: short files, no hidden imports, one clock, nothing of this or that machine."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "constancia"
LONGEST_FILE = 400
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}


def modules() -> Iterator[Path]:
    yield from (f for f in sorted(SOURCE.rglob("*.py")) if "migrations" not in f.parts)


def test_no_file_of_ours_is_longer_than_one_idea() -> None:
    files = [f for folder in ("src", "tests", "tools", "bench") for f in (ROOT / folder).rglob("*.py")]
    long = {
        str(f.relative_to(ROOT)): lines
        for f in files
        if "migrations" not in f.parts and (lines := len(f.read_text("utf-8").splitlines())) > LONGEST_FILE
    }
    assert not long, long


def imports_inside(code: str) -> list[int]:
    """Lines of imports that stand inside a function."""
    return [
        inner.lineno
        for outer in ast.walk(ast.parse(code))
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def test_imports_stand_at_the_top() -> None:
    found = [f"{f.relative_to(SOURCE)}:{n}" for f in modules() for n in imports_inside(f.read_text("utf-8"))]
    # Django calls `ready()` once the applications exist; what it loads cannot be imported before.
    found = [where for where in found if not where.split(":")[0].endswith("/apps.py")]
    assert not found, found


def test_an_import_inside_a_function_is_noticed() -> None:
    assert imports_inside("def f():\n    import os\n") == [2]


def clocks_read(code: str) -> list[int]:
    """Lines that read a clock of the machine."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in CLOCKS
    ]


def test_only_one_module_reads_the_clock() -> None:
    found = [
        f"{f.relative_to(SOURCE)}:{n}"
        for f in modules()
        if f != SOURCE / "infra" / "clock.py"
        for n in clocks_read(f.read_text("utf-8"))
    ]
    assert not found, found


def test_a_second_clock_is_noticed() -> None:
    assert clocks_read("from datetime import date\nx = date.today()\n") == [2]


def test_locks_name_no_download_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-spark.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text
        pinned = re.findall(r"^[a-z0-9].*", text, flags=re.M)
        assert pinned
        assert all("==" in line and line.endswith("\\") for line in pinned)


def test_every_application_has_its_ten_lines() -> None:
    folders = [f for f in (SOURCE / "apps").iterdir() if (f / "__init__.py").exists()]
    assert not [f.name for f in folders if not (f / "README.md").exists()]


def test_nothing_committed_is_large() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout
    large = [
        name
        for name in listed.decode().split("\0")
        if name and (ROOT / name).is_file() and (ROOT / name).stat().st_size > 1_500_000
    ]
    assert not large, large
