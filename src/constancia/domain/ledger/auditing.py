"""The documents of an audit by sample, all canonical: what is announced, what was drawn, what was found.

Announced, drawn and found are entered into the log in this order. What was announced names the edition, its
roster and the public beacon before the beacon has its value, so that nobody can arrange the roster around the
draw. What was found is signed by the auditor, as a note (C2SP signed-note) of six lines:

    constancia/audit/v1
    <edition>
    <SHA-256 of the content, hexadecimal>
    <SHA-256 of the sample, hexadecimal>
    <cases examined> <cases confirmed>
    <indices of those not confirmed, in order, single spaces> or "-"
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.encoding import b64, number
from constancia.domain.ledger.entry import WEEK
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.sampling import draw
from constancia.domain.ledger.strict_json import canonical, read_canonical

ANNOUNCEMENT, SAMPLE, FOUND = "constancia-audit-1", "constancia-sample-1", "constancia-audit-result-1"
RESULT = "constancia/audit/v1"
MOST_CASES = 300
"""Cases in one audit: their folders must fit into what is read at all (`verifier.bundle`)."""

LONGEST_BEACON = 200
LARGEST = 100_000

_VALUE = re.compile("[0-9a-f]{32,256}")
_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Announcement:
    """Which beacon will decide. `content`: SHA-256 of the edition's content, 64 digits; `roster`: the
    checkpoint that its totals cover; `beacon`: which, in words: "drand quicknet round 12345678"."""

    edition: int
    content: str
    roster: Checkpoint
    beacon: str

    def data(self) -> bytes:
        return canonical(self.as_json())

    def as_json(self) -> dict[str, Any]:
        return {
            "format": ANNOUNCEMENT, "edition": self.edition, "content": self.content, "beacon": self.beacon,
            "roster": {
                "origin": self.roster.origin, "size": self.roster.size, "root": b64(self.roster.root)
            },
        }  # fmt: skip

    @staticmethod
    def read(data: bytes) -> Announcement:
        """Raises ProofRefused `proof.json`, `proof.announcement`, `proof.checkpoint`, `proof.number`,
        `proof.base64`."""
        found = read_canonical(data, LARGEST)
        if not _is_announcement(found):
            raise ProofRefused("proof.announcement")
        roster = found["roster"]
        checkpoint = Checkpoint.read(f"{roster['origin']}\n{roster['size']}\n{roster['root']}\n")
        return Announcement(found["edition"], found["content"], checkpoint, found["beacon"])


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn, with everything that draws it again. `announcement`: SHA-256 of that document, 64
    digits; `week`: of its entry in the log; `value`: of the beacon, lower-case hexadecimal; `indices`: in the
    order drawn."""

    edition: int
    content: str
    announcement: str
    week: str
    value: str
    indices: tuple[int, ...]

    def data(self) -> bytes:
        return canonical(self.as_json())

    def as_json(self) -> dict[str, Any]:
        return {
            "format": SAMPLE, "edition": self.edition, "content": self.content, "week": self.week,
            "announcement": self.announcement, "value": self.value, "indices": list(self.indices),
        }  # fmt: skip

    @staticmethod
    def read(data: bytes) -> Sample:
        """Raises ProofRefused `proof.json`, `proof.sample_document`. Whether it is what the beacon draws is
        for `check_drawn`."""
        found = read_canonical(data, LARGEST)
        if not _is_sample(found):
            raise ProofRefused("proof.sample_document")
        return Sample(
            found["edition"], found["content"], found["announcement"], found["week"], found["value"],
            tuple(found["indices"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """What the auditor found. `sample`: SHA-256 of the sample's bytes, 64 digits; `bad`: indices of the
    roster that were not confirmed, in order."""

    edition: int
    content: str
    sample: str
    examined: int
    bad: tuple[int, ...]

    @property
    def confirmed(self) -> int:
        return self.examined - len(self.bad)

    def text(self) -> str:
        """The text that is signed."""
        bad = " ".join(map(str, self.bad)) or "-"
        return (
            f"{RESULT}\n{self.edition}\n{self.content}\n{self.sample}\n"
            f"{self.examined} {self.confirmed}\n{bad}\n"
        )

    @staticmethod
    def read(text: str) -> Result:
        """Raises ProofRefused `proof.result`, `proof.number`."""
        lines = text.split("\n")
        if len(lines) != 7 or lines[0] != RESULT or lines[6] or lines[4].count(" ") != 1:
            raise ProofRefused("proof.result")
        if not _hash(lines[2]) or not _hash(lines[3]):
            raise ProofRefused("proof.result")
        edition, (examined, confirmed) = number(lines[1]), map(number, lines[4].split(" "))
        bad = () if lines[5] == "-" else tuple(map(number, lines[5].split(" ")))
        found = Result(edition, lines[2], lines[3], examined, bad)
        if not edition or not 0 < examined <= MOST_CASES or bad != tuple(sorted(set(bad))):
            raise ProofRefused("proof.result")
        if confirmed != found.confirmed:
            raise ProofRefused("proof.result")
        return found


def is_beacon(text: str) -> bool:
    """Whether a beacon may be called so: one line of printable text in its one form, not too long."""
    return (
        0 < len(text) <= LONGEST_BEACON
        and text == unicodedata.normalize("NFC", text.strip())
        and text.isprintable()
    )


def value_of(text: str) -> str:
    """A beacon's value in its one form: hexadecimal, lower case, whole bytes. There is no other: whoever
    could choose how to write it could draw until they liked the sample.

    Raises ProofRefused `proof.beacon_value`.
    """
    found = text.strip().lower()
    if not _VALUE.fullmatch(found) or len(found) % 2:
        raise ProofRefused("proof.beacon_value")
    return found


def drawn(announced: Announcement, value: str, count: int) -> tuple[int, ...]:
    """The indices that a beacon's value draws from the roster announced, in the order drawn.

    Raises ProofRefused `proof.beacon_value`, `proof.sample` (more than the roster holds, or MOST_CASES).
    """
    if not 0 < count <= MOST_CASES:
        raise ProofRefused("proof.sample")
    roster = announced.roster
    return tuple(draw(bytes.fromhex(value_of(value)), roster.origin, roster.size, count))


def check_drawn(sample: Sample, announced: Announcement) -> None:
    """That the sample is the one that the beacon draws. Raises ProofRefused `proof.sample`,
    `proof.sample_other` (of another edition, or other cases than those drawn)."""
    if (sample.edition, sample.content) != (announced.edition, announced.content):
        raise ProofRefused("proof.sample_other")
    if drawn(announced, sample.value, len(sample.indices)) != sample.indices:
        raise ProofRefused("proof.sample_other")


def result_of(sample: Sample, digest: str, confirmed: int, bad: Collection[int]) -> Result:
    """What an auditor says of a sample, `digest` its SHA-256. Raises ProofRefused `proof.result_cases` where
    it does not speak of every case of the sample and of no other."""
    others = tuple(sorted(set(bad)))
    if not set(others) <= set(sample.indices) or len(others) != len(bad):
        raise ProofRefused("proof.result_cases")
    if confirmed + len(others) != len(sample.indices):
        raise ProofRefused("proof.result_cases")
    return Result(sample.edition, sample.content, digest, len(sample.indices), others)


def found_json(result: Result, signatures: str, key: str) -> dict[str, Any]:
    """A result as it is entered into the log: line by line, as a note has blanks at its end that matter.
    `signatures`: the signature lines; `key`: the auditor's verifier key."""
    return {
        "format": FOUND, "text": result.text().split("\n")[:-1],
        "signatures": signatures.split("\n")[:-1], "key": key,
    }  # fmt: skip


def _is_announcement(found: Any) -> bool:
    if not _has(found, "format", "edition", "content", "beacon", "roster"):
        return False
    roster, beacon = found["roster"], found["beacon"]
    return (
        found["format"] == ANNOUNCEMENT
        and _whole(found["edition"], 1)
        and _hash(found["content"])
        and isinstance(beacon, str)
        and is_beacon(beacon)
        and _has(roster, "origin", "size", "root")
        and _whole(roster["size"], 1)
        and isinstance(roster["origin"], str)
        and isinstance(roster["root"], str)
    )


def _is_sample(found: Any) -> bool:
    if not _has(found, "format", "edition", "content", "week", "announcement", "value", "indices"):
        return False
    indices, value, week = found["indices"], found["value"], found["week"]
    return (
        found["format"] == SAMPLE
        and _whole(found["edition"], 1)
        and _hash(found["content"])
        and _hash(found["announcement"])
        and isinstance(week, str)
        and WEEK.fullmatch(week) is not None
        and isinstance(value, str)
        and _VALUE.fullmatch(value) is not None
        and len(value) % 2 == 0
        and isinstance(indices, list)
        and all(_whole(one, 0) for one in indices)
    )


def _has(value: Any, *names: str) -> bool:
    return isinstance(value, dict) and set(value) == set(names)


def _whole(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _hash(value: Any) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None
