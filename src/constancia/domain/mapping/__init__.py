"""The mapping language: how the rows of somebody's table become facts. See docs/mapping.md."""

from constancia.domain.mapping.language import Mapping
from constancia.domain.mapping.loading import load
from constancia.domain.mapping.planning import Planner, fitted
from constancia.domain.mapping.plans import PlannedCase, PlannedFact, PlannedSource, Refusal

__all__ = ["Mapping", "PlannedCase", "PlannedFact", "PlannedSource", "Planner", "Refusal", "fitted", "load"]
