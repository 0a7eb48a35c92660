"""TOML text → LinkMapping. A mapping for imports is told apart, and read as what it is."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from pydantic import ValidationError

from constancia.domain.errors import MappingRefused
from constancia.domain.mapping.loading import MAX_DOTS, MAX_TEXT
from constancia.domain.matching.linking.language import LinkMapping


def of_an_import(text: str) -> bool:
    """Whether `text` is a mapping for `constancia import`: it says on whose word its facts rest.

    Raises MappingRefused as `load` does where it is no TOML.
    """
    raw = _toml(text)
    return "source" in raw and "fact" in raw


def load(text: str) -> LinkMapping:
    """The linking mapping that `text` describes.

    Raises MappingRefused: `mapping.too_long`, `mapping.toml` (line), `linking.version`,
    `mapping.key_unknown` (place), `mapping.key` (place, why).
    """
    raw = _toml(text)
    if raw.get("version") != 1 or isinstance(raw["version"], bool):
        raise MappingRefused("linking.version")
    try:
        return LinkMapping.model_validate(raw)
    except ValidationError as error:
        raise _refusal(error) from None
    except RecursionError:
        raise MappingRefused("mapping.toml", line=1) from None


def _toml(text: str) -> dict[str, Any]:
    if len(text) > MAX_TEXT:
        raise MappingRefused("mapping.too_long", limit=MAX_TEXT)
    for number, written in enumerate(text.splitlines(), start=1):
        if written.count(".") > MAX_DOTS:
            raise MappingRefused("mapping.toml", line=number)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise MappingRefused("mapping.toml", line=line.group(1) if line else 1) from None
    except (RecursionError, ValueError, OverflowError):
        raise MappingRefused("mapping.toml", line=1) from None


def _refusal(error: ValidationError) -> MappingRefused:
    item = min(error.errors(include_input=False, include_url=False), key=lambda e: e["type"] == "missing")
    steps = [str(step + 1) if isinstance(step, int) else step for step in item["loc"]]
    place = " › ".join(steps).replace("field › ", "field ") or "mapping"
    if item["type"] == "extra_forbidden":
        return MappingRefused("mapping.key_unknown", place=place[:100])
    why = item["msg"].removeprefix("Value error, ") if item["type"] == "value_error" else item["type"]
    return MappingRefused("mapping.key", place=place[:100], why=why)
