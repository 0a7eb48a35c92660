"""What an event says beside its deed, in one line of the page's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from constancia.apps.register import wording

EXPORTS = {
    "cases": gettext_lazy("la lista del registro"),
    "receipt": gettext_lazy("el recibo de una familia"),
    "linkage": gettext_lazy("el registro entero, para enlazarlo con otra lista"),
    "audit_sample": gettext_lazy("los expedientes de una muestra"),
    "everything": gettext_lazy("el registro entero, en claro"),
    "edition_names": gettext_lazy("la lista con nombres de una edición"),
}
PLACES = {
    "list": gettext_lazy("una lista"),
    "form": gettext_lazy("un formulario"),
    "reviews": gettext_lazy("la cola de revisión"),
    "orders_due": gettext_lazy("boletas sin cumplir"),
    "alike": gettext_lazy("parecidos"),
    "behind": gettext_lazy("las personas de una cifra"),
    "changes": gettext_lazy("los cambios entre ediciones"),
    "announced": gettext_lazy("las personas de un anuncio"),
    "matching": gettext_lazy("una lista recibida"),
    "duplicates": gettext_lazy("los duplicados decididos"),
}
NAMES = {
    "count": gettext_lazy("cuántas"),
    "recipients": gettext_lazy("para cuántas personas"),
    "edition": gettext_lazy("edición"),
    "page": gettext_lazy("página"),
    "row": gettext_lazy("fila"),
    "request": gettext_lazy("petición"),
}
TIERS = {"identity": gettext_lazy("identidad"), "sealed": gettext_lazy("lo reservado")}
FILTERS = {"custody": "Custody", "case_state": "CaseState", "sex": "Sex", "profile": "Profile"}
FACTORS = {
    "": gettext_lazy("sin segundo paso"),
    "totp": gettext_lazy("con una aplicación de códigos"),
    "webauthn": gettext_lazy("con una llave de acceso"),
    "recovery_codes": gettext_lazy("con códigos de reserva"),
    "all": gettext_lazy("todos, con un enlace"),
}
WRONG = {
    "password": gettext_lazy("contraseña equivocada"),
    "second_factor": gettext_lazy("código equivocado"),
    "passkey": gettext_lazy("llave de acceso equivocada"),
}
QUIET = frozenset({"people", "view", "of", "by_link"})
"""What the page says otherwise, or not at all."""


def said(told: Mapping[str, Any]) -> str:
    """The rest of an event in words; what has none here as it is."""
    return "; ".join(_said(name, value) for name, value in told.items() if name not in QUIET)


def _said(name: str, value: Any) -> str:
    if name == "reason":
        return wording.term("OpeningReason", str(value))
    if name == "wrong":
        return str(WRONG.get(str(value), value))
    if name in ("factor", "kind"):
        return str(FACTORS.get(str(value), value))
    if name == "resets":
        return _("restablece el segundo paso") if value else _("para entrar una vez")
    if name == "until":
        return _("hasta el %(day)s") % {"day": value}
    if name == "ended":
        return ngettext("%(n)s sesión", "%(n)s sesiones", int(value)) % {"n": value}
    if name == "words":
        return f"«{value}»"
    if name == "n":
        return ngettext("%(n)s persona", "%(n)s personas", int(value)) % {"n": value}
    if name == "where":
        return str(PLACES.get(str(value), value))
    if name == "what":
        return str(EXPORTS.get(str(value), value))
    if name == "sought":
        return _("palabras con la huella %(mark)s") % {"mark": value}
    if name == "filters":
        return ", ".join(_filter(one, term) for one, term in value.items())
    if name == "open":
        tiers = ", ".join(str(TIERS.get(one, one)) for one in value)
        return _("abierto: %(tiers)s") % {"tiers": tiers}
    if name == "region":
        return wording.state(str(value))
    if name == "regions":
        return ", ".join(wording.state(str(one)) for one in value)
    if name == "minutes":
        return ngettext("%(n)s minuto", "%(n)s minutos", int(value)) % {"n": value}
    if name == "lines":
        return ngettext("%(n)s línea", "%(n)s líneas", int(value)) % {"n": value}
    if name == "broken_off":
        return _("se cortó antes de terminar")
    if name == "approval":
        return wording.term("ApprovalKind", str(value))
    if name == "approved":
        return _("aprobada") if value else _("no aprobada")
    if name == "alone":
        return _("a solas: nadie más podía responder")
    if name == "code":
        return str(value)
    if name == "sha256":
        return f"SHA-256 {str(value)[:16]}…"
    return f"{NAMES.get(name, name)}: {value}"


def _filter(name: str, value: Any) -> str:
    if name in FILTERS:
        return wording.term(FILTERS[name], str(value))
    return wording.state(str(value)) if name == "state" else f"{name}: {value}"
