"""How sure a fact is, by a written, versioned policy. Nobody types a grade."""

from constancia.domain.grading.policy import Policy
from constancia.domain.grading.reasons import Graded, Reason, in_words

__all__ = ["Graded", "Policy", "Reason", "in_words"]
