"""Forms of lists: sending one, and how sure a proposal must be."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from constancia.apps.matching.queries.proposals import LOWEST
from constancia.apps.matching.services import ListGiven
from constancia.apps.register.forms import DateField, SourceForm, choices, read_day, state_field
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused
from constancia.domain.matching.degrees import ACCEPT
from constancia.domain.vocabulary.terms import ListKind
from constancia.infra.spoken import language

PASTED = 10_000_000
"""Characters that can be pasted; more comes as a file."""


class ListForm(SourceForm):
    """A list that is pasted or uploaded: what it says, of which day, and who it comes from."""

    text = forms.CharField(
        label=_("La lista"),
        required=False,
        strip=False,
        max_length=PASTED,
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Pegue los nombres tal como llegaron, uno por línea."),
    )
    file = forms.FileField(
        label=_("O un archivo"), required=False, help_text=_("TXT, CSV, XLSX, ODS, DOCX o PDF con texto.")
    )
    name_column = forms.CharField(
        label=_("Columna de los nombres"),
        required=False,
        max_length=200,
        help_text=_("Solo para hojas de cálculo con más de una: el título de la columna."),
    )
    title = forms.CharField(
        label=_("Título"),
        max_length=200,
        help_text=_("Por él la reconocerán los demás; sin nombres de personas detenidas."),
    )
    kind = forms.ChoiceField(label=_("¿Qué dice de quienes están en ella?"))
    when = DateField(
        label=_("¿De qué día habla?"),
        help_text=_("«8 de enero de 2026», «enero de 2026», «08/01/2026» (día/mes)."),
    )
    place = forms.CharField(
        label=_("Lugar"),
        required=False,
        max_length=300,
        help_text=_("La cárcel o el sitio, si la lista lo dice."),
    )
    state = state_field(_("Estado del país"))
    complete = forms.BooleanField(label=_("Dice estar completa"), required=False)
    earlier = forms.ChoiceField(
        label=_("¿Es otra edición de una lista anterior?"), required=False, choices=[("", _("no"))]
    )

    FIRST = ("title", "kind", "when", "place", "state")
    WHOSE = ("source_kind", "source_label", "reliability", "confidentiality", "source_group")

    def __init__(self, *args: Any, known: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices(ListKind, _("elija"))  # type: ignore[attr-defined]
        self.fields["earlier"].choices = [("", _("no")), *(known or [])]  # type: ignore[attr-defined]

    @property
    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST]

    @property
    def whose(self) -> list[forms.BoundField]:
        return [self[name] for name in self.WHOSE]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if bool(given.get("file")) is bool(str(given.get("text", "")).strip()):
            self.add_error("text", explain(InputRefused("list.what"), language()))
        return given

    def given(self) -> ListGiven:
        """What the form says of the list. Raises DateRefused."""
        given = self.cleaned_data
        return ListGiven(
            title=given["title"],
            kind=ListKind(given["kind"]),
            source=self.source(),
            when=read_day(given["when"]),
            place=given["place"],
            state=given["state"],
            complete=given["complete"],
            earlier=int(given["earlier"]) if given["earlier"] else None,
            file=str(given["file"].name) if given["file"] else "",
        )


class ThresholdForm(forms.Form):
    """From which probability on a person is proposed, in hundredths."""

    umbral = forms.IntegerField(
        label=_("Proponer desde"),
        min_value=int(LOWEST * 100),
        max_value=100,
        initial=int(ACCEPT * 100),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
