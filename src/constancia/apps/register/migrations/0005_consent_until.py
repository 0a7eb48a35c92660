"""Cases bear the last day of a consent that runs out."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0004_evidence_custody"),
    ]

    operations = [
        migrations.AddField(
            model_name="casecard",
            name="consent_until",
            field=models.IntegerField(db_index=True, default=0),
        ),
    ]
