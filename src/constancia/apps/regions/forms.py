"""Forms of the page about regions' keys. The rules stand in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from constancia.apps.accounts.models import User

HOURS = (1, 4, 10)


def _passphrase(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=500, strip=False, widget=widget, **more)


class NewPassphraseForm(forms.Form):
    """`present` is asked for unless there is none yet."""

    present = _passphrase(_("Frase actual"), "off")
    new = _passphrase(
        _("Frase nueva"),
        "new-password",
        help_text=_("Varias palabras, distintas de su contraseña. Nadie puede recordársela: apréndala."),
    )
    again = _passphrase(_("Otra vez"), "new-password")

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["present"]


class OpenForm(forms.Form):
    passphrase = _passphrase(_("Su frase para lo reservado"), "off")
    hours = forms.TypedChoiceField(
        label=_("Por cuánto tiempo"),
        coerce=int,
        choices=[(1, _("una hora")), (4, _("cuatro horas")), (10, _("toda la jornada (10 horas)"))],
    )


class GiveForm(forms.Form):
    region = forms.CharField(widget=forms.HiddenInput, max_length=100)
    username = forms.ChoiceField(label=_("Dársela también a"))

    def __init__(self, *args: Any, users: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].choices = [(one.username, str(one)) for one in users]  # type: ignore[attr-defined]
