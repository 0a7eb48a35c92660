"""The grading policy and the organisation's zone that this register runs with."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings

from constancia.domain.grading import Policy


@cache
def policy() -> Policy:
    """The policy in force: the shipped one."""
    return Policy.load()


def zone() -> ZoneInfo:
    """The zone that decides what "that day" means."""
    return ZoneInfo(settings.CONSTANCIA_ZONE)
