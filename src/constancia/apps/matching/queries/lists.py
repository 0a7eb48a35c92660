"""The lists that were sent: the lines of all, and the head of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow, may
from constancia.apps.matching.access import list_of, lists_of
from constancia.apps.matching.models import Acceptance, NameList
from constancia.apps.matching.sealing import open_list
from constancia.apps.matching.standing import Standing, standing_of_list
from constancia.apps.register import noting
from constancia.domain.dates import ImpreciseDate
from constancia.domain.matching.judging import Judged
from constancia.domain.vocabulary.terms import Confidentiality

SIZE = 25


class Group(StrEnum):
    """Where an entry, or a person of the register, stands in a list. BOTH to UNSURE are the four groups that
    a list comes to; UNDECIDED is what still waits for that."""

    UNDECIDED = "undecided"
    BOTH = "both"
    THEIRS = "theirs"
    OURS = "ours"
    UNSURE = "unsure"


GROUP_OF = {
    Judged.UNSEEN: Group.UNDECIDED,
    Judged.OPEN: Group.UNDECIDED,
    Judged.SAME: Group.BOTH,
    Judged.NEW: Group.THEIRS,
    Judged.UNSURE: Group.UNSURE,
}


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list among others. `counts`, `recorded`: None for who sent it and does not work with lists."""

    number: int
    title: str
    kind: str
    when: ImpreciseDate
    total: int
    left_out: int
    sent_by: str
    known_at: datetime
    earlier: int | None
    counts: Mapping[Group, int] | None
    recorded: int | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line of the file that is no entry, and why (a code)."""

    line: int
    page: int | None
    sheet: str
    raw: str
    why: str


@dataclass(frozen=True, slots=True)
class AcceptanceLine:
    """Entries recorded at once: by whom, how many are so still, from which probability on proposed."""

    known_at: datetime
    accepted_by: str
    entries: int
    threshold: float | None


@dataclass(frozen=True, slots=True)
class ListHead:
    """What a list says of itself. `label`: who exactly it comes from, "" for who may not see that;
    `same_file`: other lists made from the same file."""

    line: ListLine
    source_kind: str
    reliability: str
    label: str
    file: str
    place: str
    state: str
    complete: bool
    notes: Sequence[str]
    left_out: Sequence[LeftOut]
    earlier: ListLine | None
    later: Sequence[ListLine]
    same_file: Sequence[int]
    acceptances: Sequence[AcceptanceLine]


def lists(user: User, page: int = 1) -> tuple[tuple[ListLine, ...], bool]:
    """A page of the lists that the user may open, the latest first, and whether there are more. Raises
    NotAllowed."""
    allow(user, Permission.LIST_SEND)
    start = (max(1, min(page, 10_000)) - 1) * SIZE
    rows = list(lists_of(user).select_related("recorded_by").order_by("-pk")[start : start + SIZE + 1])
    return tuple(line_of(user, row) for row in rows[:SIZE]), len(rows) > SIZE


def line_of(user: User, row: NameList, standing: Standing | None = None) -> ListLine:
    """The line of a list that is the user's to open."""
    works = may(user, Permission.LIST_WORK)
    found = standing or standing_of_list(row) if works else None
    return ListLine(
        number=row.pk,
        title=row.title,
        kind=row.kind,
        when=when_of(row),
        total=row.total,
        left_out=row.left_out,
        sent_by=str(row.recorded_by),
        known_at=row.known_at,
        earlier=row.earlier_id,
        counts=counts_of(row, found) if found else None,
        recorded=len(found.taken) if found else None,
    )


def when_of(row: NameList) -> ImpreciseDate:
    """The day that the list is about."""
    return ImpreciseDate(row.edtf, row.earliest, row.latest, row.words)


def counts_of(row: NameList, standing: Standing) -> dict[Group, int]:
    """How many entries stand where; who is only in the register is counted elsewhere."""
    found = Counter(GROUP_OF[judgement.judged] for judgement in standing.judgements.values())
    found[Group.UNDECIDED] += row.total - len(standing.judgements)
    return {group: found[group] for group in Group if group is not Group.OURS}


def head(user: User, number: int) -> ListHead:
    """Raises NotFound (`list.not_found`)."""
    row = list_of(user, number)
    works = may(user, Permission.LIST_WORK)
    content = open_list(row)
    mine = row.recorded_by_id == user.pk
    label = content.get("label", "") if mine or may(user, Permission.SOURCE_SEALED) else ""
    if label and not mine and row.confidentiality == Confidentiality.SEALED:
        noting.list_source_read(user, row.pk)
    return ListHead(
        line=line_of(user, row),
        source_kind=row.source_kind,
        reliability=row.reliability,
        label=label,
        file=content.get("file", ""),
        place=row.place,
        state=row.state,
        complete=row.complete,
        notes=content.get("notes", []),
        left_out=[LeftOut(**one) for one in content.get("left_out", [])],
        earlier=line_of(user, row.earlier) if works and row.earlier is not None else None,
        later=[line_of(user, one) for one in row.later.order_by("pk")] if works else [],
        same_file=_same_file(user, row),
        acceptances=_acceptances(row) if works else [],
    )


def _same_file(user: User, row: NameList) -> list[int]:
    others = lists_of(user).filter(digest=row.digest).exclude(pk=row.pk)
    return list(others.order_by("pk").values_list("pk", flat=True))


def _acceptances(row: NameList) -> list[AcceptanceLine]:
    rows = Acceptance.objects.filter(of_list=row).select_related("accepted_by").order_by("pk")
    return [
        AcceptanceLine(
            one.known_at,
            str(one.accepted_by),
            one.taken.filter(undone__isnull=True).values("entry").distinct().count(),
            one.threshold,
        )
        for one in rows
    ]
