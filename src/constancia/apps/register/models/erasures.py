"""Erasure: who asked for it and who answered, who is erased, and the anonymous residue that stays.

A row of `Erased` is what the database's triggers look for before they let anything be emptied.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from constancia.apps.register.models.anchors import Detention, Person, Source
from constancia.apps.register.models.facts import Fact, Review
from constancia.apps.register.models.work import Evidence
from constancia.infra.append_only import AppendOnlyModel

_THINGS = ("person", "evidence", "source", "fact", "review")


def _one_of(names: tuple[str, ...]) -> models.Q:
    """That exactly one of these columns is there."""
    each = [models.Q(**{f"{other}__isnull": other != name for other in names}) for name in names]
    found = each[0]
    for one in each[1:]:
        found |= one
    return found


class Erasure(AppendOnlyModel):
    """A request to erase a person, one evidence file, who a source is, words of one fact, or the note of one
    review, with a closed ground; nobody's words. Whoever was judged to be the same person goes with them.

    `fields`: of a fact, which of its words (`domain.facts.redactable`), separated by commas.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="erasures")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, null=True, related_name="+")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="+")
    fields = models.CharField(max_length=200, blank=True)
    ground = models.CharField(max_length=30)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=_one_of(_THINGS), name="erasure_of_one_thing"),
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


class RedactedWord(AppendOnlyModel):
    """One field of one fact (or the note of one review) whose words are gone while the rest stays.

    `digest`: of its slot (`domain.ledger.slots`), so that the entry of the record can still be computed.
    """

    answer = models.ForeignKey(ErasureAnswer, on_delete=models.PROTECT, related_name="words")
    erasure = models.ForeignKey(Erasure, on_delete=models.PROTECT, related_name="+")
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, null=True, related_name="redacted")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="redacted")
    field = models.CharField(max_length=40)
    digest = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=_one_of(("fact", "review")), name="redacted_one_thing"),
            models.UniqueConstraint(fields=["fact", "field"], name="redacted_word_once"),
            models.UniqueConstraint(fields=["review"], name="redacted_note_once"),
        ]


class Resealed(AppendOnlyModel):
    """The sealed fields of a fact without the words that went, sealed as the fact's own
    ("register_fact|sealed|<seq>"): the one thing that its row may be changed to. Emptied once a later one is
    there."""

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
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
