"""What is true is never called a contradiction, and the truth lies within the bounds."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.claims.reconcile.assertion import MINUTES, Assertion
from constancia.domain.claims.reconcile.bounds import Bound
from constancia.domain.claims.reconcile.reading import Instant
from constancia.domain.claims.reconcile.report import reconcile
from tests.domain.claims.reconcile.worlds import FIRST, World, truthful, world
from tests.support.effort import examples

seeds = st.integers(0, 2**32)


@settings(max_examples=examples(150), deadline=None)
@given(seeds)
def test_truthful_claims_never_contradict_each_other(seed: int) -> None:
    random = Random(seed)
    report = reconcile(truthful(world(random), random, 14))
    assert not report.conflicts, [a for a in report.assertions if a.id in report.conflicts[0].claims]
    assert report.complete


@settings(max_examples=examples(100), deadline=None)
@given(seeds)
def test_bounds_hold_the_truth(seed: int) -> None:
    random = Random(seed)
    real = world(random)
    report = reconcile(truthful(real, random, 12))
    for finding in report.findings:
        for bound in finding.bounds:
            truth = told(real, bound, {a.id: a for a in report.assertions})
            if truth is not None and in_order(real, bound):
                assert bound.low <= truth, bound
                assert bound.high is None or truth <= bound.high, bound


@settings(max_examples=examples(60), deadline=None)
@given(seeds)
def test_every_contradiction_holds_a_claim_that_is_false(seed: int) -> None:
    random = Random(seed)
    claims = truthful(world(random), random, 10)
    false = set(random.sample([a.id for a in claims], k=min(2, len(claims))))
    spoilt = [_spoilt(a, random) if a.id in false else a for a in claims]
    for conflict in reconcile(spoilt).conflicts:
        assert conflict.claims & false


def _spoilt(a: Assertion, random: Random) -> Assertion:
    return replace(a, value=a.value + random.randint(1, 30), high=None)


def minute(real: World, instant: Instant) -> int:
    """Of a bound's instant in the world's own minutes."""
    since = instant.minute - FIRST.toordinal() * MINUTES
    return real.drafted[since // MINUTES] if instant.tag else since


def in_order(real: World, bound: Bound) -> bool:
    """Whether what a bound assumes is so: nothing of those days was verified before their lists."""
    days = [minute - FIRST.toordinal() * MINUTES for minute in bound.assumed]
    return not any(
        e.what == "released"
        and day <= e.happened < day + MINUTES
        and e.verified < real.drafted[day // MINUTES]
        for day in days
        for e in real.events
    )


def told(real: World, bound: Bound, assertions: dict[str, Assertion]) -> int | None:
    """The true value of what a bound is about; None where the world of these tests does not know it."""
    until = minute(real, bound.until)
    after = minute(real, bound.after) if bound.after else 0
    midnight = after - after % MINUTES
    if bound.kind == "registered":
        return real.entries(after, until)
    if bound.kind == "left_otherwise":
        earlier = real.flow("released", 0, midnight, until) - real.flow("released", 0, midnight, after)
        return sum(after <= at < until for at in real.left) + earlier
    if bound.kind == "verified_between":
        first = (bound.since or 0) - FIRST.toordinal() * MINUTES
        whole = real.flow(bound.what, first, until, until)
        return whole - real.flow(bound.what, first, until, after)
    if bound.kind == "late":
        entered = real.entries(after, until)
        return entered - real.flow("detained", midnight, until, until)
    if bound.kind == "verified_later":
        a = assertions[bound.of]
        first, last = (a.start or a.end) - FIRST, a.end - FIRST
        days = first.days * MINUTES, (last.days + 1) * MINUTES
        return real.flow(bound.what, *days, until) - real.flow(bound.what, *days, after)
    return None
