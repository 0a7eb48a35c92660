"""Which column of a table says what, by its heading or because a person said so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from constancia.domain.errors import InputRefused
from constancia.domain.mapping.cells import heading, heading_key, index_of, letter
from constancia.domain.matching.reading.words import column_fields
from constancia.domain.names import fold

FIELDS = ("name", "given", "surnames", "document", "age", "born", "sex", "state", "place", "day",
          "occupation", "remarks")  # fmt: skip
"""What a person may say of a column."""
_NAMES = ("name", "given", "surnames")
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Columns:
    """Field → the indexes of its columns, in order. `header`: as written."""

    at: Mapping[str, tuple[int, ...]]
    header: tuple[str, ...] = ()

    def names(self) -> tuple[int, ...]:
        """The columns that together are the name, in the order in which it is written."""
        return (*self.at.get("name", ()), *self.at.get("given", ()), *self.at.get("surnames", ()))


def find_columns(cells: Sequence[str], wanted: Mapping[str, str]) -> Columns | None:
    """The columns, if `cells` are headings; None if they are not.

    `wanted`: field → heading or "@C", as a person declared; what they do not mention is found.
    Raises InputRefused `list.columns_several` where two columns may each be the name of who is listed.
    """
    if any(len(cell) > _LONGEST_HEADING for cell in cells if cell):
        cells = [cell[: _LONGEST_HEADING + 1] for cell in cells]
    known = [column_fields().get(_key(cell), "") for cell in cells]
    header = tuple(heading(cell) for cell in cells)
    chosen = _chosen(header, wanted)
    if not chosen.keys() & set(_NAMES) and not set(known) & {*_NAMES}:
        return None
    if not chosen and sum(map(bool, known)) < 2 and sum(map(bool, cells)) > 1:
        return None
    if chosen and not any(known) and not _names_columns(header, wanted):
        return None
    found: dict[str, list[int]] = {}
    for index, what in enumerate(known):
        if what and what not in chosen and not any(index in places for places in chosen.values()):
            found.setdefault(what, []).append(index)
    if chosen.keys() & set(_NAMES):
        found = {what: places for what, places in found.items() if what not in (*_NAMES, "others")}
    at = {what: tuple(places) for what, places in {**found, **chosen}.items() if what in FIELDS}
    at = _one_name(at, header)
    if "others" in found:
        refuse((*(at.get("name") or at.get("given") or at.get("surnames", ())), *found["others"]), header)
    return Columns(at, header)


def _key(cell: str) -> str:
    """A heading without what stands in brackets."""
    return fold(cell.partition("(")[0] or cell)


def _chosen(header: Sequence[str], wanted: Mapping[str, str]) -> dict[str, list[int]]:
    places = {}
    for what, name in wanted.items():
        at = index_of(name[1:].upper()) if name.startswith("@") else None
        if at is None:
            at = next(
                (n for n, one in enumerate(header) if one and heading_key(one) == heading_key(name)), None
            )
        if at is not None and at < len(header):
            places[what] = [at]
    return places


def _names_columns(header: Sequence[str], wanted: Mapping[str, str]) -> bool:
    keys = {heading_key(one) for one in header if one}
    return any(not name.startswith("@") and heading_key(name) in keys for name in wanted.values())


def _one_name(at: dict[str, tuple[int, ...]], header: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """One name, in one column or in parts. "Nombre" beside "Apellidos" is the given name."""
    names = at.get("name", ())
    if len(names) > 1:
        refuse(names, header)
    if names and at.get("surnames") and not at.get("given"):
        at = {**at, "given": names}
        del at["name"]
    elif names and at.get("given") and not at.get("surnames"):
        if len(at["given"]) == 1 and _key(header[at["given"][0]]) == "nombres":
            refuse((*names, *at["given"]), header)
    elif names and at.get("given") and at.get("surnames"):
        if _key(header[names[0]]) in ("nombre", "name"):
            refuse((*names, *at["given"]), header)
        # The whole name beside its parts: the parts say more.
        del at["name"]
    return at


def refuse(places: Sequence[int], header: Sequence[str]) -> None:
    """Raises InputRefused `list.columns_several`, naming the columns."""
    raise InputRefused("list.columns_several", columns=", ".join(called(at, header) for at in places[:6]))


def called(at: int, header: Sequence[str]) -> str:
    """A column by its heading, else by its letter as one declares it."""
    named = header[at] if at < len(header) else ""
    return f"«{named[:_LONGEST_HEADING]}»" if named else f"@{letter(at)}"


def declared(wanted: Mapping[str, str], header: Sequence[str]) -> Columns | None:
    """The columns of a table without headings, as a person declared them; None without one for the name.

    Raises InputRefused `list.column_missing`.
    """
    check_wanted(wanted, header)
    found = Columns({what: tuple(places) for what, places in _chosen(header, wanted).items()}, tuple(header))
    return found if found.names() else None


def check_wanted(wanted: Mapping[str, str], header: Sequence[str]) -> None:
    """Raises InputRefused `list.column_missing` if a declared column is not there."""
    for what, name in wanted.items():
        if what not in _chosen(header, {what: name}):
            raise InputRefused("list.column_missing", column=name[:_LONGEST_HEADING])
