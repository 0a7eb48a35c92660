"""Who works on a case, and the files that back a fact."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from constancia.apps.register.models.anchors import Person
from constancia.apps.register.models.facts import Fact
from constancia.infra.append_only import AppendOnlyModel


class Assignment(AppendOnlyModel):
    """A case given to (or, with `active` false, taken from) a lawyer. The latest row counts."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    active = models.BooleanField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Evidence(AppendOnlyModel):
    """A file behind a fact. `file` names the sealed file on the disk, which has a key (`subject`) of its own;
    `title` is sealed with that key too ("register_evidence|title|<file>")."""

    id = models.BigAutoField(primary_key=True)
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="evidence")
    file = models.CharField(max_length=32)
    subject = models.BinaryField(max_length=16)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    title = models.BinaryField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
