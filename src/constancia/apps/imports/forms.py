"""Forms of importing: the file, the mapping as text, the mapping as choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from constancia.apps.imports.building import ColumnSeen, Draft
from constancia.apps.imports.opening import shipped
from constancia.apps.imports.targets import ID, KNOWN, OFFERED, REGION, TARGETS, WHEN
from constancia.apps.register import wording
from constancia.apps.register.forms import choices
from constancia.domain.mapping import load
from constancia.domain.vocabulary.terms import Confidentiality, ConsentTier, Reliability, SourceKind, Verdict

BUILD = "build"
NOTHING = "-"


class UploadForm(forms.Form):
    """A file, and the mapping by which it is read: one that ships, one sent along, or one to be made."""

    file = forms.FileField(label=_("Archivo"), help_text=_("CSV, XLSX u ODS."))
    mapping = forms.ChoiceField(label=_("Mapeo"), help_text=_("Qué columna es qué."))
    own = forms.FileField(
        label=_("O un mapeo propio"),
        required=False,
        help_text=_("Un archivo TOML. Vale más que lo elegido arriba."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ready = [(name, load(text).title or name) for name, text in shipped().items()]
        self.fields["mapping"].choices = [(BUILD, _("hacerlo ahora")), *ready]  # type: ignore[attr-defined]


class MappingTextForm(forms.Form):
    """A mapping as it is written."""

    text = forms.CharField(
        label=_("El mapeo, en TOML"),
        max_length=500_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "code"}),
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Por qué"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class BatchReviewForm(forms.Form):
    verdict = forms.ChoiceField(choices=[(one.value, one.value) for one in Verdict])
    note = forms.CharField(required=False, max_length=1000)


class BuilderForm(forms.Form):
    """Which column is what. One choice per column, and one per value where terms are closed."""

    title = forms.CharField(label=_("Nombre de la importación"), max_length=200)
    source_kind = forms.ChoiceField(label=_("¿De quién son los datos?"))
    source_label = forms.CharField(
        label=_("Quién exactamente"), max_length=300, help_text=_("Se guarda sellado.")
    )
    reliability = forms.ChoiceField(label=_("Fiabilidad de la fuente"))
    confidentiality = forms.ChoiceField(label=_("Quién puede ver la fuente"))
    scheme = forms.CharField(
        label=_("Nombre del registro que numera a las personas"),
        required=False,
        max_length=100,
        help_text=_("Si hay una columna con identificador. Con él se reconoce a la persona la próxima vez."),
    )
    order = forms.ChoiceField(
        label=_("Orden de las fechas en cifras"),
        required=False,
        choices=[
            ("", _("no hay, o no se sabe")),
            ("dmy", _("día/mes/año")),
            ("mdy", _("mes/día/año")),
            ("ymd", _("año/mes/día")),
        ],
        help_text=_("Nunca se adivina: sin declararlo, 08/01/2026 se rechaza."),
    )
    language = forms.ChoiceField(
        label=_("Idioma de las fechas en palabras"),
        required=False,
        choices=[("", _("cualquiera de los dos")), ("es", "español"), ("en", "English")],
    )
    empty = forms.CharField(
        label=_("Textos que significan «nada»"),
        required=False,
        max_length=300,
        help_text=_("Separados por punto y coma: NA; n/d; -"),
    )
    consent = forms.ChoiceField(label=_("Consentimiento de las personas"), required=False)
    lenient = forms.BooleanField(
        label=_("Si una celda no se entiende, registrar el resto de la fila"), required=False
    )

    def __init__(self, columns: Sequence[ColumnSeen], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        self.fields["source_kind"].choices = choices(SourceKind, _("elija"))  # type: ignore[attr-defined]
        self.fields["reliability"].choices = choices(  # type: ignore[attr-defined]
            [Reliability.F, *(r for r in Reliability if r is not Reliability.F)]
        )
        self.fields["confidentiality"].choices = choices(  # type: ignore[attr-defined]
            [Confidentiality.SEALED, Confidentiality.INTERNAL, Confidentiality.OPEN]
        )
        self.fields["consent"].choices = choices(ConsentTier, _("no se sabe"))  # type: ignore[attr-defined]
        self.general = list(self.fields)
        offered = column_choices()
        for column in columns:
            self.fields[f"c{column.index}"] = forms.ChoiceField(
                label=column.name, required=False, choices=offered
            )
        for column in columns:
            self._ask_terms(column)

    def _ask_terms(self, column: ColumnSeen) -> None:
        """A choice per value, once the column is chosen to be something of closed terms."""
        target = TARGETS.get(str(self.data.get(f"c{column.index}", "")))
        if target is None or target.terms is None:
            return
        offered = [("", _("elija")), (NOTHING, _("nada")), *choices(target.terms)]
        for number, value in enumerate(column.values):
            self.fields[f"v{column.index}-{number}"] = forms.ChoiceField(label=value, choices=offered)

    @property
    def general_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.general]

    @property
    def column_rows(self) -> list[tuple[ColumnSeen, forms.BoundField, list[forms.BoundField]]]:
        """Each column with its choice and, where terms are closed, one choice per value."""
        return [
            (
                column,
                self[f"c{column.index}"],
                [
                    self[f"v{column.index}-{number}"]
                    for number in range(len(column.values))
                    if f"v{column.index}-{number}" in self.fields
                ],
            )
            for column in self.columns
        ]

    @property
    def asks(self) -> bool:
        """Whether there are values to translate that the sent form did not have yet."""
        return any(name.startswith("v") and name not in self.data for name in self.fields)

    def forgive_new_questions(self) -> None:
        """A question that was not there when the form was sent is no error of whoever sent it."""
        for name in [name for name in self.errors if name.startswith("v") and name not in self.data]:
            del self.errors[name]

    def draft(self) -> Draft:
        given = self.cleaned_data
        chosen = {c.reference: given[f"c{c.index}"] for c in self.columns if given.get(f"c{c.index}")}
        translations = {
            column.reference: {
                value: given.get(f"v{column.index}-{number}", "").removeprefix(NOTHING)
                for number, value in enumerate(column.values)
            }
            for column in self.columns
            if (target := TARGETS.get(chosen.get(column.reference, ""))) is not None
            and target.terms is not None
        }
        return Draft(
            title=given["title"],
            source={
                "kind": given["source_kind"],
                "label": given["source_label"],
                "reliability": given["reliability"],
                "confidentiality": given["confidentiality"],
            },
            columns=chosen,
            translations=translations,
            file={"empty": [part.strip() for part in given["empty"].split(";") if part.strip()]},
            dates={"order": given["order"], "language": given["language"]},
            scheme=given["scheme"],
            consent=given["consent"],
            lenient=given["lenient"],
        )


def column_choices() -> list[tuple[Any, Any]]:
    """What a column may be, grouped by kind of fact, in the words of the page."""
    groups: list[tuple[Any, Any]] = [
        ("", _("no se usa (se guarda con la fila)")),
        (ID, _("identificador de la persona")),
        (REGION, _("estado cuya coordinación ve el caso")),
        (KNOWN, _("desde cuándo se conoce")),
    ]
    date = _("fecha")
    for kind, names in OFFERED.items():
        words = wording.kind(kind)
        said = [date if name == WHEN else wording.field(kind, name).lower() for name in names]
        options = [(f"{kind}.{name}", f"{words}: {one}") for name, one in zip(names, said, strict=True)]
        groups.append((words, options))
    return groups
