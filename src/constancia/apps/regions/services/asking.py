"""Two people for what another region holds: one asks about a case; a holder of that region's key answers."""

from __future__ import annotations

from datetime import timedelta

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.regions.models import Asking, Grant
from constancia.apps.regions.queries import asking_of, present, private_half
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.domain.vocabulary.deeds import Deed, OpeningReason, Outcome
from constancia.infra import clock, trail
from constancia.infra.writer import writing

WAITS = timedelta(hours=24)
SHOWS = timedelta(hours=1)
ABOUT = "region_asking"


def ask(actor: User, code: str, region: str, reason: OpeningReason) -> int:
    """Ask to see what `region` holds of the case called `code`; the caller has found both, and that the case
    is the actor's to see. The number of the request.

    Raises NotAllowed, InputRefused (`region.no_key`, `region.yours`, `region.asked`).
    """
    allow(actor, Permission.SOURCE_SEALED)
    if region not in present([region]):
        raise InputRefused("region.no_key", region=region)
    if Grant.objects.filter(key__region=region, holder__user=actor).exists():
        raise InputRefused("region.yours")
    now = clock.now()
    with writing():
        mine = Asking.objects.filter(asked_by=actor, code=code, region=region, until__gt=now)
        if mine.exclude(approved=False).exists():
            raise InputRefused("region.asked")
        made = Asking.objects.create(
            code=code,
            region=region,
            reason=reason.value,
            asked_by=actor,
            asked_at=now,
            until=now + WAITS,
        )
    said = {"region": region, "reason": reason.value}
    trail.note(actor.pk, Deed.REGION_ASKED, ABOUT, made.pk, said=said)
    return int(made.pk)


def answer(actor: User, number: int, *, approve: bool) -> None:
    """Answer request `number`. Whoever holds the region's key does, and has it open to approve; the asker may
    take the request back.

    Raises NotAllowed (`region.second_person`, `region.not_holder`), NotFound `region.no_asking`, InputRefused
    (`region.answered`, `region.closed`).
    """
    allow(actor, Permission.SOURCE_SEALED)
    with writing():
        found, now = asking_of(number), clock.now()
        own = found.asked_by_id == actor.pk
        if own and approve:
            trail.note(actor.pk, Deed.REGION_ANSWERED, ABOUT, number, outcome=Outcome.REFUSED)
            raise NotAllowed("region.second_person")
        key = present([found.region]).get(found.region, (0, b""))[0]
        if not own and not Grant.objects.filter(key=key, holder__user=actor).exists():
            raise NotAllowed("region.not_holder")
        if found.approved is not None or found.until <= now:
            raise InputRefused("region.answered")
        if approve and private_half(key) is None:
            raise InputRefused("region.closed", region=found.region)
        found.approved, found.answered_by = approve, actor
        found.until = now + SHOWS if approve else now
        found.save()
    said = {"approved": approve, "region": found.region}
    trail.note(actor.pk, Deed.REGION_ANSWERED, ABOUT, number, said=said)
