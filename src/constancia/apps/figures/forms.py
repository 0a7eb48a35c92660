"""What a reader may ask of figures. Dates and names of figures are not personal: these forms use GET."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from constancia.apps.figures import wording
from constancia.apps.register.forms import DAYS_THERE_ARE
from constancia.domain.figures.definition import definitions
from constancia.domain.figures.rule import rules
from constancia.infra.spoken import language

STEPS = [("daily", _("día")), ("weekly", _("semana")), ("monthly", _("mes"))]


def _day(label: Any) -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=picker, validators=DAYS_THERE_ARE)


class BalanceForm(forms.Form):
    """Two days, each as known by its end unless said otherwise, and a rule."""

    al = _day(_("Balance al"))
    conocido = _day(_("según lo conocido el"))
    desde = _day(_("comparado con el"))
    regla = forms.ChoiceField(label=_("Regla"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regla"].choices = rule_choices()  # type: ignore[attr-defined]


class FigureForm(forms.Form):
    """One figure: which, when, as known when, by what rule and grade, broken down by what, drawn how."""

    cifra = forms.ChoiceField(label=_("Cifra"))
    al = _day(_("Al"))
    conocido = _day(_("Según lo conocido el"))
    desde = _day(_("Desde el"))
    paso = forms.ChoiceField(label=_("Un punto por"), required=False, choices=STEPS)
    regla = forms.ChoiceField(label=_("Regla"), required=False)
    grado = forms.ChoiceField(label=_("Grado mínimo"), required=False)
    por = forms.ChoiceField(label=_("Desglose por"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = {
            "cifra": [(name, one.title(language())) for name, one in definitions().items()],
            "regla": rule_choices(),
            "grado": [("", _("el de la definición")), *wording.GRADES.items()],
            "por": [("", _("sin desglose")), *wording.dimensions()],
        }
        for name, choices in options.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class BetweenForm(forms.Form):
    """One step between two rules."""

    regla = forms.ChoiceField()
    a = forms.ChoiceField()
    paso = forms.IntegerField(min_value=0, max_value=99)
    al = _day("")
    conocido = _day("")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("regla", "a"):
            self.fields[name].choices = rule_choices()  # type: ignore[attr-defined]
        self.fields["al"].required = True


def rule_choices() -> list[tuple[str, str]]:
    """The population rules by their labels."""
    return [(name, wording.own(one.label)) for name, one in rules().items()]
