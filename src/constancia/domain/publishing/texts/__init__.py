"""The language in which the desk writes reports: CommonMark with insertions, and nothing else in it.

A file of the folder → tokens (`parser`) → blocks (`reading`), with every fault of it (`problems`).
"""

from constancia.domain.publishing.texts.checking import TypedNumber, problems, typed_numbers
from constancia.domain.publishing.texts.problem import Problem

__all__ = ["Problem", "TypedNumber", "problems", "typed_numbers"]
