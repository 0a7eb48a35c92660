"""A case as one JSON object, and as text for people."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any

from constancia.cli import labels, output
from constancia.cli.late import late
from constancia.cli.words import language, say
from constancia.domain.dates.words import in_words
from constancia.domain.grading.reasons import reason_words
from constancia.domain.timeline.words import anomaly_words, standing_words
from constancia.domain.vocabulary.labels import label

if TYPE_CHECKING:
    from constancia.apps.register import wording
    from constancia.apps.register.queries import CasePage, FactLine
    from constancia.apps.register.queries.case import DetentionLines, SourceLine
    from constancia.domain.timeline.chain import Spell
    from constancia.domain.timeline.explain import Standpoint
else:
    wording = late("constancia.apps.register.wording")

FIRST, LAST = date.min.toordinal(), date.max.toordinal()


def case_json(page: CasePage, external_ids: dict[str, list[str]]) -> dict[str, Any]:
    """Every key stands always; "" is not known, null is open or none."""
    return {
        "code": page.code,
        "name": page.name,
        "as_of": page.as_of,
        "known_at": page.known_at,
        "external_ids": external_ids,
        "consent": page.consent,
        "consents": [
            {
                "fact": one.seq,
                "tier": one.tier,
                "covers": list(one.covers),
                "uses": list(one.uses),
                "giver": one.giver,
                "how": one.how,
                "since": one.since,
                "until": one.until,
                "state": one.state,
            }
            for one in page.consents
        ],
        "counted_as": page.counted_as,
        "person": {
            key: getattr(page.view.attributes, key)
            for key in ("sex", "profile", "nationality", "occupation", "groups")
        },
        "detentions": [_detention(one) for one in page.detentions],
        "facts": [fact_json(line) for line in page.facts],
        "anomalies": [
            {
                "code": a.code,
                "detentions": a.detentions,
                "facts": a.facts,
                "says": anomaly_words(a, language()),
            }
            for a in page.view.anomalies
        ],
    }


def fact_json(line: FactLine) -> dict[str, Any]:
    fact, standing = line.view.fact, line.view.standing
    return {
        "seq": line.seq,
        "kind": line.kind,
        "date": {"edtf": fact.when.edtf, "words": fact.when.words},
        "fields": line.fields,
        "closed": line.closed or "",
        "redacted": {
            name: {"request": gone.request, "ground": gone.ground, "day": gone.day, "fact": gone.fact}
            for name, gone in line.redacted.items()
        },
        "held": line.held,
        "grade": line.view.graded.grade.name.lower(),
        "reasons": [reason_words(reason, language()) for reason in line.view.graded.reasons],
        "standing": standing.status,
        "against": standing.against,
        "why": standing.why,
        "source": _source(line.source),
        "further_sources": [
            {"verdict": verdict, **_source(source)} for verdict, source in line.further_sources
        ],
        "reviews": [
            {
                "reviewer": r.reviewer,
                "verdict": r.verdict,
                "note": r.note,
                "at": r.at,
                "of_import": r.of_import,
            }
            for r in line.reviews
        ],
        "evidence": [{"title": e.title, "sha256": e.sha256, "size": e.size} for e in line.evidence],
        "recorder": line.recorder,
        "known_at": fact.known_at,
        "declared": line.declared,
        "supersedes": fact.supersedes,
        "import": line.batch,
        "row": line.row,
    }


def _source(source: SourceLine) -> dict[str, str]:
    return {
        "kind": source.kind,
        "reliability": source.reliability,
        "confidentiality": source.confidentiality,
        "label": source.label,
        "held": source.held,
    }


def _detention(one: DetentionLines) -> dict[str, Any]:
    view = one.view
    return {
        "number": view.detention,
        "entry_kind": view.entry_kind,
        "entry_grade": view.entry_grade.name.lower(),
        **_standpoint(view.now),
        "confirmed": _standpoint(view.confirmed),
        "authority": view.authority,
        "context": view.context,
        "recognition": view.recognition,
        "spells": [_spell(spell) for spell in view.spells],
        "facts": [fact_json(line) for line in one.facts],
    }


def _standpoint(where: Standpoint) -> dict[str, Any]:
    return {
        "custody": where.custody,
        "case_state": where.case_state,
        "measures": where.measures,
        "place": where.place,
        "state": where.state,
        "whereabouts": where.whereabouts,
    }


def _spell(spell: Spell) -> dict[str, Any]:
    return {
        "custody": spell.custody,
        "start": [_day(spell.start_low), _day(spell.start_high)],
        "start_day": _day(spell.start_day),
        "end": [_day(spell.end_low), _day(spell.end_high)],
        "end_day": _day(spell.end_day),
        "exit_kind": spell.exit_kind,
        "next_custody": spell.next_custody,
    }


def _day(ordinal: int) -> date | None:
    """The day of an ordinal; None for an open side."""
    return date.fromordinal(ordinal) if FIRST < ordinal < LAST else None


def case_text(page: CasePage, zone: tzinfo) -> None:
    """The case for people: where somebody stands, then each fact with its date, grade and standing."""
    tongue = language()
    output.sentence(f"{page.code}  {page.name}")
    output.sentence(labels.standpoint(page.as_of, page.known_at, zone))
    if not page.facts and not page.detentions:
        output.sentence(say("No se sabía nada todavía."))
    for anomaly in page.view.anomalies:
        output.sentence(f"! {anomaly_words(anomaly, tongue)}")
    if page.facts:
        _facts(say("De la persona"), page.facts)
    for one in page.detentions:
        now = one.view.now
        where = [
            labels.term("custody", now.custody) if now.custody else say("todavía no detenida"),
            labels.term("case_state", now.case_state) if now.case_state else "",
            *(labels.term("measure", measure) for measure in now.measures),
            now.place,
        ]
        output.sentence("")
        output.sentence(" · ".join(part for part in where if part))
        _facts(say("Detención {number}").format(number=one.view.detention), one.facts)


def _facts(title: str, lines: tuple[FactLine, ...]) -> None:
    tongue = language()
    output.table(
        title,
        [
            say("número"),
            say("fecha"),
            say("hecho"),
            say("qué dice"),
            say("grado"),
            say("fuente"),
            say("cuenta"),
        ],
        [
            [
                line.seq,
                in_words(line.view.fact.when, tongue) if line.view.fact.when.edtf else "",
                labels.kind(line.kind),
                wording.said(line.kind, wording.in_place(line.fields, line.redacted))
                or (
                    say("cerrado") if line.closed else say("falta la llave de su región") if line.held else ""
                ),
                label(line.view.graded.grade, tongue),
                labels.term("source", line.source.kind),
                standing_words(line.view.standing, tongue),
            ]
            for line in lines
        ],
    )
