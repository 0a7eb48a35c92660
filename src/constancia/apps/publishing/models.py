"""Rows of what is published. All of them are added and never changed: a correction is another row."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from constancia.infra.append_only import AppendOnlyModel


class ReportText(AppendOnlyModel):
    """One version of one text file of a report's folder; the last one holds.

    `report`: the folder's name; `path`: "informe.toml", "es/contexto.md", …; `removed`: the file is gone.
    """

    report = models.CharField(max_length=60)
    path = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    removed = models.BooleanField(default=False)
    known_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        indexes = [models.Index(fields=["report", "path"], name="publishing_text_of_report")]


class Draft(AppendOnlyModel):
    """One version of a draft. Later versions have `first` set to the first one.

    `as_of` is D, `known_at` T. `since`: the day whose end is the opening of a first edition's balance.
    `merges`: disclosure control as decided so far, [{"table", "cells": [[…]]}]. `withheld`: tables left out.
    """

    first = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="versions")
    title_es = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    languages = models.JSONField()
    as_of = models.DateField()
    known_at = models.DateTimeField()
    rule = models.CharField(max_length=60)
    report = models.CharField(max_length=60, blank=True)
    since = models.DateField(null=True)
    merges = models.JSONField(default=list)
    withheld = models.JSONField(default=list)
    discarded = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Check(AppendOnlyModel):
    """What a draft came to when it was checked: its content frozen, and what stands in the way.

    `content`: compressed canonical bytes, `sha256` that of the bytes. `findings`: [{"code", …}], none where
    it passed. `frozen_at`: the instant of consents and texts, and when the check was made.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="checks")
    number = models.IntegerField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    findings = models.JSONField(default=list)
    frozen_at = models.DateTimeField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Edition(AppendOnlyModel):
    """What a second person approved. `names`: the named list, one name a line, sealed under `subject`."""

    number = models.IntegerField(unique=True)
    check_made = models.OneToOneField(Check, on_delete=models.PROTECT, related_name="edition")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    as_of = models.DateField()
    known_at = models.DateTimeField()
    frozen_at = models.DateTimeField()
    merges = models.JSONField(default=list)
    withheld = models.JSONField(default=list)
    names = models.BinaryField(null=True)
    subject = models.BinaryField(max_length=16, null=True)
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class NamesLeft(AppendOnlyModel):
    """The named list of an edition without somebody who was erased since, sealed anew; the last one holds.

    `names`: as of `Edition`, None where nobody is left. The key of the list before it is destroyed.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="names_left")
    names = models.BinaryField(null=True)
    subject = models.BinaryField(max_length=16, null=True)
    at = models.DateTimeField()


class Build(AppendOnlyModel):
    """The files of an edition as they were made and signed, once.

    `facts_size`, `roster_size`, `policy`: the ledger as it was then (`proving.parts.Pinned`), none where
    there was none yet; `pinned_at`: when that was.
    """

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="built")
    manifest = models.BinaryField()
    signature = models.BinaryField(max_length=64)
    public_key = models.BinaryField(max_length=32)
    facts_size = models.BigIntegerField(default=0)
    roster_size = models.BigIntegerField(default=0)
    policy = models.TextField(blank=True)
    pinned_at = models.DateTimeField(null=True)
    built_at = models.DateTimeField()
    built_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Erratum(AppendOnlyModel):
    """A correction of an edition, with a number of its own (the primary key), shown wherever it is shown."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="errata")
    words_es = models.CharField(max_length=2000)
    words_en = models.CharField(max_length=2000)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
