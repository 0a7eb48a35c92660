"""From rows to what they record: lazily, one row after another, everything refused with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from constancia.domain.dates import UNKNOWN
from constancia.domain.errors import FactRefused, MappingRefused
from constancia.domain.facts import record
from constancia.domain.facts.kinds import KINDS, Part, validated
from constancia.domain.mapping.cells import Cell, Row, letter, text
from constancia.domain.mapping.columns import BrokenDate, CellFault, Columns, View, clean
from constancia.domain.mapping.compiling import FactPlan, Reading, compile_mapping
from constancia.domain.mapping.language import Mapping
from constancia.domain.mapping.plans import PlannedCase, PlannedFact, Refusal
from constancia.domain.timeline.validity import refuse_if_impossible
from constancia.domain.vocabulary.terms import SourceKind

_REMEMBERED = 50_000
_JOINT = " / "
_SOMEBODY = record.Source(0, SourceKind.DOCUMENT)
_SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)


class Planner:
    """A mapping fitted to one table.

    `header`: its column names; `today`: the day after which nothing can have happened (None: not checked).
    Raises MappingRefused where the mapping does not fit the header.
    """

    def __init__(self, mapping: Mapping, header: tuple[str, ...], *, today: date | None = None) -> None:
        self.mapping = mapping
        self.columns = Columns(header)
        self._plan = compile_mapping(mapping, self.columns)
        self.today = today or date.max
        self._checked: dict[tuple[Any, ...], dict[str, Any]] = {}

    @property
    def unused(self) -> tuple[str, ...]:
        """The columns that the mapping does not read; they are kept with the row all the same."""
        width = range(len(self.columns.header))
        return tuple(self.columns.name(at) for at in width if at not in self.columns.used)

    def plan(self, rows: Iterable[Row]) -> Iterator[PlannedCase | Refusal]:
        """For each row its refusals, then the case unless the row was refused as a whole."""
        for view in self._views(rows):
            yield from self._row(view)

    def person_keys(self, rows: Iterable[Row]) -> Iterator[str]:
        """The person's key of each row that has one; quicker than planning."""
        if not self._plan.id_columns:
            return
        for view in self._views(rows):
            parts = [" ".join(view.texts[at].split()) for at in self._plan.id_columns]
            if all(parts):
                yield _JOINT.join(parts)

    def _views(self, rows: Iterable[Row]) -> Iterator[View]:
        width = len(self.columns.header)
        above: dict[int, tuple[str, Cell, str]] = {}
        for row in rows:
            view = View(row, width, self._plan.empty)
            if self._plan.fill_down:
                view.fill_down(self._plan.fill_down, above)
            yield view

    def _row(self, view: View) -> Iterator[PlannedCase | Refusal]:
        row = view.row
        try:
            for at in range(len(self.columns.header), len(row.cells)):
                if row.cells[at] not in (None, ""):
                    raise CellFault("table.row_too_long", at)
            if self._plan.skip is not None and self._plan.skip.holds(view):
                yield Refusal(row.number, "", "mapping.row_skipped")
                return
            external = self._external_id(view)
            keys = self._keys(view, external)
            region = self._plan.region.of(view) if self._plan.region else None
            known = self._known(view)
            source = self._plan.source.of(view)
        except CellFault as fault:
            yield self._refusal(row.number, fault, whole_row=True)
            return
        work = _RowWork(self, view, keys)
        work.run()
        yield from work.refusals
        if work.refused:
            return
        facts = work.facts
        if external is not None:
            fields = {"scheme": external[0], "value": external[1]}
            facts.insert(0, PlannedFact("external_id", "", UNKNOWN, fields, 0))
        if self.mapping.person.consent is not None:
            facts.append(
                PlannedFact("consent", "", UNKNOWN, {"tier_given": self.mapping.person.consent.value}, 0)
            )
        if not work.facts_found:
            if not work.refusals:
                yield Refusal(row.number, "", "mapping.nothing")
            return
        detentions = tuple(dict.fromkeys(fact.detention for fact in facts if fact.detention))
        yield PlannedCase(
            row.number,
            keys[0],
            external,
            str(region or ""),
            known,
            tuple(facts),
            detentions,
            self._original(row),
            source,
        )

    def _external_id(self, view: View) -> tuple[str, str] | None:
        if not self._plan.id_columns:
            return None
        parts = [clean(view.text(column), column, one_line=True) for column in self._plan.id_columns]
        for column, part in zip(self._plan.id_columns, parts, strict=True):
            if not part:
                raise CellFault("mapping.id_missing", column)
        value = _JOINT.join(parts)
        if len(value) > 200:
            raise CellFault("mapping.id_too_long", self._plan.id_columns[0])
        return self.mapping.person.scheme, value

    def _keys(self, view: View, external: tuple[str, str] | None) -> tuple[str, str]:
        """The person's key ("" if the row stands for itself) and the stem of its detentions' keys."""
        person = external[1] if external else ""
        rule = self.mapping.detention
        if rule.id:
            parts = [view.text(column) for column in self._plan.detention_columns]
            return person, _JOINT.join([person, *parts])
        if rule.rows == "one" and person:
            return person, person
        return person, f"{person}{_JOINT}{view.number}"

    def _known(self, view: View) -> date | None:
        if self._plan.known is None:
            return None
        found = self._plan.known.of(view)
        if not found.edtf:
            return None
        column = self._plan.known.cells[0] if self._plan.known.cells else -1
        if found.latest is None:
            raise CellFault("mapping.known_open", column)
        if found.earliest is not None and found.earliest > self.today:
            raise CellFault("mapping.known_later", column)
        return min(found.latest, self.today)  # "known since this year" is known by now

    def _original(self, row: Row) -> dict[str, str]:
        header = self.columns.header
        return {
            (header[at] if at < len(header) and header[at] else letter(at)): text(cell)
            for at, cell in enumerate(row.cells)
            if cell is not None and cell != ""
        }

    def _refusal(self, number: int, fault: CellFault, *, whole_row: bool, spec: int = 0) -> Refusal:
        return Refusal(number, self.columns.name(fault.column), fault.code, fault.params, whole_row, spec)

    def validated(self, kind: str, fields: dict[str, Any]) -> dict[str, Any]:
        """As facts.kinds.validated, remembering what it has seen."""
        key = (kind, *((name, tuple(v) if isinstance(v, list) else v) for name, v in fields.items()))
        found = self._checked.get(key)
        if found is None:
            found = validated(kind, fields)
            if len(self._checked) >= _REMEMBERED:
                self._checked.clear()
            self._checked[key] = found
        return found

    def checks(self, view: View) -> tuple[list[Refusal], set[str]]:
        """Refusals of the [[check]]s that a row fails, and the names of the dates that fall with them."""
        refusals: list[Refusal] = []
        broken: set[str] = set()
        for check in self._plan.checks:
            try:
                first, last = check.earlier.of(view), check.later.of(view)
            except CellFault:
                continue  # a date that cannot be read is reported by the fact that needs it
            if first.earliest and last.latest and last.latest < first.earliest:
                column = check.later.cells[0] if check.later.cells else -1
                fault = CellFault("mapping.ends_before_start", column)
                refusals.append(self._refusal(view.number, fault, whole_row=False))
                broken.add(check.name)
        return refusals, broken

    @property
    def fact_plans(self) -> tuple[FactPlan, ...]:
        return self._plan.facts


class _RowWork:
    """What one row gives: facts and refusals."""

    def __init__(self, planner: Planner, view: View, keys: tuple[str, str]) -> None:
        self.planner = planner
        self.view = view
        self.stem = keys[1]
        self.facts: list[PlannedFact] = []
        self.refusals: list[Refusal] = []
        self.refused = False
        self.facts_found = False
        self.recorded: list[record.Fact] = []
        self.detentions: dict[str, int] = {}

    def run(self) -> None:
        refusals, self.view.broken = self.planner.checks(self.view)
        self.refusals.extend(refusals)
        for plan in self.planner.fact_plans:
            try:
                self._fact(plan)
            except CellFault as fault:
                self._refuse(plan, fault)
            except BrokenDate:
                continue  # the check has said so
        self.facts_found = bool(self.facts)

    def _refuse(self, plan: FactPlan, fault: CellFault) -> None:
        whole = plan.on_error == "refuse_row"
        self.refused = self.refused or whole
        self.refusals.append(self.planner._refusal(self.view.number, fault, whole_row=whole, spec=plan.spec))

    def _fact(self, plan: FactPlan) -> None:
        view = self.view
        if plan.condition is not None and not plan.condition.holds(view):
            return
        if plan.unless is not None and plan.unless.holds(view):
            return
        reading = plan.reading
        if plan.cases:
            written = view.text(plan.column)
            if not written:
                return
            for case in plan.cases:
                if case.test is None or case.test.passes(written):
                    reading = case.reading
                    break
            else:
                raise CellFault("mapping.no_case", plan.column)
        if reading is not None:
            self._read(reading, plan)

    def _read(self, reading: Reading, plan: FactPlan) -> None:
        fields: dict[str, Any] = {}
        found = False
        for name, value in reading.fields:
            made = value.of(self.view)
            if made is not None:
                fields[name] = made
                found = found or bool(value.cells)
        when = reading.when.of(self.view) if reading.when is not None else UNKNOWN
        found = found or bool(when.edtf and reading.when and reading.when.cells)
        if reading.reads and not found and plan.condition is None and not plan.cases:
            return
        if not reading.needs <= fields.keys():
            return
        if missing := reading.required - fields.keys():
            if found and any(
                value.cells for name, value in reading.fields if name not in missing and name in fields
            ):
                raise CellFault(
                    "mapping.field_missing", self._column(reading, min(missing)), field=min(missing)
                )
            return
        try:
            checked = self.planner.validated(reading.kind, fields)
        except FactRefused as error:
            column = self._column(reading, str(error.params.get("field", "")).partition(".")[0])
            raise CellFault(error.code, column, **error.params) from None
        fact = PlannedFact(reading.kind, self._detention(reading, plan), when, checked, plan.spec)
        try:
            self._refuse_impossible(fact)
        except FactRefused as error:
            column = reading.when.cells[0] if reading.when and reading.when.cells else -1
            raise CellFault(error.code, column, **error.params) from None
        self.facts.append(fact)

    def _detention(self, reading: Reading, plan: FactPlan) -> str:
        if reading.about == "person":
            return ""
        return f"{self.stem}{_JOINT}{plan.detention}" if plan.detention else self.stem

    @staticmethod
    def _column(reading: Reading, field: str) -> int:
        return next((value.cells[0] for name, value in reading.fields if name == field and value.cells), -1)

    def _refuse_impossible(self, fact: PlannedFact) -> None:
        """Raises FactRefused where the register would refuse the fact beside the row's others."""
        part = KINDS[fact.kind].part
        if not fact.when.edtf and part not in (Part.ENTRY, Part.MOVE) and fact.kind != "birth":
            return
        as_recorded = record.Fact(
            seq=len(self.recorded) + 1,
            kind=fact.kind,
            person=0,
            detention=self.detentions.setdefault(fact.detention, len(self.detentions)),
            when=fact.when,
            fields=fact.fields,
            source=_SOMEBODY,
            recorder=0,
            known_at=_SOME_TIME,
            witnessed_at=_SOME_TIME,
        )
        refuse_if_impossible(as_recorded, self.recorded, self.planner.today)
        self.recorded.append(as_recorded)


def fitted(
    mapping: Mapping, header: tuple[str, ...], epoch: int | None, *, today: date | None = None
) -> Planner:
    """A Planner, once the epoch that the mapping declares agrees with the workbook's.

    Raises MappingRefused `mapping.epoch`, and what Planner raises.
    """
    declared = mapping.dates.excel_epoch
    if declared is not None and epoch is not None and declared != epoch:
        raise MappingRefused("mapping.epoch", declared=declared, found=epoch)
    return Planner(mapping, header, today=today)
