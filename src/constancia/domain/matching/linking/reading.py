"""The rows of a list as records, by its linking mapping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from constancia.domain.dates import ImpreciseDate
from constancia.domain.errors import InputRefused, MappingRefused
from constancia.domain.mapping.cells import Row
from constancia.domain.mapping.columns import CellFault, Columns, View
from constancia.domain.mapping.conditions import compile_condition, folded
from constancia.domain.mapping.language import WhenSpec
from constancia.domain.mapping.moments import Moment, compile_moment
from constancia.domain.mapping.patterns import Pattern
from constancia.domain.matching.linking.language import DATES, As, FieldSpec, LinkMapping
from constancia.domain.matching.linking.preparing import born_of_digits, prepared, whole_name
from constancia.domain.matching.linking.records import Days, People, Record, Value
from constancia.domain.names import clean_written
from constancia.domain.vocabulary.terms import Custody

_JOINT = "\u001f"
_CUSTODIES = frozenset(state.value for state in Custody)


@dataclass(frozen=True, slots=True)
class _Field:
    spec: FieldSpec
    columns: tuple[int, ...]
    moment: Moment | None
    regex: Pattern | None
    values: Mapping[str, str]
    order: str | None = None

    def said(self, view: View) -> str | ImpreciseDate:
        """Raises CellFault."""
        if self.moment is not None:
            return self.moment.of(view)
        text = " ".join(part for column in self.columns if (part := view.text(column)))
        if text and self.regex is not None:
            text = self.regex.first(text) or ""
        if text and self.values:
            text = self.values.get(folded(text), text)
        try:
            return clean_written(text)
        except InputRefused as error:
            raise CellFault(error.code, self.columns[0], **error.params) from None

    def parts(self, view: View) -> dict[str, Value]:
        """What can be compared of a birth date that cannot be."""
        try:
            texts = [view.text(column) for column in (self.moment.cells if self.moment else ())]
        except CellFault:
            return {}
        return born_of_digits("-".join(texts), "ymd" if self.spec.year else self.order)


def read(
    mapping: LinkMapping, header: Sequence[str], rows: Iterable[Row], *, truth: str = "", title: str = ""
) -> People:
    """The list. `truth`: a column that says who is who, in place of the mapping's.

    A cell that cannot be read is left out of the comparison and counted (`unread`). Raises MappingRefused
    (`mapping.column_missing`, `mapping.column_twice`, and those of conditions and dates), InputRefused
    `linking.empty`, `linking.id_twice` (rows).
    """
    columns = Columns(tuple(header))
    fields = [
        _compiled(spec, mapping, columns, f"field {n}") for n, spec in enumerate(mapping.field, start=1)
    ]
    ids = [columns.index(name, "id") for name in mapping.id]
    down = tuple(columns.index(name, "file › fill_down") for name in mapping.file.fill_down)
    skip = compile_condition(mapping.file.skip, columns, {}, "file › skip") if mapping.file.skip else None
    known = (
        FieldSpec.model_validate({"as": "code", "name": "identity", "column": truth})
        if truth
        else mapping.truth
    )
    true = _compiled(known, mapping, columns, "truth") if known else None
    empty = frozenset(mapping.file.empty)
    above: dict[int, tuple[str, object, str]] = {}
    records: list[Record] = []
    unread: Counter[str] = Counter()
    for row in rows:
        view = View(row, len(columns.header), empty)
        if down:
            view.fill_down(down, above)  # type: ignore[arg-type]
        if skip is not None and skip.holds(view):
            continue
        records.append(_record(view, fields, ids, true, unread))
    _refuse_twice(records)
    if not records:
        raise InputRefused("linking.empty")
    says = frozenset(one.spec.key for one in fields) & {"day", "released", "custody"}
    kinds = {one.spec.key: one.spec.as_.value for one in fields}
    return People(
        title or mapping.title,
        records,
        kinds,
        mapping.duplicate_free,
        says,
        {code: count for code, count in unread.items() if count},
    )


def _compiled(spec: FieldSpec, mapping: LinkMapping, columns: Columns, place: str) -> _Field:
    moment: Moment | None = None
    found: tuple[int, ...] = ()
    if spec.as_ in DATES:
        if spec.columns or spec.values:
            raise MappingRefused("mapping.key", place=place, why="a date is one column, or its parts")
        given = {"column": spec.column, "regex": spec.regex} if spec.column else None
        when = WhenSpec.model_validate(given or {"year": spec.year, "month": spec.month, "day": spec.day})
        moment = compile_moment(when, columns, {}, mapping.dates, place)
    else:
        found = tuple(columns.index(name, place) for name in ([spec.column] if spec.column else spec.columns))
    regex = Pattern(spec.regex, place, columns.patience) if spec.regex and moment is None else None
    return _Field(
        spec,
        found,
        moment,
        regex,
        {folded(said): into for said, into in spec.values.items()},
        mapping.dates.order,
    )


def _record(
    view: View, fields: Sequence[_Field], ids: Sequence[int], true: _Field | None, unread: Counter[str]
) -> Record:
    values: dict[str, Value] = {}
    written: dict[str, str] = {}
    days: dict[As, Days] = {}
    custody = ""
    for one in fields:
        try:
            said = one.said(view)
        except CellFault as fault:
            unread[fault.code] += 1
            values |= one.parts(view) if one.spec.as_ is As.BORN else {}
            continue
        if isinstance(said, ImpreciseDate):
            written[one.spec.key] = said.edtf or said.words
            if said.earliest is not None or said.latest is not None:
                days[one.spec.as_] = tuple(day and day.toordinal() for day in (said.earliest, said.latest))  # type: ignore[assignment]
            if one.spec.as_ is As.RELEASED:
                continue
        else:
            written[one.spec.key] = said
            if one.spec.as_ is As.CUSTODY:
                unread["linking.custody"] += bool(said) and said not in _CUSTODIES
                custody = said if said in _CUSTODIES else ""
                continue
        values |= prepared(one.spec.as_, one.spec.key, said)
    if "name" not in values:
        values |= whole_name(values)
    truth = str(true.said(view)) if true else ""
    return Record(
        view.number,
        _JOINT.join(view.text(column) for column in ids).strip(_JOINT).replace(_JOINT, " "),
        values,
        written,
        truth,
        days.get(As.DAY),
        days.get(As.RELEASED),
        custody,
    )


def _refuse_twice(records: Sequence[Record]) -> None:
    seen: dict[str, int] = {}
    for record in records:
        if record.id and record.id in seen:
            raise InputRefused("linking.id_twice", row=record.row, other=seen[record.id])
        seen[record.id] = record.row
