"""What is looked for in the trail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from constancia.apps.accounts.models import User
from constancia.apps.register.forms import DAYS_THERE_ARE, choices
from constancia.apps.trail.queries import Wanted
from constancia.domain.vocabulary.deeds import Deed


class WantedForm(forms.Form):
    """Sent by POST: a code names a case."""

    actor = forms.TypedChoiceField(label=_("Quién"), required=False, coerce=int, empty_value=None)
    deed = forms.TypedChoiceField(label=_("Qué"), required=False, coerce=Deed, empty_value=None)
    day = forms.DateField(
        label=_("Día"),
        required=False,
        validators=DAYS_THERE_ARE,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    code = forms.CharField(
        label=_("Código de un caso suyo"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    same_as = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput())

    def __init__(self, *args: Any, actors: Iterable[User] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [("", _("cualquiera")), *((one.pk, str(one)) for one in actors)]
        self.fields["actor"].choices = people  # type: ignore[attr-defined]
        self.fields["deed"].choices = choices(Deed, _("cualquier acto"))  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        return Wanted(**self.cleaned_data)
