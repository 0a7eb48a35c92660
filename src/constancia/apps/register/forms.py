"""Forms of the register: search, the new case, a fact of any kind, its source, reviews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, get_args, get_origin

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from constancia.apps.register import wording
from constancia.apps.register.queries import Filters
from constancia.apps.register.services import FactGiven, SourceGiven
from constancia.domain.dates import UNKNOWN, ImpreciseDate
from constancia.domain.dates.limits import FIRST_YEAR, LAST_YEAR
from constancia.domain.dates.reading import read
from constancia.domain.facts.kinds import KINDS, FactKind
from constancia.domain.vocabulary.deeds import OpeningReason
from constancia.domain.vocabulary.frameworks import frameworks
from constancia.domain.vocabulary.terms import (
    CaseState,
    Confidentiality,
    ConsentTier,
    Custody,
    DocumentKind,
    Profile,
    Reliability,
    Sex,
    SourceKind,
    Tier,
    Verdict,
)
from constancia.infra.spoken import language

LONG = 1000
"""Text fields longer than this get a box of several lines."""

DAYS_THERE_ARE = [
    MinValueValidator(date(FIRST_YEAR, 1, 1)),
    MaxValueValidator(date(LAST_YEAR, 12, 31)),
]
"""Days outside these are slips."""

Choices = list[tuple[str, str]]


def choices(terms: Iterable[StrEnum], empty: Any = None) -> Choices:
    """The terms with their words, after an empty choice if one is named."""
    found = [(one.value, wording.term(type(one).__name__, one.value)) for one in terms]
    return found if empty is None else [("", empty), *found]


class DateField(forms.CharField):
    """A date as the source says it. What cannot be read is refused with the reason, never guessed."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", _("Fecha, como la dice la fuente"))
        more.setdefault(
            "help_text",
            _("«8 de enero de 2026», «enero de 2026», «08/01/2026» (día/mes). Vacía: no se sabe."),
        )
        super().__init__(required=False, max_length=200, **more)


def read_day(words: str) -> ImpreciseDate:
    """The date in `words`, day before month as the form says. Raises DateRefused."""
    return read(words, order="dmy") if words.strip() else UNKNOWN


def state_field(label: Any) -> forms.CharField:
    """A state: its names are proposed, another country's may be written."""
    return forms.CharField(
        label=label, required=False, max_length=100, widget=forms.TextInput(attrs={"list": "estados"})
    )


class SearchForm(forms.Form):
    """Sent by POST: what one searches for is somebody's name."""

    text = forms.CharField(
        label=_("Nombre, alias, documento, código o lugar"),
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    custody = forms.ChoiceField(label=_("Custodia"), required=False)
    state = forms.CharField(label=_("Estado del país"), required=False, max_length=100)
    case_state = forms.ChoiceField(label=_("Causa"), required=False)
    profile = forms.ChoiceField(label=_("Perfil"), required=False)
    sex = forms.ChoiceField(label=_("Sexo"), required=False)
    pending = forms.BooleanField(label=_("Solo con algo por revisar"), required=False)

    def __init__(self, *args: Any, states: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"] = forms.ChoiceField(
            label=_("Estado del país"),
            required=False,
            choices=[("", _("cualquiera")), *((s, wording.state(s)) for s in states)],
        )
        for name, terms in (
            ("custody", Custody),
            ("case_state", CaseState),
            ("profile", Profile),
            ("sex", Sex),
        ):
            self.fields[name].choices = choices(terms, _("cualquiera"))  # type: ignore[attr-defined]

    @property
    def filters(self) -> Filters:
        given = self.cleaned_data
        return Filters(
            custody=given["custody"],
            state=given["state"],
            sex=given["sex"],
            profile=given["profile"],
            case_state=given["case_state"],
            pending=given["pending"],
        )


class SourceForm(forms.Form):
    """Who says so. The name of the source is kept sealed."""

    source_kind = forms.ChoiceField(label=_("¿Quién lo dice?"))
    source_label = forms.CharField(
        label=_("Quién exactamente"),
        required=False,
        max_length=300,
        help_text=_("Se guarda sellado. Por ejemplo: la hermana, por teléfono."),
    )
    reliability = forms.ChoiceField(label=_("Fiabilidad de la fuente"), required=False)
    confidentiality = forms.ChoiceField(label=_("Quién puede ver la fuente"), required=False)
    source_group = forms.CharField(
        label=_("Grupo de independencia"),
        required=False,
        max_length=100,
        help_text=_("Fuentes que repiten a la misma llevan el mismo grupo."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source_kind"].choices = choices(SourceKind, _("elija"))  # type: ignore[attr-defined]
        self.fields["reliability"].choices = choices(  # type: ignore[attr-defined]
            [Reliability.F, *(r for r in Reliability if r is not Reliability.F)]
        )
        self.fields["confidentiality"].choices = choices(  # type: ignore[attr-defined]
            [Confidentiality.SEALED, Confidentiality.INTERNAL, Confidentiality.OPEN]
        )

    def source(self) -> SourceGiven:
        given = self.cleaned_data
        return SourceGiven(
            kind=SourceKind(given["source_kind"]),
            label=given["source_label"],
            reliability=Reliability(given["reliability"] or "F"),
            group=given["source_group"],
            confidentiality=Confidentiality(given["confidentiality"] or "sealed"),
        )


BEGINNINGS = ("arrest", "disappearance", "seen_held")


class NewCaseForm(SourceForm):
    """A case in two minutes: a name, what happened, when and where, who says so. The rest can wait."""

    name = forms.CharField(
        label=_("Nombre completo"), max_length=400, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    document = forms.CharField(
        label=_("Cédula o documento"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("¿Qué se sabe?"))
    when = DateField(label=_("¿Cuándo?"))
    state = state_field(_("Estado del país"))
    place = forms.CharField(label=_("Lugar"), required=False, max_length=300)
    held_at = forms.CharField(label=_("¿Dónde está ahora?"), required=False, max_length=300)
    alias = forms.CharField(label=_("Otro nombre"), required=False, max_length=400)
    sex = forms.ChoiceField(label=_("Sexo"), required=False)
    age = forms.IntegerField(label=_("Edad"), required=False, min_value=0, max_value=120)
    profile = forms.ChoiceField(label=_("Perfil"), required=False)
    authority = forms.CharField(label=_("Cuerpo que detuvo"), required=False, max_length=200)
    consent = forms.ChoiceField(label=_("¿Qué permite publicar la familia o la persona?"), required=False)
    narrative = forms.CharField(
        label=_("Qué pasó, en palabras de la fuente"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    FIRST = ("name", "document", "kind", "when", "state", "place", "held_at", "source_kind", "source_label")
    field_order = [*FIRST]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (name, wording.kind(name)) for name in BEGINNINGS
        ]
        self.fields["sex"].choices = choices(Sex, _("no se sabe"))  # type: ignore[attr-defined]
        self.fields["profile"].choices = choices(Profile, _("no se sabe"))  # type: ignore[attr-defined]
        self.fields["consent"].choices = choices(ConsentTier, _("no se le ha preguntado"))  # type: ignore[attr-defined]

    @property
    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST]

    @property
    def rest(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.FIRST]

    def facts(self) -> list[FactGiven]:
        """What the form says, as facts. Raises DateRefused for a date that cannot be read."""
        given = self.cleaned_data
        when = read_day(given["when"])
        found = [FactGiven("name", {"full": given["name"]}), self._beginning(when)]
        if given["document"]:
            number = {"document": DocumentKind.NATIONAL_ID.value, "number": given["document"]}
            found.append(FactGiven("identity_document", number))
        if given["alias"]:
            found.append(FactGiven("alias", {"value": given["alias"]}))
        for name in ("sex", "profile"):
            if given[name]:
                found.append(FactGiven(name, {"value": given[name]}))
        if given["age"] is not None:
            found.append(FactGiven("age", {"years": given["age"]}, when))
        if given["consent"]:
            found.append(FactGiven("consent", {"tier_given": given["consent"]}))
        if given["narrative"]:
            found.append(FactGiven("narrative", {"text": given["narrative"]}))
        return found

    def _beginning(self, when: ImpreciseDate) -> FactGiven:
        given = self.cleaned_data
        fields = {name: given[name] for name in ("place", "authority") if given[name]}
        if given["state"]:
            fields["state"] = given["state"]
        if given["held_at"]:
            fields["place" if given["kind"] == "seen_held" else "held_at"] = given["held_at"]
        return FactGiven(given["kind"], fields, when)


class TermsField(forms.MultipleChoiceField):
    """Several of the terms, each with its box; a correction starts from them one by line."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return value.splitlines() if isinstance(value, str) else value


def _form_field(name: str, cls: type[FactKind]) -> forms.Field:
    """The input for one field of a kind of fact, from the type that the kind declares."""
    info = cls.model_fields[name]
    label, required = wording.field(cls.kind, name), info.is_required()
    if name == "state":
        return state_field(label)
    if name == "framework":
        known = [(code, one.title(language())) for code, one in frameworks().items()]
        return forms.ChoiceField(label=label, choices=[("", _("elija")), *known])
    if name == "until":
        day = forms.TextInput(attrs={"type": "date"})
        return forms.CharField(label=label, required=False, max_length=10, widget=day)
    wanted = info.annotation
    inner = next(
        (one for one in get_args(wanted) if isinstance(one, type) and issubclass(one, StrEnum)), None
    )
    if inner is not None and get_origin(wanted) is list:
        return TermsField(label=label, required=required, choices=choices(inner))
    if inner is not None:
        return forms.ChoiceField(label=label, required=False, choices=choices(inner, _("no se sabe")))
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return forms.ChoiceField(
            label=label, required=required, choices=choices(wanted, _("elija") if required else None)
        )
    if wanted is bool:
        return forms.BooleanField(label=label, required=False)
    if wanted is int:
        return forms.IntegerField(label=label, required=required, min_value=0)
    if list in (wanted, getattr(wanted, "__origin__", None)):
        hint = _("Uno por línea.")
        area = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(label=label, required=required, help_text=hint, widget=area)
    longest = next((m.max_length for m in info.metadata if hasattr(m, "max_length")), LONG)
    longest = longest or LONG
    widget = forms.Textarea(attrs={"rows": 5}) if longest >= LONG else forms.TextInput()
    return forms.CharField(label=label, required=required, max_length=longest, widget=widget)


class FactForm(SourceForm):
    """Any kind of fact: its fields come from the kind's own class, so a new kind needs no form."""

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        cls = KINDS[kind]
        own: dict[str, forms.Field] = {"f_" + name: _form_field(name, cls) for name in cls.model_fields}
        if cls.dated:
            own = {"when": DateField(), **own}
        self.fields = {**own, **self.fields}

    def given(self) -> FactGiven:
        """The fact as entered. Raises DateRefused."""
        cls = KINDS[self.kind]
        fields: dict[str, Any] = {}
        for name in cls.model_fields:
            value = self.cleaned_data["f_" + name]
            if value in ("", None):
                continue
            if get_origin(cls.model_fields[name].annotation) is list and isinstance(value, str):
                value = [line.strip() for line in value.splitlines() if line.strip()]
            fields[name] = value
        when = read_day(self.cleaned_data["when"]) if cls.dated else UNKNOWN
        return FactGiven(self.kind, fields, when)

    @staticmethod
    def initial_from(fields: Mapping[str, Any], words: str) -> dict[str, Any]:
        """What a correction starts from: the fields and the date's words of the fact it replaces."""
        lines = {k: "\n".join(v) if isinstance(v, list) else v for k, v in fields.items()}
        return {"when": words, **{"f_" + name: value for name, value in lines.items()}}


class AttestForm(SourceForm):
    """A further source on a fact: it confirms, doubts, or takes back what it said."""

    verdict = forms.ChoiceField(label=_("¿Qué dice del hecho?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = choices(Verdict)  # type: ignore[attr-defined]
        self.order_fields(["verdict"])


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("¿Por qué se retira?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReviewForm(forms.Form):
    verdict = forms.ChoiceField(label=_("Veredicto"), choices=[(v.value, v.value) for v in Verdict])
    note = forms.CharField(label=_("Nota"), required=False, max_length=1000)


class RevealForm(forms.Form):
    """What is opened of a case, and why."""

    tier = forms.ChoiceField(choices=[(t.value, t.value) for t in (Tier.IDENTITY, Tier.SEALED)])
    reason = forms.ChoiceField(label=_("Motivo"))
    words = forms.CharField(
        label=_("Si hace falta, con sus palabras"),
        help_text=_("Sin el nombre de nadie: el motivo se lee en la auditoría."),
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = choices(OpeningReason, _("elija"))  # type: ignore[attr-defined]


class AskRegionForm(forms.Form):
    """Why somebody of elsewhere should see what a region holds of a case."""

    reason = forms.ChoiceField(label=_("Motivo"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [one for one in choices(OpeningReason, _("elija")) if one[0] != OpeningReason.OTHER.value]
        self.fields["reason"].choices = told  # type: ignore[attr-defined]


class DatesForm(forms.Form):
    """The two times of a case page: how it stood on a day, as known on a day. Empty: now."""

    as_of = forms.DateField(
        label=_("Cómo estaba el"),
        required=False,
        validators=DAYS_THERE_ARE,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    known_at = forms.DateField(
        label=_("según lo conocido el"),
        required=False,
        validators=DAYS_THERE_ARE,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def days(self) -> tuple[date | None, date | None]:
        if not self.is_valid():
            return None, None
        return self.cleaned_data["as_of"], self.cleaned_data["known_at"]
