"""From a stored draft or edition to the terms of a freezing."""

from __future__ import annotations

from datetime import datetime, timedelta
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
    previous = latest_edition()
    opening = (
        _opening(previous)
        if previous is not None
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
        opening=opening,
        texts=texts_of(draft.report, frozen_at) if draft.report else (),
        merges=from_json(draft.merges),
        withheld=frozenset(draft.withheld),
        errata=errata_until(frozen_at),
    )


def of_edition(edition: Edition) -> Asked:
    """The terms under which an edition was frozen: the same versions, texts and consents."""
    frozen = content_of(edition)
    previous = Edition.objects.filter(number=frozen.previous.number).first() if frozen.previous else None
    opening = None
    if previous is not None:
        opening = _opening(previous)
    elif frozen.balance is not None:
        balance = frozen.balance
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


def _opening(edition: Edition) -> Opening:
    frozen = content_of(edition)
    return Opening(
        as_of=edition.as_of,
        known_at=edition.known_at,
        frozen_at=edition.frozen_at,
        rule=frozen.rule,
        previous=content.Previous(
            number=edition.number, as_of=edition.as_of, known_at=edition.known_at, sha256=edition.sha256
        ),
    )
