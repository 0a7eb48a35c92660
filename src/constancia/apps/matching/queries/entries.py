"""The entries of a list, a page at a time: as read, whom they may mean, what was decided and recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from constancia.apps.accounts.models import User
from constancia.apps.matching.access import allow_work, entry_of, list_of
from constancia.apps.matching.models import Entry, EntryDecision, NameList, Taken
from constancia.apps.matching.queries.candidates import Likely, carried_over, likely, lines_by_key
from constancia.apps.matching.queries.lists import GROUP_OF, Group, counts_of
from constancia.apps.matching.sealing import Opened, open_entries
from constancia.apps.matching.standing import Standing, standing_of, standing_of_list
from constancia.apps.register import noting
from constancia.apps.register.queries import CaseLine
from constancia.domain.errors import NotFound
from constancia.domain.matching.judging import Judgement
from constancia.domain.matching.marking import Piece, beside
from constancia.domain.vocabulary.terms import ListKind

SIZE = 20
STILL_OPEN = (Group.UNDECIDED, Group.UNSURE)
MAKES_CASES = (ListKind.ARRESTED.value, ListKind.HELD.value)


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What somebody decided."""

    verdict: str
    code: str
    who: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class RecordedLine:
    """What was recorded from an entry: the kind of fact, on whose case, or as one more source of it."""

    kind: str
    code: str
    attested: bool


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry. `key`: its primary key; `group`: where it stands; `likely`: whom it may mean, while nobody
    has said; `case`: who it was said to be, the names side by side; `seen`: the last decision there is."""

    key: int
    number: int
    line: int
    page: int | None
    said: Opened
    repeats: int | None
    group: Group
    seen: int
    apart: tuple[CaseLine, ...]
    likely: tuple[Likely, ...]
    case: CaseLine | None
    theirs: tuple[Piece, ...]
    ours: tuple[Piece, ...]
    decisions: tuple[DecisionLine, ...]
    recorded: tuple[RecordedLine, ...]
    makes_case: bool


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page of one group. `total`: entries in the group."""

    group: Group
    entries: tuple[EntryLine, ...]
    page: int
    total: int
    counts: Mapping[Group, int]

    @property
    def more(self) -> bool:
        return self.page * SIZE < self.total

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // SIZE))


def entries(user: User, number: int, group: Group, page: int = 1) -> EntryPage:
    """Raises NotAllowed, NotFound (`list.not_found`)."""
    allow_work(user)
    of_list = list_of(user, number)
    standing = standing_of_list(of_list)
    keys = in_group(of_list, standing, group)
    page = max(1, min(page, -(-len(keys) // SIZE) or 1))
    here = keys[(page - 1) * SIZE : page * SIZE]
    noting.list_read(user, "list", of_list.pk, len(here))
    return EntryPage(
        group, tuple(_lines(user, of_list, here, standing)), page, len(keys), counts_of(of_list, standing)
    )


def in_group(of_list: NameList, standing: Standing, group: Group) -> list[int]:
    """The entries of a group by primary key, in the list's order."""
    rows = Entry.objects.filter(of_list=of_list).order_by("number").values_list("pk", flat=True)
    return [key for key in rows if GROUP_OF[standing.judgement(key).judged] is group]


def entry(user: User, key: int) -> EntryLine:
    """One entry, as it stands now. Raises NotAllowed, NotFound (`list.no_such_entry`)."""
    row = entry_of(user, key)
    noting.list_read(user, "list", row.of_list_id, 1)
    (line,) = _lines(user, row.of_list, [key], standing_of([key]))
    return line


def list_of_entry(user: User, key: int) -> int:
    """The number of the list that the entry is on. Raises NotAllowed, NotFound."""
    return int(entry_of(user, key).of_list_id)


def entry_key(user: User, of_list: int, number: int) -> int:
    """The primary key of entry `number` of a list. Raises NotAllowed, NotFound (`list.not_found`,
    `list.no_such_entry`)."""
    allow_work(user)
    key = Entry.objects.filter(of_list=list_of(user, of_list), number=number).values_list("pk", flat=True)
    found = key.first()
    if found is None:
        raise NotFound("list.no_such_entry")
    return int(found)


def _lines(user: User, of_list: NameList, keys: Sequence[int], standing: Standing) -> list[EntryLine]:
    rows = list(
        Entry.objects.filter(pk__in=keys).select_related("of_list", "of_list__earlier").order_by("number")
    )
    said = open_entries(rows)
    judgements = {row.pk: standing.judgement(row.pk) for row in rows}
    open_rows = [row for row in rows if GROUP_OF[judgements[row.pk].judged] in STILL_OPEN]
    carried = carried_over(open_rows, judgements)
    asked = {row.pk: said[row.pk] for row in open_rows}
    found = likely(user, asked, judgements, carried) if asked else {}
    people = {one.person for one in judgements.values() if one.person is not None}
    people |= {person for one in judgements.values() for person in one.apart}
    told = _Told(user, [row.pk for row in rows], people)
    return [
        _line(row, said[row.pk], judgements[row.pk], found.get(row.pk, []), told, of_list) for row in rows
    ]


def _line(
    row: Entry,
    said: Opened,
    judgement: Judgement,
    near: Sequence[Likely],
    told: _Told,
    of_list: NameList,
) -> EntryLine:
    case = told.cases.get(judgement.person or 0)
    theirs, ours = beside(said.mention.name, case.name if case else said.mention.name)
    return EntryLine(
        key=row.pk,
        number=row.number,
        line=row.line,
        page=row.page,
        said=said,
        repeats=row.repeats,
        group=GROUP_OF[judgement.judged],
        seen=judgement.last,
        apart=tuple(told.cases[person] for person in sorted(judgement.apart) if person in told.cases),
        likely=tuple(near),
        case=case,
        theirs=theirs,
        ours=ours if case else (),
        decisions=tuple(told.decisions.get(row.pk, ())),
        recorded=tuple(told.recorded.get(row.pk, ())),
        makes_case=of_list.kind in MAKES_CASES,
    )


class _Told:
    """What was decided and recorded of some entries, and the cases of the people named there."""

    def __init__(self, user: User, keys: Sequence[int], people: set[int]) -> None:
        self.cases = lines_by_key(user, people)
        self.decisions: dict[int, list[DecisionLine]] = {}
        rows = EntryDecision.objects.filter(entry__in=keys).select_related("decided_by", "person")
        for one in rows.order_by("pk"):
            code = one.person.code if one.person is not None else ""
            self.decisions.setdefault(one.entry_id, []).append(
                DecisionLine(one.verdict, code, str(one.decided_by), one.known_at, one.reason)
            )
        self.recorded: dict[int, list[RecordedLine]] = {}
        taken = Taken.objects.filter(entry__in=keys, undone__isnull=True).select_related("fact", "person")
        for row in taken.order_by("pk"):
            self.recorded.setdefault(row.entry_id, []).append(
                RecordedLine(row.fact.kind, row.person.code, row.attestation_id is not None)
            )
