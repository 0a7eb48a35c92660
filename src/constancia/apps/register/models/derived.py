"""What is derived from the facts and can be rebuilt from them at any time (`constancia rebuild`)."""

from __future__ import annotations

from django.db import models

from constancia.apps.register.models.anchors import Detention, Person


class StateTerm(models.Model):
    """Text codes of the state table as small numbers; 0 is the empty text."""

    id = models.IntegerField(primary_key=True)
    text = models.CharField(max_length=1000, unique=True)


class State(models.Model):
    """`domain.timeline.state.StateVersion`, with its texts as StateTerm numbers. See there."""

    id = models.BigIntegerField(primary_key=True)
    person = models.BigIntegerField()
    detention = models.ForeignKey(Detention, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    spell = models.IntegerField()
    basis = models.SmallIntegerField()
    known_from = models.BigIntegerField()
    known_to = models.BigIntegerField()
    grade_low = models.SmallIntegerField()
    grade_high = models.SmallIntegerField()
    entry_kind = models.IntegerField()
    entry_grade = models.SmallIntegerField()
    entry_earliest = models.IntegerField()
    entry_latest = models.IntegerField()
    entry_day = models.IntegerField()
    custody = models.IntegerField()
    start_earliest = models.IntegerField()
    start_latest = models.IntegerField()
    start_day = models.IntegerField()
    start_grade = models.SmallIntegerField()
    end_earliest = models.IntegerField()
    end_latest = models.IntegerField()
    end_day = models.IntegerField()
    end_grade = models.SmallIntegerField()
    exit_kind = models.IntegerField()
    next_custody = models.IntegerField()
    seg_from = models.IntegerField()
    seg_to = models.IntegerField()
    sex = models.IntegerField()
    adult_from = models.IntegerField()
    profile = models.IntegerField()
    nationality = models.IntegerField()
    state = models.IntegerField()
    place = models.IntegerField()
    authority = models.IntegerField()
    case_state = models.IntegerField()
    context = models.IntegerField()
    occupation = models.IntegerField()
    groups = models.IntegerField()
    measures = models.IntegerField()
    whereabouts = models.IntegerField()
    recognition = models.IntegerField()


class StateChange(models.Model):
    """A detention whose state rows were written anew; counting snapshots follow this."""

    seq = models.BigIntegerField(primary_key=True)
    detention = models.BigIntegerField()


class CaseCard(models.Model):
    """One line per person for lists and filters: how things stand as known now.

    `custody` counts verified exits only, `reported_custody` any; `open_since` is the reckoning day of
    the last detention's start; `pending` counts facts that wait for a review; `updated` is the last
    known time in microseconds; `order_day` the day of a release order that nobody
    has obeyed yet, `consent_until` the last day of a consent that runs out, 0 if there is none. Days are
    ordinals (see StateVersion).
    """

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, db_constraint=False, related_name="card"
    )
    custody = models.CharField(max_length=30, blank=True, db_index=True)
    reported_custody = models.CharField(max_length=30, blank=True)
    case_state = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=100, blank=True, db_index=True)
    place = models.CharField(max_length=300, blank=True)
    sex = models.CharField(max_length=10, blank=True)
    profile = models.CharField(max_length=20, blank=True)
    consent = models.CharField(max_length=30, blank=True)
    consent_until = models.IntegerField(default=0, db_index=True)
    open_since = models.IntegerField()
    pending = models.IntegerField(db_index=True)
    order_day = models.IntegerField(db_index=True)
    updated = models.BigIntegerField()

    class Meta:
        # The order of the register's first page, ties included: an import gives thousands the same instant.
        indexes = [models.Index(fields=["updated", "person"], name="card_last_worked_on")]


class CaseRegion(models.Model):
    """The regions whose coordinators see the case: where it was entered from, and where things happened."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_constraint=False, related_name="regions")
    region = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["region", "person"])]


class DocumentDigest(models.Model):
    """Keyed digests of document numbers, for exact search without the number."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    digest = models.CharField(max_length=64, db_index=True)


class ExternalKey(models.Model):
    """The identifiers other registers give a person, for look-up."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, db_constraint=False, related_name="external_keys"
    )
    scheme = models.CharField(max_length=100)
    value = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["scheme", "value"])]


class PendingReview(models.Model):
    """A live fact, recorded by hand, that begins or ends a stay or decides on it, and that nobody but
    its recorder has looked at. Imports are reviewed whole and do not stand here."""

    fact = models.OneToOneField(
        "register.Fact", on_delete=models.CASCADE, primary_key=True, db_constraint=False, related_name="+"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    kind = models.CharField(max_length=40)
    known = models.BigIntegerField()

    class Meta:
        # The order of the queue, ties included.
        indexes = [models.Index(fields=["known", "fact"], name="pending_longest_first")]
