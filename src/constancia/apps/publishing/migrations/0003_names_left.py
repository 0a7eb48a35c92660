"""Named lists of editions without who was erased since."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from constancia.infra.append_only import trigger_operations


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0002_ledger"),
    ]

    operations = [
        migrations.CreateModel(
            name="NamesLeft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("names", models.BinaryField(null=True)),
                ("subject", models.BinaryField(max_length=16, null=True)),
                ("at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="names_left",
                        to="publishing.edition",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        *trigger_operations("publishing_namesleft"),
    ]
