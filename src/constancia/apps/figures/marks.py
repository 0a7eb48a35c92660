"""Dated marks over the charts of figures: what was said, and when. Other applications bring them.

A mark says nothing of causes. An application that has marks names its providers in `marks` of its AppConfig;
figures know none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.apps import apps
from django.utils.module_loading import import_string

from constancia.apps.accounts.models import User


@dataclass(frozen=True, slots=True)
class Mark:
    """Something said in public. `hour` "20:00" or ""; `who` said it; `words`: the few beside the mark.

    `page`: its page on this site, `source`: where it was published; either may be "".
    """

    day: date
    hour: str
    who: str
    words: str
    page: str = ""
    source: str = ""


Provider = Callable[[User, date, date, date | datetime | None], list[Mark]]
"""The marks of the days `first` to `last` as known at T (now), those that the user may read."""


@cache
def _providers() -> tuple[Provider, ...]:
    named = (path for config in apps.get_app_configs() for path in getattr(config, "marks", ()))
    return tuple(import_string(path) for path in named)


def marks(user: User, first: date, last: date, known_at: date | datetime | None = None) -> list[Mark]:
    """All marks of the days `first` to `last` as known at T (now), by day and hour."""
    found = [mark for provider in _providers() for mark in provider(user, first, last, known_at)]
    return sorted(found, key=lambda mark: (mark.day, mark.hour, mark.who))
