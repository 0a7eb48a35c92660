"""Imprecise dates: what a source supports and no more."""

from constancia.domain.dates.imprecise import UNKNOWN, ImpreciseDate

__all__ = ["UNKNOWN", "ImpreciseDate"]
