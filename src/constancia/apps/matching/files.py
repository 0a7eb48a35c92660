"""The lists of a linkage that are files, read by a mapping. No register is needed for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from constancia.domain.errors import InputRefused
from constancia.domain.mapping import Planner, fitted
from constancia.domain.mapping import load as load_import
from constancia.domain.mapping.language import FileSpec
from constancia.domain.mapping.plans import PlannedCase, PlannedFact
from constancia.domain.matching.linking import people, reading
from constancia.domain.matching.linking.loading import load, of_an_import
from constancia.domain.matching.linking.records import People, Record
from constancia.infra.tables import OpenTable, open_table


@dataclass(frozen=True, slots=True)
class Listed:
    """A file to be linked, and the TOML of its mapping: of this language, or one for imports."""

    path: Path
    mapping: str


def of_file(listed: Listed, truth: str = "") -> People:
    """The people of a file. `truth`: a column that says who is who.

    Raises TableRefused, MappingRefused, InputRefused (`linking.empty`, `linking.id_twice`,
    `linking.not_free`: two rows of a list that is said to hold nobody twice are alike in everything).
    """
    if of_an_import(listed.mapping):
        return _of_import(listed)
    mapping = load(listed.mapping)
    table = _opened(listed.path, mapping.file)
    found = reading.read(mapping, table.header, table.rows(), truth=truth)
    if found.duplicate_free:
        _refuse_alike(found)
    return found


def shipped() -> dict[str, str]:
    """The linking mappings that come with the program: name → TOML."""
    folder = resources.files("constancia.apps.matching") / "mappings"
    entries = sorted(folder.iterdir(), key=lambda file: file.name)
    return {
        file.name.removesuffix(".toml"): file.read_text(encoding="utf-8")
        for file in entries
        if file.name.endswith(".toml")
    }


def _of_import(listed: Listed) -> People:
    """Rows of one identifier are one person, as they would be in an import."""
    mapping = load_import(listed.mapping)
    table = _opened(listed.path, mapping.file)
    planner: Planner = fitted(mapping, table.header, table.epoch)
    facts: dict[str, list[PlannedFact]] = defaultdict(list)
    first: dict[str, int] = {}
    unread: Counter[str] = Counter()
    for planned in planner.plan(table.rows()):
        if not isinstance(planned, PlannedCase):
            unread[planned.code] += 1
            continue
        key = planned.person or f"\u001f{planned.row}"
        first.setdefault(key, planned.row)
        facts[key] += planned.facts
    records = [
        people.record_of(first[key], "" if key.startswith("\u001f") else key, said)
        for key, said in facts.items()
    ]
    if not records:
        raise InputRefused("linking.empty")
    return People(
        mapping.title or mapping.source.label, records, people.FIELDS, False, people.SAYS, dict(unread)
    )


def _refuse_alike(found: People) -> None:
    seen: dict[tuple[object, ...], Record] = {}
    for record in found.records:
        key = tuple(sorted(record.values.items()))
        if len(key) >= 3 and key in seen:
            raise InputRefused("linking.not_free", row=record.row, other=seen[key].row)
        seen[key] = record


def _opened(path: Path, file: FileSpec) -> OpenTable:
    return open_table(
        path,
        sheet=file.sheet,
        header_row=file.header_row,
        delimiter=file.delimiter,
        encoding=file.encoding,
    )
