"""The ledger imports the standard library and itself alone: it becomes the verifier of every bundle."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "src" / "constancia" / "domain" / "ledger"
OURS = ("constancia.domain.ledger", "constancia.domain.errors")
EXCEPTIONS = {"sodium.py": {"nacl"}}
"""libsodium where it is installed, in one file."""


def imported(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in (
            "__import__",
            "import_module",
        ):
            yield "?"


def foreign(code: str, allowed: frozenset[str] | set[str] = frozenset()) -> set[str]:
    return {
        name
        for name in imported(code)
        if name.split(".")[0] not in sys.stdlib_module_names | allowed
        and not any(name == one or name.startswith(f"{one}.") for one in OURS)
    }


def test_only_the_standard_library_is_imported() -> None:
    files = sorted(FOLDER.rglob("*.py"))
    assert len(files) > 12
    found = {file.name: foreign(file.read_text("utf-8"), EXCEPTIONS.get(file.name, set())) for file in files}
    assert not {name: what for name, what in found.items() if what}


def test_the_control_a_foreign_import_is_noticed() -> None:
    assert foreign("import os, nacl.bindings") == {"nacl.bindings"}
    assert foreign("from constancia.domain.facts import x") == {"constancia.domain.facts"}
    assert foreign("from . import merkle") == {"."}
    assert foreign("def f():\n    import_module('nacl')\n") == {"?"}
    assert not foreign("from constancia.domain.ledger.merkle import x\nimport hashlib", set())
    assert not foreign("import nacl", {"nacl"})
