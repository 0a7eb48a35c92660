"""Comparisons and blocking rules as Splink's settings: one object for DuckDB and for Spark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import splink.blocking_rule_library as brl
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import SettingsCreator

from constancia.domain.matching.linking.blocking import Blocking
from constancia.domain.matching.linking.comparing import Comparison, Level
from constancia.domain.matching.linking.learning import Learnt

LinkType = Literal["link_only", "link_and_dedupe", "dedupe_only"]
LEAST = 1e-9
"""No share is smaller: a weight would be infinite."""
RAREST = 1e-5
"""No value counts as rarer than this, whatever the lists show."""
KEYS = "word_keys"
"""The column of the pairs of words that bring records together."""


def column(name: str) -> str:
    """A column's name in the tables: Splink's check of settings stumbles over words of SQL ("by")."""
    return f"c_{name}"


def settings(
    chosen: Sequence[Comparison], blocking: Blocking, kind: LinkType, learnt: Learnt | None = None
) -> SettingsCreator:
    """With `learnt`, ready to predict; without, ready to learn (rules of word keys are left out)."""
    rules: list[Any] = [
        brl.block_on(*[column(one.column) for name in rule for one in chosen if one.name == name])
        for rule in blocking.rules
    ]
    if blocking.everything:
        rules = [brl.CustomRule("1=1")]
    elif learnt is not None and blocking.words:
        rules.append(brl.block_on(KEYS, arrays_to_explode=[KEYS]))
    return SettingsCreator(
        link_type=kind,
        comparisons=[_comparison(one, at, learnt) for at, one in enumerate(chosen)],
        blocking_rules_to_generate_predictions=rules,
        probability_two_random_records_match=max(learnt.share, LEAST) if learnt else 1e-4,
        retain_matching_columns=True,  # without them it drops the levels too
        retain_intermediate_calculation_columns=False,
        additional_columns_to_retain=["truth"],
    )


def _comparison(one: Comparison, at: int, learnt: Learnt | None) -> Any:
    levels: list[Any] = [cll.NullLevel(column(one.column))]
    for place, level in enumerate(one.levels):
        made = _level(level)
        if level.frequencies:
            made = made.configure(
                tf_adjustment_column=column(level.column), tf_adjustment_weight=1.0, tf_minimum_u_value=RAREST
            )
        if learnt is not None:
            number = len(one.levels) - 1 - place
            made = made.configure(
                m_probability=max(float(learnt.m[at][number]), LEAST),
                u_probability=max(float(learnt.u[at][number]), LEAST),
            )
        levels.append(made)
    return cl.CustomComparison(output_column_name=one.name, comparison_levels=levels)


def _level(level: Level) -> Any:
    name = column(level.column)
    if level.test == "equal":
        return cll.ExactMatchLevel(name)
    if level.test == "edits":
        return cll.DamerauLevenshteinLevel(name, int(level.at))
    if level.test == "alike":
        return cll.JaroWinklerLevel(name, level.at)
    if level.test == "shared":
        return cll.ArrayIntersectLevel(name, int(level.at))
    if level.test == "subset":
        subset = cll.ArraySubsetLevel(name)
        return cll.And(subset, cll.ArrayIntersectLevel(name, int(level.at))) if level.at > 1 else subset
    if level.test == "within":
        return cll.CustomLevel(f"abs({name}_l - {name}_r) <= {int(level.at)}")
    return cll.ElseLevel()
