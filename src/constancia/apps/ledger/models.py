"""Rows of the two logs. All of them are added and never changed; hashes are 32 bytes."""

from __future__ import annotations

from django.db import models

from constancia.infra.append_only import AppendOnlyModel

FACTS, CASES = "hechos", "casos"
LOGS = (FACTS, CASES)
"""Every fact, review and document; and the roster, one leaf per case and nothing else."""


class Log(AppendOnlyModel):
    """A log since its first seal: what it is called for ever, and the key that signs it."""

    name = models.CharField(max_length=10, primary_key=True)
    origin = models.CharField(max_length=200)
    public_key = models.BinaryField(max_length=32)
    started_at = models.DateTimeField()


class Entry(AppendOnlyModel):
    """A commitment to one record, written in the record's own transaction; it waits for the next seal.

    `about` and `number` say of what: ("fact", 17). `week` and `root` make, with `kind`, the bytes that are
    hashed (`domain.ledger.entry`). `chain` is SHA-256(0x03 || chain before || leaf): between two seals it
    holds what is waiting in its order.
    """

    seq = models.BigIntegerField(primary_key=True)
    log = models.CharField(max_length=10)
    kind = models.CharField(max_length=10)
    about = models.CharField(max_length=20)
    number = models.BigIntegerField()
    week = models.CharField(max_length=8)
    root = models.BinaryField(max_length=32)
    leaf = models.BinaryField(max_length=32, unique=True)
    chain = models.BinaryField(max_length=32)

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["about", "number"], name="ledger_entry_of_one")]


class Notice(AppendOnlyModel):
    """A document that lies in the log and nowhere else: canonical JSON, entered by its SHA-256. `kind` as in
    `domain.ledger.entry`: keys, adopted, erasure, backup, audit."""

    kind = models.CharField(max_length=10)
    text = models.TextField()
    recorded_at = models.DateTimeField()


class Leaf(AppendOnlyModel):
    """A leaf of a log. `kind`: "entry"; "padding", which hides how many entries a day had; "lost", known from
    the published log alone after an older backup was restored."""

    log = models.CharField(max_length=10)
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    kind = models.CharField(max_length=10)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="sealed")

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["log", "index"], name="ledger_leaf_place")]


class Node(AppendOnlyModel):
    """A perfect node above the leaves: over [index * 2^level, (index + 1) * 2^level), level 1 and up."""

    log = models.CharField(max_length=10)
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["log", "level", "index"], name="ledger_node_place")]


class Checkpoint(AppendOnlyModel):
    """What was signed of a log after its leaves were committed. `note`: with the log's signature alone."""

    log = models.CharField(max_length=10)
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    signed_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["log", "size"], name="ledger_checkpoint_size")]


class Cosignature(AppendOnlyModel):
    """A witness's line under a checkpoint, verified before it was kept."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.CharField(max_length=255)
    line = models.CharField(max_length=600)
    received_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "witness"], name="ledger_one_per_witness")
        ]


class Stamp(AppendOnlyModel):
    """A time stamp (RFC 3161) of a checkpoint's signed note, verified before it was kept."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="stamps")
    authority = models.CharField(max_length=300)
    token = models.BinaryField()
    stamped_at = models.DateTimeField()
