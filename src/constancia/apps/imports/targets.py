"""What a column may be, in the form that makes a first mapping. Each target is a field of a kind of fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from constancia.domain.facts.kinds import KINDS

ID, REGION, KNOWN = "id", "region", "known"
SPECIAL = (ID, REGION, KNOWN)
WHEN = "when"

OFFERED: dict[str, tuple[str, ...]] = {
    "name": ("full", "given", "surnames"),
    "alias": ("value",),
    "identity_document": ("number",),
    "sex": ("value",),
    "birth": ("born",),
    "age": ("years",),
    "nationality": ("value",),
    "occupation": ("group", "detail"),
    "profile": ("value", "rank"),
    "group": ("value",),
    "arrest": (WHEN, "state", "place", "held_at", "authority", "context", "together_with"),
    "disappearance": (WHEN, "state", "place", "authority"),
    "seen_held": (WHEN, "place", "state"),
    "transfer": (WHEN, "place", "from_place"),
    "charge": (WHEN, "offences", "court", "military_court"),
    "hearing": (WHEN, "what", "court"),
    "sentence": (WHEN, "years", "months", "court"),
    "release_order": (WHEN, "release", "court"),
    "release": (WHEN, "release", "court"),
    "measure_imposed": (WHEN, "measure"),
    "case_closed": (WHEN, "closure", "court"),
    "death_in_custody": (WHEN, "cause"),
    "escape": (WHEN,),
    "narrative": ("text",),
}
JOINED = frozenset({"name.full", "narrative.text", "arrest.context"})
"""Several columns with one of these targets are written one after another; of others the first filled."""


@dataclass(frozen=True, slots=True)
class Target:
    """`terms`: the closed terms that its values must be translated to (None: free text)."""

    kind: str
    field: str

    @property
    def key(self) -> str:
        return f"{self.kind}.{self.field}"

    @property
    def terms(self) -> type[StrEnum] | None:
        if self.field == WHEN:
            return None
        shape = KINDS[self.kind].model_fields[self.field].annotation
        return shape if isinstance(shape, type) and issubclass(shape, StrEnum) else None

    @property
    def made(self) -> str:
        """What `as` makes of it: "edtf", "state", "integer", "boolean", "list" or ""."""
        if self.field == WHEN:
            return ""
        if self.field == "state":
            return "state"
        if self.key == "birth.born":
            return "edtf"
        shape = KINDS[self.kind].model_fields[self.field].annotation
        return {int: "integer", bool: "boolean", list[str]: "list"}.get(shape, "")  # type: ignore[arg-type]


def targets() -> Iterator[Target]:
    for kind, names in OFFERED.items():
        for name in names:
            yield Target(kind, name)


TARGETS: dict[str, Target] = {target.key: target for target in targets()}
