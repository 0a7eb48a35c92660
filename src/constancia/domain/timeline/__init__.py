"""The facts of one person, at a known time, become states."""

from constancia.domain.timeline.fold import fold

__all__ = ["fold"]
