"""The file that travels: a line that says what it is, a line of JSON, and the encodings, nothing else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from constancia.domain.errors import InputRefused
from constancia.infra.encodings.scheme import BITS, NAME, WEIGHTS, Encoded, Field
from constancia.infra.files import write_whole

MAGIC = b"CONSTANCIA-CLK\n"
LARGEST_HEADER = 100_000
MOST = 5_000_000
_WIDTH = BITS // 8


@dataclass(frozen=True, slots=True)
class Encodings:
    """`check`: the key check value of the secret they were made with."""

    fields: tuple[Field, ...]
    check: str
    duplicate_free: bool
    encoded: Encoded


def write(path: Path, found: Encodings) -> None:
    """Whole or not at all, for its owner alone."""
    body = found.encoded.tobytes()
    header = {
        "scheme": NAME,
        "bits": BITS,
        "fields": [[field.name, field.kind] for field in found.fields],
        "check": found.check,
        "duplicate_free": found.duplicate_free,
        "records": len(found.encoded),
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    write_whole(path, MAGIC + json.dumps(header, separators=(",", ":")).encode() + b"\n" + body)


def read(path: Path, place: str) -> Encodings:
    """`place`: what to call the file in a refusal. Raises InputRefused: `encoding.not_ours`,
    `encoding.other_scheme`, `encoding.damaged`."""
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise InputRefused("encoding.not_ours", file=place)
            line = file.readline(LARGEST_HEADER)
            header = _header(line, place)
            body = file.read(header["records"] * _WIDTH + 1)
    except OSError:
        raise InputRefused("encoding.not_ours", file=place) from None
    if len(body) != header["records"] * _WIDTH or hashlib.sha256(body).hexdigest() != header["sha256"]:
        raise InputRefused("encoding.damaged", file=place)
    fields = tuple(Field(name, kind) for name, kind in header["fields"])
    encoded = np.frombuffer(body, dtype=np.uint8).reshape(-1, _WIDTH)
    return Encodings(fields, header["check"], header["duplicate_free"], encoded)


def _header(line: bytes, place: str) -> dict[str, Any]:
    try:
        header = json.loads(line)
        if not isinstance(header, dict) or not line.endswith(b"\n"):
            raise ValueError
    except (ValueError, RecursionError):
        raise InputRefused("encoding.damaged", file=place) from None
    if header.get("scheme") != NAME or header.get("bits") != BITS:
        raise InputRefused("encoding.other_scheme", file=place, ours=NAME)
    count, fields = header.get("records"), header.get("fields")
    sound = (
        type(count) is int
        and 0 < count <= MOST
        and isinstance(header.get("check"), str)
        and isinstance(header.get("sha256"), str)
        and isinstance(header.get("duplicate_free"), bool)
        and _are_fields(fields)
    )
    if not sound:
        raise InputRefused("encoding.damaged", file=place)
    return header


def _are_fields(fields: object) -> bool:
    return isinstance(fields, list) and all(_is_field(field) for field in fields)


def _is_field(field: Any) -> bool:
    pair = isinstance(field, list) and len(field) == 2 and all(isinstance(said, str) for said in field)
    return pair and field[1] in WEIGHTS


def together(first: Encodings, second: Encodings) -> None:
    """Raises InputRefused unless both can be compared: `encoding.other_secret`, `encoding.other_fields`."""
    if first.check != second.check:
        raise InputRefused("encoding.other_secret")
    if first.fields != second.fields:
        raise InputRefused("encoding.other_fields")
