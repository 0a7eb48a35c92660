"""Documents, the claims read in them, and what a person decided on each."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from constancia.infra.append_only import AppendOnlyModel


class Document(AppendOnlyModel):
    """A published text. `published` is the day it bears, `known_at` when the house took it in.

    `digest` is that of its words alone, so that the same text is known again whatever its layout;
    `sketch` estimates how much of it stands in others (`domain.claims.alike`). The file that it came as,
    if any, is kept sealed under `subject` with the evidence files.
    """

    title = models.CharField(max_length=400)
    publisher = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    published = models.DateField(null=True)
    address = models.CharField(max_length=2000, blank=True)
    text = models.TextField()
    digest = models.CharField(max_length=64, db_index=True)
    sketch = models.JSONField(default=list)
    file = models.CharField(max_length=32, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_size = models.BigIntegerField(default=0)
    media_type = models.CharField(max_length=100, blank=True)
    subject = models.BinaryField(max_length=16, null=True)
    known_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Amendment(AppendOnlyModel):
    """What a document says of itself, said better; or that it was entered in error (`withdrawn`).

    The last one holds, over what the document's own row says; its text and its file never change. `note`:
    why.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="amendments")
    title = models.CharField(max_length=400)
    publisher = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    published = models.DateField(null=True)
    address = models.CharField(max_length=2000, blank=True)
    withdrawn = models.BooleanField(default=False)
    note = models.CharField(max_length=1000)
    known_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Claim(AppendOnlyModel):
    """One claim as proposed or as corrected. See `domain.claims.claim.Claim` for the fields.

    `quote` is document.text[start:start + len(quote)]. `proposed_by`: "reader", "model" or "person".
    `supersedes`: the claim of which this one is the correction, or, where nobody wrote it, another reading.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="claims")
    quote = models.TextField()
    start = models.IntegerField()
    value = models.BigIntegerField()
    high = models.BigIntegerField(null=True)
    qualifier = models.CharField(max_length=20)
    unit = models.CharField(max_length=20)
    about = models.CharField(max_length=40)
    category = models.CharField(max_length=300, blank=True)
    filters = models.JSONField(default=dict)
    claimant = models.CharField(max_length=200)
    claimant_key = models.CharField(max_length=200, db_index=True)
    as_of = models.DateField(null=True)
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    has_period = models.BooleanField(default=False)
    time_words = models.CharField(max_length=300, blank=True)
    proposed_by = models.CharField(max_length=20)
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrections", db_index=True
    )
    known_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Decision(AppendOnlyModel):
    """What a person decided on a claim; the last one holds, and "retract" takes it back."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=20)
    note = models.CharField(max_length=1000, blank=True)
    known_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
