"""Lists of names as they came, who was said to be who, and what was recorded from it.

Everything here is added and never changed: a decision is taken back by another, a recording by an undoing.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from constancia.apps.register.models import Attestation, Fact, Person, Source
from constancia.infra.append_only import AppendOnlyModel


class NameList(AppendOnlyModel):
    """A list of names that somebody sent. `edtf` to `words`: the day that it is about, as precise as it says.

    `content`: who exactly it comes from, the file's name, lines left out, remarks of the reader; sealed
    under `subject`. `digest` (keyed) recognises the same file. `complete`: it claims to name everybody.
    `earlier`: the list of which this is a later edition.
    """

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    source_kind = models.CharField(max_length=40)
    reliability = models.CharField(max_length=1)
    group = models.CharField(max_length=200, blank=True)
    confidentiality = models.CharField(max_length=20)
    edtf = models.CharField(max_length=80)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    words = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=100, blank=True)
    complete = models.BooleanField(default=False)
    total = models.IntegerField()
    left_out = models.IntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    earlier = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later")
    subject = models.BinaryField(max_length=16)
    content = models.BinaryField()
    known_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Entry(AppendOnlyModel):
    """One person on a list, sealed with a key of its own. `key` (keyed digest of the folded name and the
    document's number) recognises the same entry in another edition; `repeats`: an earlier one's number."""

    of_list = models.ForeignKey(NameList, on_delete=models.PROTECT, related_name="entries")
    number = models.IntegerField()
    line = models.IntegerField()
    page = models.IntegerField(null=True)
    repeats = models.IntegerField(null=True)
    key = models.CharField(max_length=64)
    subject = models.BinaryField(max_length=16)
    content = models.BinaryField()

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["of_list", "number"], name="matching_entry_number")]


class EntryDecision(AppendOnlyModel):
    """Who an entry is, as a person decided. See `domain.matching.judging` for how decisions add up."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=20)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=1000, blank=True)
    known_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Acceptance(AppendOnlyModel):
    """Entries recorded at once, by whom; all rest on `source`, which is one for the whole list.

    `threshold`: from which probability on entries were proposed for it, None where each had been decided.
    """

    of_list = models.ForeignKey(NameList, on_delete=models.PROTECT, related_name="acceptances")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    threshold = models.FloatField(null=True)
    known_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Taken(AppendOnlyModel):
    """One fact recorded, or one attestation of a fact that was there, from an entry."""

    acceptance = models.ForeignKey(Acceptance, on_delete=models.PROTECT, related_name="taken")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="taken")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="+")
    attestation = models.ForeignKey(Attestation, on_delete=models.PROTECT, null=True, related_name="+")


class Undone(AppendOnlyModel):
    """What was recorded from an entry, taken back again."""

    taken = models.OneToOneField(Taken, on_delete=models.PROTECT, related_name="undone")
    reason = models.CharField(max_length=1000, blank=True)
    known_at = models.DateTimeField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
