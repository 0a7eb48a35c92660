"""Rows about the erased may be emptied."""

from __future__ import annotations

from django.db import migrations

from constancia.apps.matching.emptied import TABLES
from constancia.infra.emptying import AllowEmptying


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial"), ("register", "0006_erasure")]

    operations = [AllowEmptying(one) for one in TABLES]
