"""Under what terms the open data may be used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Licence:
    """`code` is the SPDX identifier, `address` where the terms stand."""

    code: str
    title: str
    address: str


CC_BY = Licence(
    "CC-BY-4.0",
    "Creative Commons Attribution 4.0 International",
    "https://creativecommons.org/licenses/by/4.0/",
)
