"""Words for dimensions, categories, causes and grades of figures, in the language of the page."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from constancia.domain.figures.dimensions import NONE, NOT_KNOWN
from constancia.domain.figures.files import Words
from constancia.domain.vocabulary.labels import label
from constancia.domain.vocabulary.states import state_label

DIMENSIONS = {
    "sex": later("Sexo"),
    "age_group": later("Edad"),
    "sex_and_age": later("Sexo y edad"),
    "profile": later("Perfil"),
    "nationality": later("Nacionalidad"),
    "state": later("Estado del país"),
    "place": later("Lugar de reclusión"),
    "authority": later("Organismo que detuvo"),
    "convicted": later("Condena"),
    "context": later("Contexto"),
    "occupation": later("Ocupación"),
    "group": later("Grupo"),
    "kind": later("Forma de salida"),
    "custody": later("Situación de libertad"),
    "whereabouts": later("Paradero"),
    "case_state": later("Situación procesal"),
    "measures": later("Medidas"),
}
ENUMS = {
    "sex": ("Sex",),
    "profile": ("Profile",),
    "nationality": ("Nationality",),
    "custody": ("Custody",),
    "case_state": ("CaseState",),
    "group": ("Group",),
    "measures": ("MeasureKind",),
    "age_group": ("AgeGroup", "Group"),
    "kind": ("ReleaseKind", "ClosureKind", "ExitKind"),
}
PLURALS = {
    ("sex", "woman"): later("Mujeres"),
    ("sex", "man"): later("Hombres"),
    ("sex", "other"): later("Otro"),
    ("age_group", "adult"): later("Personas adultas"),
    ("age_group", "adolescent"): later("Adolescentes"),
    ("sex_and_age", "adult_woman"): later("Mujeres"),
    ("sex_and_age", "adult_man"): later("Hombres"),
    ("sex_and_age", "adult_other"): later("Otro"),
    ("sex_and_age", "adolescent"): later("Adolescentes"),
    ("profile", "civilian"): later("Civiles"),
    ("profile", "military"): later("Militares"),
    ("profile", "police"): later("Policías"),
    ("nationality", "national"): later("Nacionales"),
    ("nationality", "foreign"): later("Extranjeras"),
    ("nationality", "dual"): later("Con doble nacionalidad"),
    ("convicted", "convicted"): later("Con condena"),
    ("convicted", "not_convicted"): later("Sin condena"),
    ("convicted", "yes"): later("Con condena"),
    ("convicted", "no"): later("Sin condena"),
    ("whereabouts", "known"): later("Conocido"),
    ("whereabouts", "confirmed"): later("Confirmado"),
    ("whereabouts", "unknown"): later("Desconocido"),
}
CAUSES = {
    ("in", "merged_or_split"): later("Expedientes unidos o separados"),
    ("in", "re_arrested"): later("Detenidas otra vez"),
    ("in", "arrested"): later("Detenidas en el período"),
    ("in", "moved_in"): later("Pasaron a una situación que se cuenta"),
    ("in", "learned_late"): later("Casos anteriores verificados ahora"),
    ("in", "recognised_late"): later("Casos anteriores reconocidos ahora"),
    ("in", "corrected_in"): later("Correcciones que suman"),
    ("out", "merged_or_split"): later("Expedientes unidos o separados"),
    ("out", "released"): later("Salieron de prisión"),
    ("out", "died"): later("Murieron bajo custodia"),
    ("out", "escaped"): later("Se evadieron"),
    ("out", "moved_out"): later("Pasaron a una situación que no se cuenta"),
    ("out", "released_earlier"): later("Salidas anteriores conocidas ahora"),
    ("out", "corrected_out"): later("Correcciones que restan"),
    ("out", "erased"): later("Borradas"),
}
CAUSE_KINDS = {
    "first_known": later("conocidos por primera vez"),
    "confirmed": later("antes solo reportados"),
    "changed": later("cambió la causa o el paradero"),
}
GRADES = {
    "verified": later("verificado"),
    "corroborated": later("corroborado o verificado"),
    "reported": later("reportado o más"),
}


def language() -> Literal["es", "en"]:
    """The language of the page."""
    return "en" if (get_language() or "").startswith("en") else "es"


def own(words: Words) -> str:
    """A label that a definition or rule brings."""
    return getattr(words, language())


def dimension(name: str) -> str:
    """The title of a breakdown."""
    return str(DIMENSIONS.get(name, name))


def category(of: str, name: str) -> str:
    """A category of a breakdown: "not known" too is one."""
    if name == NOT_KNOWN:
        return _("No se sabe")
    if name == NONE:
        return _("Ninguna anotada")
    if (of, name) in PLURALS:
        return str(PLURALS[of, name])
    if of == "state":
        return state_label(name, language())
    return " + ".join(_term(of, part) for part in name.split("+"))


def cause(direction: str, name: str) -> str:
    """Why people came in ("in") or went out ("out") between two balances."""
    return str(CAUSES.get((direction, name), name))


def cause_kind(name: str) -> str:
    """The kind within a cause: a way out of prison, or how late it was learned."""
    return str(CAUSE_KINDS[name]) if name in CAUSE_KINDS else _term("kind", name)


def _term(of: str, value: str) -> str:
    for enum in ENUMS.get(of, ()):
        try:
            return label(f"{enum}.{value}", language())
        except KeyError:
            continue
    return value
