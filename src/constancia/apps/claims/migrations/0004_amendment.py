"""What documents say of themselves can be corrected, and a document withdrawn."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from constancia.infra.append_only import trigger_operations


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("claims", "0003_arrival"),
    ]

    operations = [
        migrations.CreateModel(
            name="Amendment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=400)),
                ("publisher", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=40)),
                ("language", models.CharField(max_length=2)),
                ("published", models.DateField(null=True)),
                ("address", models.CharField(blank=True, max_length=2000)),
                ("withdrawn", models.BooleanField(default=False)),
                ("note", models.CharField(max_length=1000)),
                ("known_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="claims.document",
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
            options={"abstract": False, "base_manager_name": "objects"},
        ),
        *trigger_operations("claims_amendment"),
    ]
