"""Erasure: who asked for it and who answered, who is erased, and the anonymous residue that stays.

A row of `Erased` is what the database's triggers look for before they let anything be emptied.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from constancia.apps.register.models.anchors import Detention, Person, Source
from constancia.apps.register.models.work import Evidence
from constancia.infra.append_only import AppendOnlyModel


class Erasure(AppendOnlyModel):
    """A request to erase a person, one evidence file, or who a source is, with a closed ground; nobody's
    words. Whoever was judged to be the same person goes with them."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="erasures")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    ground = models.CharField(max_length=30)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, evidence__isnull=True, source__isnull=True)
                | models.Q(person__isnull=True, evidence__isnull=False, source__isnull=True)
                | models.Q(person__isnull=True, evidence__isnull=True, source__isnull=False),
                name="erasure_of_one_thing",
            ),
        ]


class ErasureAnswer(AppendOnlyModel):
    """What a second person answered. `asked_by` is repeated here so that the database refuses the asker."""

    erasure = models.OneToOneField(Erasure, on_delete=models.PROTECT, related_name="answer")
    approved = models.BooleanField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved=False) | ~models.Q(asked_by=models.F("answered_by")),
                name="erasure_by_two_people",
            ),
        ]


class Erased(AppendOnlyModel):
    """From `at` on nothing is known of this person. `records`: how many were emptied."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="erased")
    answer = models.ForeignKey(ErasureAnswer, on_delete=models.PROTECT, related_name="erased")
    records = models.IntegerField()
    at = models.DateTimeField()


class Redacted(AppendOnlyModel):
    """One evidence file, or who a source is, taken out of a case that stays."""

    answer = models.OneToOneField(ErasureAnswer, on_delete=models.PROTECT, related_name="redacted")
    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, null=True, related_name="redacted")
    source = models.OneToOneField(Source, on_delete=models.PROTECT, null=True, related_name="redacted")
    at = models.DateTimeField()


class ErasureEnd(AppendOnlyModel):
    """The keys are destroyed, the files gone and the database's free pages overwritten. Until this row is
    there, whoever starts the register goes on with the erasure."""

    erasure = models.OneToOneField(Erasure, on_delete=models.PROTECT, related_name="end")
    keys = models.IntegerField()
    files = models.IntegerField()
    at = models.DateTimeField()


class Residue(AppendOnlyModel):
    """One coarse state version of somebody who is erased, so that past totals can be counted again.

    `version`: `domain.timeline.state.StateVersion` as JSON, only what published figures are divided by.
    `until`: None, or the freezing of an edition for which the versions had come out otherwise, without what
    entered the register later.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    detention = models.ForeignKey(Detention, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField(null=True)
    version = models.JSONField()
