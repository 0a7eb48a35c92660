"""Facts about one detention of one person."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, field_validator

from constancia.domain.facts.kinds.base import FactKind, Part, register
from constancia.domain.vocabulary.states import state_code
from constancia.domain.vocabulary.terms import ClosureKind, MeasureKind, ReleaseKind, Tier


class _OfDetention(FactKind):
    about: ClassVar[Literal["person", "detention", "either"]] = "detention"


class _Whereabouts(_OfDetention):
    """`state` is kept by its code where it is one of the country's, however it was written."""

    place: str = Field("", max_length=300)
    state: str = Field("", max_length=100)
    authority: str = Field("", max_length=200)

    @field_validator("state", mode="after")
    @classmethod
    def _by_its_code(cls, value: str) -> str:
        return state_code(value) or value


class _Beginning(_Whereabouts):
    """`place` and `state`: where it happened; `held_at`: the first known place of detention."""

    part: ClassVar[Part] = Part.ENTRY
    held_at: str = Field("", max_length=300)
    context: str = Field("", max_length=200)
    together_with: str = Field("", max_length=100)


@register
class Arrest(_Beginning):
    kind: ClassVar[str] = "arrest"


@register
class Disappearance(_Beginning):
    """Taken, and the authorities do not say where: whereabouts unknown until confirmed."""

    kind: ClassVar[str] = "disappearance"


@register
class SeenHeld(_Whereabouts):
    """Somebody saw the person held. Failing an arrest date, the detention began on or before."""

    kind: ClassVar[str] = "seen_held"
    part: ClassVar[Part] = Part.PLACE


@register
class WhereaboutsConfirmed(_Whereabouts):
    kind: ClassVar[str] = "whereabouts_confirmed"
    part: ClassVar[Part] = Part.PLACE


@register
class Transfer(_Whereabouts):
    """Moved to `place`; `step` orders transfers whose dates do not."""

    kind: ClassVar[str] = "transfer"
    part: ClassVar[Part] = Part.PLACE
    from_place: str = Field("", max_length=300)
    step: int = Field(0, ge=0, le=1000)


class _OfCase(_OfDetention):
    part: ClassVar[Part] = Part.CASE
    court: str = Field("", max_length=300)


@register
class Charge(_OfCase):
    kind: ClassVar[str] = "charge"
    offences: list[str] = Field(default_factory=list, max_length=60)
    military_court: bool = False


@register
class Hearing(_OfCase):
    """`trial`: whether the trial itself was open."""

    kind: ClassVar[str] = "hearing"
    what: str = Field("", max_length=300)
    trial: bool = False


@register
class Sentence(_OfCase):
    kind: ClassVar[str] = "sentence"
    years: int = Field(0, ge=0, le=100)
    months: int = Field(0, ge=0, le=1200)
    offences: list[str] = Field(default_factory=list, max_length=60)


@register
class ReleaseOrder(_OfCase):
    """A court ordered the release; it is not yet one."""

    kind: ClassVar[str] = "release_order"
    release: ReleaseKind = ReleaseKind.UNSPECIFIED


@register
class MeasureImposed(_OfCase):
    kind: ClassVar[str] = "measure_imposed"
    measure: MeasureKind
    every_days: int = Field(0, ge=0, le=3660)


@register
class MeasureLifted(_OfCase):
    kind: ClassVar[str] = "measure_lifted"
    measure: MeasureKind


@register
class CaseClosed(_OfCase):
    """For somebody already out this ends the measures: free, and no release from prison."""

    kind: ClassVar[str] = "case_closed"
    closure: ClosureKind


class _Moving(_OfDetention):
    part: ClassVar[Part] = Part.MOVE


@register
class Release(_Moving):
    kind: ClassVar[str] = "release"
    release: ReleaseKind = ReleaseKind.UNSPECIFIED
    court: str = Field("", max_length=300)


@register
class DeathInCustody(_Moving):
    kind: ClassVar[str] = "death_in_custody"
    cause: str = Field("", max_length=300)


@register
class Escape(_Moving):
    kind: ClassVar[str] = "escape"


@register
class Narrative(_OfDetention):
    """What the source tells, in its words; kept with the identity, for names stand in it."""

    kind: ClassVar[str] = "narrative"
    prose: ClassVar[frozenset[str]] = frozenset({"text"})
    part: ClassVar[Part] = Part.ATTRIBUTE
    tier: ClassVar[Tier] = Tier.IDENTITY
    dated: ClassVar[bool] = False
    text: str = Field(min_length=1, max_length=20_000)
