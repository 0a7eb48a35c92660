"""Two people: one asks, with a ground; another, who may, approves or refuses. The asker never approves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.erasure.services.carrying_out import carry_out
from constancia.apps.erasure.services.words import refuse_unless_there, refuse_without_note
from constancia.apps.register.access import person_of
from constancia.apps.register.evidence.lines import row_of
from constancia.apps.register.models import Erasure, ErasureAnswer, Review
from constancia.apps.register.services import fact_of
from constancia.domain.codes import normalise
from constancia.domain.errors import InputRefused, NotAllowed, NotFound
from constancia.domain.vocabulary.deeds import Deed, Outcome
from constancia.domain.vocabulary.terms import ErasureGround
from constancia.infra import clock, trail
from constancia.infra.writer import writing

LASTS = timedelta(days=7)
"""An unanswered request expires after so long."""


def ask(actor: User, code: str, ground: str) -> int:
    """Ask to erase the person called `code`. Returns the number of the request.

    Raises NotAllowed, NotFound (`case.not_found`), InputRefused (`code.*`, `erasure.ground`, `erasure.open`).
    """
    return _asked(actor, ground, lambda: {"person": person_of(actor, normalise(code))})


def ask_of_file(actor: User, number: int, ground: str) -> int:
    """Ask to erase one evidence file and nothing else. Raises as `ask`; NotFound `fact.not_found`."""
    return _asked(actor, ground, lambda: {"evidence": row_of(actor, number)})


def ask_of_source(actor: User, fact: int, ground: str) -> int:
    """Ask to erase who the source of a fact is; what it told stays, and so does its kind and grade. It goes
    for every fact that rests on it. Raises as `ask`; NotFound `fact.not_found`."""
    allow(actor, Permission.SOURCE_SEALED)
    return _asked(actor, ground, lambda: {"source": fact_of(actor, fact).source})


def ask_of_words(actor: User, fact: int, fields: Sequence[str], ground: str) -> int:
    """Ask to erase the words of some fields of one fact (`domain.facts.redactable`), and of every fact of the
    person that says the very same there. Raises as `ask`; NotFound `fact.not_found`, InputRefused
    `erasure.field`."""

    def find() -> dict[str, Any]:
        found = fact_of(actor, fact)
        refuse_unless_there(found, fields)
        return {"fact": found, "fields": ",".join(sorted(set(fields)))}

    return _asked(actor, ground, find)


def ask_of_note(actor: User, review: int, ground: str) -> int:
    """Ask to erase the note of one review of a fact; the verdict stays. Raises as `ask`; NotFound
    `fact.not_found`, InputRefused `erasure.no_note`."""

    def find() -> dict[str, Any]:
        found = reviewed(actor, review)
        refuse_without_note(found)
        return {"review": found}

    return _asked(actor, ground, find)


def ask_of_each(actor: User, fact: int, chosen: Sequence[str], ground: str) -> list[int]:
    """Ask for what was chosen of one fact: fields of it in one request, and the note of each review that is
    given by its number. Raises as `ask_of_words` and `ask_of_note`."""
    notes = [int(one) for one in chosen if one.isdecimal()]
    fields = [one for one in chosen if not one.isdecimal()]
    asked = [ask_of_words(actor, fact, fields, ground)] if fields else []
    return asked + [ask_of_note(actor, note, ground) for note in notes]


def reviewed(actor: User, review: int) -> Review:
    """The review, if its fact is the actor's to see. Raises NotFound (`fact.not_found`)."""
    found = Review.objects.filter(pk=review).select_related("fact__person").first()
    fact_of(actor, (found.fact_id if found else None) or -1)
    assert found is not None
    return found


def _asked(actor: User, ground: str, find: Callable[[], dict[str, Any]]) -> int:
    allow(actor, Permission.ERASE_ASK)
    if ground not in set(ErasureGround):
        raise InputRefused("erasure.ground", grounds=", ".join(ErasureGround))
    with writing():
        about, now = find(), clock.now()
        waiting = Erasure.objects.filter(answer__isnull=True, expires_at__gt=now, **about).first()
        if waiting is not None:
            raise InputRefused("erasure.open", number=waiting.pk)
        made = Erasure(ground=ground, asked_at=now, expires_at=now + LASTS, asked_by=actor, **about)
        made.save()
    what, row = next(iter(about.items()))
    trail.note(actor.pk, Deed.ERASURE_ASKED, what, row.pk, said={"request": made.pk, "ground": ground})
    return int(made.pk)


def answer(actor: User, number: int, *, approve: bool) -> datetime | None:
    """Answer request `number`; an approved one is carried out at once. Returns when it was ended, or None.

    Whoever asked may take the request back, and nothing else. Raises NotAllowed (`erasure.second_person`),
    NotFound (`erasure.not_found`), InputRefused (`erasure.answered`, `erasure.expired`).
    """
    allow(actor, Permission.ERASE_ASK)
    with writing():
        found, now = erasure_of(number), clock.now()
        if approve or found.asked_by_id != actor.pk:
            allow(actor, Permission.ERASE_APPROVE)
        if approve and found.asked_by_id == actor.pk:
            trail.note(actor.pk, Deed.ERASURE_ANSWERED, "erasure", found.pk, outcome=Outcome.REFUSED)
            raise NotAllowed("erasure.second_person")
        if ErasureAnswer.objects.filter(erasure=found).exists():
            raise InputRefused("erasure.answered", number=number)
        if now >= found.expires_at:
            raise InputRefused("erasure.expired", number=number)
        ErasureAnswer(
            erasure=found,
            approved=approve,
            asked_by_id=found.asked_by_id,
            answered_by=actor,
            answered_at=now,
        ).save()
    trail.note(actor.pk, Deed.ERASURE_ANSWERED, "erasure", found.pk, said={"approved": approve})
    return carry_out(number) if approve else None


def erasure_of(number: int) -> Erasure:
    """Raises NotFound (`erasure.not_found`)."""
    found: Erasure | None = Erasure.objects.filter(pk=number).first() if 0 < number < 2**63 else None
    if found is None:
        raise NotFound("erasure.not_found")
    return found
