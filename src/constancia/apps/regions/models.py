"""Regions' keys, the people who hold them, and requests to see what another region holds.

No private half stands in any of these tables but closed: to a holder's pair, under a passphrase, or to age
recipients.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from constancia.infra.append_only import AppendOnlyModel


class Holder(models.Model):
    """A pair of somebody's own: whoever gives them a region's key needs no passphrase of theirs.

    `public`: 32 bytes; `slot`: the private half wrapped under their passphrase (`infra.regional`).
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="holder")
    public = models.BinaryField(max_length=32)
    slot = models.JSONField()
    made_at = models.DateTimeField()


class RegionKey(AppendOnlyModel):
    """The public half of a region's key (32 bytes), and its copy abroad: an age file for `recipients`.

    The latest of a region closes what is recorded from then on; earlier ones still open what they closed.
    """

    id = models.BigIntegerField(primary_key=True)
    region = models.CharField(max_length=100)
    public = models.BinaryField(max_length=32)
    abroad = models.TextField()
    recipients = models.JSONField()
    made_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        ordering = ["id"]


class Grant(models.Model):
    """Key and holder: the private half, closed to the holder's pair. Taken away by deleting the row."""

    key = models.ForeignKey(RegionKey, on_delete=models.PROTECT, related_name="grants")
    holder = models.ForeignKey(Holder, on_delete=models.CASCADE, related_name="grants")
    closed = models.BinaryField()
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "holder"], name="region_grant_once")]


class Asking(models.Model):
    """Somebody who does not hold the key of a region asks to see what it holds of one case, called `code`.

    `until`: as long as an approved one shows it, or an unanswered one can be answered.
    """

    code = models.CharField(max_length=20)
    region = models.CharField(max_length=100)
    reason = models.CharField(max_length=20)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved = models.BooleanField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    until = models.DateTimeField()
