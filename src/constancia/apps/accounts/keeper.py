"""Which module keeps the requests for a second person. It stands above accounts and says so at start-up, by
its path and before any model is loaded."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from constancia.domain.errors import NotAllowed

_keeper: list[str] = []


def kept_by(module: str) -> None:
    """From now on the functions `ready` and `spend` of the module of this dotted path are asked."""
    _keeper[:] = [module]


def keeper() -> Any:
    """That module. Raises NotAllowed `approval.needed`: as long as nobody keeps them."""
    if not _keeper:
        raise NotAllowed("approval.needed")
    return import_module(_keeper[0])
