"""Who is erased, for everything that reads the register."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from constancia.apps.register.models import Erased

_there: set[str] = set()


def among(persons: Iterable[int]) -> set[int]:
    """Those of `persons` who are erased. There are few of them in all."""
    return everybody() & set(persons)


def everybody() -> set[int]:
    """All the erased, by primary key."""
    return set(Erased.objects.values_list("person_id", flat=True)) if _table_there() else set()


def count() -> int:
    """How many are erased: what is kept in memory of people is let go when this grows."""
    return Erased.objects.count() if _table_there() else 0


def since() -> dict[int, datetime]:
    """Person → from when on nothing is known of them."""
    return dict(Erased.objects.values_list("person_id", "at")) if _table_there() else {}


def _table_there() -> bool:
    """Whether the table is made yet: an earlier migration reads the register before it is."""
    name = str(connection.settings_dict["NAME"])
    if name not in _there and Erased._meta.db_table in connection.introspection.table_names():
        _there.add(name)
    return name in _there
