"""Imports and the rows they were made from, kept as they came."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from constancia.apps.register.models.anchors import Person
from constancia.infra.append_only import AppendOnlyModel


class ImportBatch(AppendOnlyModel):
    """One spreadsheet read with one mapping. `mapping` is the mapping's text, whole."""

    id = models.BigIntegerField(primary_key=True)
    title = models.CharField(max_length=300)
    mapping = models.TextField()
    scheme = models.CharField(max_length=100)
    file_sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class ImportRow(AppendOnlyModel):
    """A row of the file, sealed with its person's key ("register_importrow|content|<id>").

    `digest` (keyed, so that it says nothing without the register's key) recognises a row seen before.
    """

    id = models.BigIntegerField(primary_key=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="rows")
    number = models.IntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="import_rows")
    digest = models.CharField(max_length=64, db_index=True)
    content = models.BinaryField()
