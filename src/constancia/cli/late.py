"""Modules that are loaded at their first use.

Applications can only be imported once Django stands on an unlocked register, and `--help` should wait
for neither. A command module therefore writes

    if TYPE_CHECKING:
        from constancia.apps.figures import queries
    else:
        queries = late("constancia.apps.figures.queries")

so that readers, mypy and the import contracts see an ordinary import at the top of the file.
"""

from __future__ import annotations

import importlib
from typing import Any


class Late:
    """Stands for a module; the first attribute asked of it loads it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(importlib.import_module(self._name), attribute)


def late(name: str) -> Any:
    return Late(name)
