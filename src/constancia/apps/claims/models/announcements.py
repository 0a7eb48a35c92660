"""Promises of release with what came of them, and dated statements for the charts."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from constancia.apps.claims.models.documents import Claim, Document
from constancia.apps.register.models import Detention, Person
from constancia.infra.append_only import AppendOnlyModel


class Announcement(AppendOnlyModel):
    """Somebody announced that people would be released.

    `value` is None where no number was given. `window_start` to `window_end` (None: open) are the days
    within which releases were promised, or may be taken to belong to it. A later version of the same
    announcement has `first` set to the first one; `withdrawn` says that it was entered in error.
    """

    first = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="versions")
    title = models.CharField(max_length=200)
    claimant = models.CharField(max_length=200)
    announced_on = models.DateField()
    value = models.BigIntegerField(null=True)
    qualifier = models.CharField(max_length=20)
    category = models.CharField(max_length=300, blank=True)
    filters = models.JSONField(default=dict)
    window_start = models.DateField()
    window_end = models.DateField(null=True)
    list_given = models.BooleanField(default=False)
    note = models.CharField(max_length=1000, blank=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, related_name="announcements")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="announcements")
    withdrawn = models.BooleanField(default=False)
    known_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class ListedName(AppendOnlyModel):
    """One name of the list that came with an announcement, as written, sealed with a key of its own."""

    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="names")
    number = models.IntegerField()
    name = models.BinaryField()
    subject = models.BinaryField(max_length=16)
    known_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class ListDecision(AppendOnlyModel):
    """Who a listed name is, as a person decided; the last one holds, and "retract" takes it back."""

    listed = models.ForeignKey(ListedName, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=20)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=1000, blank=True)
    known_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Attribution(AppendOnlyModel):
    """To which announcement a person attributes one release; the last one holds.

    `announcement` None: to none of them. `taken_back`: as the windows say again.
    """

    detention = models.ForeignKey(Detention, on_delete=models.PROTECT, related_name="+")
    announcement = models.ForeignKey(
        Announcement, on_delete=models.PROTECT, null=True, related_name="attributions"
    )
    taken_back = models.BooleanField(default=False)
    note = models.CharField(max_length=1000, blank=True)
    known_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Statement(AppendOnlyModel):
    """Something said in public on a day: a mark on a chart, and never more than that.

    `hour` "20:00" or "". `mark`: the few words at the mark. `first` and `withdrawn` as of announcements.
    """

    first = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="versions")
    said_on = models.DateField()
    hour = models.CharField(max_length=5, blank=True)
    speaker = models.CharField(max_length=200)
    mark = models.CharField(max_length=120)
    words = models.CharField(max_length=1000, blank=True)
    address = models.CharField(max_length=2000, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="statements")
    withdrawn = models.BooleanField(default=False)
    known_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
