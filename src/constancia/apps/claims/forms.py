"""The form of a claim."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from constancia.apps.claims import wording
from constancia.apps.register.forms import DAYS_THERE_ARE, choices
from constancia.domain.claims import quoting
from constancia.domain.claims.claim import FILTERS, Claim, Period
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.states import states
from constancia.domain.vocabulary.terms import (
    ClaimUnit,
    Nationality,
    Profile,
    Qualifier,
    ReleaseKind,
    Said,
    Sex,
)

TRAITS: dict[str, tuple[str, ...]] = {
    "sex": tuple(Sex),
    "age_group": ("adolescent", "adult"),
    "profile": tuple(Profile),
    "nationality": tuple(Nationality),
    "convicted": ("convicted", "not_convicted"),
    "whereabouts": ("known", "unknown"),
    "kind": tuple(ReleaseKind),
    "state": tuple(states()),
}
"""Traits chosen from a list. Country and place are written; any other that a claim has is a field of its own,
to be kept or emptied."""


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        validators=DAYS_THERE_ARE,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **more,
    )


class WholeField(forms.IntegerField):
    """A whole number, as people copy it: 1.204, 12 557 and 1,204 are meant with their thousands."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    _PLAIN = re.compile(r"[+-]?\d+")
    _GROUPED = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+")

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if self._GROUPED.fullmatch(text):
            text = re.sub(r"\D", "", text)
        elif text and not self._PLAIN.fullmatch(text):  # 1.00 is nobody's way to write one person
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text if isinstance(value, str) else value)


class ClaimForm(forms.Form):
    """A claim whole. The quotation is sought in the text, nearest to where it was."""

    value = WholeField(label=_("Cifra"), min_value=0)
    high = WholeField(label=_("Hasta (rango)"), required=False, min_value=0)
    qualifier = forms.ChoiceField(label=_("Matiz"))
    unit = forms.ChoiceField(label=_("Qué se cuenta"))
    about = forms.ChoiceField(label=_("Qué se dice de ellas"))
    claimant = forms.CharField(
        label=_("Quién lo dice"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    category = forms.CharField(label=_("A quiénes cuenta, en palabras"), required=False, max_length=300)
    as_of = day_field(_("Al día"))
    period_start = day_field(_("Desde"))
    period_end = day_field(_("Hasta el"))
    time_words = forms.CharField(label=_("Palabras de la fecha"), required=False, max_length=300)
    quote = forms.CharField(
        label=_("La cita"),
        max_length=quoting.LONGEST,
        help_text=_("Tal como está en el texto. Puede marcarla en él."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    note = forms.CharField(label=_("Nota"), required=False, max_length=1000)

    FIRST = ("value", "qualifier", "unit", "about")
    TIMES = ("as_of", "period_start", "period_end", "time_words")

    def __init__(
        self,
        text: str,
        old: Claim | None,
        data: Mapping[str, Any] | None = None,
        *,
        number: int = 0,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """`number`: the claim's, so that two forms on one page do not share the names of their fields."""
        start = {**(_initial(old) if old else {}), **(initial or {})}
        super().__init__(data, initial=start, auto_id=f"f{number}_%s")
        self._text = text
        self._old = old.filters if old else {}
        self._claimant = old.claimant if old else ""
        for name, terms in (("qualifier", Qualifier), ("unit", ClaimUnit), ("about", Said)):
            self.fields[name].choices = choices(terms)  # type: ignore[attr-defined]
        self.fields["claimant"].widget.attrs["list"] = f"quienes{number}"
        for name in FILTERS:
            self._ask(name)

    def _ask(self, name: str) -> None:
        old = self._old.get(name, "")
        if name in TRAITS:
            known = [*TRAITS[name], *([old] if old and old not in TRAITS[name] else [])]
            offered = [("", "—"), *((one, wording.trait_value(name, one)) for one in known)]
            self.fields[f"w_{name}"] = forms.ChoiceField(
                label=wording.trait(name), required=False, choices=offered, initial=old
            )
        elif old or name in ("country", "place"):
            self.fields[f"w_{name}"] = forms.CharField(
                label=wording.trait(name), required=False, max_length=300, initial=old
            )

    def _kept(self, written: str) -> str:
        """The claimant as claims keep it; where nobody touched it, as it was."""
        same = self._claimant and written == wording.claimant(self._claimant)
        return self._claimant if same else wording.claimant_written(written)

    @property
    def traits(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("w_")]

    @property
    def traits_said(self) -> bool:
        """Whether any trait is chosen, so that the page shows them open."""
        return any(field.value() for field in self.traits)

    def claim(self) -> Claim:
        """Raises InputRefused `claim.quote_not_found`."""
        given = self.cleaned_data
        found = quoting.find(self._text, given["quote"], given["start"] or 0)
        if found is None:
            raise InputRefused("claim.quote_not_found")
        start, quote = found
        first, last = given["period_start"], given["period_end"]
        return Claim(
            quote=quote,
            start=start,
            value=given["value"],
            high=given["high"],
            qualifier=Qualifier(given["qualifier"]),
            unit=ClaimUnit(given["unit"]),
            about=Said(given["about"]),
            claimant=self._kept(given["claimant"]),
            category=given["category"],
            filters={
                name.removeprefix("w_"): given[name]
                for name in self.fields
                if name.startswith("w_") and given[name]
            },
            as_of=given["as_of"],
            period=Period(first, last) if first or last else None,
            time_words=given["time_words"],
        )


def _initial(claim: Claim) -> dict[str, Any]:
    return {
        "value": claim.value,
        "high": claim.high,
        "qualifier": claim.qualifier.value,
        "unit": claim.unit.value,
        "about": claim.about.value,
        "claimant": wording.claimant(claim.claimant),
        "category": claim.category,
        "as_of": claim.as_of,
        "period_start": claim.period.start if claim.period else None,
        "period_end": claim.period.end if claim.period else None,
        "time_words": claim.time_words,
        "quote": claim.quote,
        "start": claim.start,
    }
