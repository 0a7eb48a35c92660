"""Requests for a second person, their answers and their one use. Rows are added, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from constancia.infra.append_only import AppendOnlyModel


class Request(AppendOnlyModel):
    """One person asks for one thing. `kind`: an `ApprovalKind`.

    `sealed`: reason, terms and mark under the key of `subject` (`sealing.py`), because a filter may hold
    somebody's name. `digest`: a keyed fingerprint of kind and terms, to find what was approved. `people`: how
    many the asker was told that it is about; empty where nobody is counted.
    """

    kind = models.CharField(max_length=20)
    subject = models.BinaryField(max_length=16, unique=True)
    sealed = models.BinaryField()
    digest = models.CharField(max_length=64, db_index=True)
    people = models.IntegerField(null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        ordering = ["id"]


class Answer(AppendOnlyModel):
    """What a second person answered. `asked_by` is repeated here so that the database refuses the asker.

    `alone`: nobody else could have answered, and the asker went on. `expires_at`: until when it may be used.
    """

    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="answer")
    approved = models.BooleanField()
    alone = models.BooleanField(default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved=False)
                | models.Q(alone=True)
                | ~models.Q(asked_by=models.F("answered_by")),
                name="approved_by_two_people",
            ),
        ]


class Use(AppendOnlyModel):
    """An approval is used once."""

    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="use")
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        abstract = False
