"""Many rows at once, inside the caller's transaction: plain INSERTs with the model's own columns.

`bulk_create` builds an object and an expression per value; an import of 700,000 facts cannot afford that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, models

T = TypeVar("T")


@lru_cache(maxsize=4096)
def _adapted(moment: datetime, vendor: str) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def plain(value: Any) -> Any:
    """`value` as the database driver takes it: datetimes and dates adapted, mappings as JSON text."""
    if isinstance(value, datetime):
        return _adapted(value, connection.vendor)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value


def columns(model: type[models.Model]) -> list[str]:
    """The columns of `model`, in the order in which `insert` takes values."""
    return [str(field.column) for field in model._meta.concrete_fields]


def insert(
    model: type[models.Model], rows: Iterable[Sequence[Any]], *, names: Sequence[str] | None = None
) -> None:
    """Insert `rows`, tuples of driver-ready values in the order of `names` (default: all columns)."""
    names = list(names or columns(model))
    quoted = ", ".join(connection.ops.quote_name(name) for name in names)
    places = ", ".join(["%s"] * len(names))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({places})", rows)  # type: ignore[arg-type]


def in_pieces(items: Sequence[T], size: int = 500) -> Iterable[Sequence[T]]:
    """Slices of `items`, small enough for one IN (…) on either engine."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
