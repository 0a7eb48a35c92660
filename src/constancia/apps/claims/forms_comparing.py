"""What may be asked of others' figures beside ours. Nothing personal: these forms use GET."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from constancia.apps.figures import wording
from constancia.apps.figures.shapes import PAIRS
from constancia.apps.register.forms import DAYS_THERE_ARE, choices
from constancia.domain.claims.comparable import FIGURES
from constancia.domain.vocabulary.terms import Said


def _day(label: Any) -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=picker, validators=DAYS_THERE_ARE)


def parts() -> list[tuple[str, str]]:
    """The parts of those held that the field's balances print: "sex:woman" with its words."""
    return [
        (
            f"{dimension}:{category}",
            f"{wording.dimension(dimension)}: {wording.category(dimension, category)}",
        )
        for dimension, categories in PAIRS.items()
        for category in categories
    ]


class CompareForm(forms.Form):
    """A day, or a period; what is said; of whom."""

    que = forms.ChoiceField(label=_("Qué se dice"), required=False)
    al = _day(_("Al"))
    desde = _day(_("Desde el (para un período)"))
    conocido = _day(_("Según lo conocido el"))
    parte = forms.ChoiceField(label=_("De quiénes"), required=False)
    de = forms.IntegerField(required=False, widget=forms.HiddenInput)
    a = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["que"].choices = choices(said for said in Said if said in FIGURES)  # type: ignore[attr-defined]
        self.fields["parte"].choices = [("", _("todas las personas")), *parts()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        first, last = found.get("desde"), found.get("al")
        if first and last and first > last:
            self.add_error("desde", _("El período empieza después de su último día."))
        return found


class ReconcileForm(forms.Form):
    """Whose claims are taken together, and how far "about" may be off."""

    quien = forms.ChoiceField(label=_("De quién"), required=False)
    margen = forms.IntegerField(
        label=_("«Alrededor de»: margen, en %"), required=False, min_value=0, max_value=90, initial=10
    )
    conocido = _day(_("Confirmado hasta el"))
    nuestras = forms.BooleanField(label=_("Poner al lado nuestras cuentas"), required=False)
    juntas = forms.BooleanField(label=_("Como si todos contaran a las mismas personas"), required=False)

    def __init__(self, *args: Any, claimants: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quien"].choices = [("", _("cada quien por su cuenta")), *claimants]  # type: ignore[attr-defined]
