"""Who may stand in the register twice: looked for once, then only for those who were written to since."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may, scope
from constancia.apps.register.likeness.asking import seen_by
from constancia.apps.register.likeness.process import Live, live
from constancia.domain.matching.doubles import Double, doubles
from constancia.domain.matching.engine import Index
from constancia.domain.matching.shapes import Reason

LEAST = 0.3
"""From which probability on pairs are kept in memory."""
AT_ONCE = 3_000
"""People up to whom a page waits for the search; among more it goes on behind it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people (primary keys, `one` < `other`) who may be one, and why."""

    one: int
    other: int
    probability: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    index: Index
    doubles: tuple[Double, ...]


_lock = threading.Lock()
_found: dict[str, _Found] = {}
_searching: set[str] = set()


def pairs(
    user: User,
    *,
    least: float = 0.5,
    limit: int = 500,
    patient: bool = False,
    told: Callable[[int], None] | None = None,
) -> list[Pair]:
    """Probable duplicates among the people whom `user` may see, the likeliest first.

    Those judged to be one already stand once and are none. Judgements that two are different are not
    looked at here. In a large register the first search takes minutes: `patient` waits for it (`told` with
    how far it is), otherwise there are none until it is done (`searching`). `least` below LEAST is LEAST.
    """
    if not (may(user, Permission.CASE_BROWSE) and may(user, Permission.IDENTITY_READ)):
        return []
    now = live()
    doubled = _doubles(now, patient, told)
    if scope(user) is not None:
        seen = seen_by(user)
        doubled = [
            one
            for one in doubled
            if all(person in seen for key in (one.one, one.other) for person in now.members(key))
        ]
    best = [one for one in doubled if one.probability >= least]
    return [Pair(one.one, one.other, one.probability, one.reasons) for one in best[:limit]]


def searching() -> bool:
    """Whether the first search is going on behind the pages."""
    return str(connection.settings_dict["NAME"]) in _searching


def forget() -> None:
    """Lets everything that was found go."""
    _found.clear()


def _doubles(now: Live, patient: bool, told: Callable[[int], None] | None) -> list[Double]:
    name = str(connection.settings_dict["NAME"])
    known = _found.get(name)
    if known is not None and known.index is now.index:
        return list(known.doubles)
    if known is None and len(now.index) > AT_ONCE and not patient:
        _search_behind(name, now)
        return []
    with _lock:
        known = _found.get(name)
        _found[name] = found = _taken_over(known, now.index) if known else _all(now.index, told)
    return list(found.doubles)


def _all(index: Index, told: Callable[[int], None] | None = None) -> _Found:
    return _Found(index, tuple(doubles(index, least=LEAST, told=told)))


def _taken_over(known: _Found, index: Index) -> _Found:
    """What was found, with those anew of whom something else is known now."""
    if known.index is index:
        return known
    changed = {one.key for one in index.people() if known.index.known(one.key) is not one}
    if len(changed) > AT_ONCE:
        return _all(index)
    kept = [
        one
        for one in known.doubles
        if not {one.one, one.other} & changed and index.known(one.one) and index.known(one.other)
    ]
    fresh = doubles(index, least=LEAST, among=changed) if changed else []
    order = sorted([*kept, *fresh], key=lambda one: (-one.probability, one.one, one.other))
    return _Found(index, tuple(order))


def _search_behind(name: str, now: Live) -> None:
    with _lock:
        if name in _searching:
            return
        _searching.add(name)
    threading.Thread(target=_search, args=(name, now), name="likeness-doubles", daemon=True).start()


def _search(name: str, now: Live) -> None:
    try:
        found = _all(now.index)
        with _lock:
            _found[name] = found
    finally:
        _searching.discard(name)
