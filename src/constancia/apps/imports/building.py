"""A first mapping out of a form: which column is what, as TOML that a person can go on writing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from constancia.apps.imports.targets import ID, JOINED, KNOWN, OFFERED, REGION, TARGETS, WHEN, Target
from constancia.domain.mapping.cells import letter, text
from constancia.infra.tables import OpenTable

SAMPLED = 2_000
SHOWN = 3
MOST_VALUES = 40


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column with some of what stands in it. `reference`: how a mapping calls it. `values`: the different
    texts in it, if they are few."""

    index: int
    name: str
    reference: str
    examples: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form says. `columns`: reference → target key; `translations`: reference → value → term."""

    title: str
    source: Mapping[str, str]
    columns: Mapping[str, str]
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    file: Mapping[str, object] = field(default_factory=dict)
    dates: Mapping[str, object] = field(default_factory=dict)
    scheme: str = ""
    consent: str = ""
    lenient: bool = False


def columns_seen(table: OpenTable) -> list[ColumnSeen]:
    """The columns of a table with examples from its first rows."""
    rows = list(islice(table.rows(), SAMPLED))
    width = max([len(table.header), *(len(row.cells) for row in rows)])
    seen = []
    for index in range(width):
        written = [text(row.cells[index]).strip() for row in rows if index < len(row.cells)]
        different = list(dict.fromkeys(one for one in written if one))
        name = table.header[index] if index < len(table.header) else ""
        plain = name and not set(name) & set("{}[]@")
        seen.append(
            ColumnSeen(
                index,
                name or letter(index),
                name if plain else f"@{letter(index)}",
                tuple(one[:60] for one in different[:SHOWN]),
                tuple(different) if len(different) <= MOST_VALUES else (),
            )
        )
    return seen


def written(draft: Draft) -> str:
    """The draft as TOML. It may still need hands: `load` and the preview say where."""
    lines = [f"title = {_text(draft.title)}"]
    if draft.lenient:
        lines.append('on_error = "skip_fact"')
    lines += _table("source", draft.source)
    lines += _table("file", draft.file)
    lines += _table("dates", draft.dates)
    by_target: dict[str, list[str]] = {}
    for reference, target in draft.columns.items():
        by_target.setdefault(target, []).append(reference)
    if known := by_target.get(KNOWN):
        lines += _table("known", {"column": known[0]})
    person: dict[str, object] = {}
    if identifiers := by_target.get(ID):
        person |= {"scheme": draft.scheme or draft.title, "id": identifiers}
    if draft.consent:
        person["consent"] = draft.consent
    region = by_target.get(REGION)
    if region and not person:
        lines += ["", "[person]"]
    lines += _table("person", person)
    if region:
        lines.append(f'region = {{ column = {_text(region[0])}, as = "state", otherwise = "keep" }}')
    for kind in OFFERED:
        lines += _fact(kind, by_target, draft)
    return "\n".join(lines) + "\n"


def _fact(kind: str, by_target: Mapping[str, list[str]], draft: Draft) -> list[str]:
    mine = {name: by_target[f"{kind}.{name}"] for name in OFFERED[kind] if f"{kind}.{name}" in by_target}
    if not mine:
        return []
    lines = ["", "[[fact]]", f"kind = {_text(kind)}"]
    if WHEN in mine:
        first = mine.pop(WHEN)
        lines.append(
            f"when = {_text(first[0])}" if len(first) == 1 else f"when = {{ first = {_list(first)} }}"
        )
    if kind == "name" and "full" not in mine:
        mine = {"full": [*mine.get("given", []), *mine.get("surnames", [])], **mine}
    if mine:
        lines.append("[fact.fields]")
    for name, references in mine.items():
        target = TARGETS[f"{kind}.{name}"]
        lines.append(f"{name} = {_value(target, references, draft)}")
        if target.key == "birth.born":
            lines.append(f"words = {_text(_joined(references))}")
    return lines


def _value(target: Target, references: Sequence[str], draft: Draft) -> str:
    if target.key in JOINED:
        return _text(_joined(references))
    where = f"column = {_text(references[0])}"
    if len(references) > 1:
        where = f"columns = {_list(references)}"
    if target.terms is not None:
        known: dict[str, str] = {}
        for reference in references:
            known |= draft.translations.get(reference, {})
        if known:
            pairs = ", ".join(f"{_text(value)} = {_text(term)}" for value, term in known.items())
            return f"{{ {where}, values = {{ {pairs} }} }}"
    if target.made == "state":
        return f'{{ {where}, as = "state", otherwise = "keep" }}'
    if target.made == "list":
        return f'{{ {where}, split = ";" }}'
    if target.made:
        return f"{{ {where}, as = {_text(target.made)} }}"
    return f"{{ {where} }}"


def _joined(references: Sequence[str]) -> str:
    first, *others = references
    return f"{{{first}}}" + "".join(f"[ {{{other}}}]" for other in others)


def _table(name: str, content: Mapping[str, object]) -> list[str]:
    kept = {key: value for key, value in content.items() if value not in ("", None, [], ())}
    if not kept:
        return []
    return ["", f"[{name}]", *(f"{key} = {_plain(value)}" for key, value in kept.items())]


def _plain(value: object) -> str:
    if isinstance(value, list | tuple):
        return _list(value)
    return str(value) if isinstance(value, int) else _text(str(value))


def _list(values: Iterable[object]) -> str:
    return "[" + ", ".join(_text(str(value)) for value in values) + "]"


def _text(value: str) -> str:
    """A TOML basic string; JSON's escapes are a subset of TOML's."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
