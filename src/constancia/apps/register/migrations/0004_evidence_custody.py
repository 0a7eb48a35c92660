"""Reports of files and their chains of custody, which are added and never changed."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from constancia.infra.append_only import trigger_operations


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0003_ledger"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FileReport",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("content", models.BinaryField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report",
                        to="register.evidence",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Custody",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("order", models.PositiveIntegerField()),
                ("step", models.CharField(max_length=20)),
                ("way", models.CharField(blank=True, max_length=20)),
                ("purpose", models.CharField(blank=True, max_length=20)),
                ("words", models.BinaryField()),
                ("at", models.DateTimeField()),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="custody",
                        to="register.evidence",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("evidence", "order"), name="register_custody_order")
                ],
            },
        ),
        *trigger_operations("register_filereport"),
        *trigger_operations("register_custody"),
    ]
