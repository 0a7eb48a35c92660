"""Enters into the ledger what was recorded before there was one; the log says that it came later."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from constancia.apps.register.adopting import adopt
from constancia.infra import clock


def enter(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    adopt(clock.now())


class Migration(migrations.Migration):
    dependencies = [("register", "0002_guards"), ("ledger", "0001_initial")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
