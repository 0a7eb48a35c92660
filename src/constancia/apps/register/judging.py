"""Judgements of identity must not contradict each other: what is refused when one is recorded."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from constancia.apps.accounts.models import User
from constancia.apps.register.access import visible
from constancia.apps.register.identity import judged
from constancia.apps.register.models import Fact
from constancia.apps.register.recording import Recorder
from constancia.domain.errors import FactRefused
from constancia.domain.matching.clusters import Standing
from constancia.domain.vocabulary.terms import IdentityVerdict

SAID_ON_THE_PAIR: Mapping[IdentityVerdict, Standing] = {
    verdict: Standing(verdict.value) for verdict in IdentityVerdict
}


def judgement_behind(fact: Fact) -> Fact | None:
    """The judgement that `fact` is, or that it took back or brought back; None for anything else."""
    found: Fact | None = fact
    while found is not None and found.kind == "withdrawal":
        found = found.supersedes
    return found if found is not None and found.kind == "identity_judgement" else None


def refuse_contradiction(actor: User, rec: Recorder, seqs: Collection[int]) -> None:
    """Inside a recording: a "same" among the judgements `seqs` may not contradict a "different" that holds.

    It does where it would be set aside, or where it would set another "same" aside (one said later than it,
    when it is brought back). A "different" is never refused: it takes people apart, and which "same" yields
    then is settled by the clusters. Raises FactRefused (`identity.parted`, with the codes of the two who are
    different, or `identity.parted_elsewhere` where one of them is not the actor's to see); nothing is
    recorded then.
    """
    if not seqs:
        return
    before = set(judged().set_aside)
    rec.flush()
    now = judged()
    if not any(one.number in seqs and one.verdict is IdentityVerdict.SAME for one in now.said):
        return
    for said in now.set_aside:
        if said not in before:
            first = now.parting(said.one, said.other)[0]
            codes = dict(visible(actor).filter(pk__in=(first.one, first.other)).values_list("pk", "code"))
            if len(codes) < len({first.one, first.other}):
                raise FactRefused("identity.parted_elsewhere")
            raise FactRefused(
                "identity.parted", one=codes[first.one], other=codes[first.other], fact=first.number
            )
