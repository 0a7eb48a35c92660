"""Every address of the site, read from the URL configuration, and what fills its blanks in tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from constancia.apps.accounts.permissions import Access, access_of


@dataclass(frozen=True)
class Address:
    """One pattern: its full name ("register:case"), the view, and the names of its blanks."""

    name: str
    view: Callable[..., Any]
    blanks: tuple[str, ...]

    @property
    def access(self) -> Access | None:
        return access_of(self.view)

    def fill(self, values: dict[str, Any]) -> str:
        return reverse(self.name, kwargs={blank: values[blank] for blank in self.blanks})


def every_address() -> list[Address]:
    return sorted(_walk(get_resolver(), ""), key=lambda address: address.name)


def _walk(resolver: URLResolver, space: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield Address(f"{space}{entry.name}", entry.callback, tuple(entry.pattern.converters))
