"""Facts, and what sources and reviewers say of them. Append-only: a correction is a new fact."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from constancia.apps.register.models.anchors import Detention, Person, Source
from constancia.apps.register.models.imports import ImportBatch, ImportRow
from constancia.infra.append_only import AppendOnlyModel


class Fact(AppendOnlyModel):
    """One fact. See `domain.facts` for the kinds and `domain.facts.record.Fact` for the meaning.

    Fields of an identity kind stand in `sealed` (AES-256-GCM under the person's key, associated data
    "register_fact|sealed|<seq>"), those of other kinds in `fields`.
    """

    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="facts")
    detention = models.ForeignKey(Detention, on_delete=models.PROTECT, null=True, related_name="facts")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="facts")
    recorder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    edtf = models.CharField(max_length=80, blank=True)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    words = models.CharField(max_length=300, blank=True)
    fields = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    known_at = models.DateTimeField()
    witnessed_at = models.DateTimeField()
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by", db_index=True
    )
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, null=True, related_name="facts")
    row = models.ForeignKey(
        ImportRow, on_delete=models.PROTECT, null=True, related_name="facts", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["person"],
                name="fact_identity_judgement",
                condition=models.Q(kind="identity_judgement"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(known_at__lte=models.F("witnessed_at")), name="fact_known_before_witnessed"
            ),
        ]


class Attestation(AppendOnlyModel):
    """A further source on a fact."""

    seq = models.BigIntegerField(primary_key=True)
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="attestations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="attestations")
    verdict = models.CharField(max_length=20)
    recorder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField()
    witnessed_at = models.DateTimeField()


class Review(AppendOnlyModel):
    """What a person of the organisation says of a fact, or of every fact of an import."""

    seq = models.BigIntegerField(primary_key=True)
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, null=True, related_name="reviews")
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, null=True, related_name="reviews")
    verdict = models.CharField(max_length=20)
    note = models.CharField(max_length=1000, blank=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField()
    witnessed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fact__isnull=False, batch__isnull=True)
                | models.Q(fact__isnull=True, batch__isnull=False),
                name="review_of_one_thing",
            ),
        ]
