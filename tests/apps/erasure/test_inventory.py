"""Every place where a word about a person can lie is known. A new column fails here until somebody has said
what an erasure does with it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models

from constancia.apps.erasure.emptied import TABLES
from constancia.apps.erasure.inventory import COLUMNS, Fate
from constancia.infra.emptying import columns_of

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


@pytest.mark.django_db
def test_the_trigger_of_every_such_table_holds_every_other_column() -> None:
    """A migration that adds a column, or makes a table anew, must put the trigger on again."""
    if connection.vendor == "postgresql":
        pytest.skip("there the whole row is compared")
    for one in TABLES:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [f"{one.table}_no_update"])
            sql = cursor.fetchone()[0]
        for column in columns_of(one.table, apps.get_models()):
            held = f'NEW."{column}" IS ' if column in one.columns else f'NEW."{column}" IS OLD."{column}"'
            assert held in sql, f"{one.table}.{column}"
        assert "register_erased" in sql
