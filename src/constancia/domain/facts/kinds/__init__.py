"""Every kind of fact, by name."""

from constancia.domain.facts.kinds import decision, detention, person
from constancia.domain.facts.kinds.base import KINDS, FactKind, Part, validated

__all__ = ["KINDS", "FactKind", "Part", "decision", "detention", "person", "validated"]
