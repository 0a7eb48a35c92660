"""Who works on a case, the files that back a fact, and what became of them."""

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


class FileReport(AppendOnlyModel):
    """What a file said of itself when it came: JSON, sealed with the file's key
    ("register_filereport|content|<file>")."""

    id = models.BigAutoField(primary_key=True)
    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="report")
    content = models.BinaryField()
    recorded_at = models.DateTimeField()


class Custody(AppendOnlyModel):
    """A step of a file's chain of custody, entered in the ledger by its number. `words`: from or to whom,
    sealed with the file's key ("register_custody|words|<file>|<order>")."""

    id = models.BigAutoField(primary_key=True)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="custody")
    order = models.PositiveIntegerField()
    step = models.CharField(max_length=20)
    way = models.CharField(max_length=20, blank=True)
    purpose = models.CharField(max_length=20, blank=True)
    words = models.BinaryField()
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["evidence", "order"], name="register_custody_order")]
