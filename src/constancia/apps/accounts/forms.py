"""Forms of signing in and of the people of the house. The rules stand in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from constancia.domain.vocabulary.terms import Role

ROLE_WORDS = {
    Role.ADMINISTRATOR: _("Administración"),
    Role.DESK: _("Mesa de documentación"),
    Role.COORDINATOR: _("Coordinación de estados"),
    Role.LAWYER: _("Defensa (casos asignados)"),
    Role.VOLUNTEER: _("Voluntariado (anota, no consulta)"),
    Role.READER: _("Lectura de cifras"),
    Role.AUDITOR: _("Auditoría (ve lo hecho, no los casos)"),
}


def _password(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=500, strip=False, widget=widget, **more)


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("Nombre de usuario"),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = _password(_("Contraseña"), "current-password")


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Rol"), choices=[(role.value, words) for role, words in ROLE_WORDS.items()]
    )
    regions = forms.CharField(
        label=_("Estados"),
        required=False,
        max_length=2000,
        help_text=_("Solo para coordinación. Separados por comas: lara, zulia."),
    )

    def role_wanted(self) -> Role:
        return Role(self.cleaned_data["role"])

    def regions_wanted(self) -> list[str]:
        return [part for part in self.cleaned_data["regions"].split(",") if part.strip()]


class NewPersonForm(RoleForm):
    display_name = forms.CharField(label=_("Nombre visible"), max_length=200)
    username = forms.CharField(
        label=_("Nombre de usuario"),
        max_length=200,
        help_text=_("Letras minúsculas sin acento, cifras, puntos o guiones."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    field_order = ["display_name", "username", "role", "regions"]


class PasswordForm(forms.Form):
    """`present` is asked for unless there is none, or a link let the person in to set a new one."""

    present = _password(_("Contraseña actual"), "current-password", required=False)
    new = _password(
        _("Contraseña nueva"),
        "new-password",
        help_text=_("Al menos 15 caracteres. Una frase de varias palabras sirve bien."),
    )
    again = _password(_("Otra vez"), "new-password")


class CodeForm(forms.Form):
    """A one-time code of six digits, or a recovery code of twelve."""

    code = forms.CharField(
        label=_("Código"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autofocus": True,
                "class": "digits",
            }
        ),
    )


class ConfirmForm(forms.Form):
    password = _password(_("Contraseña"), "current-password")


class PasskeyForm(forms.Form):
    name = forms.CharField(
        label=_("¿Cómo la llamará?"),
        max_length=60,
        help_text=_("Para reconocerla en esta página: «mi teléfono», «llave azul»."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class TravelForm(forms.Form):
    until = forms.DateField(
        label=_("¿Cuándo vuelve?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
