"""Append-only triggers on everything that was said and decided."""

from __future__ import annotations

from django.db import migrations

from constancia.infra.append_only import trigger_operations

RECORDED = (
    "document",
    "claim",
    "decision",
    "announcement",
    "listedname",
    "listdecision",
    "attribution",
    "statement",
)


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]

    operations = [operation for name in RECORDED for operation in trigger_operations(f"claims_{name}")]
