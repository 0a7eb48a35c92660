"""Lists and their entries, sealed: each entry under a key of its own, the rest of a list under the list's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from uuid import uuid4

from constancia.apps.matching.models import Entry, NameList
from constancia.domain.matching.reading import ListEntry
from constancia.domain.matching.shapes import Mention
from constancia.domain.names import fold
from constancia.infra import unlocked

_SAID = tuple(field.name for field in fields(Mention))


@dataclass(frozen=True, slots=True)
class Opened:
    """What an entry says, as it was read."""

    raw: str
    mention: Mention
    sheet: str
    remarks: tuple[str, ...]
    notes: tuple[str, ...]


GONE = Opened("", Mention(""), "", (), ())
"""An entry whose key has been destroyed."""


def list_context(digest: str) -> str:
    """Associated data of a list's sealed part: which file it was made from."""
    return f"matching_namelist|content|{digest}"


def entry_context(number: int, key: str) -> str:
    """Associated data of an entry: where it stands on its list, and what it is recognised by."""
    return f"matching_entry|content|{number}|{key}"


def list_digest(digest: str) -> str:
    """The keyed digest of a file, from its SHA-256."""
    return unlocked.codec().blind("matching_namelist", digest)


def entry_key(mention: Mention) -> str:
    """What two editions' entries of one writing share: the folded name and the letters of the document."""
    number = "".join(fold(mention.document).split())
    return unlocked.codec().blind("matching_entry", f"{len(number)}:{number}{fold(mention.name)}")


def seal_list(digest: str, content: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """(subject, sealed)."""
    codec, subject = unlocked.codec(), uuid4().bytes
    codec.create_subjects([subject])
    return subject, codec.seal(subject, list_context(digest), _bytes(content))


def open_list(row: NameList) -> dict[str, Any]:
    """What `seal_list` was given; {} where the key has been destroyed."""
    place = (bytes(row.subject), list_context(row.digest), bytes(row.content))
    (found,) = unlocked.codec().open_known([place])
    opened: dict[str, Any] = json.loads(found) if found is not None else {}
    return opened


def seal_entries(entries: Sequence[ListEntry]) -> list[tuple[str, bytes, bytes]]:
    """(key, subject, sealed) of each."""
    codec = unlocked.codec()
    keys = [entry_key(one.mention) for one in entries]
    subjects = [uuid4().bytes for _ in entries]
    codec.create_subjects(subjects)
    sealed = codec.seal_many(
        [
            (subject, entry_context(one.number, key), _bytes(_content(one)))
            for one, key, subject in zip(entries, keys, subjects, strict=True)
        ]
    )
    return list(zip(keys, subjects, sealed, strict=True))


def open_entries(rows: Iterable[Entry]) -> dict[int, Opened]:
    """What the entries say, by primary key. Raises IntegrityBroken (`codec.unreadable`)."""
    asked = list(rows)
    found = unlocked.codec().open_known(
        [(bytes(row.subject), entry_context(row.number, row.key), bytes(row.content)) for row in asked]
    )
    return {row.pk: _opened(text) for row, text in zip(asked, found, strict=True)}


def _content(one: ListEntry) -> dict[str, Any]:
    return {
        "raw": one.raw,
        "mention": {name: getattr(one.mention, name) for name in _SAID},
        "sheet": one.sheet,
        "remarks": list(one.remarks),
        "notes": list(one.notes),
    }


def _opened(text: bytes | None) -> Opened:
    if text is None:
        return GONE
    said = json.loads(text)
    mention = Mention(**said["mention"])
    mention = replace(mention, born=_days(mention.born), day=_days(mention.day))
    return Opened(said["raw"], mention, said["sheet"], tuple(said["remarks"]), tuple(said["notes"]))


def _days(given: Sequence[int] | None) -> tuple[int, int] | None:
    return None if given is None else (given[0], given[1])


def _bytes(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
