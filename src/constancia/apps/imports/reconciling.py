"""Planned rows against the register: who is there already, what of a row is new.

The same road serves the preview and the commit, so that the second does what the first showed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice

from constancia.apps.imports.standing import Standing
from constancia.apps.register import histories
from constancia.apps.register.liveness import standing
from constancia.apps.register.models import ExternalKey, Fact, ImportBatch, ImportRow, Person
from constancia.domain.errors import FactRefused
from constancia.domain.facts.record import Fact as RecordedFact
from constancia.domain.facts.record import History
from constancia.domain.mapping import PlannedCase, PlannedFact, Refusal
from constancia.infra import unlocked
from constancia.infra.bulk import in_pieces

_AT_ONCE = 500


class Status(StrEnum):
    """What a row is to the register."""

    NEW = "new"  # a person not there yet
    MORE = "more"  # something new of a person already there
    KNOWN = "known"  # nothing new


@dataclass(frozen=True, slots=True)
class Step:
    """What one row will do. `person` is None for one not in the register yet; rows about the same new
    person share a `key`. `facts`: each with its slot (see `standing`; None for the person)."""

    case: PlannedCase
    status: Status
    key: str
    person: Person | None
    facts: tuple[tuple[PlannedFact, int | None], ...]
    digest: str
    again: bool
    """Whether other rows of the file are about the same person."""


class Reconciler:
    """`scheme` and `mapping` (its text) as in `Opened`; `counts`: rows of the file about each person."""

    def __init__(self, scheme: str, mapping: str, counts: Counter[str], today: date) -> None:
        self._scheme = scheme
        self._mapping = mapping
        self._counts = counts
        self._today = today
        self._withdrawn = withdrawn_batches()
        self._same_mapping = frozenset(
            ImportBatch.objects.filter(mapping=mapping).values_list("pk", flat=True)
        )
        self._first: dict[bytes, int] = {}
        self._again: dict[str, Standing] = {}

    def steps(self, planned: Iterable[PlannedCase | Refusal]) -> Iterator[Step | Refusal]:
        """Lazily, in the order of the rows. Rows that repeat an earlier row of the file are refused."""
        source = iter(planned)
        while piece := list(islice(source, _AT_ONCE)):
            yield from self._piece(piece)

    def _piece(self, piece: Sequence[PlannedCase | Refusal]) -> Iterator[Step | Refusal]:
        cases = [found for found in piece if isinstance(found, PlannedCase)]
        digests = {case.row: self._digest(case) for case in cases}
        seen = self._rows(list(digests.values()))
        keyed = self._people([case for case in cases if case.external_id is not None])
        owners: dict[int, int] = {}
        for case in cases:
            row = seen.get(digests[case.row])
            owner = keyed.get(case.person) if case.person else row[0] if row else None
            if owner is not None and not (row and row[1]):
                owners[case.row] = owner
        people = {person.pk: person for person in self._persons(set(owners.values()) | _owners(seen))}
        standings = self._standings(set(owners.values()))
        for found in piece:
            if isinstance(found, Refusal):
                yield found
                continue
            digest = digests[found.row]
            first = self._first.setdefault(bytes.fromhex(digest), found.row)
            row = seen.get(digest)
            if first != found.row:
                yield Refusal(found.row, "", "import.row_repeated", {"first": first})
            elif row and row[1]:
                yield Step(found, Status.KNOWN, found.person, people.get(row[0]), (), digest, again=False)
            else:
                owner = owners.get(found.row)
                known = people.get(owner) if owner is not None else None
                yield from self._step(
                    found, digest, known, standings.get(owner) if owner is not None else None
                )

    def _step(
        self, case: PlannedCase, digest: str, person: Person | None, standing: Standing | None
    ) -> Iterator[Step | Refusal]:
        again = bool(case.person) and self._counts[case.person] > 1
        if again:
            standing = self._again.setdefault(case.person, standing or Standing())
        if standing is None:
            # A new person of one row: the plan has checked everything already.
            slots = {key: -number for number, key in enumerate(case.detentions, start=1)}
            facts = tuple((fact, slots.get(fact.detention)) for fact in case.facts)
            yield Step(case, Status.NEW, case.person, None, facts, digest, again=False)
            return
        began = person is None and not standing.said
        standing.match(case, alone=not again)
        new: list[tuple[PlannedFact, int | None]] = []
        for fact in case.facts:
            try:
                slot = standing.take(fact, self._today)
            except FactRefused as error:
                yield Refusal(case.row, "", error.code, error.params, False, fact.spec)
                continue
            if slot is not False:
                new.append((fact, slot))
        status = Status.NEW if began else Status.MORE if new else Status.KNOWN
        yield Step(case, status, case.person, person, tuple(new), digest, again)

    def _digest(self, case: PlannedCase) -> str:
        written = json.dumps([self._scheme, sorted(case.original.items())], ensure_ascii=False)
        return unlocked.codec().blind("import_row", written)

    def _rows(self, digests: list[str]) -> dict[str, tuple[int, bool]]:
        """Digest → (person, whether it came in through this very mapping), from imports not withdrawn."""
        found: dict[str, tuple[int, bool]] = {}
        for piece in in_pieces(digests):
            rows = (
                ImportRow.objects.filter(digest__in=piece).exclude(batch__in=self._withdrawn).order_by("pk")
            )
            for digest, person, batch in rows.values_list("digest", "person_id", "batch_id"):
                same = batch in self._same_mapping or (digest in found and found[digest][1])
                found[digest] = (found[digest][0] if digest in found else person, same)
        return found

    def _people(self, cases: Sequence[PlannedCase]) -> dict[str, int]:
        """Identifier → person."""
        found: dict[str, int] = {}
        if cases:
            scheme = cases[0].external_id[0] if cases[0].external_id else ""
            values = sorted({case.person for case in cases})
            for piece in in_pieces(values):
                keys = ExternalKey.objects.filter(scheme=scheme, value__in=piece).order_by("-person_id")
                found.update(keys.values_list("value", "person_id"))
        return found

    @staticmethod
    def _persons(numbers: set[int]) -> list[Person]:
        return [p for piece in in_pieces(sorted(numbers)) for p in Person.objects.filter(pk__in=piece)]

    def _standings(self, people: set[int]) -> dict[int, Standing]:
        loaded = histories.load(sorted(people), {}, unsealed=histories.PERSONAL_KINDS)
        return {history.person: Standing.of(self._counted(history)) for history in loaded}

    def _counted(self, history: History) -> list[RecordedFact]:
        return [fact for fact in history.facts if fact.batch not in self._withdrawn]


def _owners(seen: dict[str, tuple[int, bool]]) -> set[int]:
    return {person for person, same in seen.values() if same}


def withdrawn_batches() -> frozenset[int]:
    """Imports of which nothing stands any more."""
    numbers = ImportBatch.objects.values_list("pk", flat=True)
    return frozenset(number for number in numbers if not standing(Fact.objects.filter(batch=number)).exists())
