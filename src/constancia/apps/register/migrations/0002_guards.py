"""Append-only triggers on what is recorded, and the search index, which Django's models cannot express."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from constancia.apps.register.search import fts5, tsvector
from constancia.infra.append_only import trigger_operations

RECORDED = (
    "person",
    "detention",
    "source",
    "importbatch",
    "importrow",
    "fact",
    "attestation",
    "review",
    "assignment",
    "evidence",
)


def create_search(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(tsvector.CREATE)
        editor.execute(tsvector.INDEX)
    else:
        editor.execute(fts5.CREATE)
        editor.execute(fts5.SECURE)


def drop_search(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(tsvector.DROP if editor.connection.vendor == "postgresql" else fts5.DROP)


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]

    operations = [
        migrations.RunPython(create_search, drop_search),
        *(operation for name in RECORDED for operation in trigger_operations(f"register_{name}")),
    ]
