"""The audits that the log holds: what was announced, drawn and found, read from their notices."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256

from constancia.apps.ledger.models import Entry, Notice
from constancia.domain.ledger import auditing
from constancia.domain.ledger.auditing import Announcement, Result, Sample


@dataclass(frozen=True, slots=True)
class Announced:
    """An announcement, the `number` of its notice, and the week of its entry."""

    number: int
    week: str
    said: Announcement

    @property
    def digest(self) -> str:
        return sha256(self.said.data()).hexdigest()


def announced_of(edition: int) -> Announced | None:
    """The last announcement of an edition's audit."""
    found = [
        (number, Announcement.read(text.encode()))
        for number, text in _notices(auditing.ANNOUNCEMENT)
        if json.loads(text)["edition"] == edition
    ]
    if not found:
        return None
    number, said = found[-1]
    week = Entry.objects.values_list("week", flat=True).get(about="notice", number=number)
    return Announced(number, week, said)


def samples_of(announced: Announced) -> list[Sample]:
    """What was drawn under an announcement: several where a larger sample was asked for afterwards."""
    return [one for one in _samples() if one.announcement == announced.digest]


def sample_called(digest: str) -> Sample | None:
    """The sample whose bytes have this SHA-256, 64 digits."""
    return next((one for one in _samples() if sha256(one.data()).hexdigest() == digest), None)


def is_found(result: Result) -> bool:
    """Whether a result of that sample is in the log already."""
    texts = (json.loads(text)["text"] for _, text in _notices(auditing.FOUND))
    return any(Result.read("\n".join([*lines, ""])).sample == result.sample for lines in texts)


def _samples() -> list[Sample]:
    return [Sample.read(text.encode()) for _, text in _notices(auditing.SAMPLE)]


def _notices(form: str) -> list[tuple[int, str]]:
    rows = Notice.objects.filter(kind="audit").order_by("pk").values_list("pk", "text")
    return [(number, text) for number, text in rows if json.loads(text)["format"] == form]
