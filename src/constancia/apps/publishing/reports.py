"""What is wrong with the texts of a report, in the shape of findings."""

from __future__ import annotations

from typing import Any

from constancia.domain.language import Language
from constancia.domain.publishing.charts import described
from constancia.domain.publishing.content import Content
from constancia.domain.publishing.texts import problems

Json = dict[str, Any]


def problems_of(content: Content, language: Language) -> list[Json]:
    """Every error in the texts of one language: {"code": "text", "language", "file", "line", "problem",
    "params"}, by file and line. An edition without texts has no report, and nothing wrong with it."""
    if not any(one.path.endswith(".md") for one in content.texts):
        return []
    return [
        {
            "code": "text",
            "language": language,
            "file": one.file,
            "line": one.line,
            "problem": one.error.code,
            "params": dict(one.error.params),
        }
        for one in problems(content, language, described)
    ]
