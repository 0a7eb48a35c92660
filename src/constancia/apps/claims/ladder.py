"""The bridge between two figures, rung by rung, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from constancia.apps.figures import wording as figure_words
from constancia.apps.register import wording
from constancia.domain.claims.claim import ARTICLE
from constancia.domain.claims.spoken import spoken
from constancia.domain.figures.rule import rule as rule_named
from constancia.infra.spoken import language


def rungs(bridge: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Rows from the first claim to the second: "claim", "term" and, as subtotals, our own counts ("ours").

    What we learned late is left out where it is nothing."""
    one, other = bridge["first"], bridge["second"]
    total = one["value"]
    yield {"kind": "claim", "words": claimant(one), "day": one["day"], "value": total}
    for term in bridge["terms"]:
        late = term["term"].startswith("late")
        if late and not term["change"]:
            continue
        if term["term"] == ("late_second" if other["late"] else "unexplained_second"):
            yield _ours(other["restated"])
        total += term["change"]
        yield {
            "kind": "term",
            "words": term_words(term, one, other),
            "change": term["change"],
            "unexplained": term["term"].startswith("unexplained"),
            "term": term,
        }
        if term["term"] == "unexplained_first":
            yield _ours(one["then"] if one["late"] else one["restated"], then=bool(one["late"]))
        if term["term"] == "late_first":
            yield _ours(one["restated"])
        if term["term"] == "late_second":
            yield _ours(other["then"], then=True)
    yield {"kind": "claim", "words": claimant(other), "day": other["day"], "value": total}


def _ours(count: dict[str, Any], *, then: bool = False) -> dict[str, Any]:
    """`then`: as known when the claim was published, which the row says."""
    return {
        "kind": "ours",
        "then": then,
        "words": figure_words.own(rule_named(count["rule"]).label),
        "day": count["as_of"],
        "value": count["value"],
        "count": count,
    }


def claimant(claim: dict[str, Any]) -> str:
    """Whose claim it is: the name in print; of what a text says itself, that."""
    return claimant_named(claim["claimant"])


def claimant_named(name: str) -> str:
    """A claimant in print."""
    return _("el propio documento") if name == ARTICLE else spoken(name, language())


def term_words(term: dict[str, Any], one: dict[str, Any], other: dict[str, Any]) -> str:
    """What a term of the bridge is called."""
    custody = wording.term("Custody", term.get("custody", "")).lower()
    said = {
        "unexplained_first": _("sin explicar en la cifra de %(name)s") % {"name": claimant(one)},
        "unexplained_second": _("sin explicar en la cifra de %(name)s") % {"name": claimant(other)},
        "late_first": _("lo que supimos después de publicada la cifra de %(name)s") % {"name": claimant(one)},
        "late_second": _("lo que aún no sabíamos al publicarse la cifra de %(name)s")
        % {"name": claimant(other)},
        "days": _("lo que cambió nuestra cuenta entre los dos días"),
        "enters_custody": _("cuenta además a quienes están en: %(custody)s") % {"custody": custody},
        "leaves_custody": _("no cuenta a quienes están en: %(custody)s") % {"custody": custody},
        "stay": _stay(rule_named(one["rule"]).minimum_stay_days, term.get("days", 0)),
        "recognition": _("otro reconocimiento como caso político"),
        "contexts": _("otros contextos"),
    }
    return said[term["term"]]


def _stay(before: int, after: int) -> str:
    if after < before:
        return _("cuenta además a quienes llevan menos de %(hours)s horas") % {"hours": 24 * before}
    return _("no cuenta a quienes llevan menos de %(hours)s horas") % {"hours": 24 * after}


def why_not(why: str | None) -> str:
    """Why a claim has no count of ours beside it; "" where it has one."""
    return {
        "country": _("es de otro país"),
        "said": _("no contamos eso"),
        "unit": _("cuenta solicitudes, no personas"),
        "traits": _("no tenemos ese desglose"),
        "days": _("no dice de cuándo"),
    }.get(why or "", "")
