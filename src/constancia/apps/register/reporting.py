"""What commands and the API say of cases, as plain values with stable keys."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from constancia.apps.register.queries import CasePage, FactLine, SearchPage
from constancia.domain.timeline.explain import Standpoint


def search_json(page: SearchPage) -> dict[str, Any]:
    """{"cases": [{"code", "name", "custody", …, "external_ids": {scheme: value}}], "page", "more", "total"}

    `total` is null for a search by words.
    """
    cases = []
    for line in page.lines:
        found = asdict(line)
        del found["pk"]
        found["since"] = line.since.isoformat() if line.since else None
        found["external_ids"] = dict(line.external_ids)
        cases.append(found)
    return {"cases": cases, "page": page.page, "more": page.more, "total": page.total}


def case_json(page: CasePage) -> dict[str, Any]:
    """The whole case: {"code", "name", "as_of", "known_at", "external_ids", "facts", "detentions", …}."""
    return {
        "code": page.code,
        "name": page.name,
        "as_of": page.as_of.isoformat(),
        "known_at": page.known_at.isoformat(),
        "external_ids": dict(page.external_ids),
        "consent": page.consent,
        "counted_as": page.counted_as,
        "attributes": asdict(page.view.attributes),
        "facts": [_fact(fact) for fact in page.facts],
        "detentions": [
            {
                "detention": one.view.detention,
                "entry_kind": one.view.entry_kind,
                "entry_grade": one.view.entry_grade.name.lower(),
                "reported": _standpoint(one.view.now),
                "verified": _standpoint(one.view.confirmed),
                "recognition": one.view.recognition.split(),
                "facts": [_fact(fact) for fact in one.facts],
            }
            for one in page.detentions
        ],
        "anomalies": [asdict(anomaly) for anomaly in page.view.anomalies],
    }


def _standpoint(standpoint: Standpoint) -> dict[str, Any]:
    return {**asdict(standpoint), "measures": list(standpoint.measures)}


def _fact(line: FactLine) -> dict[str, Any]:
    fact, standing = line.view.fact, line.view.standing
    return {
        "fact": fact.seq,
        "kind": fact.kind,
        "when": {
            "edtf": fact.when.edtf,
            "earliest": fact.when.earliest.isoformat() if fact.when.earliest else None,
            "latest": fact.when.latest.isoformat() if fact.when.latest else None,
            "words": fact.when.words,
        },
        "fields": line.fields,
        "known_at": fact.known_at.isoformat(),
        "witnessed_at": fact.witnessed_at.isoformat(),
        "declared": line.declared,
        "grade": line.view.graded.grade.name.lower(),
        "standing": standing.status.value,
        "against": standing.against,
        "why": list(standing.why),
        "source": asdict(line.source),
        "recorder": line.recorder,
        "import": line.batch,
        "row": line.row,
    }
