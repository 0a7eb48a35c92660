"""What stays of somebody who is erased: state versions, made coarse, so that past totals come out the same.

They are cut at the erasure: from then on nothing is known of the person, and no figure counts them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from constancia.apps.register.identity import micros
from constancia.apps.register.models import Detention, Residue, State
from constancia.apps.register.terms import texts
from constancia.domain.timeline.state import OPEN_FUTURE, StateVersion
from constancia.infra.bulk import in_pieces

ALWAYS = frozenset(
    {"custody", "exit_kind", "next_custody", "whereabouts", "recognition", "case_state", "context"}
)
"""Texts that decide whether somebody is counted at all. The others stay only where something published is
divided by them."""
_FIELDS = [field.name for field in fields(StateVersion)]
_TEXTS = frozenset(field.name for field in fields(StateVersion) if field.type == "str")
_COLUMNS = ["detention_id" if name == "detention" else name for name in _FIELDS]


@dataclass(frozen=True, slots=True)
class Coarse:
    """How coarse. `texts`: columns kept beside `ALWAYS`; `days`: ordinals on which ages were published, None
    where no age was."""

    texts: Collection[str] = ()
    days: Collection[int] | None = None

    def of(self, version: StateVersion) -> StateVersion:
        """The version with what is not needed left out."""
        kept = ALWAYS | set(self.texts)
        blank = dict.fromkeys(_TEXTS - kept, "")
        return replace(version, adult_from=self._adult_from(version), **blank)  # type: ignore[arg-type]

    def _adult_from(self, version: StateVersion) -> int:
        """The first day that matters from which on the person counts as an adult: no birthday stays."""
        if version.adult_from <= 0 or self.days is None:
            return min(version.adult_from, 0)
        own = (version.entry_day, version.start_day, version.end_day - 1)
        return min((day for day in {*self.days, *own} if day >= version.adult_from), default=OPEN_FUTURE)


def stored_states(persons: Iterable[int]) -> list[StateVersion]:
    """The state versions of these people's detentions as they are derived now."""
    text, found = texts(), []
    for piece in in_pieces(sorted(detentions_of(persons))):
        for row in State.objects.filter(detention__in=piece).order_by("id").values_list(*_COLUMNS):
            named = zip(_FIELDS, row, strict=True)
            given: dict[str, Any] = {name: text[value] if name in _TEXTS else value for name, value in named}
            found.append(StateVersion(**given))
    return found


def detentions_of(persons: Iterable[int]) -> dict[int, int]:
    """Detention → person, of these people."""
    found: dict[int, int] = {}
    for piece in in_pieces(sorted(set(persons))):
        found.update(Detention.objects.filter(person__in=piece).values_list("pk", "person_id"))
    return found


def keep(
    versions: Sequence[StateVersion],
    whose: Mapping[int, int],
    coarse: Coarse,
    at: datetime,
    until: datetime | None = None,
) -> None:
    """Keep `versions` as residue, known only before `at`. `whose`: detention → person."""
    end = micros(at)
    rows = [
        Residue(
            person_id=whose[one.detention],
            detention_id=one.detention,
            until=until,
            version=asdict(coarse.of(replace(one, known_to=min(one.known_to, end)))),
        )
        for one in versions
        if one.known_from < end
    ]
    Residue.objects.bulk_create(rows)


def states_of(persons: Collection[int], until: datetime | None = None) -> dict[int, list[StateVersion]]:
    """Person → the residue; with `until` that of the edition frozen then, where it differs from the rest."""
    found: dict[int, dict[datetime | None, list[StateVersion]]] = {}
    for piece in in_pieces(sorted(persons)):
        for row in Residue.objects.filter(person__in=piece).order_by("pk"):
            mine = found.setdefault(row.person_id, {})
            mine.setdefault(row.until, []).append(StateVersion(**row.version))
    return {person: mine.get(until, mine.get(None, [])) for person, mine in found.items()}
