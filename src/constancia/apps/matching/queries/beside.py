"""A list beside the register, without keeping anything: candidates and what the list as a whole proposes."""

from __future__ import annotations

from dataclasses import dataclass

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.matching.queries.candidates import lines_by_key
from constancia.apps.register import likeness
from constancia.apps.register.queries import CaseLine
from constancia.domain.errors import InputRefused
from constancia.domain.matching.degrees import ACCEPT
from constancia.domain.matching.proposing import propose
from constancia.domain.matching.reading import ListEntry, ReadList
from constancia.domain.matching.shapes import Candidate, Proposal

TOP = 5
MOST = 20


@dataclass(frozen=True, slots=True)
class Found:
    """One entry: its candidates with their cases, the likeliest first, and what is proposed. `person`: whose
    case is proposed, None unless it is somebody. `comparable` False: nothing of the name can be compared."""

    entry: ListEntry
    candidates: tuple[tuple[Candidate, CaseLine], ...]
    proposal: Proposal
    person: CaseLine | None
    comparable: bool


def beside_register(
    user: User, read: ReadList, *, accept: float = ACCEPT, top: int = TOP
) -> tuple[Found, ...]:
    """Every entry, in order. Records nothing.

    Raises NotAllowed for who may not browse cases or read identities; InputRefused `list.threshold`.
    """
    allow(user, Permission.CASE_BROWSE)
    allow(user, Permission.IDENTITY_READ)
    if not 0 < accept <= 1:
        raise InputRefused("list.threshold", low="0")
    matched = likeness.match(user, [one.mention for one in read.entries], top=max(1, min(top, MOST)))
    proposals = propose(matched, accept=accept)
    lines = lines_by_key(user, [one.key for many in matched for one in many.candidates])
    return tuple(
        Found(
            entry,
            tuple((one, lines[one.key]) for one in many.candidates if one.key in lines),
            proposal,
            lines.get(proposal.key) if proposal.key is not None else None,
            many.comparable,
        )
        for entry, many, proposal in zip(read.entries, matched, proposals, strict=True)
    )
