"""Files on their way in. What has been imported stands in the register (`ImportBatch`, `ImportRow`)."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Upload(models.Model):
    """A file sent to the site and not imported yet. Goes away when it is, or after a day.

    The file lies sealed in the inbox under `subject`; `name` (as the sender called it) is sealed with the
    same key ("imports_upload|name|<file>"). `mapping`: the TOML chosen or built so far, "" for none.
    """

    id = models.BigAutoField(primary_key=True)
    file = models.CharField(max_length=32)
    subject = models.BinaryField(max_length=16)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    name = models.BinaryField()
    mapping = models.TextField(blank=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
