"""Drafts: the terms of an edition to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.figures.queries import default_rule, zone
from constancia.apps.publishing.access import draft_number, open_draft, texts_of
from constancia.apps.publishing.models import Draft
from constancia.apps.publishing.recording import recording
from constancia.domain.disclosure.pattern import Pattern, to_json
from constancia.domain.errors import InputRefused
from constancia.domain.figures.periods import known_instant
from constancia.domain.figures.rule import rule as rule_named
from constancia.domain.names import written

LANGUAGES = ("es", "en")
TITLE = 200


@dataclass(frozen=True, slots=True)
class DraftGiven:
    """What a person decides. `known_at` None: the end of `as_of`. `rule` "": the house's own. `since`: the
    opening day of a first edition's balance (a week before)."""

    title_es: str
    as_of: date
    title_en: str = ""
    known_at: date | datetime | None = None
    languages: tuple[str, ...] = LANGUAGES
    rule: str = ""
    report: str = ""
    since: date | None = None


def new_draft(actor: User, given: DraftGiven, *, at: datetime | None = None) -> int:
    """Keeps a draft; returns its number.

    Raises NotAllowed; InputRefused `edition.title`, `edition.languages`, `edition.ahead` (D or T that has not
    come), `edition.opening` (since on or after D), `edition.no_report`, `figure.rule_unknown`.
    """
    allow(actor, Permission.EDITION_WORK)
    with recording(at) as now:
        row = _row(actor, given, now)
        row.save()
    return int(row.pk)


def amend_draft(actor: User, number: int, given: DraftGiven, *, at: datetime | None = None) -> None:
    """From now on the draft reads so; merges decided before stay. Raises as `new_draft`, and NotFound,
    InputRefused `edition.discarded`, `edition.approved`."""
    allow(actor, Permission.EDITION_WORK)
    with recording(at) as now:
        old = open_draft(number)
        row = _row(actor, given, now)
        row.first_id, row.merges, row.withheld = draft_number(old), old.merges, old.withheld
        row.save()


def decide_merges(
    actor: User, number: int, merges: Pattern, withheld: Sequence[str], *, at: datetime | None = None
) -> None:
    """What is shown together, and which tables are left out, from now on. Raises NotAllowed, NotFound,
    InputRefused `edition.discarded`, `edition.approved`."""
    allow(actor, Permission.EDITION_WORK)
    with recording(at) as now:
        row = _copied(open_draft(number), actor, now)
        row.merges, row.withheld = to_json(merges), sorted(set(withheld))
        row.save()


def discard_draft(actor: User, number: int, *, at: datetime | None = None) -> None:
    """It becomes no edition. Raises as `decide_merges`."""
    allow(actor, Permission.EDITION_WORK)
    with recording(at) as now:
        row = _copied(open_draft(number), actor, now)
        row.discarded = True
        row.save()


def _copied(old: Draft, actor: User, now: datetime) -> Draft:
    values = {
        one.attname: getattr(old, one.attname) for one in Draft._meta.concrete_fields if not one.primary_key
    }
    changed = {"first_id": draft_number(old), "recorded_at": now, "recorded_by_id": actor.pk}
    return Draft(**{**values, **changed})


def _row(actor: User, given: DraftGiven, now: datetime) -> Draft:
    title_es, title_en = written(given.title_es, limit=TITLE), written(given.title_en, limit=TITLE)
    if not title_es:
        raise InputRefused("edition.title")
    languages = [one for one in LANGUAGES if one in given.languages]
    if not languages or set(given.languages) - set(LANGUAGES):
        raise InputRefused("edition.languages")
    known_at = known_instant(given.known_at or given.as_of, zone())
    if given.known_at is None and given.as_of == now.astimezone(zone()).date():
        known_at = now  # the day is not over: what is known is what is known now
    if known_at > now or given.as_of > now.astimezone(zone()).date():
        raise InputRefused("edition.ahead", as_of=given.as_of.isoformat())
    if given.since is not None and given.since >= given.as_of:
        raise InputRefused("edition.opening", since=given.since.isoformat(), as_of=given.as_of.isoformat())
    rule = rule_named(given.rule or default_rule())
    if given.report and not texts_of(given.report):
        raise InputRefused("edition.no_report", report=given.report[:60])
    return Draft(
        title_es=title_es,
        title_en=title_en,
        languages=languages,
        as_of=given.as_of,
        known_at=known_at,
        rule=rule.name,
        report=given.report,
        since=given.since,
        recorded_at=now,
        recorded_by=actor,
    )
