"""People of a file who may be the same as another of the file, or as one in the register.

By what a list can tell: the same document number, or all words of the name whatever their order, accents
and look-alike letters aside: what can be said of many thousand rows while one waits. Whether they are one
person is for a person to judge. Likeness of names is compared once they are in the register, by
`domain.matching`: in the queue of duplicates (`apps/matching/duplicates`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from constancia.apps.accounts.models import User
from constancia.apps.imports.reconciling import Step
from constancia.apps.register import search
from constancia.apps.register.access import visible
from constancia.apps.register.deriving import document_digest
from constancia.apps.register.models import CaseCard, DocumentDigest
from constancia.domain.facts.kinds import KINDS, Part
from constancia.domain.names import match_key
from constancia.infra.bulk import in_pieces

_MOST_PER_ROW = 5


class Likeness(StrEnum):
    DOCUMENT = "document"  # the same document number
    NAME_AND_DATE = "name_and_date"  # the same name, held since the same day
    NAME = "name"  # the same name


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Row `row` may be the person of row `other_row` of the file (0: none), or of case `code` ("": none)."""

    row: int
    likeness: Likeness
    other_row: int = 0
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Seen:
    row: int
    key: str
    name: str
    day: date | None
    documents: tuple[str, ...]


class DuplicateFinder:
    """Takes the new people of a file, then says whom they are like. `user`: only cases they may see count."""

    def __init__(self, user: User) -> None:
        self._user = user
        self._people: list[_Seen] = []

    def add(self, step: Step) -> None:
        name, day, documents = "", None, []
        for fact, _ in step.facts:
            if fact.kind == "name" and not name:
                name = match_key(fact.fields.get("full", ""))
            elif fact.kind == "identity_document":
                documents.append(document_digest(fact.fields["number"]))
            elif day is None and KINDS[fact.kind].part is Part.ENTRY:
                day = fact.when.day
        self._people.append(_Seen(step.case.row, step.key, name, day, tuple(documents)))

    def found(self) -> Iterator[Duplicate]:
        """Inside the file first, then against the register."""
        yield from self._inside()
        yield from self._outside()

    def _inside(self) -> Iterator[Duplicate]:
        names: dict[str, list[_Seen]] = defaultdict(list)
        documents: dict[str, list[_Seen]] = defaultdict(list)
        for seen in self._people:
            told: set[int] = set()
            for digest in seen.documents:
                for other in documents[digest][:_MOST_PER_ROW]:
                    told.add(other.row)
                    yield Duplicate(seen.row, Likeness.DOCUMENT, other.row)
                documents[digest].append(seen)
            if not _tellable(seen.name):
                continue
            for other in names[seen.name][:_MOST_PER_ROW]:
                if other.row not in told:
                    yield Duplicate(seen.row, _likeness(seen.day, other.day), other.row)
            names[seen.name].append(seen)

    def _outside(self) -> Iterator[Duplicate]:
        if not self._people:
            return
        by_document = self._by_document()
        index = _NameIndex()
        matches: list[tuple[_Seen, int, Likeness | None]] = []
        for seen in self._people:
            told = {person for digest in seen.documents for person in by_document.get(digest, ())}
            matches.extend((seen, person, Likeness.DOCUMENT) for person in sorted(told))
            if _tellable(seen.name):
                others = sorted(index.holding(seen.name.split()) - told)[:_MOST_PER_ROW]
                matches.extend((seen, person, None) for person in others)
        people = sorted({person for _, person, _ in matches})
        codes, days = self._cases(people)
        for seen, person, likeness in matches:
            if person in codes:
                yield Duplicate(seen.row, likeness or _likeness(seen.day, days.get(person)), 0, codes[person])

    def _by_document(self) -> dict[str, list[int]]:
        wanted = sorted({digest for seen in self._people for digest in seen.documents})
        found: dict[str, list[int]] = defaultdict(list)
        for piece in in_pieces(wanted):
            rows = DocumentDigest.objects.filter(digest__in=piece).values_list("digest", "person_id")
            for digest, person in rows:
                found[digest].append(person)
        return found

    def _cases(self, people: list[int]) -> tuple[dict[int, str], dict[int, date]]:
        codes: dict[int, str] = {}
        days: dict[int, date] = {}
        allowed = visible(self._user)
        for piece in in_pieces(people):
            codes.update(allowed.filter(pk__in=piece).values_list("pk", "code"))
            for pk, since in CaseCard.objects.filter(pk__in=piece).values_list("pk", "open_since"):
                if since > 0:
                    days[pk] = date.fromordinal(since)
        return codes, days


class _NameIndex:
    """Folded word → people of the register in whose names it stands."""

    def __init__(self) -> None:
        self._people: dict[str, set[int]] = defaultdict(set)
        for person, (names, _) in search.stored().items():
            for word in names.split():
                self._people[word].add(person)

    def holding(self, words: list[str]) -> set[int]:
        """Those whose names hold every word."""
        sets = sorted((self._people.get(word, set()) for word in words), key=len)
        return set.intersection(*sets) if sets and sets[0] else set()


def _tellable(name: str) -> bool:
    """A single word says too little to suspect anything."""
    return " " in name


def _likeness(one: date | None, other: date | None) -> Likeness:
    return Likeness.NAME_AND_DATE if one is not None and one == other else Likeness.NAME
