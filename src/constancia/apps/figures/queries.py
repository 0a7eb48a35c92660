"""Figures for pages, commands and the API: days and names in, JSON shapes out.

Everything takes the acting user, who needs the permission to read figures. Totals are the same for all
who may read them; the people behind a total are only those whose case the user may open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.figures import balance as _balance
from constancia.apps.figures import bridge as _bridge
from constancia.apps.figures import counting, shapes
from constancia.apps.figures import series as _series
from constancia.apps.figures.asking import ask
from constancia.apps.figures.explain import differences
from constancia.apps.figures.process import snapshot
from constancia.apps.figures.shapes import Json
from constancia.apps.register.access import visible, within_reach
from constancia.apps.register.timing import known_now
from constancia.domain.errors import InputRefused
from constancia.domain.figures.causes import In, Out
from constancia.domain.figures.definition import definitions
from constancia.domain.figures.dimensions import WRITTEN, Dimension, same_category
from constancia.domain.figures.periods import buckets, end_of_day, known_instant
from constancia.domain.figures.rule import Rule, rules
from constancia.domain.figures.rule import rule as rule_named
from constancia.domain.vocabulary.states import states
from constancia.infra import clock

DEFAULT_RULE = "foro_penal"
_PIECE = 500

Side = tuple[date, date | datetime | None]
"""D and T of one count; without T, as known at the end of D."""


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

    A T that has not come means now: nobody can say what will be known, and asking again must give the same.

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


def series(
    user: User,
    name: str,
    first: date,
    last: date,
    step: str = "daily",
    known_at: date | datetime | None = None,
    rule: str | None = None,
    grade: str | None = None,
    by: Iterable[str] = (),
    since: date | None = None,
    witnessed: bool = False,
    months: int | None = None,
) -> Json:
    """Figure `name` over the days `first` to `last`, all as known at one T (now).

    `step`: daily, weekly (to Sunday) or monthly. A stock is taken on the last day of each step, a flow over
    the days of each step, a cumulative figure from `since` to the last day of each step.
    """
    question = _ask(user, name, last, known_at, rule, grade, by, since, witnessed, months)
    steps = buckets(first, last, step)
    return shapes.series_shape(question, step, steps, _series.series(snapshot(), question, steps))


def pairs(
    user: User,
    name: str = "held",
    as_of: date | None = None,
    known_at: date | datetime | None = None,
    rule: str | None = None,
    grade: str | None = None,
    start: date | None = None,
) -> Json:
    """The figure with the pairs that the field prints, each adding up to the total.

    {…as `figure`…, "pairs": [{"dimension", "categories": [{"category", "value", "lowest", "highest"}]}]}:
    every category is there, in a fixed order, "not_known" last.
    """
    found = figure(user, name, as_of, known_at, rule, grade, tuple(shapes.PAIRS), start)
    return {**found, "pairs": shapes.pairs_shape(found["by"])}


def balance(
    user: User,
    from_day: date,
    known_from: date | datetime | None,
    to_day: date,
    known_to: date | datetime | None,
    rule: str | None = None,
    grade: str | None = None,
    name: str = "held",
    witnessed: bool = False,
    months: int | None = None,
) -> Json:
    """The balance of a stock between two (D, T), in the shape of `shapes.balance_shape`.

    Without known times each side is as it was known at the end of its own day: the balance that could be
    published then. Raises InputRefused: `figure.not_stock`, `figure.period`.
    """
    sides = (from_day, known_from), (to_day, known_to)
    opening, closing = _sides(user, *sides, rule, grade, name, witnessed, months)
    return shapes.balance_shape(opening, closing, _balance.balance(snapshot(), opening, closing))


def explain(
    user: User,
    first: Side,
    second: Side,
    rule: str | None = None,
    grade: str | None = None,
    name: str = "held",
    witnessed: bool = False,
    months: int | None = None,
    causes: Iterable[str] = (),
) -> Json:
    """Person by person why any two counts (D, T) of a stock differ, the earlier of the two as the opening.

    As `balance`, and "people": [{"code", "person", "detention", "side", "cause", "kind"}], those whose case
    the user may open (and, with `causes`, those of these causes only); "hidden" says how many others there
    are. Raises InputRefused: `figure.not_stock`, `figure.cause`.
    """
    allow(user, Permission.PEOPLE_BEHIND)
    wanted = set(causes)
    for cause in wanted - {*map(str, In), *map(str, Out)}:
        raise InputRefused("figure.cause", cause=cause[:40])
    opening, closing = _sides(user, *_in_order(first, second), rule, grade, name, witnessed, months)
    found = differences(snapshot(), opening, closing)
    codes = codes_seen_by(user, [moved.person for moved in (*found.arrived, *found.departed)])
    people = [
        {
            "code": codes[moved.person],
            "person": moved.person,
            "detention": moved.detention,
            "side": side,
            "cause": moved.cause.value,
            "kind": moved.kind,
        }
        for side, all_moved in (("in", found.arrived), ("out", found.departed))
        for moved in all_moved
        if moved.person in codes and (not wanted or moved.cause.value in wanted)
    ]
    hidden = sum(moved.person not in codes for moved in (*found.arrived, *found.departed))
    shape = shapes.balance_shape(opening, closing, _balance.of_differences(found))
    return {**shape, "people": people, "hidden": hidden}


def bridge(
    user: User,
    rule: str,
    to: str,
    as_of: date | None = None,
    known_at: date | datetime | None = None,
    name: str = "held",
    witnessed: bool = False,
) -> Json:
    """The same D and T under two rules, and what differs step by step (`domain.figures.bridge`).

    {…head under the first rule…, "as_of", "known_at", "first", "second", "to": pin of the second rule,
    "steps": [{"difference", "custody", "days", "came", "went", "change"}]}: first + changes = second.
    Raises InputRefused `figure.not_stock`, `figure.rule_unknown`.
    """
    question, target = _two_rules(user, rule, to, as_of, known_at, name, witnessed)
    found = _bridge.bridge(snapshot(), question, target)
    return shapes.bridge_shape(question, target, found)


def people_between(
    user: User,
    rule: str,
    to: str,
    step: int,
    as_of: date | None = None,
    known_at: date | datetime | None = None,
    name: str = "held",
) -> tuple[list[int], list[int]]:
    """Whom the step (from 0) of a bridge brings in and takes out: persons whose case the user may open.

    Raises as `bridge`, and InputRefused `figure.asked` where there is no such step.
    """
    allow(user, Permission.PEOPLE_BEHIND)
    question, target = _two_rules(user, rule, to, as_of, known_at, name, False)
    steps = _bridge.bridge(snapshot(), question, target).steps
    if not 0 <= step < len(steps):
        raise InputRefused("figure.asked")
    return seen_by(user, list(steps[step].came)), seen_by(user, list(steps[step].went))


def counted(
    user: User,
    name: str,
    as_of: date,
    known_at: date | datetime | None = None,
    rule: str | None = None,
    within: Mapping[str, str] | None = None,
    start: date | None = None,
) -> Json:
    """How many stand in all of the categories `within` ({dimension: category}) of a figure.

    {…as `figure`…, "within"}; no more than the total without `within`.
    """
    wanted = dict(within or {})
    question = _ask(user, name, as_of, known_at, rule, None, tuple(wanted), start, False, None)
    chosen = {Dimension(dimension): category for dimension, category in wanted.items()}
    found = shapes.figure_shape(question, counting.count(snapshot(), question))
    if wanted:
        found |= {
            which: len(counting.people(snapshot(), question, which, chosen)) for which in counting.WHICH
        }
    return {**found, "by": {}, "within": wanted}


def speaks_of(user: User, within: Mapping[str, str]) -> bool:
    """Whether the register can count within these categories.

    Of a place or context that nobody ever wrote in it, it knows nothing, which is not that it counts none.
    Of a state of the country it always knows.
    """
    allow(user, Permission.FIGURES_READ)
    terms = snapshot().terms
    return all(
        (dimension is Dimension.STATE and wanted in states())
        or terms.matching(
            f"{dimension} {wanted}",
            lambda text, d=dimension, w=wanted: same_category(d, text, w),  # type: ignore[misc]
        )
        != (-1,)
        for dimension, wanted in ((Dimension(name), value) for name, value in within.items())
        if dimension in WRITTEN
    )


def listed() -> list[Json]:
    """Every figure: name, label, meaning, measure, unit, breakdowns and pin; words in both languages."""
    return [shapes.definition_shape(found) for found in definitions().values()]


def listed_rules() -> list[Json]:
    """Every population rule: name, label, meaning and pin; `default` marks the house's own."""
    standing = default_rule()
    return [shapes.rule_shape(found, found.name == standing) for found in rules().values()]


def seen_by(user: User, persons: list[int]) -> list[int]:
    """Those of the persons whose case the user may open."""
    mine = codes_seen_by(user, persons)
    return [person for person in persons if person in mine]


@within_reach
def codes_seen_by(user: User, persons: Sequence[int]) -> dict[int, str]:
    """Primary key and code of those of the persons whose case the user may open."""
    mine = visible(user).values_list("pk", "code")
    if len(persons) > 20 * _PIECE:
        return dict(mine)
    pieces = (persons[start : start + _PIECE] for start in range(0, len(persons), _PIECE))
    return {pk: code for piece in pieces for pk, code in mine.filter(pk__in=piece)}


def zone() -> ZoneInfo:
    """The organisation's zone."""
    return ZoneInfo(settings.CONSTANCIA_ZONE)


def default_rule() -> str:
    """The population rule of figures that are asked for without one."""
    return str(settings.CONSTANCIA_RULE or DEFAULT_RULE)


def today() -> date:
    """This day in the organisation's zone."""
    return clock.now().astimezone(zone()).date()


def instant(known_at: date | datetime) -> datetime:
    """The instant T that `known_at` means; a T that has not come means now."""
    return min(known_instant(known_at, zone()), known_now())


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
        instant(known_at) if known_at else known_now(),
        zone=zone(),
        default_rule=default_rule(),
        rule=rule,
        grade=grade,
        by=by,
        start=start,
        months=months,
        witnessed=witnessed,
    )


def _two_rules(
    user: User,
    rule: str,
    to: str,
    as_of: date | None,
    known_at: date | datetime | None,
    name: str,
    witnessed: bool,
) -> tuple[counting.Question, Rule]:
    question = _ask(user, name, as_of, known_at, rule, None, (), None, witnessed, None)
    if question.definition.measure != "stock":
        raise InputRefused("figure.not_stock", figure=name)
    return question, rule_named(to)


def _sides(
    user: User,
    first: Side,
    second: Side,
    rule: str | None,
    grade: str | None,
    name: str,
    witnessed: bool,
    months: int | None,
) -> tuple[counting.Question, counting.Question]:
    if first[0] > second[0]:
        raise InputRefused("figure.period", start=first[0].isoformat(), end=second[0].isoformat())
    opening, closing = (
        _ask(user, name, day, known_at or end_of_day(day, zone()), rule, grade, (), None, witnessed, months)
        for day, known_at in (first, second)
    )
    return opening, closing


def _in_order(first: Side, second: Side) -> tuple[Side, Side]:
    """The side with the earlier day first; on one day, the one known earlier."""
    one, other = ((day, known_instant(known_at or day, zone())) for day, known_at in (first, second))
    return (first, second) if one <= other else (second, first)
