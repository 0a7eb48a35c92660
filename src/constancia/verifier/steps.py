"""All that is checked of a bundle, in order; the numbers are those of the output and of docs/verify.md.

A step that depends on one that failed is not run, and says so. Whatever a bundle does, it ends as a failed
step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from constancia.domain.ledger.key_change import KeyChange
from constancia.domain.ledger.proof import TlogProof
from constancia.domain.ledger.receipt import Receipt, check_receipt
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.spoken_root import SpokenRoot
from constancia.domain.ledger.totals_checking import (
    Points,
    check_bits,
    check_points,
    check_sums,
    check_tables,
)
from constancia.verifier.adding import check_adding
from constancia.verifier.agreeing import check_content
from constancia.verifier.before import Earlier, check_continues, check_named, read_earlier
from constancia.verifier.bundle import Bundle
from constancia.verifier.closing import check_balance
from constancia.verifier.copies import check_copies
from constancia.verifier.edition import Edition
from constancia.verifier.logged import (
    Rules,
    Sealed,
    check_grown,
    check_logged,
    check_printed,
    check_sealed,
    read_rules,
)
from constancia.verifier.manifest import Manifest, check_whole
from constancia.verifier.proven import Proof, check_cut, check_published, check_roster_grown, has_totals
from constancia.verifier.report import ABSENT, FAILS, NOT_RUN, OK, Report, Seen, StepResult
from constancia.verifier.signed import check_signed

Opens = Callable[[], Bundle]
"""Opens a bundle when asked, so that one that cannot be opened is a failed step too."""


@dataclass(frozen=True)
class Asked:
    """What a reader gives: the `bundle`; and where they have them the bundle of the edition before
    (`previous`), their own rules (`policy`, the bytes of a file), the publication key that they had from
    elsewhere (`key`, 32 bytes), and the receipt of a family (`receipt`, as it is written)."""

    bundle: Opens
    previous: Opens | None = None
    policy: bytes | None = None
    key: bytes | None = None
    receipt: str | None = None


def verify(asked: Asked, on_step: Callable[[StepResult], object] | None = None) -> Report:
    """All steps, in order. `on_step` is told of each as it ends."""
    run = _Run(asked)
    steps: list[StepResult] = []
    held: set[int] = set()
    for number, name, needs, check in ALL_STEPS:
        if name == "receipt" and asked.receipt is None:
            continue
        lacking = next((one for one in needs if one not in held), None)
        if lacking is None:
            step = _one(run, number, name, check)
        else:
            blocked = next(one for one in steps if one.number == lacking)
            absent = blocked.result == ABSENT
            step = StepResult(number, name, ABSENT if absent else NOT_RUN, after=None if absent else lacking)
        if step.result == OK:
            held.add(number)
        steps.append(step)
        if on_step:
            on_step(step)
    return Report(tuple(steps))


def _one(run: _Run, number: int, name: str, check: Callable[[_Run], bool]) -> StepResult:
    run.seen = []
    try:
        there = check(run)
    except ProofRefused as refused:
        return StepResult(number, name, FAILS, tuple(run.seen), refused.code, refused.params)
    except (Exception, RecursionError, MemoryError) as problem:  # a stranger's file must not end the program
        params = {"kind": type(problem).__name__}
        return StepResult(number, name, FAILS, tuple(run.seen), "proof.unforeseen", params)
    return StepResult(number, name, OK if there else ABSENT, tuple(run.seen))


class _Run:
    """One verification. Each method is a step: it raises, or says whether the bundle has what it checks, and
    leaves what later steps need."""

    bundle: Bundle
    manifest: Manifest
    rules: Rules
    proof: TlogProof
    sealed: Sealed
    edition: Edition
    proof_of_totals: Proof
    points: Points

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.seen: list[Seen] = []
        self.then: Sealed | None = None
        self.earlier: Earlier | None = None

    def tell(self, word: str, **params: str | int) -> None:
        self.seen.append(Seen(word, params))

    def warn(self, word: str, **params: str | int) -> None:
        self.seen.append(Seen(word, params, loud=True))

    def whole(self) -> bool:
        self.bundle = self.asked.bundle()
        self.manifest = check_whole(self.bundle)
        self.tell("files", count=len(self.manifest.files))
        return True

    def policy(self) -> bool:
        self.rules = read_rules(self.bundle, self.manifest, self.asked.policy)
        if not self.rules.given:
            self.warn("own_rules")
        elif self.rules.own != self.rules.policy:
            self.tell("other_rules")
        for key in self.rules.policy.logs.values():
            self.tell("log_key", key=str(key))
        for one in self.rules.changes.placed:
            change = KeyChange.read(one.text)
            self.tell("key_followed", key=str(change.new), until=change.until)
        if not self.rules.policy.has_quorum:
            self.warn("no_quorum")
        return True

    def signed(self) -> bool:
        check_signed(self.bundle, self.manifest, self.asked.key)
        told = self.tell if self.asked.key or self.asked.previous else self.warn
        told("expected_key" if self.asked.key else "publication_key", key=self.manifest.key.hex())
        return True

    def checkpoint(self) -> bool:
        self.proof, self.sealed = check_sealed(self.bundle, self.manifest, self.rules)
        self.tell("root", words=str(SpokenRoot.of(self.sealed.checkpoint)))
        for name, seconds in self.sealed.seen:
            self.tell("witness", name=name, time=_utc(seconds))
        return True

    def logged(self) -> bool:
        index = check_logged(self.manifest, self.proof, self.sealed)
        self.tell("leaf", index=index, size=self.sealed.checkpoint.size, week=self.manifest.week)
        printed = check_printed(self.bundle, self.manifest, self.rules, self.sealed)
        if printed is not None:
            self.tell("printed", words=str(printed))
        return True

    def grown(self) -> bool:
        self.then = check_grown(self.bundle, self.manifest, self.rules, self.sealed)
        if self.asked.previous is not None:
            earlier = _earlier(self.asked.previous, self.asked.policy, self.rules)
            check_continues(self.manifest, self.rules, self.then, earlier, self.asked.key)
            self.earlier = earlier
            self.tell("same_edition", edition=earlier.edition.number)
            if self.manifest.key != earlier.manifest.key:
                self.warn("key_changed")
        if self.then is None:
            self.tell("first_edition")
            return False
        self.tell("root_before", words=str(SpokenRoot.of(self.then.checkpoint)))
        if self.earlier is None:
            self.warn("not_compared")
        return True

    def content(self) -> bool:
        self.edition = found = check_content(self.bundle, self.manifest)
        if self.earlier is not None:
            check_named(found, self.earlier)
        self.tell("edition", edition=found.number, as_of=found.as_of, known_at=found.known_at)
        return True

    def tables(self) -> bool:
        self.tell("tables", count=check_adding(self.edition), of=len(self.edition.tables))
        return bool(self.edition.tables)

    def balance(self) -> bool:
        there = check_balance(self.edition, self.earlier.edition if self.earlier else None)
        if there and self.edition.balance is not None:
            self.tell("balance", opening=self.edition.balance.opening, closing=self.edition.balance.closing)
        return there

    def roster(self) -> bool:
        if not has_totals(self.bundle):
            return False
        self.proof_of_totals = found = check_cut(self.bundle, self.manifest, self.rules)
        self.tell("cases", count=len(found.cut.lines))
        self.tell("root", words=str(SpokenRoot.of(found.roster.checkpoint)))
        return True

    def group(self) -> bool:
        found = self.proof_of_totals
        self.points = check_points(found.totals, found.cut)
        return True

    def bits(self) -> bool:
        found = self.proof_of_totals
        check_bits(found.totals, found.cut, self.points)
        return True

    def cases(self) -> bool:
        found = self.proof_of_totals
        check_tables(found.totals, found.cut, self.points)
        return True

    def sums(self) -> bool:
        totals = self.proof_of_totals.totals
        check_sums(totals, self.points)
        unproven = check_published(totals, self.edition)
        self.tell("proven", count=totals.sums[""][""], tables=len(totals.layout.tables) - 1)
        if unproven:
            self.tell("unproven", tables=", ".join(unproven))
        return True

    def roster_grown(self) -> bool:
        size = None
        if self.earlier is None:
            self.tell("not_asked")
        else:
            size = check_roster_grown(self.proof_of_totals, self.earlier)
        if size is not None:
            self.tell("cases_before", count=size)
        return size is not None

    def receipt(self) -> bool:
        found = self.proof_of_totals
        counted = check_receipt(Receipt.read(self.asked.receipt or ""), found.totals, found.cut)
        if not counted:
            self.tell("not_counted")
        for table, cell in counted.items():
            self.tell("counted" if table == "" else "counted_in", table=table, cell=cell)
        return True

    def copies(self) -> bool:
        compared = check_copies(self.bundle, self.edition)
        self.tell("copies", count=compared)
        return compared > 0


def _earlier(opens: Opens, policy: bytes | None, later: Rules) -> Earlier:
    try:
        return read_earlier(opens(), policy, later)
    except ProofRefused as refused:
        raise ProofRefused("proof.previous_bundle", why=refused.code) from None


def _utc(seconds: int) -> str:
    try:
        return f"{datetime(1970, 1, 1) + timedelta(seconds=seconds)}Z"
    except OverflowError:
        return str(seconds)


ALL_STEPS: tuple[tuple[int, str, tuple[int, ...], Callable[[_Run], bool]], ...] = (
    (1, "whole", (), _Run.whole),
    (2, "policy", (1,), _Run.policy),
    (3, "signed", (1,), _Run.signed),
    (4, "checkpoint", (2,), _Run.checkpoint),
    (5, "logged", (4,), _Run.logged),
    (6, "grown", (4,), _Run.grown),
    (7, "content", (1,), _Run.content),
    (8, "tables", (7,), _Run.tables),
    (9, "balance", (7,), _Run.balance),
    (10, "roster", (2, 7), _Run.roster),
    (11, "group", (10,), _Run.group),
    (12, "bits", (11,), _Run.bits),
    (13, "cases", (12,), _Run.cases),
    (14, "sums", (13,), _Run.sums),
    (15, "roster_grown", (6, 10), _Run.roster_grown),
    (16, "copies", (7,), _Run.copies),
    (17, "receipt", (14,), _Run.receipt),
)
"""Number, name, the steps without which it cannot be asked, and the check."""
