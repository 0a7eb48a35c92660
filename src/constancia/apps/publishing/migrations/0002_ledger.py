"""Editions say which state of the ledger they were built on; those from before are entered into it now."""

from __future__ import annotations

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from constancia.apps.publishing.proving.adopting import adopt
from constancia.infra import clock
from constancia.infra.append_only import trigger_operations


def enter(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    adopt(clock.now())


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial"), ("ledger", "0001_initial"), ("register", "0003_ledger")]

    operations = [
        migrations.AddField("build", "facts_size", models.BigIntegerField(default=0)),
        migrations.AddField("build", "pinned_at", models.DateTimeField(null=True)),
        migrations.AddField("build", "policy", models.TextField(blank=True)),
        migrations.AddField("build", "roster_size", models.BigIntegerField(default=0)),
        # A column with a default makes SQLite write the table anew, without its triggers.
        *trigger_operations("publishing_build"),
        migrations.RunPython(enter, migrations.RunPython.noop),
    ]
