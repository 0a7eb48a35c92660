from __future__ import annotations

from django.db import migrations, models

from constancia.infra.append_only import trigger_operations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        *(
            migrations.CreateModel(
                name=name,
                fields=[
                    ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                    ("words", models.TextField(unique=True)),
                ],
                options=options,
            )
            for name, options in (("Row", {"base_manager_name": "objects"}), ("Loose", {}))
        ),
        *trigger_operations("rows_row"),
    ]
