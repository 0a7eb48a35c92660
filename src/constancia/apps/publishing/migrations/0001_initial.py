"""Report texts, drafts, checks, editions, builds and errata."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from constancia.infra.append_only import trigger_operations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title_es", models.CharField(max_length=200)),
                ("title_en", models.CharField(blank=True, max_length=200)),
                ("languages", models.JSONField()),
                ("as_of", models.DateField()),
                ("known_at", models.DateTimeField()),
                ("rule", models.CharField(max_length=60)),
                ("report", models.CharField(blank=True, max_length=60)),
                ("since", models.DateField(null=True)),
                ("merges", models.JSONField(default=list)),
                ("withheld", models.JSONField(default=list)),
                ("discarded", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                (
                    "first",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="publishing.draft",
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
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.IntegerField()),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("findings", models.JSONField(default=list)),
                ("frozen_at", models.DateTimeField()),
                (
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="publishing.draft",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.IntegerField(unique=True)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("as_of", models.DateField()),
                ("known_at", models.DateTimeField()),
                ("frozen_at", models.DateTimeField()),
                ("merges", models.JSONField(default=list)),
                ("withheld", models.JSONField(default=list)),
                ("names", models.BinaryField(null=True)),
                ("subject", models.BinaryField(max_length=16, null=True)),
                ("approved_at", models.DateTimeField()),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "check_made",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edition",
                        to="publishing.check",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Build",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("manifest", models.BinaryField()),
                ("signature", models.BinaryField(max_length=64)),
                ("public_key", models.BinaryField(max_length=32)),
                ("built_at", models.DateTimeField()),
                (
                    "built_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="built",
                        to="publishing.edition",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Erratum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words_es", models.CharField(max_length=2000)),
                ("words_en", models.CharField(max_length=2000)),
                ("issued_at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="errata",
                        to="publishing.edition",
                    ),
                ),
                (
                    "issued_by",
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
            },
        ),
        migrations.CreateModel(
            name="ReportText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("report", models.CharField(max_length=60)),
                ("path", models.CharField(max_length=120)),
                ("text", models.TextField(blank=True)),
                ("removed", models.BooleanField(default=False)),
                ("known_at", models.DateTimeField()),
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
                "indexes": [models.Index(fields=["report", "path"], name="publishing_text_of_report")],
            },
        ),
        *trigger_operations("publishing_reporttext"),
        *trigger_operations("publishing_draft"),
        *trigger_operations("publishing_check"),
        *trigger_operations("publishing_edition"),
        *trigger_operations("publishing_build"),
        *trigger_operations("publishing_erratum"),
    ]
