"""Which day a page opens with, and since when it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from constancia.apps.accounts.models import User
from constancia.apps.figures import queries
from constancia.apps.register.models import Fact


@dataclass(frozen=True, slots=True)
class Present:
    """The day that pages open with, and the day by whose end it is known."""

    day: date
    known: date


def present() -> Present:
    """Today, as known today. A demonstration stays on the last day of its story, or its last months would
    be empty; what a visitor records in it is known at once all the same."""
    today = queries.today()
    story = _story_ended() if settings.CONSTANCIA_DEMONSTRATION else None
    if story is None:
        return Present(today, today)
    last = Fact.objects.order_by("-seq").values_list("witnessed_at", flat=True).first()
    told = last is not None and last.astimezone(queries.zone()).date() <= story
    return Present(story, story if told else today)


def _story_ended() -> date | None:
    """The day of the last fact that was there before anybody could sign in."""
    opened = User.objects.order_by("pk").values_list("created_at", flat=True).first()
    if opened is None:
        return None
    told = Fact.objects.filter(witnessed_at__lt=opened).order_by("-seq")
    last = told.values_list("witnessed_at", flat=True).first()
    return last.astimezone(queries.zone()).date() if last else None
