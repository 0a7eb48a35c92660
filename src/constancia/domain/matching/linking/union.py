"""What each population rule would count of both lists together, as far as the other list says.

Our people are counted by our figures. Of the other list's people that are not ours only their own columns
can speak; where these do not tell, the count has bounds and nothing is invented. Their recognition as
political, and the event they belong to, are never known here: a rule that asks for one counts none of them
for certain.
"""

from __future__ import annotations

from dataclasses import dataclass

from constancia.domain.figures.rule import Rule
from constancia.domain.matching.linking.records import Record
from constancia.domain.vocabulary.terms import Custody


@dataclass(frozen=True, slots=True)
class Bounds:
    lowest: int
    highest: int


def counts(rule: Rule, record: Record, says: frozenset[str], day: int) -> tuple[bool, bool]:
    """Whether `rule` certainly, and whether it possibly, counts the record on `day` (an ordinal).

    `says`: which of day, released and custody the list has columns for. A list with a column for releases
    that leaves it empty says that the person is still inside.
    """
    sure, maybe = _inside(rule, record, says, day)
    first, last = record.entered or (None, None)
    stay = rule.minimum_stay_days
    sure = sure and (last + stay <= day if last is not None else not stay and bool(record.custody))
    maybe = maybe and (first is None or first + stay <= day)
    if rule.recognition != "none" or rule.contexts_in or rule.contexts_out:
        sure = False
    return sure and maybe, maybe


def _inside(rule: Rule, record: Record, says: frozenset[str], day: int) -> tuple[bool, bool]:
    if record.custody == Custody.UNKNOWN:
        return False, True
    if record.custody:
        return (True, True) if record.custody in {state.value for state in rule.held} else (False, False)
    if record.left is not None:
        first, last = record.left
        out_for_sure = last is not None and last <= day
        in_for_sure = first is not None and first > day
        return in_for_sure and Custody.IN_CUSTODY in rule.held, not out_for_sure
    return "released" in says and Custody.IN_CUSTODY in rule.held, True


def together(rule: Rule, new: list[Record], unsure: list[Record], says: frozenset[str], day: int) -> Bounds:
    """Of their people who are surely not ours (`new`) and who may be (`unsure`): at least, at most.

    Those who may be ours add nothing for certain: they may be counted among ours already.
    """
    judged = [counts(rule, one, says, day) for one in new]
    doubtful = [counts(rule, one, says, day)[1] for one in unsure]
    return Bounds(sum(sure for sure, _ in judged), sum(maybe for _, maybe in judged) + sum(doubtful))
