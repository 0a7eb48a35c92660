"""Facts about a person."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from constancia.domain.facts.kinds.base import FactKind, Part, register
from constancia.domain.vocabulary.terms import DocumentKind, Group, Nationality, Profile, Sex, Tier


class _About(FactKind):
    about: ClassVar[Literal["person", "detention", "either"]] = "person"
    part: ClassVar[Part] = Part.ATTRIBUTE
    dated: ClassVar[bool] = False


class _Identity(_About):
    tier: ClassVar[Tier] = Tier.IDENTITY


@register
class Name(_Identity):
    """The name as written, and its parts where the source tells them apart."""

    kind: ClassVar[str] = "name"
    full: str = Field(min_length=1, max_length=400)
    given: str = Field("", max_length=200)
    surnames: str = Field("", max_length=200)


@register
class Alias(_Identity):
    """Another name the person is known by."""

    kind: ClassVar[str] = "alias"
    value: str = Field(min_length=1, max_length=400)


@register
class Birth(_Identity):
    """Birth date, as EDTF, with the words as written."""

    kind: ClassVar[str] = "birth"
    born: str = Field(min_length=1, max_length=80)
    words: str = Field("", max_length=200)


@register
class IdentityDocument(_Identity):
    """A document number (cédula, passport)."""

    kind: ClassVar[str] = "identity_document"
    document: DocumentKind = DocumentKind.NATIONAL_ID
    number: str = Field(min_length=1, max_length=60)
    country: str = Field("", max_length=60)


@register
class Relation(_Identity):
    """A tie to another person of the register, by that person's code."""

    kind: ClassVar[str] = "relation"
    other: str = Field(min_length=1, max_length=20)
    relation: str = Field(min_length=1, max_length=100)


class _Sealed(_About):
    tier: ClassVar[Tier] = Tier.SEALED


@register
class Contact(_Sealed):
    """A relative or somebody else who answers for the person, and how to reach them. Who may be harmed for
    having spoken."""

    kind: ClassVar[str] = "contact"
    contact_name: str = Field(min_length=1, max_length=400)
    said_tie: str = Field("", max_length=100)
    reach: str = Field("", max_length=400)
    lives_in: str = Field("", max_length=400)


@register
class SafetyNote(_Sealed):
    """What whoever works on the case must be careful about, or somebody is hurt."""

    kind: ClassVar[str] = "safety_note"
    prose: ClassVar[frozenset[str]] = frozenset({"text"})
    text: str = Field(min_length=1, max_length=5000)


@register
class SexStated(_About):
    kind: ClassVar[str] = "sex"
    value: Sex


@register
class Age(_About):
    """Age in full years on the fact's date (the date of arrest where none is given)."""

    kind: ClassVar[str] = "age"
    dated: ClassVar[bool] = True
    years: int = Field(ge=0, le=120)


@register
class NationalityStated(_About):
    kind: ClassVar[str] = "nationality"
    value: Nationality
    countries: list[str] = Field(default_factory=list, max_length=6)


@register
class Occupation(_About):
    """`group` is the breakdown category; `detail` what the source said."""

    kind: ClassVar[str] = "occupation"
    group: str = Field("", max_length=100)
    detail: str = Field("", max_length=300)


@register
class ProfileStated(_About):
    kind: ClassVar[str] = "profile"
    value: Profile
    rank: str = Field("", max_length=100)


@register
class GroupMembership(_About):
    kind: ClassVar[str] = "group"
    value: Group


@register
class ExternalId(_About):
    """The identifier another register gives the person; `scheme` is that register's name."""

    kind: ClassVar[str] = "external_id"
    scheme: str = Field(min_length=1, max_length=100)
    value: str = Field(min_length=1, max_length=200)
