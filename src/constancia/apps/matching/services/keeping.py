"""Taking in a list that was sent: nothing of it is a fact, and nobody has looked at it yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.matching.access import list_of, lists_of
from constancia.apps.matching.models import Entry, NameList
from constancia.apps.matching.recording import recording
from constancia.apps.matching.sealing import list_digest, seal_entries, seal_list
from constancia.apps.register.services import SourceGiven
from constancia.domain.dates import ImpreciseDate
from constancia.domain.errors import InputRefused
from constancia.domain.matching.reading import ListEntry, ReadList
from constancia.domain.names import clean_written, written
from constancia.domain.timeline.validity import FIRST_YEAR
from constancia.domain.vocabulary.states import state_code
from constancia.domain.vocabulary.terms import ListKind

TITLE, PLACE, STATE, FILE = 200, 300, 100, 255
LEFT_OUT = 500
"""Lines left out that are kept with their reason; of more, only how many."""
PIECE = 2_000


@dataclass(frozen=True, slots=True)
class ListGiven:
    """What the sender says of a list. `when`: the day it is about, needed for whatever is recorded of it."""

    title: str
    kind: ListKind
    source: SourceGiven
    when: ImpreciseDate
    place: str = ""
    state: str = ""
    complete: bool = False
    earlier: int | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """The list's number, how many names were read, how many lines are left out."""

    number: int
    entries: int
    left_out: int


def keep(actor: User, given: ListGiven, read: ReadList, *, again: bool = False) -> Kept:
    """Keeps a list with its entries, each sealed under a key of its own.

    Raises NotAllowed; NotFound (`list.not_found`) for an earlier edition that is not the actor's to see;
    InputRefused `list.title`, `list.day`, `list.day_ahead`, `list.day_far`, `list.empty`, and `list.there`
    (with the number) for the same file again, unless `again`.
    """
    allow(actor, Permission.LIST_SEND)
    title = written(given.title, limit=TITLE)
    if not title:
        raise InputRefused("list.title")
    if not read.entries:
        raise InputRefused("list.empty")
    digest = list_digest(read.digest)
    with recording() as known_at:
        _refuse_day(given.when, known_at)
        earlier = list_of(actor, given.earlier) if given.earlier is not None else None
        there = lists_of(actor).filter(digest=digest).order_by("-pk").first()
        if there is not None and not again:
            raise InputRefused("list.there", number=there.pk)
        subject, content = seal_list(digest, _content(given, read))
        made = NameList.objects.create(
            title=title,
            kind=given.kind.value,
            source_kind=given.source.kind.value,
            reliability=given.source.reliability.value,
            group=written(given.source.group, limit=200),
            confidentiality=given.source.confidentiality.value,
            edtf=given.when.edtf,
            earliest=given.when.earliest,
            latest=given.when.latest,
            words=given.when.words[:300],
            place=written(given.place, limit=PLACE),
            state=_state(given.state),
            complete=given.complete,
            total=len(read.entries),
            left_out=len(read.skipped),
            digest=digest,
            earlier=earlier,
            subject=subject,
            content=content,
            known_at=known_at,
            recorded_by=actor,
        )
        for start in range(0, len(read.entries), PIECE):
            _keep_entries(made, read.entries[start : start + PIECE])
    return Kept(made.pk, len(read.entries), len(read.skipped))


def _keep_entries(of_list: NameList, entries: Sequence[ListEntry]) -> None:
    Entry.objects.bulk_create(
        Entry(
            of_list=of_list,
            number=one.number,
            line=one.line,
            page=one.page,
            repeats=one.repeats,
            key=key,
            subject=subject,
            content=sealed,
        )
        for one, (key, subject, sealed) in zip(entries, seal_entries(entries), strict=True)
    )


def _content(given: ListGiven, read: ReadList) -> dict[str, object]:
    label = clean_written(given.source.label) if given.source.label else ""
    return {
        "label": label,
        "file": given.file[:FILE],
        "notes": list(read.notes),
        "left_out": [
            {
                "line": one.line,
                "page": one.page,
                "sheet": one.sheet,
                "raw": one.raw[:PLACE],
                "why": one.reason,
            }
            for one in read.skipped[:LEFT_OUT]
        ],
    }


def _state(given: str) -> str:
    return state_code(given) or written(given, limit=STATE)


def _refuse_day(when: ImpreciseDate, known_at: datetime) -> None:
    if when.earliest is None and when.latest is None:
        raise InputRefused("list.day")
    today = known_at.astimezone(ZoneInfo(settings.CONSTANCIA_ZONE)).date()
    if when.earliest is not None and when.earliest > today:
        raise InputRefused("list.day_ahead")
    if any(end is not None and end < date(FIRST_YEAR, 1, 1) for end in (when.earliest, when.latest)):
        raise InputRefused("list.day_far", year=FIRST_YEAR)


def source_label(of_list: NameList, label: str) -> str:
    """Who the list comes from, as facts recorded from it name their source."""
    return f"{of_list.title}: {label}"[:400] if label else of_list.title
