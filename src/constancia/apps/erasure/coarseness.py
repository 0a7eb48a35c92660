"""How coarse the residue may be: what is published or compared with what others said divides by the rest."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from constancia.apps.claims.models import Announcement, Claim
from constancia.apps.publishing.access import content_of
from constancia.apps.publishing.models import Edition
from constancia.apps.register.residue import Coarse
from constancia.domain.figures.dimensions import AGED, PLAIN, Dimension
from constancia.domain.publishing.content import Content


def coarse_enough() -> Coarse:
    """The least that lets every edition be counted anew."""
    used: set[Dimension] = set()
    days: set[int] = set()
    for edition in Edition.objects.order_by("number"):
        content = content_of(edition)
        used |= _dimensions(name for table in content.tables for name in table.dimensions)
        days |= _days(content)
    for model in (Announcement, Claim):
        for filters in model._default_manager.values_list("filters", flat=True):
            used |= _dimensions(filters)
    texts = {PLAIN[one] for one in used if one in PLAIN}
    if Dimension.SEX_AND_AGE in used:
        texts.add("sex")
    return Coarse(texts=frozenset(texts), days=frozenset(days) if used & AGED else None)


def _dimensions(names: Iterable[str]) -> set[Dimension]:
    found = set()
    for name in names:
        with suppress(ValueError):
            found.add(Dimension(name))
    return found


def _days(content: Content) -> set[int]:
    """Every day for which the edition says how many there were."""
    days = {content.as_of, *(figure.as_of for figure in content.figures)}
    if content.balance is not None:
        days.add(content.balance.opening_as_of)
    return {day.toordinal() for day in days}
