"""Forms of documents: a new one, what a file says of itself, and what is corrected of one that is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from constancia.apps.claims.forms import day_field
from constancia.apps.claims.services import DocumentGiven, DocumentSaid
from constancia.apps.register.forms import choices
from constancia.domain.catalogue import explain
from constancia.domain.claims.tongue import tongue
from constancia.domain.errors import InputRefused
from constancia.domain.language import language as known_language
from constancia.domain.vocabulary.terms import PublicationKind
from constancia.infra.spoken import language as spoken

LANGUAGES = [("es", "español"), ("en", "English")]


class OfItselfForm(forms.Form):
    """What a document says of itself."""

    title = forms.CharField(label=_("Título"), required=False, max_length=400)
    publisher = forms.CharField(label=_("Quién lo publica"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Qué es"))
    published = day_field(
        _("Día que lleva"), help_text=_("Con él se entienden «este jueves» o «hasta hoy». Vacío: no se sabe.")
    )
    language = forms.ChoiceField(label=_("Idioma del texto"), choices=LANGUAGES)
    address = forms.CharField(
        label=_("Dirección"),
        required=False,
        max_length=2000,
        help_text=_("Solo se guarda: el sitio nunca la abre ni pide nada fuera."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices(PublicationKind)  # type: ignore[attr-defined]


class CorrectDocumentForm(OfItselfForm):
    """The same of a document that is kept, and why it is corrected."""

    reason = forms.CharField(label=_("Por qué"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def said(self) -> DocumentSaid:
        given = self.cleaned_data
        return DocumentSaid(
            title=given["title"],
            publisher=given["publisher"],
            kind=PublicationKind(given["kind"]),
            language=known_language(given["language"]),
            published=given["published"],
            address=given["address"],
        )


class DocumentForm(OfItselfForm):
    """A document as it is checked before it is kept."""

    text = forms.CharField(
        label=_("El texto"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 14})
    )

    def given(self) -> DocumentGiven:
        given = self.cleaned_data
        return DocumentGiven(
            title=given["title"],
            publisher=given["publisher"],
            kind=PublicationKind(given["kind"]),
            language=known_language(given["language"] or tongue(given["text"]) or spoken()),
            published=given["published"],
            text=given["text"],
            address=given["address"],
        )


class NewDocumentForm(DocumentForm):
    """The same, or a file from which it is read."""

    file = forms.FileField(
        label=_("O un archivo"),
        required=False,
        help_text=_(
            "TXT, HTML, PDF o DOCX. Antes de guardarlo se ve su texto y lo que el archivo dice de sí."
        ),
    )
    field_order = ("text", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].required = False
        self.fields["language"].choices = [("", _("según el texto")), *LANGUAGES]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("file") and str(given.get("text", "")).strip():
            self.add_error("file", explain(InputRefused("claims.text_and_file"), spoken()))
        return given

    def typed(self) -> dict[str, str]:
        """What was written beside a file, as it was sent."""
        return {
            name: str(self.data.get(name, "")).strip() for name in DocumentForm.base_fields if name != "text"
        }
