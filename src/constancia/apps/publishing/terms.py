"""From a stored draft or edition to the terms of a freezing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from constancia.apps.figures.queries import zone
from constancia.apps.publishing.access import content_of, latest_edition, texts_of
from constancia.apps.publishing.freezing.asked import Asked, Opening, opening_on
from constancia.apps.publishing.models import Draft, Edition, Erratum
from constancia.domain.disclosure.pattern import from_json
from constancia.domain.publishing import content

DEFAULT_OPENING = timedelta(days=7)
"""A first edition's balance begins a week before, as the field's weekly balances do."""


def next_number() -> int:
    """The number of the edition to come."""
    last = latest_edition()
    return 1 if last is None else last.number + 1


def of_draft(draft: Draft, frozen_at: datetime) -> Asked:
    """The terms of a draft, with the texts and consents of `frozen_at`, after the latest edition."""
    before = opening_edition(draft.as_of, draft.known_at)
    opening = (
        _opening(before)
        if before is not None
        else opening_on(draft.since or draft.as_of - DEFAULT_OPENING, zone(), frozen_at, draft.rule)
    )
    return Asked(
        number=next_number(),
        title=content.Words(es=draft.title_es, en=draft.title_en or draft.title_es),
        organisation=settings.CONSTANCIA_ORGANISATION,
        languages=tuple(draft.languages),
        as_of=draft.as_of,
        known_at=draft.known_at,
        frozen_at=frozen_at,
        zone=zone(),
        rule=draft.rule,
        previous=_named(latest_edition()),
        opening=opening,
        texts=texts_of(draft.report, frozen_at) if draft.report else (),
        merges=from_json(draft.merges),
        withheld=frozenset(draft.withheld),
        errata=errata_until(frozen_at),
    )


def of_edition(edition: Edition) -> Asked:
    """The terms under which an edition was frozen: the same versions, texts and consents."""
    frozen = content_of(edition)
    before = opening_edition(edition.as_of, edition.known_at, edition.number)
    opening = _opening(before) if before is not None else None
    if before is None and (balance := frozen.balance) is not None:
        opening = Opening(balance.opening_as_of, balance.opening_known_at, edition.frozen_at, frozen.rule)
    return Asked(
        number=frozen.number,
        title=frozen.title,
        organisation=frozen.organisation,
        languages=frozen.languages,
        as_of=frozen.as_of,
        known_at=frozen.known_at,
        frozen_at=edition.frozen_at,
        zone=ZoneInfo(frozen.zone),
        rule=frozen.rule,
        previous=_named(Edition.objects.filter(number__lt=edition.number).order_by("-number").first()),
        opening=opening,
        texts=frozen.texts,
        merges=from_json(edition.merges),
        withheld=frozenset(edition.withheld),
        errata=frozen.errata,
        definitions={one.name: one.version for one in frozen.definitions},
        rules={one.name: one.version for one in frozen.rules},
    )


def errata_until(at: datetime | None = None) -> tuple[content.Erratum, ...]:
    """The errata issued by an instant (now), by number."""
    rows = Erratum.objects.select_related("edition").order_by("pk")
    if at is not None:
        rows = rows.filter(issued_at__lte=at)
    return tuple(
        content.Erratum(
            number=row.pk,
            edition=row.edition.number,
            issued_on=row.issued_at.astimezone(zone()).date(),
            words=content.Words(es=row.words_es, en=row.words_en),
        )
        for row in rows
    )


def opening_edition(as_of: date, known_at: datetime, below: int | None = None) -> Edition | None:
    """The edition with which the balance of an edition of this D and T opens: of those (of a lower number
    than `below`) that speak of no later day and know of nothing later the one of the latest day. To open with
    another would say of those who were arrested in between that they were counted by mistake."""
    rows = Edition.objects.filter(as_of__lte=as_of, known_at__lte=known_at)
    if below is not None:
        rows = rows.filter(number__lt=below)
    found: Edition | None = rows.order_by("-as_of", "-known_at", "-number").first()
    return found


def _opening(edition: Edition) -> Opening:
    return Opening(
        as_of=edition.as_of,
        known_at=edition.known_at,
        frozen_at=edition.frozen_at,
        rule=content_of(edition).rule,
        edition=edition.number,
    )


def _named(edition: Edition | None) -> content.Previous | None:
    """An edition as the one after it names it."""
    if edition is None:
        return None
    return content.Previous(
        number=edition.number, as_of=edition.as_of, known_at=edition.known_at, sha256=edition.sha256
    )
