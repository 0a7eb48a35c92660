"""datapackage.json: the description of the open data in the terms of Frictionless Data Package."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from constancia.apps.publishing.outputs.opendata.licence import Licence
from constancia.domain.publishing.canonical import sha256
from constancia.domain.publishing.codebook import Column, Resource, codes
from constancia.domain.publishing.content import Content

TYPES = {"count": "integer", "instant": "datetime", "sha256": "string"}
CLOSED = frozenset({"measure", "unit", "part", "grade"})
"""Lists of codes to which no edition can add."""


def descriptor(
    content: Content,
    described: Mapping[str, str],
    licence: Licence,
    written: Mapping[Resource, bytes],
) -> bytes:
    """The description of the files in `written`. `described`: "title_es", "description_en", … in words."""
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": f"constancia-edicion-{content.number}",
        "version": f"{content.number}",
        "title": described["title_es"],
        "title_en": described["title_en"],
        "description": described["description_es"],
        "description_en": described["description_en"],
        "created": instant(content),
        "licenses": [{"name": licence.code, "path": licence.address, "title": licence.title}],
        "contributors": [{"title": content.organisation, "role": "publisher"}],
        "keywords": ["derechos humanos", "detenciones", "human rights", "detention"],
        "resources": [_resource(resource, data) for resource, data in written.items()],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def instant(content: Content) -> str:
    """T of the edition as open data write it."""
    return content.known_at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _resource(resource: Resource, data: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in resource.columns],
        "missingValues": [""],
    }
    if resource.key:
        schema["primaryKey"] = list(resource.key)
    if resource.references:
        schema["foreignKeys"] = [
            {"fields": [one.column], "reference": {"resource": one.resource, "fields": [one.target]}}
            for one in resource.references
        ]
    return {
        "name": resource.name,
        "path": f"{resource.name}.csv",
        "profile": "tabular-data-resource",
        "title": resource.meaning.es,
        "title_en": resource.meaning.en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "bytes": len(data),
        "hash": f"sha256:{sha256(data)}",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "type": TYPES.get(column.kind, column.kind),
        "description": column.meaning.es,
        "description_en": column.meaning.en,
    }
    if column.kind == "boolean":
        found |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.kind == "count":
        constraints["minimum"] = 0
    if column.kind == "sha256":
        constraints["pattern"] = "[0-9a-f]{64}"
    if column.codes in CLOSED:
        constraints["enum"] = list(codes()[column.codes])
    if constraints:
        found["constraints"] = constraints
    return found
