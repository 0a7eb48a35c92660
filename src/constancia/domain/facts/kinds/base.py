"""What every kind of fact declares. A new kind is one class here-about, its labels, and its test."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Any, ClassVar, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator

from constancia.domain.errors import FactRefused, InputRefused
from constancia.domain.names import written
from constancia.domain.vocabulary.terms import Tier

LONGEST = 20_000
"""Characters that any text of a fact may have; most kinds allow their fields less."""


class Part(StrEnum):
    """What a kind does in the timeline."""

    ENTRY = "entry"  # may begin a detention
    MOVE = "move"  # may move the person to another custody state
    PLACE = "place"  # says where the person is held
    CASE = "case"  # moves the criminal case
    ATTRIBUTE = "attribute"  # says something of the person
    DECISION = "decision"  # the organisation's own: recognition, consent, identity judgement
    WITHDRAWAL = "withdrawal"  # takes back another fact


class FactKind(BaseModel):
    """Base of the kinds: the fields are the pydantic fields, the class variables say how it behaves."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, str_max_length=LONGEST)

    kind: ClassVar[str]
    about: ClassVar[Literal["person", "detention", "either"]]
    part: ClassVar[Part]
    tier: ClassVar[Tier] = Tier.OPEN
    dated: ClassVar[bool] = True
    """Whether the fact happened on a date; an undated kind (a name) takes none."""
    prose: ClassVar[frozenset[str]] = frozenset()
    """Fields in which line ends mean something."""

    @field_validator("*", mode="after")
    @classmethod
    def _fit_to_be_stored(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, Enum):
            return value
        if isinstance(value, str):
            return written(value, limit=LONGEST, lines=info.field_name in cls.prose)
        if isinstance(value, list):
            return [
                written(one, limit=LONGEST) if isinstance(one, str) and not isinstance(one, Enum) else one
                for one in value
            ]
        return value


K = TypeVar("K", bound="FactKind")

KINDS: dict[str, type[FactKind]] = {}


def register(cls: type[K]) -> type[K]:
    """Class decorator: enters the kind into KINDS under its `kind`."""
    if cls.kind in KINDS:
        raise ValueError(f"two kinds of fact are called {cls.kind}")
    KINDS[cls.kind] = cls
    return cls


def validated(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    """`fields` as plain JSON values, checked by the kind's class; unset fields are left out.

    Raises FactRefused: `fact.kind_unknown`, or `fact.field` with the kind and the field at fault
    (never the value, which may be personal); what `names.written` refuses, under its own code.
    """
    cls = KINDS.get(kind)
    if cls is None:
        raise FactRefused("fact.kind_unknown", kind=kind)
    try:
        model = cls.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise FactRefused(
            "fact.field", kind=kind, field=".".join(map(str, first["loc"])), why=first["type"]
        ) from None
    except InputRefused as error:
        raise FactRefused(error.code, **error.params) from None
    return model.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
