"""All editions of the site side by side: which comes before and after which, and what was corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from constancia.apps.publishing.outputs.opendata import CC_BY, Licence
from constancia.apps.publishing.outputs.site.model import SiteEdition
from constancia.domain.errors import InputRefused
from constancia.domain.publishing.content import Content, Erratum


@dataclass(frozen=True, slots=True)
class Shelf:
    """`editions` by number, oldest first; `errata` by number. `address`: where the site is served, or "";
    `has_checker`: whether the site offers the verifier as a page."""

    editions: tuple[SiteEdition, ...]
    errata: tuple[Erratum, ...]
    address: str
    licence: Licence
    has_checker: bool = False

    @property
    def latest(self) -> SiteEdition:
        return self.editions[-1]

    def before(self, number: int) -> Content | None:
        """The edition before that one, where the site has it."""
        one = next(one for one in self.editions if one.number == number)
        wanted = one.content.previous.number if one.content.previous else None
        return next((other.content for other in self.editions if other.number == wanted), None)

    def after(self, number: int) -> SiteEdition | None:
        """The latest edition, where it is not that one."""
        return self.latest if self.latest.number != number else None

    def errata_of(self, number: int) -> tuple[Erratum, ...]:
        """The corrections of that edition."""
        return tuple(one for one in self.errata if one.edition == number)

    def absolute(self, path: str) -> str:
        """The full address of a page; its path in the site where nobody has said where the site is served."""
        return f"{self.address.rstrip('/')}/{path}" if self.address else path


def shelf(
    editions: Sequence[SiteEdition],
    errata: Sequence[Erratum] = (),
    address: str = "",
    licence: Licence = CC_BY,
    *,
    has_checker: bool = False,
) -> Shelf:
    """The editions in order. Errata that later editions carry are taken from them too.

    Raises InputRefused: `site.no_editions`, `site.edition_twice` (number), `site.address` (an address that is
    not https or http), `site.erratum_differs` (number: two errata of one number that say different things).
    """
    if not editions:
        raise InputRefused("site.no_editions")
    if address and not address.startswith(("https://", "http://")):
        raise InputRefused("site.address")
    found = tuple(sorted(editions, key=lambda one: one.number))
    for one, following in pairwise(found):
        if one.number == following.number:
            raise InputRefused("site.edition_twice", number=one.number)
    corrections: dict[int, Erratum] = {}
    for erratum in (*errata, *(erratum for one in found for erratum in one.content.errata)):
        if corrections.setdefault(erratum.number, erratum) != erratum:
            raise InputRefused("site.erratum_differs", number=erratum.number)
    ordered = tuple(corrections[number] for number in sorted(corrections))
    return Shelf(found, ordered, address, licence, has_checker)
