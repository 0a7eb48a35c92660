"""Which words of which facts and reviews are gone, for everything that reads or checks the register."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from constancia.apps.register.models import Fact, RedactedWord
from constancia.apps.register.policy import zone
from constancia.domain.facts.redactable import NOTE, slot_name
from constancia.domain.ledger.schema import SLOT_OF
from constancia.domain.vocabulary.terms import ErasureGround
from constancia.infra.bulk import in_pieces

Hidden = dict[int, dict[int, bytes]]
"""Number of a record → slot → the digest that was kept of it."""
_there: set[str] = set()


@dataclass(frozen=True, slots=True)
class Gone:
    """Words that went: why, on which day, and by which request. `fact`: of which fact they were."""

    fact: int
    request: int
    ground: ErasureGround
    day: date


def of_facts(seqs: Collection[int]) -> dict[int, dict[str, Gone]]:
    """Fact → field (`redactable.FIELDS`, or `DATE_WORDS`) → what became of its words."""
    found: dict[int, dict[str, Gone]] = {}
    for piece in in_pieces(sorted(seqs)):
        for row in RedactedWord.objects.filter(fact__in=piece).select_related("erasure"):
            found.setdefault(row.fact_id or 0, {})[row.field] = _gone(row.fact_id or 0, row)
    return found


def of_reviews(seqs: Collection[int]) -> dict[int, Gone]:
    """Review → what became of its note."""
    found: dict[int, Gone] = {}
    for piece in in_pieces(sorted(seqs)):
        rows = RedactedWord.objects.filter(review__in=piece).select_related("erasure", "review")
        found.update(
            (row.review.pk, _gone(row.review.fact_id or 0, row)) for row in rows if row.review is not None
        )
    return found


def _gone(fact: int, row: RedactedWord) -> Gone:
    day = row.at.astimezone(zone()).date()
    return Gone(fact, row.erasure_id, ErasureGround(row.erasure.ground), day)


def hidden_of_facts(seqs: Iterable[int]) -> Hidden:
    """Of facts of which words are gone: what stands in those slots of their entries."""
    found: Hidden = {}
    if not _any():
        return found
    for piece in in_pieces(sorted(seqs)):
        rows = RedactedWord.objects.filter(fact__in=piece).values_list("fact", "field", "digest")
        kinds = dict(Fact.objects.filter(pk__in=[row[0] for row in rows]).values_list("pk", "kind"))
        for seq, field, kept in rows:
            slot = SLOT_OF.get(slot_name(kinds[seq], field))
            if slot is not None:  # of somebody erased since even the kind is gone
                found.setdefault(seq, {})[slot] = bytes(kept)
    return found


def hidden_of_reviews(seqs: Iterable[int]) -> Hidden:
    """The same of reviews."""
    found: Hidden = {}
    if not _any():
        return found
    for piece in in_pieces(sorted(seqs)):
        rows = RedactedWord.objects.filter(review__in=piece).values_list("review", "digest")
        found.update((seq, {SLOT_OF[f"review.{NOTE}"]: bytes(kept)}) for seq, kept in rows)
    return found


def count() -> int:
    """How many words are gone: what is kept in memory of people is let go when this grows."""
    return RedactedWord.objects.count() if _table_there() else 0


def _any() -> bool:
    return _table_there() and RedactedWord.objects.exists()


def _table_there() -> bool:
    """Whether the table is made yet: an earlier migration reads the register before it is."""
    name = str(connection.settings_dict["NAME"])
    if name not in _there and RedactedWord._meta.db_table in connection.introspection.table_names():
        _there.add(name)
    return name in _there
