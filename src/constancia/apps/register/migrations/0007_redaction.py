"""Redaction: words of one fact, or the note of a review, go while the rest stays."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from constancia.apps.register.emptied import FACT, RESEALED, REVIEW, ROW
from constancia.infra.append_only import trigger_operations
from constancia.infra.emptying import AllowEmptying


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0006_erasure"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RedactedWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=40)),
                ("digest", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Resealed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.RemoveConstraint(
            model_name="erasure",
            name="erasure_of_one_thing",
        ),
        migrations.AddField(
            model_name="erasure",
            name="fact",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.fact"
            ),
        ),
        migrations.AddField(
            model_name="erasure",
            name="fields",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="erasure",
            name="review",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.review"
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("evidence__isnull", True),
                        ("fact__isnull", True),
                        ("person__isnull", False),
                        ("review__isnull", True),
                        ("source__isnull", True),
                    ),
                    models.Q(
                        ("evidence__isnull", False),
                        ("fact__isnull", True),
                        ("person__isnull", True),
                        ("review__isnull", True),
                        ("source__isnull", True),
                    ),
                    models.Q(
                        ("evidence__isnull", True),
                        ("fact__isnull", True),
                        ("person__isnull", True),
                        ("review__isnull", True),
                        ("source__isnull", False),
                    ),
                    models.Q(
                        ("evidence__isnull", True),
                        ("fact__isnull", False),
                        ("person__isnull", True),
                        ("review__isnull", True),
                        ("source__isnull", True),
                    ),
                    models.Q(
                        ("evidence__isnull", True),
                        ("fact__isnull", True),
                        ("person__isnull", True),
                        ("review__isnull", False),
                        ("source__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="erasure_of_one_thing",
            ),
        ),
        migrations.AddField(
            model_name="redactedword",
            name="answer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="words", to="register.erasureanswer"
            ),
        ),
        migrations.AddField(
            model_name="redactedword",
            name="erasure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.erasure"
            ),
        ),
        migrations.AddField(
            model_name="redactedword",
            name="fact",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="redacted",
                to="register.fact",
            ),
        ),
        migrations.AddField(
            model_name="redactedword",
            name="review",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="redacted",
                to="register.review",
            ),
        ),
        migrations.AddField(
            model_name="resealed",
            name="fact",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.fact"
            ),
        ),
        migrations.AddConstraint(
            model_name="redactedword",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fact__isnull", False), ("review__isnull", True)),
                    models.Q(("fact__isnull", True), ("review__isnull", False)),
                    _connector="OR",
                ),
                name="redacted_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="redactedword",
            constraint=models.UniqueConstraint(fields=("fact", "field"), name="redacted_word_once"),
        ),
        migrations.AddConstraint(
            model_name="redactedword",
            constraint=models.UniqueConstraint(fields=("review",), name="redacted_note_once"),
        ),
        # The table of requests was written anew.
        *(
            operation
            for name in ("erasure", "redactedword", "resealed")
            for operation in trigger_operations(f"register_{name}")
        ),
        *(AllowEmptying(one) for one in (FACT, REVIEW, ROW, RESEALED)),
    ]
