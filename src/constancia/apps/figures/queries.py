"""Figures for pages, commands and the API: days and names in, JSON shapes out.

Everything takes the acting user, who needs the permission to read figures. Totals are the same for all
who may read them; the people behind a total are only those whose case the user may open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.figures import counting, shapes
from constancia.apps.figures.asking import ask
from constancia.apps.figures.process import snapshot
from constancia.apps.figures.shapes import Json
from constancia.apps.register.access import visible
from constancia.domain.errors import InputRefused
from constancia.domain.figures.dimensions import Dimension
from constancia.infra import clock

DEFAULT_RULE = "foro_penal"


def figure(
    user: User,
    name: str,
    as_of: date | None = None,
    known_at: date | datetime | None = None,
    rule: str | None = None,
    grade: str | None = None,
    by: Iterable[str] = (),
    start: date | None = None,
    witnessed: bool = False,
    months: int | None = None,
) -> Json:
    """Figure `name` on D as known at T (both: now), in the shape of `shapes.figure_shape`.

    `by`: dimensions, or ("all",). `start`: first day of the period of a flow (none: from always).
    """
    question = _ask(user, name, as_of, known_at, rule, grade, by, start, witnessed, months)
    return shapes.figure_shape(question, counting.count(snapshot(), question))


def people_behind(
    user: User,
    name: str,
    as_of: date | None = None,
    known_at: date | datetime | None = None,
    rule: str | None = None,
    grade: str | None = None,
    within: Mapping[str, str] | None = None,
    start: date | None = None,
    witnessed: bool = False,
    months: int | None = None,
    which: str = "value",
) -> list[int]:
    """Primary keys of the persons behind a figure, those whose case the user may open, in order.

    `within`: {dimension: category} keeps those who stand in all of these categories. `which`: value,
    lowest, highest, pending_in or pending_out.
    """
    allow(user, Permission.PEOPLE_BEHIND)
    if which not in counting.WHICH:
        raise InputRefused("figure.which", which=which[:40])
    wanted = within or {}
    question = _ask(user, name, as_of, known_at, rule, grade, tuple(wanted), start, witnessed, months)
    chosen = {Dimension(dimension): category for dimension, category in wanted.items()}
    return seen_by(user, counting.people(snapshot(), question, which, chosen))


def seen_by(user: User, persons: list[int]) -> list[int]:
    """Those of the persons whose case the user may open."""
    mine = set(visible(user).values_list("pk", flat=True))
    return [person for person in persons if person in mine]


def zone() -> ZoneInfo:
    """The organisation's zone."""
    return ZoneInfo(settings.CONSTANCIA_ZONE)


def default_rule() -> str:
    """The population rule of figures that are asked for without one."""
    return str(getattr(settings, "CONSTANCIA_DEFAULT_RULE", "") or DEFAULT_RULE)


def today() -> date:
    """This day in the organisation's zone."""
    return clock.now().astimezone(zone()).date()


def _ask(
    user: User,
    name: str,
    as_of: date | None,
    known_at: date | datetime | None,
    rule: str | None,
    grade: str | None,
    by: Iterable[str],
    start: date | None,
    witnessed: bool,
    months: int | None,
) -> counting.Question:
    allow(user, Permission.FIGURES_READ)
    return ask(
        name,
        as_of or today(),
        known_at or clock.now(),
        zone=zone(),
        default_rule=default_rule(),
        rule=rule,
        grade=grade,
        by=by,
        start=start,
        months=months,
        witnessed=witnessed,
    )
