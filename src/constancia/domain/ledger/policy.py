"""Whom to believe: the logs, the witnesses, and how many of these must have signed (C2SP tlog-policy).

Stricter than the specification where that costs nothing: text is UTF-8, log keys sign and witness keys
cosign, an origin has one key, and no key is both a log's and a witness's (a log that witnesses itself proves
nothing).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from constancia.domain.ledger.encoding import number, utf8
from constancia.domain.ledger.note import COSIGNATURE, SIGNATURE, Key
from constancia.domain.ledger.refused import ProofRefused

LARGEST_POLICY = 64_000
NONE = "none"

_NAME = re.compile(r"\S{1,255}")


@dataclass(frozen=True, slots=True)
class Group:
    """Satisfied by `needed` of its `members`, names of witnesses or of groups."""

    needed: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """`logs`: origin → key; `witnesses` and `groups`: by their name in the policy, groups after their
    members; `quorum`: name of the witness or group that must have signed, None for nobody; `urls`: key →
    where it is."""

    logs: Mapping[str, Key]
    witnesses: Mapping[str, Key]
    groups: Mapping[str, Group] = field(default_factory=dict)
    quorum: str | None = None
    urls: Mapping[Key, str] = field(default_factory=dict)

    @property
    def has_quorum(self) -> bool:
        """Whether anybody but the log must have signed. Where not, a log can show each reader another tree:
        whoever relies on it must be told."""
        return self.quorum is not None

    def met(self, signed: Iterable[Key]) -> bool:
        """Whether the keys whose signatures hold are enough witnesses. The log's own is not looked at."""
        keys = set(signed)
        told = {name: key in keys for name, key in self.witnesses.items()}
        for name, group in self.groups.items():
            told[name] = sum(told[member] for member in group.members) >= group.needed
        return self.quorum is None or told[self.quorum]

    def text(self) -> str:
        """As a file: one line each, thresholds as numbers, nothing else."""
        lines = [self._line("log", key) for key in self.logs.values()]
        lines += [self._line(f"witness {name}", key) for name, key in self.witnesses.items()]
        lines += [
            f"group {name} {group.needed} {' '.join(group.members)}" for name, group in self.groups.items()
        ]
        return "\n".join([*lines, f"quorum {self.quorum or NONE}", ""])

    @staticmethod
    def read(data: bytes) -> Policy:
        """Raises ProofRefused: `proof.policy` (a line of no form, a key of the wrong type, a threshold that
        cannot be, a last line without its end), `proof.policy_twice` (a key, origin, name, member or quorum
        that stands twice), `proof.policy_name` (not defined further up), `proof.policy_quorum` (no quorum
        line), `proof.policy_logs` (no log), `proof.text`, `proof.key`, `proof.base64`."""
        text = utf8(data.replace(b"\t", b" "), LARGEST_POLICY)
        if not text.endswith("\n"):
            raise ProofRefused("proof.policy", line=text.count("\n") + 1)
        reading = _Reading()
        for place, line in enumerate(text[:-1].split("\n"), start=1):
            words = [word for word in line.split(" ") if word]
            if words and not words[0].startswith("#"):
                reading.take(words, place)
        return reading.made()

    def _line(self, start: str, key: Key) -> str:
        return f"{start} {key} {self.urls[key]}" if key in self.urls else f"{start} {key}"


class _Reading:
    """A policy as far as it was read."""

    def __init__(self) -> None:
        self.logs: dict[str, Key] = {}
        self.witnesses: dict[str, Key] = {}
        self.groups: dict[str, Group] = {}
        self.urls: dict[Key, str] = {}
        self.quorum: list[str | None] = []
        self.publics: set[bytes] = set()
        self.members: set[str] = set()

    def take(self, words: Sequence[str], line: int) -> None:
        if not all(_NAME.fullmatch(word) for word in words):
            raise ProofRefused("proof.policy", line=line)
        # No `match`: a Python too old for the single-file verifier must get as far as saying so.
        kind, rest = words[0], words[1:]
        if kind == "log" and len(rest) in (1, 2):
            key = self._key(rest[0], rest[1:], SIGNATURE, line)
            if key.name in self.logs:
                raise ProofRefused("proof.policy_twice", line=line)
            self.logs[key.name] = key
        elif kind == "witness" and len(rest) in (2, 3):
            self._define(rest[0], line)
            self.witnesses[rest[0]] = self._key(rest[1], rest[2:], COSIGNATURE, line)
        elif kind == "group" and len(rest) > 2:
            self._define(rest[0], line)
            self._join(rest[2:], line)
            self.groups[rest[0]] = Group(_threshold(rest[1], len(rest) - 2, line), tuple(rest[2:]))
        elif kind == "quorum" and len(rest) == 1:
            self._ask(rest[0], line)
        else:
            raise ProofRefused("proof.policy", line=line)

    def _ask(self, name: str, line: int) -> None:
        if self.quorum:
            raise ProofRefused("proof.policy_twice", line=line)
        if name != NONE:
            self._known(name, line)
        self.quorum.append(None if name == NONE else name)

    def made(self) -> Policy:
        if not self.quorum:
            raise ProofRefused("proof.policy_quorum")
        if not self.logs:
            raise ProofRefused("proof.policy_logs")
        return Policy(self.logs, self.witnesses, self.groups, self.quorum[0], self.urls)

    def _key(self, vkey: str, url: Sequence[str], kind: int, line: int) -> Key:
        key = Key.read(vkey)
        if key.kind != kind:
            raise ProofRefused("proof.policy", line=line)
        if key.public in self.publics:
            raise ProofRefused("proof.policy_twice", line=line)
        self.publics.add(key.public)
        if url:
            self.urls[key] = url[0]
        return key

    def _define(self, name: str, line: int) -> None:
        if name == NONE:
            raise ProofRefused("proof.policy_name", line=line)
        if name in self.witnesses or name in self.groups:
            raise ProofRefused("proof.policy_twice", line=line)

    def _join(self, members: Sequence[str], line: int) -> None:
        # Once in all groups together: each witness counts in only one way.
        for member in members:
            self._known(member, line)
            if member in self.members:
                raise ProofRefused("proof.policy_twice", line=line)
            self.members.add(member)

    def _known(self, name: str, line: int) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise ProofRefused("proof.policy_name", line=line)


def _threshold(needed: str, members: int, line: int) -> int:
    if needed in ("all", "any"):
        return members if needed == "all" else 1
    try:
        found = number(needed)
    except ProofRefused:
        found = 0
    if not 1 <= found <= members:
        raise ProofRefused("proof.policy", line=line)
    return found
