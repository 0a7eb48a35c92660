"""Every place where a word about a person can lie is known. A new column fails here until somebody has said
what an erasure does with it."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from constancia.apps.erasure.emptied import TABLES
from constancia.apps.erasure.inventory import COLUMNS, Fate

HOLDING = (models.CharField, models.TextField, models.BinaryField, models.JSONField)


def holding() -> dict[str, set[str]]:
    """Table → its columns that can hold words or bytes, of everything of ours."""
    return {
        model._meta.db_table: {str(f.column) for f in model._meta.concrete_fields if isinstance(f, HOLDING)}
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("constancia.")
    }


def test_every_column_that_can_hold_a_word_is_in_the_inventory() -> None:
    there = {f"{table}.{column}" for table, columns in holding().items() for column in columns}
    assert there - set(COLUMNS) == set(), "say in apps/erasure/inventory.py what an erasure does with it"
    assert set(COLUMNS) - there == set()


def test_what_is_said_to_be_emptied_is_emptied() -> None:
    emptied = {f"{one.table}.{column}" for one in TABLES for column in one.columns}
    holding_words = {f"{table}.{column}" for table, columns in holding().items() for column in columns}
    said = {name for name, fate in COLUMNS.items() if fate is Fate.EMPTIED}
    assert said == emptied & holding_words
