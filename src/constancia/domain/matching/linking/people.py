"""What facts say of a person, as it is compared: for the register's people and for lists read by a mapping
for imports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from constancia.domain.dates import ImpreciseDate
from constancia.domain.dates.edtf import parse
from constancia.domain.errors import DateRefused
from constancia.domain.matching.linking.language import As
from constancia.domain.matching.linking.preparing import prepared, whole_name
from constancia.domain.matching.linking.records import Days, Record, Value

FIELDS: Mapping[str, str] = {
    kind.value: kind.value
    for kind in (As.NAME, As.GIVEN, As.SURNAMES, As.BORN, As.DOCUMENT, As.SEX, As.STATE, As.PLACE, As.DAY)
}
"""What facts can say, as fields of a list."""
SAYS = frozenset({"day", "released"})
_BEGINS = frozenset({"arrest", "disappearance"})
_ENDS = frozenset({"release", "death_in_custody", "escape"})


class Said(Protocol):
    """A fact, recorded or planned."""

    @property
    def kind(self) -> str: ...

    @property
    def fields(self) -> Mapping[str, Any]: ...

    @property
    def when(self) -> ImpreciseDate: ...


def record_of(row: int, own_id: str, facts: Iterable[Said]) -> Record:
    """`facts`: those that stand, the older first. Of several names, dates and places the last counts, of
    several detentions the last one's."""
    values: dict[str, Value] = {}
    written: dict[str, str] = {}
    entered: Days | None = None
    left: Days | None = None
    for fact in facts:
        if fact.kind in _BEGINS:
            for key in ("day", "place", "state"):
                values.pop(key, None)
            entered, left = _days(fact.when), None
            _say(values, written, As.DAY, fact.when)
            _say(values, written, As.STATE, fact.fields.get("state") or "")
            _say(values, written, As.PLACE, fact.fields.get("held_at") or "")
        elif fact.kind in _ENDS:
            left = _days(fact.when) or (None, None)
        elif fact.fields:
            _person(values, written, fact)
    if "name" not in values:
        values |= whole_name(values)
    return Record(row, own_id, values, written, entered=entered, left=left)


def _person(values: dict[str, Value], written: dict[str, str], fact: Said) -> None:
    fields = fact.fields
    if fact.kind == "name":
        for kind, key in ((As.NAME, "full"), (As.GIVEN, "given"), (As.SURNAMES, "surnames")):
            for column in (kind.value, f"{kind.value}_words"):
                values.pop(column, None)
            _say(values, written, kind, fields.get(key) or "")
    elif fact.kind == "identity_document":
        _say(values, written, As.DOCUMENT, fields["number"])
    elif fact.kind == "sex":
        _say(values, written, As.SEX, fields["value"])
    elif fact.kind == "birth":
        try:
            _say(values, written, As.BORN, parse(fields["born"]))
        except DateRefused:
            return


def _say(values: dict[str, Value], written: dict[str, str], kind: As, said: str | ImpreciseDate) -> None:
    found = prepared(kind, kind.value, said)
    if found:
        values |= found
        written[kind.value] = said.edtf if isinstance(said, ImpreciseDate) else str(said)


def _days(when: ImpreciseDate) -> Days | None:
    if when.earliest is None and when.latest is None:
        return None
    first, last = (day.toordinal() if day else None for day in (when.earliest, when.latest))
    return first, last
