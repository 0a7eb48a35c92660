"""Forms of drafts, errata and report texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from constancia.apps.figures.forms import rule_choices
from constancia.apps.figures.queries import default_rule, today, zone
from constancia.apps.publishing.queries import DraftPage
from constancia.apps.publishing.services import DraftGiven
from constancia.apps.publishing.services.errata import LONGEST
from constancia.apps.register.forms import DAYS_THERE_ARE
from constancia.domain.figures.periods import end_of_day
from constancia.domain.publishing.texts.reading import LONGEST as LONGEST_TEXT

LANGUAGES = [("es", _("Español")), ("en", _("Inglés"))]


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        validators=DAYS_THERE_ARE,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class DraftForm(forms.Form):
    """The terms of an edition. `old`: the draft as it stands, whose instant T stays where its day does."""

    title_es = forms.CharField(label=_("Título"), max_length=200)
    title_en = forms.CharField(
        label=_("Título en inglés"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"lang": "en"}),
    )
    as_of = _day(_("Al día"))
    known_at = _day(
        _("Según lo conocido el"),
        required=False,
        help_text=_("Si lo deja en blanco, hasta el fin de ese día; si es hoy, hasta este momento."),
    )
    since = _day(
        _("El balance abre el"),
        required=False,
        help_text=_(
            "Solo en la primera edición; la siguiente abre donde esta cierre. En blanco: una semana."
        ),
    )
    languages = forms.MultipleChoiceField(
        label=_("Idiomas"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    rule = forms.ChoiceField(label=_("Regla de población"))
    report = forms.ChoiceField(label=_("Informe"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        reports: Sequence[str],
        first: bool,
        old: DraftPage | None = None,
    ) -> None:
        """`first`: no edition was published yet, so that the balance needs a day to open on."""
        super().__init__(data, initial=_initial(old))
        self._old = old
        self.fields["rule"].choices = rule_choices()  # type: ignore[attr-defined]
        kept = [old.line.report] if old and old.line.report and old.line.report not in reports else []
        self.fields["report"].choices = [  # type: ignore[attr-defined]
            ("", _("ninguno: solo cifras y tablas")),
            *((name, name) for name in (*reports, *kept)),
        ]
        if not first:
            del self.fields["since"]

    def given(self) -> DraftGiven:
        """What the person decided; a day of T that nobody touched keeps its instant."""
        said = self.cleaned_data
        known_at: date | None = said["known_at"]
        if known_at is None and said["as_of"] < today():
            known_at = end_of_day(said["as_of"], zone())
        elif self._old and known_at == self._old.line.known_at.astimezone(zone()).date():
            known_at = self._old.line.known_at
        return DraftGiven(
            title_es=said["title_es"],
            title_en=said["title_en"],
            as_of=said["as_of"],
            known_at=known_at,
            languages=tuple(said["languages"]),
            rule=said["rule"],
            report=said["report"],
            since=said.get("since", self._old.since if self._old else None),
        )

    def differs(self) -> bool:
        """Whether the terms are others than those of the draft as it stands."""
        return self._old is None or self.given() != _as_given(self._old)


def _as_given(old: DraftPage) -> DraftGiven:
    line = old.line
    return DraftGiven(
        title_es=line.title,
        title_en=old.title_en,
        as_of=line.as_of,
        known_at=line.known_at,
        languages=line.languages,
        rule=line.rule,
        report=line.report,
        since=old.since,
    )


def _initial(old: DraftPage | None) -> dict[str, Any]:
    if old is None:
        return {"as_of": today(), "languages": ["es", "en"], "rule": default_rule()}
    line = old.line
    known = line.known_at.astimezone(zone()).date()
    return {
        "title_es": line.title,
        "title_en": old.title_en,
        "as_of": line.as_of,
        "known_at": None if known == line.as_of else known,
        "since": old.since,
        "languages": list(line.languages),
        "rule": line.rule,
        "report": line.report,
    }


class ErratumForm(forms.Form):
    """A correction in both languages."""

    es = forms.CharField(
        label=_("En español"),
        max_length=LONGEST,
        help_text=_("Qué decía, qué debe decir y por qué."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    en = forms.CharField(
        label=_("En inglés"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4, "lang": "en"})
    )


class ReportForm(forms.Form):
    """The name of a new report."""

    name = forms.CharField(
        label=_("Nombre del informe nuevo"),
        max_length=60,
        help_text=_("Minúsculas sin tilde, números y guiones: «situacion-marzo»."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )


class TextNameForm(forms.Form):
    """The name of a text to be added to a report."""

    language = forms.ChoiceField(label=_("Idioma"), choices=LANGUAGES)
    name = forms.CharField(
        label=_("Nombre del texto"),
        max_length=80,
        help_text=_(
            "Minúsculas sin tilde, números y guiones: «contexto». Para que salga, va en informe.toml."
        ),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )


class TextForm(forms.Form):
    """A text being edited. `seen`: the digest of the version that the editor began with; `base`: the draft or
    edition whose numbers the preview shows."""

    text = forms.CharField(
        label=_("El texto"),
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 24, "id": "texto", "spellcheck": "true"}),
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    base = forms.ChoiceField(label=_("Con los números de"), required=False)

    def __init__(
        self, data: Any = None, *, bases: Sequence[tuple[str, str]], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["base"].choices = bases  # type: ignore[attr-defined]
