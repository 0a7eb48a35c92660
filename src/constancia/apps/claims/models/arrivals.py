"""Files on their way to being documents."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Arrival(models.Model):
    """A file sent to the site and not kept as a document yet. Goes away when it is, or after a day.

    It lies sealed in the inbox under `subject`. `given`: what its text is and what it says of itself, with
    what the sender wrote in the place of it.
    """

    file = models.CharField(max_length=32)
    subject = models.BinaryField(max_length=16)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    given = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
