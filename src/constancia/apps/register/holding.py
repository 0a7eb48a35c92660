"""What the sealed tier says, closed by the key of the case's region as well.

The region of a case is the one it was entered from: it never changes, so that a transfer moves no secret. A
case without a region, or whose region has no key, is sealed with the person's key alone, as everything was
before that key was made.

A box is opened here and nowhere else. The fold never has what is in one (`record.Fact.held`), whether the key
is at hand or not: no grade, list or figure may depend on who has opened what.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.regions import queries as regions
from constancia.apps.regions.queries import Access, Standing
from constancia.apps.register.histories import Box, held_of, label_context, row_context, seal_context
from constancia.domain.errors import IntegrityBroken
from constancia.domain.facts import record
from constancia.domain.ledger.schema import FIELDS, OWN, SLOT_OF
from constancia.domain.ledger.slots import digests_of, written
from constancia.infra import regional, unlocked
from constancia.infra.codec import HELD
from constancia.infra.regional import Held

SALT = 32
Keys = Mapping[str, tuple[int, bytes]]
"""Region → number and public half of its present key."""
FactBox = tuple[bytes, int, str, bytes]
"""Subject, number, kind and sealed bytes of a held fact."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A box as somebody may see it: what is in it, or why not. `region`: whose key it takes."""

    content: bytes | None
    region: str
    standing: Standing


def keys(wanted: Iterable[str]) -> Keys:
    """The present keys of those of the regions that have one."""
    return regions.present(wanted)


def seal_facts(
    told: Sequence[tuple[bytes, str, record.Fact]], by: Keys
) -> dict[int, tuple[bytes, record.Fact]]:
    """Facts of the sealed tier, given as (subject, region, fact): number → sealed bytes, and the fact as
    everybody has it who has not opened it. Those whose region has no key are left out."""
    mine = [one for one in told if one[1] in by]
    salts = [secrets.token_bytes(SALT) for _ in mine]
    digests = [
        _digests(salt, fact.kind, fact.seq, fact.fields) for salt, (*_, fact) in zip(salts, mine, strict=True)
    ]
    sealed = _seal(
        [
            (subject, seal_context(fact.seq), by[region], salt + _text(fact.fields), told_digests)
            for salt, told_digests, (subject, region, fact) in zip(salts, digests, mine, strict=True)
        ]
    )
    return {
        fact.seq: (blob, replace(fact, fields={}, held=told_digests))
        for blob, told_digests, (_, _, fact) in zip(sealed, digests, mine, strict=True)
    }


def seal_texts(told: Sequence[tuple[bytes, str, str, bytes]], by: Keys) -> list[bytes]:
    """Other values of the sealed tier, given as (subject, context, region, plaintext), each by the key of its
    region where it has one; in their order."""
    held = [one for one in told if one[2] in by]
    plain = [one for one in told if one[2] not in by]
    closed = iter(_seal([(subject, where, by[region], text, {}) for subject, where, region, text in held]))
    others = iter(unlocked.codec().seal_many([(subject, where, text) for subject, where, _, text in plain]))
    return [next(closed) if one[2] in by else next(others) for one in told]


class Reader:
    """What one user may see of the case called `code`: each key is asked about once."""

    def __init__(self, user: User, code: str) -> None:
        self._user, self._code = user, code
        self._known: dict[int, Access] = {}

    def facts(self, boxes: Sequence[FactBox]) -> dict[int, Shown]:
        """Number → the fields of a held fact as JSON.

        Raises IntegrityBroken `codec.unreadable` also where a box does not say what the ledger stands for.
        """
        items = [(subject, seal_context(seq), sealed) for subject, seq, _, sealed in boxes]
        held = held_of(items)
        found = _checked(boxes, held, self._shown(items, held))
        return {seq: one for (_, seq, *_), one in zip(boxes, found, strict=True)}

    def labels(self, boxes: Sequence[tuple[bytes, int, bytes]]) -> dict[int, Shown]:
        """Number of a source → who it is. `boxes`: (subject, number, sealed)."""
        items = [(subject, label_context(pk), sealed) for subject, pk, sealed in boxes]
        found = self._shown(items, held_of(items))
        return {pk: one for (_, pk, _), one in zip(boxes, found, strict=True)}

    def row(self, subject: bytes, number: int, content: bytes) -> Shown:
        """The cells of an import's row, as JSON."""
        items = [(subject, row_context(number), content)]
        return self._shown(items, held_of(items))[0]

    def _shown(self, items: Sequence[Box], held: Sequence[Held | None]) -> list[Shown]:
        new = {one.key for one in held if one is not None} - self._known.keys()
        self._known |= regions.access(self._user, self._code, new)
        found = []
        for box, one in zip(items, held, strict=True):
            if one is None:  # the subject's key is destroyed
                found.append(Shown(None, "", Standing.CLOSED))
                continue
            access = self._known[one.key]
            text = None
            if access.half is not None:
                text = regional.open_(access.half, one.key, box[0], box[1], one.box)
            found.append(Shown(text, access.region, access.standing))
        return found


def inside(items: Sequence[Box]) -> list[bytes | None]:
    """What is in boxes whose keys are open in this process, for the holder of the register's key; None where
    a key is not, or the subject's key is destroyed."""
    return _inside(items, held_of(items))


def inside_facts(boxes: Sequence[FactBox]) -> list[dict[str, Any] | None]:
    """The same of facts: their fields. Raises IntegrityBroken as `Reader.facts`."""
    items = [(subject, seal_context(seq), sealed) for subject, seq, _, sealed in boxes]
    held = held_of(items)
    told = [Shown(text, "", Standing.OPEN) for text in _inside(items, held)]
    found = _checked(boxes, held, told)
    return [None if one.content is None else json.loads(one.content) for one in found]


def _inside(items: Sequence[Box], held: Sequence[Held | None]) -> list[bytes | None]:
    numbers = {one.key for one in held if one is not None}
    halves = {number: half for number in numbers if (half := regions.private_half(number)) is not None}
    return [
        regional.open_(halves[one.key], one.key, box[0], box[1], one.box)
        if one is not None and one.key in halves
        else None
        for box, one in zip(items, held, strict=True)
    ]


def _checked(boxes: Sequence[FactBox], held: Sequence[Held | None], shown: Sequence[Shown]) -> list[Shown]:
    """The same without the salts, once what is in each box gives the digests that lie outside of it."""
    found = []
    for (_, seq, kind, _), outside, one in zip(boxes, held, shown, strict=True):
        if one.content is None or outside is None:
            found.append(one)
            continue
        salt, text = one.content[:SALT], one.content[SALT:]
        if _digests(salt, kind, seq, json.loads(text)) != outside.digests:
            raise IntegrityBroken("codec.unreadable", place=seal_context(seq))
        found.append(replace(one, content=text))
    return found


def _seal(told: Sequence[tuple[bytes, str, tuple[int, bytes], bytes, Mapping[int, bytes]]]) -> list[bytes]:
    items = []
    for subject, context, (number, public), text, digests in told:
        box = regional.close(public, number, subject, context, text)
        items.append((subject, context, Held(number, digests, box).data()))
    return unlocked.codec().seal_many(items, HELD)


def _digests(salt: bytes, kind: str, seq: int, fields: Mapping[str, Any]) -> dict[int, bytes]:
    """All slots of the kind, filled or not, so that how many fields there are does not show."""
    told = {
        SLOT_OF[f"{kind}.{name}"]: (f"{kind}.{name}", written(value))
        for name, value in fields.items()
        if value not in (None, "", [])
    }
    return digests_of(salt, f"fact/{seq}", told, range(OWN, OWN + len(FIELDS[kind])))


def _text(fields: Mapping[str, Any]) -> bytes:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
