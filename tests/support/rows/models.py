"""An append-only table and an ordinary one, for tests of the machinery alone."""

from __future__ import annotations

from django.db import models

from constancia.infra.append_only import AppendOnlyModel


class Row(AppendOnlyModel):
    """A row that is added and never changed."""

    seq = models.BigIntegerField(primary_key=True)
    words = models.TextField(unique=True)

    class Meta(AppendOnlyModel.Meta):
        app_label = "rows"


class Loose(models.Model):
    """The negative control: the same row without any protection."""

    seq = models.BigIntegerField(primary_key=True)
    words = models.TextField(unique=True)

    class Meta:
        app_label = "rows"
