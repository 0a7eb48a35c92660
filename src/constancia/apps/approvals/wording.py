"""What is asked for, and how it stands, in sentences for whoever has to answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from constancia.apps.approvals.queries import Line
from constancia.apps.approvals.rules import WHOLE
from constancia.apps.approvals.services import Spent
from constancia.domain.vocabulary.approvals import ApprovalKind, ApprovalStage
from constancia.domain.vocabulary.labels import label
from constancia.domain.vocabulary.states import state_label
from constancia.infra.bootstrap import zone
from constancia.infra.spoken import language

TERMS = {"custody": "Custody", "case_state": "CaseState", "sex": "Sex", "profile": "Profile"}
FILTERS = {
    "custody": later("custodia"),
    "case_state": later("causa"),
    "sex": later("sexo"),
    "profile": later("perfil"),
    "state": later("estado"),
    "place": later("lugar"),
}
FILES = {
    "links": later("los pares y grupos, con códigos y sin nombres"),
    "sample": later("una muestra de pares con nombres, nacimientos y documentos"),
    "encodings": later("las codificaciones de todas las personas"),
}
KEYS = {
    "passphrase": later("Poner otra frase de paso sin dar la presente."),
    "keyfile": later("Hacer un archivo de llave más."),
    "keyfile-replacing": later("Hacer un archivo de llave; los anteriores dejan de abrir."),
}
WAYS = {
    "passphrase": later("frase de paso"),
    "keyfile": later("archivo de llave"),
    "shares": later("partes"),
}


def stage(one: Line) -> str:
    return label(one.stage, language())


def kind(one: Line) -> str:
    return label(one.kind, language())


def what(one: Line) -> list[str]:
    """What is asked for, exactly."""
    told = _WHAT[one.kind](one.terms)
    if one.people is not None:
        told.append(
            ngettext("Es de %(n)s persona.", "Son de %(n)s personas.", one.people) % {"n": one.people}
        )
    if one.reason:
        told.append(_("Para qué: %(reason)s") % {"reason": one.reason})
    return told


def standing(one: Line) -> list[str]:
    """Who asked, who answered, until when."""
    told = [_("La pidió %(who)s el %(when)s.") % {"who": one.asked_by, "when": moment(one.asked_at)}]
    if one.stage is ApprovalStage.WAITING:
        told.append(_("Falta que otra persona responda. Vence el %(when)s.") % _until(one.expires_at))
    elif one.answered_at is None:
        told.append(_("Nadie respondió a tiempo. No se hizo nada; pídalo otra vez."))
    elif one.stage is ApprovalStage.REFUSED:
        told.append(
            _("La retiró quien la pidió. No se hizo nada.")
            if one.answered_by == one.asked_by
            else _("La rechazó %(who)s. No se hizo nada.") % {"who": one.answered_by}
        )
    else:
        told += _approved(one)
    return told


def _approved(one: Line) -> list[str]:
    assert one.answered_at is not None
    given = {"who": one.answered_by, "when": moment(one.answered_at)}
    told = [
        _("Nadie más podía responder: %(who)s siguió a solas el %(when)s, y quedó anotado.") % given
        if one.alone
        else _("La aprobó %(who)s el %(when)s.") % given
    ]
    if one.used_at is not None:
        told.append(_("Se usó el %(when)s. No sirve otra vez.") % {"when": moment(one.used_at)})
    elif one.stage is ApprovalStage.EXPIRED:
        told.append(_("No se usó a tiempo, o quien la aprobó ya no está. Pídalo otra vez."))
    elif one.usable_until is not None:
        told.append(_("Sirve una sola vez, hasta el %(when)s.") % _until(one.usable_until))
    return told


def stamped(spent: Spent) -> str:
    """What a file that leaves says of itself."""
    given = {
        "number": spent.number,
        "who": spent.asked_by,
        "other": spent.approved_by,
        "when": moment(spent.used_at),
    }
    if spent.alone:
        words = _(
            "Constancia. Exportación %(number)s. La pidió %(who)s, a solas, el %(when)s. "
            "Datos personales: no la copie ni la reenvíe. Lleva marcas que dicen de dónde salió."
        )
    else:
        words = _(
            "Constancia. Exportación %(number)s. La pidió %(who)s, la aprobó %(other)s, el %(when)s. "
            "Datos personales: no la copie ni la reenvíe. Lleva marcas que dicen de dónde salió."
        )
    return words % given


def moment(when: datetime) -> str:
    return timezone.localtime(when, zone()).strftime("%Y-%m-%d %H:%M")


def _until(when: datetime) -> dict[str, str]:
    return {"when": moment(when)}


def _cases(terms: Mapping[str, Any]) -> list[str]:
    regions = terms.get("regions", [])
    told = [
        _("De todo el registro.")
        if WHOLE in regions
        else _("De los casos de: %(states)s.")
        % {"states": ", ".join(state_label(one, language()) for one in regions)}
    ]
    if terms.get("text"):
        told.append(_("Que se encuentran con: «%(text)s».") % {"text": terms["text"]})
    filters = [_filter(name, value) for name, value in terms.get("filters", {}).items() if value]
    told.append(
        _("Filtros: %(filters)s.") % {"filters": "; ".join(filters)} if filters else _("Sin filtros.")
    )
    return told


def _filter(name: str, value: Any) -> str:
    if name == "pending":
        return _("solo con algo por revisar")
    said = (
        label(f"{TERMS[name]}.{value}", language())
        if name in TERMS
        else state_label(value, language())
        if name == "state"
        else str(value)
    )
    return f"{FILTERS.get(name, name)}: {said}"


def _linkage(terms: Mapping[str, Any]) -> list[str]:
    return [
        _("Escribir en archivos, fuera del registro: %(files)s.")
        % {"files": "; ".join(str(FILES.get(one, one)) for one in terms.get("files", []))}
    ]


def _everything(terms: Mapping[str, Any]) -> list[str]:
    return [_("Escribir TODO en claro: nombres, fuentes, familiares, archivos, auditoría.")]


def _role(terms: Mapping[str, Any]) -> list[str]:
    states = ", ".join(state_label(one, language()) for one in terms.get("regions", []))
    given = {
        "user": terms.get("username", ""),
        "name": terms.get("name", ""),
        "role": label(f"Role.{terms.get('role', '')}", language()),
        "where": f" ({states})" if states else "",
    }
    if given["name"]:
        return [_("Una cuenta nueva, «%(user)s» (%(name)s), con el rol %(role)s%(where)s.") % given]
    return [_("La cuenta «%(user)s» pasa a tener el rol %(role)s%(where)s.") % given]


def _key(terms: Mapping[str, Any]) -> list[str]:
    what = terms.get("what", "")
    if what == "shares":
        given = {"need": terms.get("need"), "of": terms.get("of")}
        told = [_("Repartir la llave: %(need)s de %(of)s partes. Las anteriores dejan de abrir.") % given]
        return told + [_("Una parte para %(key)s.") % {"key": one} for one in terms.get("to", [])]
    return [str(KEYS.get(str(what), what))]


def _key_removed(terms: Mapping[str, Any]) -> list[str]:
    if terms.get("kind") == "root":
        return [
            _("Cambiar la llave raíz."),
            _("Las partes repartidas y los archivos de llave que no se den dejan de abrir."),
        ]
    given = {
        "number": terms.get("number"),
        "kind": WAYS.get(str(terms.get("kind")), terms.get("kind")),
        "since": terms.get("since") or "—",
    }
    return [_("Quitar la manera de abrir %(number)s: %(kind)s, desde %(since)s.") % given]


_WHAT = {
    ApprovalKind.EXPORT_CASES: _cases,
    ApprovalKind.EXPORT_LINKAGE: _linkage,
    ApprovalKind.EXPORT_ALL: _everything,
    ApprovalKind.ROLE: _role,
    ApprovalKind.KEY: _key,
    ApprovalKind.KEY_REMOVED: _key_removed,
}
