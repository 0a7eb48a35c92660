"""Which field stands in which of the 32 slots. Never reordered: a leaf of today must be checkable for ever.

Slots 0 to 15 are common to all records of a person; those from 16 on belong to the kind. A field's name says
its kind ("release.court"), so that a name has one slot. New fields are added at the end of their kind's row.
"""

from __future__ import annotations

from types import MappingProxyType

COMMON = (
    "record",  # fact, review, attestation or case
    "number",
    "person",  # code
    "detention",
    "kind",
    "when",  # EDTF
    "words",  # the date as written
    "source",
    "source.kind",
    "source.reliability",
    "source.group",
    "recorder",
    "known_at",
    "witnessed_at",
    "supersedes",
    "batch",
)
OWN = 16
"""The first slot of a kind's own fields."""

_ENTRY = ("place", "state", "authority", "held_at", "context", "together_with")

FIELDS: dict[str, tuple[str, ...]] = {
    "recognition": ("framework", "outcome", "criteria", "reasoning"),
    "consent": (
        "tier_given",
        "given_by",
        "use",
        "covers",
        "uses",
        "giver",
        "how",
        "until",
        "withdrawn",
    ),
    "identity_judgement": ("other", "verdict", "reason"),
    "withdrawal": ("reason",),
    "arrest": _ENTRY,
    "disappearance": _ENTRY,
    "seen_held": ("place", "state", "authority"),
    "whereabouts_confirmed": ("place", "state", "authority"),
    "transfer": ("place", "state", "authority", "from_place", "step"),
    "charge": ("court", "offences", "military_court"),
    "hearing": ("court", "what", "trial"),
    "sentence": ("court", "years", "months", "offences"),
    "release_order": ("court", "release"),
    "measure_imposed": ("court", "measure", "every_days"),
    "measure_lifted": ("court", "measure"),
    "case_closed": ("court", "closure"),
    "release": ("release", "court"),
    "death_in_custody": ("cause",),
    "escape": (),
    "narrative": ("text",),
    "name": ("full", "given", "surnames"),
    "alias": ("value",),
    "birth": ("born", "words"),
    "identity_document": ("document", "number", "country"),
    "relation": ("other", "relation"),
    "contact": ("contact_name", "said_tie", "reach", "lives_in"),
    "safety_note": ("text",),
    "sex": ("value",),
    "age": ("years",),
    "nationality": ("value", "countries"),
    "occupation": ("group", "detail"),
    "profile": ("value", "rank"),
    "group": ("value",),
    "external_id": ("scheme", "value"),
    "review": ("fact", "batch", "verdict", "note"),
    "attestation": ("fact", "verdict"),
    "custody": ("evidence", "step", "way", "purpose", "sha256", "size", "media_type", "words"),
}

SLOT_OF = MappingProxyType(
    {name: slot for slot, name in enumerate(COMMON)}
    | {f"{kind}.{name}": slot for kind, names in FIELDS.items() for slot, name in enumerate(names, OWN)}
)
"""Field → its slot."""
