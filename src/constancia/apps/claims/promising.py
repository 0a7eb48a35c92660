"""Forms of announcements, their lists and statements."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from constancia.apps.accounts.models import User
from constancia.apps.claims import queries
from constancia.apps.claims.forms import WholeField
from constancia.apps.claims.queries import AnnouncementLine, ClaimLine, StatementLine
from constancia.apps.claims.services import AnnouncementGiven, StatementGiven
from constancia.apps.claims.wording import claimant
from constancia.apps.figures import wording
from constancia.apps.register.forms import DAYS_THERE_ARE, choices
from constancia.domain import codes
from constancia.domain.catalogue import explain
from constancia.domain.claims.claim import ARTICLE
from constancia.domain.claims.listed import MOST
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.states import states
from constancia.domain.vocabulary.terms import Nationality, Profile, Qualifier, ReleaseKind, Said, Sex
from constancia.infra.spoken import language

TRAITS: dict[str, tuple[str, ...]] = {
    "sex": tuple(Sex),
    "age_group": ("adolescent", "adult"),
    "profile": tuple(Profile),
    "nationality": tuple(Nationality),
    "convicted": ("convicted", "not_convicted"),
    "kind": tuple(ReleaseKind),
    "state": tuple(states()),
}
"""Traits by which a release can be told to be none of those promised."""

PROMISES = (Said.ANNOUNCED_RELEASE, Said.RELEASED, Said.AMNESTY_GRANTED, Said.PARDONED)
LONGEST_LIST = MOST * 100


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        validators=DAYS_THERE_ARE,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class CodeField(forms.CharField):
    """The code of a case as somebody wrote it down."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}), **more)

    def clean(self, value: Any) -> str:
        """Raises ValidationError where it is no code."""
        text = super().clean(value)
        try:
            return codes.normalise(text) if text else ""
        except InputRefused as error:
            raise forms.ValidationError(explain(error, language())) from error


class AnnouncementForm(forms.Form):
    """An announcement whole."""

    title = forms.CharField(
        label=_("El anuncio, en pocas palabras"),
        max_length=200,
        help_text=_("Así se llama en las listas y en las gráficas."),
    )
    claimant = forms.CharField(
        label=_("Quién lo anunció"), max_length=200, help_text=_("El cargo o la organización.")
    )
    announced_on = _day(_("Cuándo"))
    qualifier = forms.ChoiceField(label=_("Matiz"), required=False)
    value = WholeField(
        label=_("Cuántas salidas"),
        required=False,
        min_value=1,
        help_text=_("Vacío si no se dijo ningún número."),
    )
    category = forms.CharField(label=_("De quiénes, en palabras"), required=False, max_length=300)
    window_start = _day(
        _("Salidas desde el"), required=False, help_text=_("Vacío: desde el día del anuncio.")
    )
    window_end = _day(
        _("hasta el"),
        required=False,
        help_text=_("Vacío: sin fin, hasta que quien anunció prometa otra vez a las mismas personas."),
    )
    list_given = forms.BooleanField(label=_("Con el anuncio se dio una lista de nombres"), required=False)
    claim = forms.TypedChoiceField(
        label=_("Cifra ajena en que consta"), required=False, coerce=int, empty_value=None
    )
    document = forms.TypedChoiceField(
        label=_("O documento en que consta"), required=False, coerce=int, empty_value=None
    )
    note = forms.CharField(
        label=_("Nota"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    BEFORE = ("title", "claimant", "announced_on", "qualifier", "value", "category")
    AFTER = ("window_start", "window_end", "list_given", "claim", "document", "note")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "qualifier": choices(Qualifier),
            "claim": [("", "—"), *((line.number, _of_claim(line)) for line in promised_in(user))],
            "document": [("", "—"), *((one.number, one.title) for one in queries.documents(user))],
        }
        for name, found in offered.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        for name, terms in TRAITS.items():
            self.fields[f"w_{name}"] = forms.ChoiceField(
                label=wording.dimension(name),
                required=False,
                choices=[("", "—"), *((term, wording.category(name, term)) for term in terms)],
            )

    def _fields(self, names: tuple[str, ...]) -> list[forms.BoundField]:
        return [self[name] for name in names]

    @property
    def before(self) -> list[forms.BoundField]:
        return self._fields(self.BEFORE)

    @property
    def after(self) -> list[forms.BoundField]:
        return self._fields(self.AFTER)

    @property
    def traits(self) -> list[forms.BoundField]:
        return self._fields(tuple(f"w_{name}" for name in TRAITS))

    @property
    def traits_said(self) -> bool:
        """Whether any trait is chosen, so that the page shows them open."""
        return any(field.value() for field in self.traits)

    def given(self, kept: dict[str, str] | None = None) -> AnnouncementGiven:
        """What was entered; `kept`: filters that the form does not ask for and that stay as they are."""
        said = self.cleaned_data
        others = {name: value for name, value in (kept or {}).items() if name not in TRAITS}
        return AnnouncementGiven(
            title=said["title"],
            claimant=said["claimant"],
            announced_on=said["announced_on"],
            value=said["value"],
            qualifier=Qualifier(said["qualifier"] or Qualifier.EXACT),
            category=said["category"],
            filters=others | {name: said[f"w_{name}"] for name in TRAITS if said[f"w_{name}"]},
            window_start=said["window_start"],
            window_end=said["window_end"],
            list_given=said["list_given"],
            note=said["note"],
            claim=said["claim"],
            document=said["document"],
        )


def promised_in(user: User) -> list[ClaimLine]:
    """The confirmed claims that speak of releases."""
    return [line for line in queries.confirmed(user) if line.claim.about in PROMISES]


def _of_claim(line: ClaimLine) -> str:
    return f"{line.claim.value} · {line.claim.claimant} · {line.document_title}"[:120]


def of_line(user: User, line: AnnouncementLine) -> dict[str, Any]:
    """What the form of a correction begins with; a claim that was corrected gives way to its correction."""
    names = (*AnnouncementForm.BEFORE, *AnnouncementForm.AFTER)
    found = {name: getattr(line, name) for name in names}
    if line.claim is not None:
        found["claim"] = queries.corrected_to(user, line.claim)
    return found | {f"w_{name}": value for name, value in line.filters.items() if name in TRAITS}


def of_claim(line: ClaimLine) -> dict[str, Any]:
    """What the form of a new announcement begins with where a claim is to become one."""
    claim = line.claim
    period = claim.period
    return {
        "title": line.document_title[:200],
        "claimant": "" if claim.claimant == ARTICLE else claimant(claim.claimant),
        "announced_on": claim.as_of or line.published,
        "value": claim.value,
        "qualifier": claim.qualifier.value,
        "category": claim.category,
        "window_start": period.start if period else None,
        "window_end": period.end if period else None,
        "claim": line.number,
    } | {f"w_{name}": value for name, value in claim.filters.items() if name in TRAITS}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Por qué"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class ListForm(forms.Form):
    """A list of names as it was copied."""

    names = forms.CharField(
        label=_("La lista"),
        max_length=LONGEST_LIST,
        strip=False,
        help_text=_("Un nombre por línea, con o sin número delante. Cada nombre se guarda sellado."),
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "autocomplete": "off"}),
    )


class StatementForm(forms.Form):
    """A statement whole."""

    said_on = _day(_("Cuándo"))
    hour = forms.TimeField(
        label=_("A qué hora"),
        required=False,
        help_text=_("Vacío si no se sabe."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M"],
    )
    speaker = forms.CharField(
        label=_("Quién lo dijo"), max_length=200, help_text=_("El cargo o la organización.")
    )
    mark = forms.CharField(
        label=_("En pocas palabras"),
        max_length=120,
        help_text=_("Es lo que acompaña la marca en la gráfica."),
    )
    words = forms.CharField(
        label=_("Lo que dijo"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    address = forms.CharField(
        label=_("Dirección de la fuente"),
        required=False,
        max_length=2000,
        help_text=_("Solo se guarda: el sitio nunca la abre."),
    )
    document = forms.TypedChoiceField(
        label=_("Documento en que consta"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", "—"), *((one.number, one.title) for one in queries.documents(user))]
        self.fields["document"].choices = offered  # type: ignore[attr-defined]

    def given(self) -> StatementGiven:
        said = self.cleaned_data
        return StatementGiven(
            said_on=said["said_on"],
            hour=said["hour"].strftime("%H:%M") if said["hour"] else "",
            speaker=said["speaker"],
            mark=said["mark"],
            words=said["words"],
            address=said["address"],
            document=said["document"],
        )


def of_statement(line: StatementLine) -> dict[str, Any]:
    """What the form of a correction begins with."""
    return {name: getattr(line, name) for name in StatementForm.base_fields}


class KnownForm(forms.Form):
    """As known when."""

    conocido = _day(_("Según lo conocido el"), required=False)

    def known_at(self) -> date | None:
        """The day asked for; None: as known now."""
        found: date | None = self.cleaned_data["conocido"] if self.is_valid() else None
        return found


class CaseForm(forms.Form):
    """Whose release it is."""

    caso = CodeField(label=_("Código del caso"))
