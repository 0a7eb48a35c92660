"""The texts of a report: how each read before, and what an edition would say with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.publishing import terms
from constancia.apps.publishing.access import draft_of
from constancia.apps.publishing.freezing.freeze import freeze
from constancia.apps.publishing.models import ReportText
from constancia.apps.publishing.recording import instant
from constancia.domain.errors import NotFound
from constancia.domain.publishing.content import Content, TextFile


@dataclass(frozen=True, slots=True)
class TextVersion:
    """How a text read from `known_at` on; `removed`: from then on it was gone."""

    number: int
    text: str
    removed: bool
    known_at: datetime
    recorded_by: str


def text_versions(user: User, report: str, path: str) -> tuple[TextVersion, ...]:
    """Every version of a text, the latest first; none for a text that never was."""
    allow(user, Permission.EDITION_WORK)
    rows = ReportText.objects.filter(report=report, path=path).select_related("recorded_by").order_by("-pk")
    return tuple(
        TextVersion(int(row.pk), row.text, row.removed, row.known_at, row.recorded_by.display_name)
        for row in rows
    )


def text_version(user: User, report: str, path: str, number: int) -> TextVersion:
    """One of them. Raises NotFound (`edition.no_text`)."""
    for one in text_versions(user, report, path):
        if one.number == number:
            return one
    raise NotFound("edition.no_text")


def with_texts(user: User, draft: int, texts: Sequence[TextFile]) -> Content:
    """What the draft comes to now if its report read so: for a preview on the desk and nowhere else.

    Raises NotAllowed, NotFound, and what `freezing.freeze.freeze` raises.
    """
    allow(user, Permission.EDITION_WORK)
    asked = terms.of_draft(draft_of(draft), instant())
    return freeze(user, replace(asked, texts=tuple(texts))).content
