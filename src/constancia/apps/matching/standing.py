"""Where the entries of a list stand: the judgement on each, and what is recorded from it now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from constancia.apps.matching.models import EntryDecision, NameList, Taken
from constancia.domain.matching.judging import Judgement, Said, judge
from constancia.domain.vocabulary.terms import EntryVerdict
from constancia.infra.bulk import in_pieces

UNSEEN = Judgement()


@dataclass(frozen=True, slots=True)
class Standing:
    """`judgements` and `taken` by the entry's primary key; absent: nobody has looked, nothing is recorded."""

    judgements: Mapping[int, Judgement]
    taken: Mapping[int, Sequence[Taken]]

    def judgement(self, entry: int) -> Judgement:
        return self.judgements.get(entry, UNSEEN)


def standing_of_list(of_list: NameList) -> Standing:
    """Every entry of the list on which there is anything."""
    decisions = EntryDecision.objects.filter(entry__of_list=of_list)
    return Standing(
        _judged(decisions.order_by("pk").values_list("entry_id", "pk", "verdict", "person_id")),
        _taken(Taken.objects.filter(entry__of_list=of_list, undone__isnull=True).order_by("pk")),
    )


def standing_of(entries: Iterable[int]) -> Standing:
    """The same for these entries alone."""
    asked = sorted(set(entries))
    rows: list[tuple[int, int, str, int | None]] = []
    taken: list[Taken] = []
    for piece in in_pieces(asked):
        rows += EntryDecision.objects.filter(entry__in=piece).values_list(
            "entry_id", "pk", "verdict", "person_id"
        )
        taken += Taken.objects.filter(entry__in=piece, undone__isnull=True)
    rows.sort(key=lambda row: row[1])
    return Standing(_judged(rows), _taken(sorted(taken, key=lambda one: one.pk)))


def _judged(rows: Iterable[tuple[int, int, str, int | None]]) -> dict[int, Judgement]:
    said: dict[int, list[Said]] = {}
    for entry, number, verdict, person in rows:
        said.setdefault(entry, []).append(Said(number, EntryVerdict(verdict), person))
    return {entry: judge(many) for entry, many in said.items()}


def _taken(rows: Iterable[Taken]) -> dict[int, list[Taken]]:
    found: dict[int, list[Taken]] = {}
    for one in rows:
        found.setdefault(one.entry_id, []).append(one)
    return found
