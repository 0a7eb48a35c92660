"""An edition's open data as files: CSV and their description, the content itself, and what goes with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from constancia.apps.publishing.outputs.opendata.describing import descriptor
from constancia.apps.publishing.outputs.opendata.licence import CC_BY, Licence
from constancia.apps.publishing.outputs.opendata.rows import Row, Value, list_of_names, rows
from constancia.apps.publishing.outputs.opendata.texts import described, texts
from constancia.domain.errors import IntegrityBroken
from constancia.domain.publishing.canonical import content_bytes
from constancia.domain.publishing.codebook import Resource, resources
from constancia.domain.publishing.content import Content
from constancia.infra import csv_out

FOLDER = "datos"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # no archive can be older, and none of ours says when it was made


def package(content: Content, names: Sequence[str] | None, licence: Licence = CC_BY) -> dict[str, bytes]:
    """Path → bytes of the edition's open data, the same for the same edition.

    `names`: those who consented to stand by name; None leaves the list out, and with it every row about
    persons. Raises IntegrityBroken: `opendata.reference` where a row names what the edition does not hold,
    `opendata.empty` where it lacks what it needs, `opendata.repeated` for two rows with one key,
    `opendata.names` where the list is not the one that the content counts.
    """
    if names is not None and (content.named is None or content.named.named != len(names)):
        raise IntegrityBroken("opendata.names")
    encoded = content_bytes(content)
    found = rows(content, names)
    _hold_together(found)
    written = {
        resource: _csv(resource, found[resource.name]) for resource in resources() if resource.name in found
    }
    words = described(content, encoded, licence)
    files = {f"{resource.name}.csv": data for resource, data in written.items()}
    files["datapackage.json"] = descriptor(content, words, licence, written)
    files["edicion.json"] = encoded
    files |= texts(content, encoded, words, licence, written, names is not None)
    return {f"{FOLDER}/{name}": files[name] for name in sorted(files)}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as one ZIP archive, the same bytes from the same files."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for path in sorted(files):
            entry = ZipInfo(path, _EARLIEST)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, files[path], ZIP_DEFLATED, 9)
    return buffer.getvalue()


def named_list(names: Sequence[str]) -> bytes:
    """The bytes of named_list.csv alone, so that an edition can freeze their hash before it is built."""
    return _csv(resources()[-1], list_of_names(names))


def _csv(resource: Resource, found: Iterable[Row]) -> bytes:
    head = [column.name for column in resource.columns]
    body = ([_cell(row.get(name)) for name in head] for row in found)
    return "".join(csv_out.lines([head, *body])).encode()


def _cell(value: Value) -> str | int | None:
    """A value as the data write it; texts are made harmless where they are written."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    return value


def _hold_together(found: Mapping[str, Sequence[Row]]) -> None:
    """What the description promises of keys, references and full columns holds, or nothing is written."""
    for resource in resources():
        here = found.get(resource.name, ())
        for reference in resource.references:
            there = {row.get(reference.target) for row in found[reference.resource]} | {None, ""}
            for number, row in enumerate(here, 1):
                if row.get(reference.column) not in there:
                    raise IntegrityBroken(
                        "opendata.reference", resource=resource.name, column=reference.column, row=number
                    )
        for column in resource.columns:
            for number, row in enumerate(here, 1):
                if column.required and row.get(column.name) in (None, ""):
                    raise IntegrityBroken(
                        "opendata.empty", resource=resource.name, column=column.name, row=number
                    )
        keys = [tuple(row.get(name) for name in resource.key) for row in here]
        if resource.key and len(set(keys)) < len(keys):
            raise IntegrityBroken("opendata.repeated", resource=resource.name)
