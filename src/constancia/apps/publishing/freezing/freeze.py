"""Freezing: the content of an edition out of the register, under the terms of its draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import constancia
from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.figures.counting import Question
from constancia.apps.figures.published import Counter
from constancia.apps.publishing.freezing import counted, said, words
from constancia.apps.publishing.freezing.asked import Asked
from constancia.apps.publishing.freezing.counted import Counts
from constancia.apps.publishing.freezing.tables import raw_table, shown
from constancia.apps.publishing.outputs.opendata import named_list
from constancia.apps.register import erased
from constancia.apps.register.queries.consents import consents, published_names
from constancia.domain.disclosure.policy import Policy
from constancia.domain.disclosure.table import Table
from constancia.domain.figures.definition import Definition
from constancia.domain.figures.rule import Rule
from constancia.domain.names import fold
from constancia.domain.publishing import content
from constancia.domain.publishing.canonical import canonical, sha256
from constancia.domain.publishing.content import Content
from constancia.domain.publishing.plan import FILE, AskedTable, Plan, plan
from constancia.domain.publishing.reserve import Reserve, reserve
from constancia.domain.publishing.texts.printed import printed


@dataclass(frozen=True, slots=True)
class Frozen:
    """`content`; `tables`: what disclosure control is about, unprotected, never to be shown; `names`: of
    those who consented, in order; `nameless`: how many more consented and were erased since; `left_out`: how
    many of those held stay internal."""

    content: Content
    tables: tuple[Table, ...]
    names: tuple[str, ...]
    nameless: int
    left_out: int


def freeze(user: User, asked: Asked) -> Frozen:
    """The content that the terms come to, whoever asks and whenever.

    Raises NotAllowed; InputRefused `edition.plan` and what figures raise; never for small cells: whether it
    may be published is another question (`services.checking`).
    """
    allow(user, Permission.EDITION_READ)
    planned = plan_of(asked)
    asked = replace(asked, texts=printed(asked.texts, asked.languages, planned.report.sections))
    kept = reserve(consents(asked.frozen_at, asked.known_at))
    counts = counts_of(asked, kept)
    divided, tables = _tables(asked, counts, planned, kept)
    announced = said.announcements(user, asked, counts.now, planned.since)
    claimed = said.claims(user, asked, counts.now, planned.claims)
    stated = said.statements(user, asked, planned.since)
    numbers = said.numbers_of(asked.texts, (*announced, *claimed, *stated))
    consenting = _consenting(asked, counts, planned, kept)
    named, names = _named(asked, counts, planned, consenting)
    found = Content(
        number=asked.number,
        title=asked.title,
        organisation=asked.organisation,
        languages=asked.languages,
        as_of=asked.as_of,
        known_at=asked.known_at,
        zone=str(asked.zone),
        rule=asked.rule,
        previous=asked.previous,
        software=constancia.__version__,
        definitions=_definitions(counts.now, planned),
        rules=_rules(asked, counts.now, planned, claimed),
        protection=_protection(),
        figures=counted.figures(asked, counts, planned),
        tables=tuple(
            shown(raw, one, asked.merges, raw.name in asked.withheld)
            for raw, one in zip(tables, divided, strict=True)
        ),
        balance=counted.balance(asked, counts, planned, kept.totals_only),
        daily=tuple(
            counted.daily(asked, counts, one)
            for one in planned.daily
            if one.first_day(asked.as_of) <= asked.as_of
        ),
        levels=tuple(
            counted.levels(asked, counts, one)
            for one in planned.levels
            if one.first_day(asked.as_of) <= asked.as_of
        ),
        announcements=announced,
        claims=claimed,
        bridges=tuple(counted.bridge(asked, counts, one.first, one.second) for one in planned.bridge),
        statements=stated,
        sources=said.sources(numbers, asked),
        named=named,
        errata=asked.errata,
        texts=asked.texts,
    )
    nameless = len(erased.among(consenting))
    return Frozen(found, tables, names, nameless, _left_out(asked, counts.now, kept))


def tables_of(asked: Asked) -> tuple[Table, ...]:
    """What disclosure control is about: every table of the plan, unprotected, never to be shown."""
    planned = plan_of(asked)
    kept = reserve(consents(asked.frozen_at, asked.known_at))
    return _tables(asked, counts_of(asked, kept), planned, kept)[1]


def counts_of(asked: Asked, kept: Reserve) -> Counts:
    """The counters of the edition and of its opening, which keeps the consents of its own time."""
    now = Counter(
        asked.rule,
        asked.known_at,
        asked.zone,
        kept.internal,
        asked.definitions,
        asked.rules,
        recorded_until=asked.frozen_at,
    )
    if asked.opening is None:
        return Counts(now, None)
    opening = asked.opening
    before = kept if opening.edition is None else reserve(consents(opening.frozen_at, opening.known_at))
    return Counts(now, replace(now, known_at=opening.known_at, without=before.internal))


def plan_of(asked: Asked) -> Plan:
    """What the edition counts and shows, as its folder of texts says."""
    return plan(next((one.text for one in asked.texts if one.path == FILE), ""))


def _tables(
    asked: Asked, counts: Counts, planned: Plan, kept: Reserve
) -> tuple[tuple[AskedTable, ...], tuple[Table, ...]]:
    """The tables of the plan whose figure can be asked, and each counted."""
    questions = _questions(asked, counts, planned)
    divided = tuple(one for one in planned.table if one.of in questions)
    return divided, tuple(raw_table(counts.now, questions[one.of], one, kept.totals_only) for one in divided)


def _questions(asked: Asked, counts: Counts, planned: Plan) -> Mapping[str, Question]:
    found = {one.name: counted.question_of(asked, counts, one) for one in planned.figure}
    return {name: question for name, question in found.items() if question is not None}


def _left_out(asked: Asked, counter: Counter, kept: Reserve) -> int:
    """How many the register counts as held and the edition does not, because they are to stay internal."""
    everybody = replace(counter, without=frozenset())
    return len(kept.internal.intersection(everybody.people(everybody.question("held", asked.as_of))))


def named_people(asked: Asked) -> dict[int, str]:
    """Person → name, of those whom the list of an edition under these terms names."""
    planned, kept = plan_of(asked), reserve(consents(asked.frozen_at, asked.known_at))
    consenting = _consenting(asked, counts_of(asked, kept), planned, kept)
    return published_names(consenting, asked.frozen_at)


def _consenting(asked: Asked, counts: Counts, planned: Plan, kept: Reserve) -> list[int]:
    """Those counted by the named figure who consented to stand by name."""
    questions = _questions(asked, counts, planned)
    if planned.named not in questions:
        return []
    return [one for one in counts.now.people(questions[planned.named]) if one in kept.named]


def _named(
    asked: Asked, counts: Counts, planned: Plan, consenting: Sequence[int]
) -> tuple[content.Named | None, tuple[str, ...]]:
    """The named list of a figure: how many it names and reserves, and the names in alphabetical order."""
    questions = _questions(asked, counts, planned)
    if planned.named not in questions:
        return None, ()
    people = counts.now.people(questions[planned.named])
    found = published_names(consenting, asked.frozen_at)
    names = tuple(sorted(found.values(), key=lambda name: (fold(name), name)))
    return (
        content.Named(
            of=planned.named,
            people=len(people),
            named=len(names),
            reserved=len(people) - len(names),
            sha256=sha256(named_list(names)) if names else None,
        ),
        names,
    )


def _definitions(counter: Counter, planned: Plan) -> tuple[content.Defined, ...]:
    names = {"held", *(one.figure for one in planned.figure)}
    names |= {one.figure for one in planned.daily} | {one.figure for one in planned.levels}
    return tuple(_defined(counter.definition(name)) for name in sorted(names))


def _defined(found: Definition) -> content.Defined:
    return content.Defined(
        name=found.name,
        version=found.version,
        sha256=found.sha256,
        label=words.given(found.label),
        meaning=words.given(found.meaning),
        measure=found.measure,
        unit=found.unit,
        entry_grade=found.entry_grade.name.lower(),
        exit_grade=found.exit_grade.name.lower(),
    )


def _rules(
    asked: Asked, counter: Counter, planned: Plan, claimed: Sequence[content.Claim]
) -> tuple[content.Ruled, ...]:
    names = {asked.rule, *(name for one in planned.bridge for name in (one.first, one.second))}
    names |= {one.rule for one in planned.figure if one.rule} | {one.rule for one in claimed if one.rule}
    return tuple(_ruled(counter.population(name)) for name in sorted(names))


def _ruled(found: Rule) -> content.Ruled:
    return content.Ruled(
        name=found.name,
        version=found.version,
        sha256=found.sha256,
        label=words.given(found.label),
        meaning=words.given(found.meaning),
        held=tuple(state.value for state in found.held),
        minimum_stay_days=found.minimum_stay_days,
    )


def _protection() -> content.Protected:
    policy = Policy.load()
    return content.Protected(
        name=policy.name,
        version=policy.version,
        sha256=sha256(canonical(_written(policy))),
        threshold=policy.threshold,
        meaning=content.Words(es=policy.why["es"], en=policy.why["en"]),
    )


def _written(policy: Policy) -> dict[str, Any]:
    """A policy as JSON, to tell whether it is the same one."""
    return {
        "name": policy.name,
        "version": policy.version,
        "threshold": policy.threshold,
        "sensitive": sorted(policy.sensitive),
        "exempt": sorted(policy.exempt),
        "why": dict(policy.why),
    }
