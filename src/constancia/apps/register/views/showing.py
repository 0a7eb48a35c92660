"""The case file: one case as of a day, as known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from constancia.apps.accounts.permissions import Permission, acting, may, requires
from constancia.apps.register import queries, wording
from constancia.apps.register.forms import AskRegionForm, DatesForm, RevealForm
from constancia.apps.register.policy import zone
from constancia.apps.register.queries import CasePage, ConsentLine, DetentionLines, FactLine
from constancia.apps.register.views.revealing import of_session
from constancia.domain.catalogue import explain
from constancia.domain.dates.words import in_words as date_in_words
from constancia.domain.errors import InputRefused, NotFound
from constancia.domain.facts.kinds import KINDS
from constancia.domain.facts.redactable import DATE_WORDS, FIELDS
from constancia.domain.grading.reasons import in_words as grade_in_words
from constancia.domain.timeline.standing import Status
from constancia.domain.timeline.words import anomaly_words, standing_words
from constancia.infra import clock
from constancia.infra.spoken import language

QUIET = (Status.COUNTS, Status.NOTED)
"""Standings that go without saying."""


@dataclass(frozen=True, slots=True)
class Item:
    """One fact as the page words it. `rivals` contradict it and yield; `undone` took it back.
    `written`: the date in the source's words, where they differ from ours. `erasable`: it may have words
    that can be erased alone."""

    line: FactLine
    when: str
    written: str
    words: str
    said: str
    text: str
    grade: int
    reasons: str
    standing: str
    past: bool
    rivals: tuple[Item, ...]
    undone: FactLine | None
    undone_reason: str
    erasable: bool


@dataclass(frozen=True, slots=True)
class Episode:
    """One detention: its number for people, how it stands, and its facts."""

    order: int
    lines: DetentionLines
    items: tuple[Item, ...]
    recognition: tuple[str, ...]


@requires(Permission.CASE_BROWSE)
@require_GET
def case(request: HttpRequest, code: str) -> HttpResponse:
    """Without dates: as it stands and is known now."""
    user = acting(request)
    asked = DatesForm(request.GET or None)
    as_of, known_on = asked.days()
    try:
        found = queries.case(user, code, as_of, _end_of(known_on), by=of_session(request))
    except NotFound as error:
        if error.code != "case.erased":
            raise
        told = {"code": code, "day": str(error.params["day"])}
        return render(request, "register/erased.html", told, status=HTTPStatus.GONE)
    known_day = found.known_at.astimezone(zone()).date()
    today = clock.now().astimezone(zone()).date()
    form = asked if asked.errors else DatesForm(initial={"as_of": found.as_of, "known_at": known_day})
    episodes = [
        Episode(order, lines, _items(lines.facts), tuple(lines.view.recognition.split()))
        for order, lines in enumerate(found.detentions, start=1)
    ]
    context = {
        "case": found,
        "form": form,
        "chosen": (found.as_of, known_day) != (today, today),
        "person_items": _items(found.facts),
        "episodes": list(reversed(episodes)),
        "consents": _consents(found),
        "anomalies": [anomaly_words(one, language()) for one in found.view.anomalies],
        "attributes": _attributes(found),
        "defence": queries.defence(user, found.code),
        "lawyers": queries.lawyers(user) if may(user, Permission.CASE_ASSIGN) else [],
        "closed": [(tier.value, RevealForm(auto_id=f"id_{tier.value}_%s")) for tier in sorted(found.closed)],
        "missing": [(one, AskRegionForm(auto_id="id_ask_%s")) for one in found.missing],
        "may_record": may(user, Permission.CASE_RECORD),
        "may_review": may(user, Permission.CASE_REVIEW),
    }
    return render(request, "register/case.html", context)


@requires(Permission.SOURCE_SEALED)
@require_GET
def row(request: HttpRequest, seq: int) -> HttpResponse:
    """The row of the file that an imported fact came from, cell by cell as it was."""
    user = acting(request)
    old = queries.fact(user, seq)
    cells, missing = None, ""
    try:
        cells = queries.original_row(user, old.code, seq, of_session(request))
    except InputRefused as error:
        missing = explain(error, language())
    context = {"old": old, "cells": cells, "missing": missing, "words": wording.kind(old.kind)}
    return render(request, "register/row.html", context)


def _end_of(day: date | None) -> datetime | None:
    """A day given as known time means its end in the organisation's zone."""
    if day is None or day == date.max:
        return None
    return datetime.combine(day + timedelta(days=1), time(0), zone()) - timedelta(microseconds=1)


def _items(lines: Sequence[FactLine]) -> tuple[Item, ...]:
    """The lines in their order; what contradicts a line stands beside it, what undid one inside it."""
    by_seq = {line.seq: line for line in lines}
    undone = {line.view.fact.supersedes: line for line in lines if line.view.fact.supersedes is not None}
    beside: dict[int, list[FactLine]] = {}
    for line in lines:
        against = line.view.standing.against
        if line.view.standing.status is Status.CONFLICTS and against in by_seq:
            beside.setdefault(against, []).append(line)
    apart = {line.seq for rivals in beside.values() for line in rivals if line.seq not in beside}
    return tuple(
        _item(line, undone, [_item(rival, undone, ()) for rival in beside.get(line.seq, ())])
        for line in lines
        if line.kind != "withdrawal" and line.seq not in apart
    )


def _item(line: FactLine, undone: dict[int, FactLine], rivals: Iterable[Item]) -> Item:
    lang = language()
    fact, graded, standing = line.view.fact, line.view.graded, line.view.standing
    when, written = "", ""
    if KINDS[line.kind].dated:
        when = date_in_words(fact.when, lang)
        same = fact.when.words.casefold() in ("", when.casefold())
        written = "" if same else f"«{fact.when.words}»"
        if DATE_WORDS in line.redacted:
            written = wording.erased_words(line.redacted[DATE_WORDS])
    told = wording.in_place(line.fields, line.redacted)
    fields = {name: value for name, value in told.items() if name != "text"}
    status = standing.status
    return Item(
        line=line,
        when=when,
        written=written,
        words=wording.kind(line.kind),
        said=wording.said(line.kind, fields),
        text=str(told.get("text", "")),
        grade=int(graded.grade),
        reasons=grade_in_words(graded, lang),
        standing="" if status in QUIET else standing_words(standing, lang),
        past=status in (Status.SUPERSEDED, Status.WITHDRAWN),
        rivals=tuple(rivals),
        undone=undone.get(line.seq),
        undone_reason=_reason(undone.get(line.seq)),
        erasable=line.kind in FIELDS or (KINDS[line.kind].dated and bool(fact.when.words)),
    )


def _reason(line: FactLine | None) -> str:
    told = wording.in_place(line.fields, line.redacted) if line is not None else {}
    return str(told.get("reason", ""))


def _consents(found: CasePage) -> list[ConsentLine]:
    """With what is read in the place of words that were erased."""
    redacted = {line.seq: line.redacted for line in found.facts if line.redacted}
    return [
        replace(
            one, **wording.in_place({"given_by": one.given_by, "use": one.use}, redacted.get(one.seq, {}))
        )
        for one in found.consents
    ]


def _attributes(found: CasePage) -> list[tuple[str, str]]:
    """What is said of the person, in words, for the line under the name."""
    attributes: Any = found.view.attributes
    said = []
    for name in ("sex", "profile", "nationality"):
        value = getattr(attributes, name, "")
        if value:
            said.append((wording.kind(name), wording.term(name.title(), value)))
    if getattr(attributes, "occupation", ""):
        said.append((wording.kind("occupation"), attributes.occupation))
    return said
