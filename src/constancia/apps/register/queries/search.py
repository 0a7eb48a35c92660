"""Finding cases: by words without accents, by document number, by filters; only those the user may see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may, scope
from constancia.apps.register import noting
from constancia.apps.register import search as index
from constancia.apps.register.access import in_regions, only_visible, within_reach
from constancia.apps.register.deriving import document_digest
from constancia.apps.register.identity import moment
from constancia.apps.register.models import (
    CaseCard,
    DocumentDigest,
    Erased,
    ExternalKey,
    Person,
)
from constancia.apps.register.queries.names import names_unnoted
from constancia.domain.codes import normalise
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.states import region_code

PAGE = 25
EXPORT_PAGE = 500
FEW = 1_000
"""People up to whom a coordinator's cases are looked up one by one; more are soon met in order."""
MOST = 10_000_000
_DOCUMENT = re.compile(r"^\s*[vVeEpP]?[-.\s]*\d[\d.\s]{4,}\s*$")


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters; "" for any. `state`: cases in which that region has part; `pending`: a review is waiting."""

    custody: str = ""
    state: str = ""
    place: str = ""
    sex: str = ""
    profile: str = ""
    case_state: str = ""
    pending: bool = False

    def __bool__(self) -> bool:
        return any(asdict(self).values())


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list. `since`: reckoning day of the last detention's start. `updated` in UTC."""

    pk: int
    code: str
    name: str
    custody: str
    reported_custody: str
    case_state: str
    state: str
    place: str
    profile: str
    since: date | None
    pending: int
    updated: str
    external_ids: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`total` is None where counting all would cost more than it tells (a search by words)."""

    lines: tuple[CaseLine, ...]
    page: int
    more: bool
    total: int | None


@within_reach
def search(
    user: User, text: str = "", filters: Filters | None = None, page: int = 1, size: int = PAGE
) -> SearchPage:
    """Cases whose names, aliases, code, document number, places or external ids hold every word of `text`;
    noted in the trail.

    Without words, the cases last worked on come first.
    """
    filters = filters or Filters()
    found = search_unnoted(user, text, filters, page, size)
    noting.searched(user, text, asdict(filters), found.page, [line.pk for line in found.lines])
    return found


@within_reach
def search_unnoted(user: User, text: str, filters: Filters, page: int, size: int) -> SearchPage:
    """The same for who notes by another deed that they are shown."""
    page = max(1, min(page, 10_000))
    found, whole, total = _found(user, text, filters, (page - 1) * size, size + 1)
    return SearchPage(lines_unnoted(user, found[:size]), 1 if whole else page, len(found) > size, total)


@within_reach
def found_keys(user: User, text: str, filters: Filters) -> list[int]:
    """The primary keys of all whom `search` finds; noted by who shows them."""
    return _found(user, text, filters, 0, MOST)[0]


def _found(
    user: User, text: str, filters: Filters, start: int, limit: int
) -> tuple[list[int], bool, int | None]:
    """Primary keys, best first; whether these are all whatever `start` and `limit` say; how many there are,
    where counting is cheap."""
    if not may(user, Permission.CASE_BROWSE):
        return [], False, 0
    cards = only_visible(CaseCard.objects.all(), user)
    for name, value in asdict(filters).items():
        if name == "pending":
            cards = cards.filter(pending__gt=0) if value else cards
        elif name == "state" and value:
            cards = cards.filter(person__regions__region=region_code(value))
        elif value:
            cards = cards.filter(**{name: value})
    if not text.strip():
        total = _total(user, cards, filters)
        if (few := _few(user)) is not None:
            cards = cards.filter(pk__in=few)
        found = list(cards.order_by("-updated", "-pk").values_list("pk", flat=True)[start : start + limit])
        return found, False, total
    # A number of somebody the user may not see is answered as one that nobody has.
    exact = _exact(text)
    found = list(cards.filter(pk__in=exact).values_list("pk", flat=True)) if exact else []
    if found:
        return found, True, len(found)
    within = None
    if filters or not _sees_all(user):

        def within(column: str) -> tuple[str, tuple[Any, ...]]:
            sql, params = cards.filter(pk=RawSQL(column, ())).values("pk").query.sql_with_params()
            return sql, tuple(params)

    return index.find(text, limit=limit, offset=start, within=within), False, None


def lines_one_by_one(user: User, persons: Sequence[int]) -> Iterator[CaseLine]:
    """Lines of `persons`, for a file; who writes it notes it (`noting.leaving`)."""
    for at in range(0, len(persons), EXPORT_PAGE):
        yield from lines_unnoted(user, persons[at : at + EXPORT_PAGE])


def _sees_all(user: User) -> bool:
    return scope(user) is None


def _few(user: User) -> list[int] | None:
    """Everybody in the user's regions, where they are few: the order of the whole register is then no way to
    find them. None where they are many, or where regions do not decide."""
    near = in_regions(user)
    if near is None:
        return None
    found = list(near.values_list("person_id", flat=True)[: FEW + 1])
    return found if len(found) <= FEW else None


def _total(user: User, cards: QuerySet[CaseCard], filters: Filters) -> int:
    """How many cases these are; a coordinator's whole list out of the index of regions alone."""
    near = in_regions(user)
    if filters or near is None:
        return cards.count()
    people = near.values("person").distinct()
    return people.count() - people.filter(person__in=Erased.objects.values("person")).count()


def _exact(text: str) -> list[int]:
    """Persons with that document number or that code, if `text` looks like one."""
    if _DOCUMENT.match(text):
        return list(
            DocumentDigest.objects.filter(digest=document_digest(text)).values_list("person_id", flat=True)
        )
    try:
        return list(Person.objects.filter(code=normalise(text)).values_list("pk", flat=True))
    except InputRefused:
        return []


@within_reach
def lines_of(user: User, persons: Sequence[int], where: str = "list") -> tuple[CaseLine, ...]:
    """Lines of `persons` (already the user's to see), in that order; noted in the trail, as a list of that
    page."""
    noting.listed(user, persons, where)
    return lines_unnoted(user, persons)


@within_reach
def lines_unnoted(user: User, persons: Sequence[int]) -> tuple[CaseLine, ...]:
    """The same for who notes by another deed that they are shown."""
    cards = {card.pk: card for card in CaseCard.objects.filter(pk__in=persons).select_related("person")}
    names = names_unnoted(user, persons)
    keys: dict[int, list[tuple[str, str]]] = {}
    for person, scheme, value in ExternalKey.objects.filter(person__in=persons).values_list(
        "person_id", "scheme", "value"
    ):
        keys.setdefault(person, []).append((scheme, value))
    return tuple(
        CaseLine(
            pk=pk,
            code=card.person.code,
            name=names.get(pk, ""),
            custody=card.custody,
            reported_custody=card.reported_custody,
            case_state=card.case_state,
            state=card.state,
            place=card.place,
            profile=card.profile,
            since=date.fromordinal(card.open_since) if card.open_since > 0 else None,
            pending=card.pending,
            updated=moment(card.updated).isoformat(),
            external_ids=tuple(sorted(keys.get(pk, ()))),
        )
        for pk in persons
        if (card := cards.get(pk)) is not None
    )
