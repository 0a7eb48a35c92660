"""The report of a linkage: as one JSON object, and as tables."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from constancia.cli import output
from constancia.cli.words import language, say

if TYPE_CHECKING:
    from constancia.apps.matching.linking import Linkage, Truth
    from constancia.apps.matching.uniting import RuleCount
    from constancia.domain.matching.linking.comparing import Level

Json = dict[str, Any]


def report(found: Linkage, truth: Truth | None, counts: Sequence[RuleCount], engine: str) -> Json:
    """Everything that a linkage says, under stable keys; no name, no identifier."""
    linked, layout = found.linked, found.blocking
    return {
        "lists": [
            {
                "title": people.title,
                "register": found.own and at == 0,
                "records": len(people.records),
                "fields": dict(people.fields),
                "duplicate_free": people.duplicate_free,
                "unread": dict(people.unread),
            }
            for at, people in enumerate(found.lists)
        ],
        "engine": engine,
        "accept": found.accept,
        "blocking": {
            "rules": [list(rule) for rule in layout.rules],
            "everything": layout.everything,
            "possible": layout.pairs,
            "compared": linked.compared,
            "reduction": 1 - linked.compared / layout.pairs,
            "expected_completeness": found.expected_completeness,
        },
        "model": _model(found),
        "overlap": asdict(found.overlap),
        "links": found.links,
        "expected_links": found.expected,
        "unsure": sum(0.05 <= pair.probability < found.accept for pair in linked.pairs),
        "truth": asdict(truth) if truth else None,
        "rules": [_rule(one) for one in counts],
    }


def _model(found: Linkage) -> Json:
    learnt = found.linked.learnt
    comparisons = []
    for at, one in enumerate(found.chosen):
        top = len(one.levels) - 1
        comparisons.append(
            {
                "name": one.name,
                "levels": [
                    {
                        "level": _level(level),
                        "one_person": float(learnt.m[at][top - place]),
                        "two_people": float(learnt.u[at][top - place]),
                        "bits": math.log2(
                            max(learnt.m[at][top - place], 1e-9) / max(learnt.u[at][top - place], 1e-9)
                        ),
                        "seen": (at, top - place) not in learnt.unseen,
                    }
                    for place, level in enumerate(one.levels)
                ],
            }
        )
    return {"comparisons": comparisons, "rounds": learnt.rounds, "missed": learnt.missed}


def _level(level: Level) -> str:
    return level.test if not level.at else f"{level.test} {level.at:g}"


def _rule(one: RuleCount) -> Json:
    lowest, value, highest = one.ours
    return {
        "rule": one.rule,
        "label": one.label,
        "ours": {"value": value, "lowest": lowest, "highest": highest},
        "theirs_only": asdict(one.theirs),
        "union": asdict(one.union),
        "held_by_ours_only": one.only_ours,
        "held_by_theirs_only": one.only_theirs,
    }


def show_report(said: Mapping[str, Any]) -> None:
    """Overlap first; then how sure, and what the rules count."""
    overlap, blocking = said["overlap"], said["blocking"]
    names = [_name(one, at) for at, one in enumerate(said["lists"])]
    rows: list[list[object]] = [[say("solo en {list}").format(list=names[0]), overlap["only_first"]]]
    if len(names) > 1:
        rows += [
            [say("en las dos"), overlap["both"]],
            [say("solo en {list}").format(list=names[1]), overlap["only_second"]],
        ]
    else:
        rows = [[say("personas"), overlap["only_first"]]]
    rows += [
        [say("filas repetidas en {list}").format(list=name), n]
        for name, n in zip(names, overlap["repeated"], strict=False)
    ]
    output.table(say("Cuánto coinciden"), ["", say("personas")], rows)
    output.table(
        say("Con qué seguridad"),
        ["", ""],
        [
            [say("pares posibles"), blocking["possible"]],
            [say("pares comparados"), blocking["compared"]],
            [
                say("pares de una persona que se comparan, según el modelo"),
                _share(blocking["expected_completeness"]),
            ],
            [say("enlaces desde {accept}").format(accept=said["accept"]), said["links"]],
            [say("enlaces que se esperan, por sus probabilidades"), round(said["expected_links"], 1)],
            [say("pares dudosos por debajo"), said["unsure"]],
        ],
    )
    if said["truth"]:
        _show_truth(said["truth"])
    if said["rules"]:
        _show_rules(said["rules"])
    for one, name in zip(said["lists"], names, strict=True):
        if one["unread"]:
            count = sum(one["unread"].values())
            output.sentence(say("{list}: {count} celdas sin leer.").format(list=name, count=count))
    if said.get("labels"):
        show_curve(said["labels"])


def _name(one: Mapping[str, Any], at: int) -> str:
    if one["register"]:
        return say("el registro")
    return one["title"] or say("la lista {number}").format(number=at + 1)


def _show_truth(truth: Mapping[str, Any]) -> None:
    rows = [
        [
            what,
            round(one["precision"], 4),
            round(one["recall"], 4),
            round(one["f1"], 4),
            None if one["threshold"] is None else round(one["threshold"], 3),
        ]
        for what, one in ((say("como salió"), truth["clusters"]), (say("con el mejor umbral"), truth["best"]))
    ]
    columns = ["", say("precisión"), say("exhaustividad"), "F1", say("umbral")]
    output.table(say("Frente a la verdad ({count} pares)").format(count=truth["pairs"]), columns, rows)


def _show_rules(rules: Sequence[Mapping[str, Any]]) -> None:
    output.table(
        say("Qué contaría cada regla de las dos juntas"),
        [
            say("regla"),
            say("nuestras"),
            say("suyas, al menos"),
            say("a lo más"),
            say("unión, al menos"),
            say("a lo más"),
        ],
        [
            [
                one["label"][language()],
                one["ours"]["value"],
                one["theirs_only"]["lowest"],
                one["theirs_only"]["highest"],
                one["union"]["lowest"],
                one["union"]["highest"],
            ]
            for one in rules
        ],
    )


def show_curve(found: Mapping[str, Any]) -> None:
    """Precision and recall with their intervals, from each threshold on."""
    output.table(
        say("Según la muestra juzgada (95 %)"),
        [say("desde"), say("precisión"), "", say("exhaustividad"), ""],
        [
            [
                one["threshold"],
                round(one["precision"], 4),
                _interval(one["precision_interval"]),
                round(one["recall"], 4),
                _interval(one["recall_interval"]),
            ]
            for one in found["curve"]
        ],
    )


def _interval(ends: Sequence[float]) -> str:
    return f"{ends[0]:.3f}–{ends[1]:.3f}"


def _share(value: float) -> str:
    return f"{100 * value:.2f} %"
