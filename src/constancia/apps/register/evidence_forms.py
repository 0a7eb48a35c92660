"""Forms about files of evidence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from constancia.apps.register.forms import choices
from constancia.domain.vocabulary.files import CustodyPurpose, CustodyWay

FORMS = (("original", ""), ("copy", ""))


class EvidenceForm(forms.Form):
    title = forms.CharField(label=_("Qué es"), max_length=300)
    file = forms.FileField(
        label=_("Archivo"),
        allow_empty_file=True,
        max_length=None,
        help_text=_(
            "PDF, foto, texto, DOCX, XLSX, ODT, audio o video. Se guarda cifrado y no se altera; lo que"
            " dice de sí (lugar, autor, aparato) queda reservado."
        ),
    )
    way = forms.ChoiceField(label=_("Cómo llegó"), required=False)
    received_from = forms.CharField(
        label=_("De quién, y cómo"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Primer paso de la cadena de custodia. Queda reservado, como una fuente."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = choices(CustodyWay, _("no se sabe"))  # type: ignore[attr-defined]


class GiveForm(forms.Form):
    purpose = forms.ChoiceField(label=_("Para qué"), choices=())
    to_whom = forms.CharField(
        label=_("A quién se entrega"),
        required=False,
        max_length=500,
        help_text=_("Queda en la cadena de custodia, reservado."),
    )
    form = forms.ChoiceField(choices=FORMS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = choices(CustodyPurpose)  # type: ignore[attr-defined]
