"""Carrying an erasure out, so that being broken off anywhere harms nothing: what comes next finishes it.

1. In one transaction: the residue, every word emptied, everything derived anew, the ledger's notice.
2. Then the keys are destroyed and the files removed; twice is harmless.
3. Then the database's free pages are overwritten, and the end is noted.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime

from django.db import connection

from constancia.apps.erasure.coarseness import coarse_enough
from constancia.apps.erasure.services.destroying import destroy, destroy_one, scrub
from constancia.apps.erasure.services.within import Names, Variants, erase_within, redact_within, what_of
from constancia.apps.erasure.together import one_person
from constancia.apps.figures.then import declared_since, states_then
from constancia.apps.publishing import terms
from constancia.apps.publishing.freezing.freeze import named_people
from constancia.apps.publishing.models import Edition
from constancia.apps.register.models import Erased, Erasure, ErasureEnd, Redacted, RedactedWord
from constancia.domain.errors import ConstanciaError, NotFound
from constancia.domain.vocabulary.deeds import Deed
from constancia.infra import clock, trail
from constancia.infra.writer import writing

_log = logging.getLogger("constancia.erasure")


def carry_out(number: int) -> datetime:
    """Carry out, or go on with, an approved erasure. Returns when it was ended.

    Raises NotFound (`erasure.not_found`) where it is not approved; StoreRefused (`erasure.unfinished`) where
    the database's free pages could not be overwritten yet: the rest is done, and `finish` goes on.
    """
    found = Erasure.objects.select_related("answer").filter(pk=number, answer__approved=True).first()
    if found is None:
        raise NotFound("erasure.not_found")
    ended = ErasureEnd.objects.filter(erasure=found).first()
    if ended is not None:
        return ended.at
    keys, files = _redact(found) if found.person_id is None else _erase_person(found)
    scrub(number)
    with writing():
        ended = ErasureEnd.objects.filter(erasure=found).first()
        if ended is None:
            ended = ErasureEnd(erasure=found, keys=keys, files=files, at=clock.now())
            ended.save()
            said = {"request": number, "ground": found.ground, "asked_by": found.asked_by_id}
            for what, one in sorted(_about(found)):
                trail.note(found.answer.answered_by_id, Deed.ERASED, what, one, said=said)
    return ended.at


def finish() -> list[int]:
    """Go on with every erasure that was approved and not ended. Returns their numbers."""
    waiting = Erasure.objects.filter(answer__approved=True, end__isnull=True).order_by("pk")
    numbers = list(waiting.values_list("pk", flat=True))
    for number in numbers:
        carry_out(number)
    return numbers


def resume() -> None:
    """`finish` at the start of a process; what cannot be done yet is logged by its code and left waiting."""
    try:
        finish()
    except ConstanciaError as error:
        _log.warning("erasures wait to be completed: %s", error.code)
    finally:
        connection.close()


def _about(found: Erasure) -> list[tuple[str, int]]:
    """("person", 17) of everything that went."""
    what = what_of(found)
    if what == "person":
        persons = Erased.objects.filter(answer=found.answer).values_list("person_id", flat=True)
        return [(what, person) for person in persons]
    return [(what, getattr(found, f"{what}_id"))]


def _redact(found: Erasure) -> tuple[int, int]:
    """One file, one source, or words. Figures do not change: none rests on it."""
    with writing():
        if not any(
            rows.filter(answer=found.answer).exists() for rows in (Redacted.objects, RedactedWord.objects)
        ):
            redact_within(found)
    return destroy_one(found)


def _erase_person(found: Erasure) -> tuple[int, int]:
    persons = set(Erased.objects.filter(answer=found.answer).values_list("person_id", flat=True))
    return destroy(persons or _erase(found))


def _erase(found: Erasure) -> set[int]:
    """The transaction. What takes a count is asked before it, and again if an edition came in between."""
    assert found.person_id is not None
    while True:
        persons = one_person(found.person_id)
        editions = list(Edition.objects.order_by("number"))
        coarse, variants, names = coarse_enough(), _variants(editions, persons), _names(editions, persons)
        with writing():
            erased = set(Erased.objects.filter(answer=found.answer).values_list("person_id", flat=True))
            if erased:
                return erased
            if Edition.objects.count() == len(editions) and one_person(found.person_id) == persons:
                erase_within(found, persons, coarse, variants, names)
                return persons


def _variants(editions: Collection[Edition], persons: Collection[int]) -> Variants:
    """The editions for which these people's states came out otherwise, with what they were."""
    return {
        edition.frozen_at: states_then(persons, edition.frozen_at)
        for edition in editions
        if not declared_since(edition.frozen_at).isdisjoint(persons)
    }


def _names(editions: Collection[Edition], persons: Collection[int]) -> Names:
    found = {}
    for edition in editions:
        if edition.names is not None:
            named = named_people(terms.of_edition(edition))
            found[edition.number] = [named[person] for person in persons if person in named]
    return {number: names for number, names in found.items() if names}
