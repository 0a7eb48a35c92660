"""Forms of the page on mode and key. The rules stand in the services."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from constancia.infra.modes import LONGEST_REASON


class ReadOnlyForm(forms.Form):
    reason = forms.CharField(
        label=_("Por qué"),
        max_length=LONGEST_REASON,
        help_text=_("Lo lee todo el que esté dentro. Sin nombres de personas."),
    )


class CloseForm(forms.Form):
    password = forms.CharField(
        label=_("Su contraseña, otra vez"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
