"""Frameworks for recognising a detention as political: data, in `frameworks.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from constancia.domain.errors import FactRefused
from constancia.domain.language import Language


@dataclass(frozen=True, slots=True)
class Framework:
    """`criteria`: code → language → our wording; `needs`: what it takes; `source`: where it is defined."""

    code: str
    version: str
    titles: Mapping[str, str]
    source: str
    needs: Mapping[str, str]
    criteria: Mapping[str, Mapping[str, str]]

    def title(self, language: Language = "es") -> str:
        return self.titles[language]

    def criterion(self, code: str, language: Language = "es") -> str:
        """Our wording of a criterion. FactRefused `framework.criterion_unknown`."""
        self.check([code])
        return self.criteria[code][language]

    def check(self, criteria: Iterable[str]) -> None:
        """FactRefused `framework.criterion_unknown` unless every criterion belongs to this framework."""
        if any(code not in self.criteria for code in criteria):
            known = ", ".join(self.criteria)
            raise FactRefused("framework.criterion_unknown", framework=self.code, known=known)


@cache
def frameworks() -> Mapping[str, Framework]:
    """All frameworks by code, in the order of the file."""
    text = resources.files(__package__).joinpath("frameworks.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            code: Framework(code, f["version"], f["title"], f["source"], f["needs"], f["criteria"])
            for code, f in tomllib.loads(text).items()
        }
    )


def framework(code: str) -> Framework:
    """The framework. FactRefused `framework.unknown`."""
    found = frameworks().get(code)
    if found is None:
        raise FactRefused("framework.unknown", known=", ".join(frameworks()))
    return found
