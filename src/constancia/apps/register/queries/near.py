"""Whom the register may already hold: asked before a case is created, and for the names of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from constancia.apps.accounts.models import User
from constancia.apps.register import likeness
from constancia.apps.register.access import visible, within_reach
from constancia.apps.register.deriving import document_digest
from constancia.apps.register.models import DocumentDigest
from constancia.apps.register.queries.search import CaseLine, lines_of
from constancia.domain.matching.degrees import likelihood
from constancia.domain.matching.shapes import Candidate, Mention, Reason
from constancia.domain.vocabulary.terms import Likelihood

MOST = 6
_LIKELIER = 0.5


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody of the register who may be meant. `likelihood` is None where only the document says so."""

    case: CaseLine
    same_document: bool
    probability: float
    likelihood: Likelihood | None
    reasons: tuple[Reason, ...]


def alike(user: User, mention: Mention) -> list[Alike]:
    """Up to six people the user may see who may be the one mentioned: those with the same document number
    first, then the likeliest. Nobody for who does not browse: an answer tells who is in the register."""
    return alike_each(user, [mention])[0]


def to_be_asked_about(user: User, mention: Mention) -> list[Alike]:
    """The same before a case is recorded: only where somebody of the register is likelier than nobody of it,
    or holds the document. A question that is asked about everybody is soon answered without looking."""
    ((found, nobody),) = _alike_each(user, [mention])
    asked = nobody < _LIKELIER or any(one.same_document for one in found)
    return found if asked else []


def alike_each(user: User, mentions: Sequence[Mention]) -> list[list[Alike]]:
    """The same for many mentions at once, in their order."""
    return [found for found, _ in _alike_each(user, mentions)]


@within_reach
def _alike_each(user: User, mentions: Sequence[Mention]) -> list[tuple[list[Alike], float]]:
    """For each mention who may be meant, and the probability that it is nobody of the register."""
    same = [_with_document(user, one.document) for one in mentions]
    told = likeness.match(user, mentions, top=MOST)
    found = []
    for holders, matched in zip(same, told, strict=True):
        likely = {one.key: one for one in matched.candidates if likelihood(one.probability) is not None}
        first = [key for key in likely if key in holders] + [key for key in holders if key not in likely]
        order = dict.fromkeys([*first, *likely])
        found.append([(key, key in holders, likely.get(key)) for key in list(order)[:MOST]])
    lines = {
        line.pk: line for line in lines_of(user, sorted({key for some in found for key, *_ in some}), "alike")
    }
    return [
        ([_alike(lines[key], held, candidate) for key, held, candidate in some if key in lines], one.nobody)
        for some, one in zip(found, told, strict=True)
    ]


def _alike(line: CaseLine, same_document: bool, candidate: Candidate | None) -> Alike:
    if candidate is None:
        return Alike(line, same_document, 0.0, None, ())
    reasons = tuple(sorted(candidate.reasons, key=lambda reason: -abs(reason.weight)))
    return Alike(line, same_document, candidate.probability, likelihood(candidate.probability), reasons)


def _with_document(user: User, document: str) -> list[int]:
    """Those the user may see who hold the document, as far as one was given."""
    if not any(character.isdigit() for character in document):
        return []
    holders = DocumentDigest.objects.filter(digest=document_digest(document)).values("person")
    return list(visible(user).filter(pk__in=holders).order_by("pk").values_list("pk", flat=True)[:MOST])
