"""Whatever is recorded, corrected, withdrawn, sealed, published and restored, in whatever order: the log only
grows, holds together, and says what the register says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import integers, sampled_from

from constancia.apps.accounts.models import User
from constancia.apps.erasure import services as erasure
from constancia.apps.figures.process import forget
from constancia.apps.figures.published import Counter
from constancia.apps.ledger import standing
from constancia.apps.ledger.models import LOGS
from constancia.apps.ledger.queries.checking import check
from constancia.apps.ledger.services import recovering, sealing
from constancia.apps.ledger.trees import getter, root_at, size_of
from constancia.apps.publishing import services as publishing
from constancia.apps.publishing.services import building
from constancia.apps.register import erased, likeness, services
from constancia.apps.register.models import Fact
from constancia.apps.register.vouching import vouch
from constancia.domain.errors import StoreRefused
from constancia.domain.ledger.merkle import check_consistency, consistency_proof
from constancia.domain.publishing.canonical import content_bytes
from constancia.domain.publishing.manifest import CONTENT
from constancia.domain.vocabulary.terms import Verdict
from constancia.infra import clock
from tests.apps.publishing.crowd import RULE, Crowd, publish
from tests.support import seals
from tests.support.effort import examples

pytestmark = pytest.mark.django_db

START = datetime(2026, 2, 20, 12, tzinfo=UTC)


class Ledger(RuleBasedStateMachine):
    """The register with its log. A restored backup is the database taken back to a savepoint while everything
    that was published stays where it was."""

    desk: User
    second: User

    @initialize()
    def begin(self) -> None:
        self.outside = transaction.savepoint()
        self.now = START
        self.crowd = Crowd(self.desk, self.second)
        self.seen: dict[str, list[tuple[int, bytes]]] = {log: [] for log in LOGS}
        self.counted: dict[datetime, int] = {}
        self.backup: str | None = None
        self.sealed_since = self.editions = 0
        self.people = self.crowd.add(6, at=self.tick())

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.outside)
        seals.clear()
        self.forget()

    def tick(self) -> datetime:
        self.now += timedelta(hours=1)
        return self.now

    def forget(self) -> None:
        forget()
        likeness.forget()
        standing.forget()

    def held(self, at: datetime) -> int:
        counter = Counter(RULE, at, ZoneInfo("America/Caracas"))
        return counter.count(counter.question("held", date(2026, 2, 24))).value

    @precondition(lambda self: standing.standing() == "ours")
    @rule(number=integers(1, 3))
    def record(self, number: int) -> None:
        self.crowd.add(number, at=self.tick())
        self.counted[self.now] = self.held(self.now)

    @precondition(lambda self: standing.standing() == "ours")
    @rule(which=integers(0, 5))
    def release(self, which: int) -> None:
        if not erased.among([self.people[which].pk]):
            self.crowd.released(self.people[which], "2026-02-10", self.tick())

    @precondition(lambda self: standing.standing() == "ours")
    @rule(which=integers(0, 50), verdict=sampled_from([Verdict.CONFIRM, Verdict.DOUBT]))
    def correct(self, which: int, verdict: Verdict) -> None:
        arrests = list(Fact.objects.filter(kind="arrest", superseded_by=None).order_by("seq"))
        if not arrests:
            return
        with clock.frozen(self.tick()):
            if verdict is Verdict.CONFIRM:
                services.withdraw(self.desk, arrests[which % len(arrests)].seq, "error")
            else:
                services.review(self.second, arrests[which % len(arrests)].seq, verdict)

    @precondition(lambda self: standing.standing() == "ours" and self.backup is None)
    @rule(which=integers(0, 5))
    def erase(self, which: int) -> None:
        person = self.people[which]
        if not erased.among([person.pk]):
            with clock.frozen(self.tick()):
                number = erasure.ask(self.desk, person.code, "danger")
                erasure.answer(self.second, number, approve=True)

    @precondition(lambda self: standing.standing() == "ours")
    @rule()
    def seal(self) -> None:
        for one in sealing.seal(at=self.tick()):
            self.seen[one.log].append((one.size, one.root))
        self.sealed_since += 1

    @precondition(lambda self: standing.standing() == "ours" and self.editions < 1)
    @rule()
    def publish(self) -> None:
        number = publish(self.desk, self.second, at=self.tick() + timedelta(days=30))
        publishing.build(self.desk, number, at=self.now + timedelta(days=30, hours=1))
        self.editions += 1
        self.sealed_since += 2
        for log in LOGS:
            self.seen[log].append((size_of(log), root_at(log, size_of(log))))

    @precondition(lambda self: self.backup is None and standing.standing() == "ours")
    @rule()
    def back_up(self) -> None:
        self.backup, self.sealed_since = transaction.savepoint(), 0
        self.kept = dict(self.counted), self.editions

    @precondition(lambda self: self.backup is not None and standing.standing() == "ours")
    @rule()
    def restore(self) -> None:
        transaction.savepoint_rollback(self.backup)
        self.counted, self.editions = self.kept
        self.backup = None
        self.forget()
        assert standing.standing() == ("restored" if self.sealed_since else "ours")

    @precondition(lambda self: standing.standing() == "restored")
    @rule()
    def go_on_as_if_nothing_were(self) -> None:
        with pytest.raises(StoreRefused, match=r"ledger\.restored"):
            sealing.seal(at=self.tick())
        with pytest.raises(StoreRefused, match=r"ledger\.restored"):
            self.crowd.add(1, at=self.now)

    @precondition(lambda self: standing.standing() == "restored")
    @rule()
    def recover(self) -> None:
        with clock.frozen(self.tick()):
            recovering.recover()

    @invariant()
    def the_log_only_ever_grew_and_says_what_the_register_says(self) -> None:
        if not hasattr(self, "seen") or standing.standing() != "ours":
            return
        for log, published in self.seen.items():
            size, get = size_of(log), getter(log)
            for older, root in published:
                if older:
                    proof = consistency_proof(older, size, get)
                    check_consistency(older, size, proof, root, root_at(log, size))
        assert check().faults == {}
        assert not {"altered", "missing", "gone"} & set(+vouch())

    @invariant()
    def what_was_counted_is_counted_so_for_ever(self) -> None:
        for at, value in getattr(self, "counted", {}).items():
            assert self.held(at) == value


def test_whatever_happens_the_log_only_grows(
    desk: User, second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Reports and pictures are not what this is about, and would be most of its time.
    monkeypatch.setattr(building, "files_of", lambda content, *_: {CONTENT: content_bytes(content)})

    class Here(Ledger):
        pass

    Here.desk, Here.second = desk, second
    told: Any = settings(
        max_examples=examples(6),
        stateful_step_count=9,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Here, settings=told)  # type: ignore[no-untyped-call]
