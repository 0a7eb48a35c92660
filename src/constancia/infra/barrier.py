"""A second barrier on PostgreSQL: what a reader may not see, the server does not hand out.

Inside `narrowed` the session works as another role of the server, which may only read, and of the barred
tables only the rows of the cases within reach (row-level security). Outside of it the session is the owner of
the tables, for whom no policy holds: figures, folding, imports and the ledger are of the whole register, and
nothing can narrow a count unseen. On SQLCipher nothing here does anything.

The role is made by whoever administers the server (docs/for-administrators.md) and is called like the
register's own with `SUFFIX`. Where it is missing the application's own filter stands alone, and
`constancia doctor` says so.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.transaction import TransactionManagementError

SUFFIX = "_alcance"
REGIONS, ASSIGNED = "constancia.regions", "constancia.assigned"
"""Settings of the session that the policies read: the regions, separated by commas, and the primary key of
the user whose assigned cases are within reach."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The cases of some regions and those assigned to a user; neither: none at all."""

    regions: frozenset[str] = frozenset()
    assigned_to: int | None = None


_reach = threading.local()
_role: dict[tuple[object, ...], str | None] = {}
"""Server and database → the role to work as; None where there is none. Asked once in a process."""


def reach() -> Reach | None:
    """What this thread may read now; None for everything."""
    found: Reach | None = getattr(_reach, "now", None)
    return found


def stands() -> bool:
    """Whether what this thread reads now is narrowed by the server."""
    return reach() is not None and _role_of(connections[DEFAULT_DB_ALIAS]) is not None


@contextmanager
def narrowed(to: Reach | None) -> Iterator[None]:
    """Inside, only the cases within `to` can be read; None for everything. Afterwards as before."""
    before = reach()
    connection = connections[DEFAULT_DB_ALIAS]
    role = _role_of(connection) if to != before else None
    if role is None:
        yield
        return
    within = connection.in_atomic_block
    try:
        _reach.now = to
        _work_as(connection, role, to)
        yield
    finally:
        _reach.now = before
        try:
            _work_as(connection, role, before)
        except (DatabaseError, InterfaceError, TransactionManagementError):
            # A broken transaction takes no statement, and puts the session back itself when it is rolled
            # back. Without one it is the connection that broke: the next one starts as the owner.
            if not within:
                connection.close()


def lifted() -> AbstractContextManager[None]:
    """Inside, the whole register can be read: what must be whole to be right, and is not shown as it is."""
    return narrowed(None)


P = ParamSpec("P")
R = TypeVar("R")


def whole(function: Callable[P, R]) -> Callable[P, R]:
    """Marks a function that needs the whole register whoever asks: what it gives is not shown as it is."""

    @wraps(function)
    def lifting(*args: P.args, **kwargs: P.kwargs) -> R:
        with lifted():
            return function(*args, **kwargs)

    return lifting


def role_for(user: str) -> str:
    """The role that a register whose own role is `user` works as when it is narrowed."""
    return f"{user}{SUFFIX}"


def forget() -> None:
    """Asks the server anew whether the role is there: after it was made, and in tests."""
    _role.clear()


def _role_of(connection: BaseDatabaseWrapper) -> str | None:
    if connection.vendor != "postgresql":
        return None
    settings = connection.settings_dict
    key = tuple(settings.get(name) for name in ("HOST", "PORT", "NAME", "USER"))
    if key not in _role:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT r.rolname FROM pg_roles r WHERE r.rolname = session_user || %s"
                " AND pg_has_role(session_user, r.oid, 'SET')"
                " AND has_table_privilege(r.oid, to_regclass('register_person'), 'SELECT')",
                [SUFFIX],
            )
            found = cursor.fetchone()
        _role[key] = found[0] if found else None
    return _role[key]


def _work_as(connection: BaseDatabaseWrapper, role: str, to: Reach | None) -> None:
    with connection.cursor() as cursor:
        if to is None:
            cursor.execute("SELECT set_config('role', 'none', false)")
        else:
            cursor.execute(
                "SELECT set_config(%s, %s, false), set_config(%s, %s, false), set_config('role', %s, false)",
                [REGIONS, ",".join(sorted(to.regions)), ASSIGNED, str(to.assigned_to or ""), role],
            )


def _made_anew(sender: object, connection: BaseDatabaseWrapper, **_: object) -> None:
    """A connection that is made in the middle of a narrowed block is narrowed too."""
    now = reach()
    if now is not None and connection.alias == DEFAULT_DB_ALIAS and (role := _role_of(connection)):
        _work_as(connection, role, now)


connection_created.connect(_made_anew, dispatch_uid="constancia.barrier")
