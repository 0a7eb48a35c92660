"""What facts hang on: people, their detentions, and the sources that spoke.

Primary keys are given by the recorder under the writer lock, in order; they never leave the house.
What leaves is the person's code.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from constancia.infra.append_only import AppendOnlyModel


class Person(AppendOnlyModel):
    """An anchor with a code that survives dictation. Everything known of the person is a fact.

    `subject` names the person's key in the keyring; `region` is where the case was entered from.
    """

    id = models.BigIntegerField(primary_key=True)
    code = models.CharField(max_length=20, unique=True)
    subject = models.BinaryField(max_length=16)
    region = models.CharField(max_length=100, blank=True)
    recorded_at = models.DateTimeField()


class Detention(AppendOnlyModel):
    """An episode of one person. Re-arrest is a new one."""

    id = models.BigIntegerField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="detentions")
    recorded_at = models.DateTimeField()


class Source(AppendOnlyModel):
    """Who or what a fact rests on. `label` (who exactly) is sealed with the source's own key."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=40)
    reliability = models.CharField(max_length=1)
    group = models.CharField(max_length=200, blank=True)
    confidentiality = models.CharField(max_length=20)
    subject = models.BinaryField(max_length=16)
    label = models.BinaryField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
