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
            name="RegionKey",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("region", models.CharField(max_length=100)),
                ("public", models.BinaryField(max_length=32)),
                ("abroad", models.TextField()),
                ("recipients", models.JSONField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Asking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("region", models.CharField(max_length=100)),
                ("reason", models.CharField(max_length=20)),
                ("asked_at", models.DateTimeField()),
                ("approved", models.BooleanField(null=True)),
                ("until", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Holder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public", models.BinaryField(max_length=32)),
                ("slot", models.JSONField()),
                ("made_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holder",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("closed", models.BinaryField()),
                ("given_at", models.DateTimeField()),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="regions.holder",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="regions.regionkey",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("key", "holder"), name="region_grant_once")],
            },
        ),
        *trigger_operations("regions_regionkey"),
    ]
