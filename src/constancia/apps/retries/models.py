"""The keys of what was recorded, for as long as somebody may send it again."""

from __future__ import annotations

from django.db import models


class Kept(models.Model):
    """One sending that was recorded. Both are HMACs under a key of the register's own (32 bytes): a row says
    neither who sent what nor where to. Rows are never changed, and removed when they are `services.DAYS` old.
    """

    key = models.BinaryField(max_length=32, unique=True)
    fingerprint = models.BinaryField(max_length=32)
    kept_at = models.DateTimeField(db_index=True)
