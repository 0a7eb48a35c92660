"""Failures of the disk, the database and the system as errors of the house, for whoever has to say them."""

from __future__ import annotations

import errno

from constancia.domain.errors import StoreRefused

DATABASE_MODULES = ("django.db", "psycopg", "sqlcipher3")
OURS = ("IntegrityError", "DataError")
"""Errors of the database that a mistake in the program makes."""


def known(problem: BaseException) -> StoreRefused | None:
    """What `problem` comes down to: `store.full`, `store.database`, `store.system`; None where nobody knows.

    Nothing of its own words is kept: they may hold what was being stored.
    """
    if is_full(problem):
        return StoreRefused("store.full")
    kind = type(problem)
    if kind.__module__.startswith(DATABASE_MODULES) and kind.__name__ not in OURS:
        return StoreRefused("store.database")
    reason = errno.errorcode.get(problem.errno or 0) if isinstance(problem, OSError) else None
    return StoreRefused("store.system", reason=reason) if reason is not None else None


def is_full(problem: BaseException) -> bool:
    """Whether it comes down to a disk without room: of this machine, or of the database server."""
    if isinstance(problem, OSError):
        return problem.errno in (errno.ENOSPC, errno.EDQUOT)
    cause = problem.__cause__ or problem
    return "disk is full" in str(problem) or getattr(cause, "sqlstate", None) == "53100"
